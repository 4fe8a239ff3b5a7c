"""Calls into pdfium that are made for every character or object, without the check of each argument that ctypes makes for declared types.

The check takes twice as long as the call itself. So what is passed has to be right: what pdfium gave (page, text page, object),
`byref(…)` of a ctypes object, or a whole number.
"""

from __future__ import annotations

import ctypes
from collections.abc import Callable
from typing import Any, NamedTuple

from pypdfium2 import raw


def _unchecked(function: Any, result: Any = ctypes.c_int) -> Callable[..., Any]:
    return ctypes.CFUNCTYPE(result)(ctypes.cast(function, ctypes.c_void_p).value or 0)


loose_box = _unchecked(raw.FPDFText_GetLooseCharBox)
origin = _unchecked(raw.FPDFText_GetCharOrigin)
is_generated = _unchecked(raw.FPDFText_IsGenerated)
code_at = _unchecked(raw.FPDFText_GetUnicode)
angle_at = _unchecked(raw.FPDFText_GetCharAngle, ctypes.c_float)
object_of_page = _unchecked(raw.FPDFPage_GetObject, raw.FPDF_PAGEOBJECT)
object_of_form = _unchecked(raw.FPDFFormObj_GetObject, raw.FPDF_PAGEOBJECT)
matrix_of = _unchecked(raw.FPDFPageObj_GetMatrix)
kind_of = _unchecked(raw.FPDFPageObj_GetType)
bounds_of = _unchecked(raw.FPDFPageObj_GetBounds)
draw_mode = _unchecked(raw.FPDFPath_GetDrawMode)
segment_count = _unchecked(raw.FPDFPath_CountSegments)
_fill_colour = _unchecked(raw.FPDFPageObj_GetFillColor)
render_mode = _unchecked(raw.FPDFTextObj_GetTextRenderMode)
text_object_at = _unchecked(raw.FPDFText_GetTextObject, ctypes.c_void_p)
count_marks = _unchecked(raw.FPDFPageObj_CountMarks)
mark_at = _unchecked(raw.FPDFPageObj_GetMark, ctypes.c_void_p)
name_of_mark = _unchecked(raw.FPDFPageObjMark_GetName)
actual_text_of = _unchecked(raw.FPDFPageObjMark_GetParamStringValue)
clip_of = _unchecked(raw.FPDFPageObj_GetClipPath, raw.FPDF_CLIPPATH)
clip_paths = _unchecked(raw.FPDFClipPath_CountPaths)
clip_segments = _unchecked(raw.FPDFClipPath_CountPathSegments)
clip_segment = _unchecked(raw.FPDFClipPath_GetPathSegment, raw.FPDF_PATHSEGMENT)
segment_point = _unchecked(raw.FPDFPathSegment_GetPoint)
_stroke_colour = _unchecked(raw.FPDFPageObj_GetStrokeColor)
font_of = _unchecked(raw.FPDFTextObj_GetFont, ctypes.c_void_p)

OPAQUE = 255
_WHITE = 245  # of 255, in each of the three colours


class Colour(NamedTuple):
    """Red, green, blue and opacity, each of 255."""

    red: int
    green: int
    blue: int
    alpha: int

    @property
    def is_white(self) -> bool:
        """Whether it is as white as paper."""
        return min(self.red, self.green, self.blue) >= _WHITE


_COLOURS = [ctypes.c_uint() for _ in range(4)]
_RED, _GREEN, _BLUE, _ALPHA = _COLOURS
_COLOUR_POINTERS = [ctypes.byref(colour) for colour in _COLOURS]
_FILL, _STROKE = ctypes.c_int(), ctypes.c_int()
_MODE_POINTERS = ctypes.byref(_FILL), ctypes.byref(_STROKE)


def fill_of(item: Any) -> Colour | None:
    """The colour that an object is filled with; None where it has none."""
    return Colour(*[colour.value for colour in _COLOURS]) if _fill_colour(item, *_COLOUR_POINTERS) else None


def is_plain(item: Any, palest: int) -> bool:
    """Whether an object is filled with an opaque colour that is darker than `palest` in some part; asked of every text."""
    if not _fill_colour(item, *_COLOUR_POINTERS) or _ALPHA.value != OPAQUE:
        return False
    return bool(_RED.value < palest or _GREEN.value < palest or _BLUE.value < palest)


def stroke_of(item: Any) -> Colour | None:
    """The colour that an object is outlined with; None where it has none."""
    return Colour(*[colour.value for colour in _COLOURS]) if _stroke_colour(item, *_COLOUR_POINTERS) else None


def is_filled(path: Any) -> bool:
    """Whether a path is filled, and not its outline alone drawn."""
    draw_mode(path, *_MODE_POINTERS)
    return bool(_FILL.value)


def place_of(item: Any) -> int:
    """The place of an object in memory, by which its characters name it."""
    return ctypes.cast(item, ctypes.c_void_p).value or 0
