"""Text that a page holds and does not show: white letters on white paper, letters drawn with neither ink nor outline.

Letters of a dark ground are seen, and so are those over a picture: there they say what a scan shows.
"""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

import pypdfium2.raw as raw
from msgspec.structs import replace

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import draw_mode, fill_colour, render_mode
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.paths import Matrix, bounds_in, is_thin

_WHITE = 245  # of 255, in each of the three colours
_PALE = 190
_FAINT = 100  # of 255, the opacity of watermarks at most
UNSEEN_TEXT = -1  # the kind of a text object in a form object that is transparent
_COLOURS = [ctypes.c_uint() for _ in range(4)]
_RED, _GREEN, _BLUE, _ALPHA = _COLOURS
_POINTERS = [ctypes.byref(colour) for colour in _COLOURS]

Objects = Iterable[tuple[Any, int, Matrix | None]]  # the objects of a page, their kinds, and the matrix of the form around them


def look_of(text_object: Any) -> Literal["", "unseen", "pale"]:
    """Whether a text object is not seen (white, transparent or drawn without ink), or pale as watermarks are."""
    if render_mode(text_object) == raw.FPDF_TEXTRENDERMODE_INVISIBLE:
        return "unseen"
    if not fill_colour(text_object, *_POINTERS):
        return ""
    if _ALPHA.value == 0 or _is_white():
        return "unseen"
    return "pale" if _ALPHA.value <= _FAINT or min(_RED.value, _GREEN.value, _BLUE.value) >= _PALE else ""


def is_opaque(form: Any) -> bool:
    """Whether what a form object draws is seen."""
    return not fill_colour(form, *_POINTERS) or _ALPHA.value > 0


def _is_white() -> bool:
    return _RED.value >= _WHITE and _GREEN.value >= _WHITE and _BLUE.value >= _WHITE


def without_dark_grounds(glyphs: Sequence[Glyph], objects: Objects, frame: Frame) -> list[Glyph]:
    """The glyphs, of which those marked as unseen are no longer so where something dark or a picture is behind them."""
    if not any(glyph.unseen for glyph in glyphs):
        return list(glyphs)
    grounds = [frame.view(ground) for ground in _grounds(objects)]
    return [
        replace(glyph, unseen=False) if glyph.unseen and any(_stands_on(ground, glyph) for ground in grounds) else glyph for glyph in glyphs
    ]


def _grounds(objects: Objects) -> Iterator[BoundingBox]:
    """The boxes of everything that is filled with another colour than white, and of the pictures."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    for item, kind, matrix in objects:
        if kind == raw.FPDF_PAGEOBJ_PATH:
            draw_mode(item, ctypes.byref(fill), ctypes.byref(stroke))
            if not fill.value or (fill_colour(item, *_POINTERS) and (_ALPHA.value == 0 or _is_white())):
                continue
        elif kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            continue
        bounds = bounds_in(item, matrix)
        if bounds and not is_thin(bounds):
            yield bounds


def _stands_on(ground: BoundingBox, glyph: Glyph) -> bool:
    left, top, right, bottom = ground
    return left <= (glyph.left + glyph.right) / 2 <= right and top <= (glyph.top + glyph.bottom) / 2 <= bottom
