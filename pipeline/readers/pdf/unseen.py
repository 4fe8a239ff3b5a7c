"""Text that a page holds and does not show: white letters on white paper, letters drawn with neither ink nor outline.

Letters of a dark ground are seen, and so are those over a picture: there they say what a scan shows.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from msgspec.structs import replace
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import Colour, fill_of, is_filled, is_plain, render_mode, stroke_of
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.paths import Matrix, bounds_in, is_thin

_PALE = 190
_FAINT = 100  # of 255, the opacity of watermarks at most
_WITHOUT_INK = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_OUTLINED = (raw.FPDF_TEXTRENDERMODE_STROKE, raw.FPDF_TEXTRENDERMODE_STROKE_CLIP)
UNSEEN_TEXT = -1  # the kind of a text object in a form object that is transparent

Objects = Iterable[tuple[Any, int, Matrix | None]]  # the objects of a page, their kinds, and the matrix of the form around them


def look_of(text_object: Any) -> Literal["", "unseen", "pale"]:
    """Whether a text object is not seen (white, transparent or drawn without ink), or pale as watermarks are."""
    mode = render_mode(text_object)
    if mode == raw.FPDF_TEXTRENDERMODE_FILL and is_plain(text_object, _PALE):  # nearly always
        return ""
    if mode in _WITHOUT_INK:
        return "unseen"
    colour = (stroke_of if mode in _OUTLINED else fill_of)(text_object)
    if colour is None:
        return ""
    if colour.alpha == 0 or colour.is_white:
        return "unseen"
    return "pale" if is_pale(colour) else ""


def is_pale(colour: Colour) -> bool:
    """Whether a colour is one in which watermarks are printed."""
    return colour.alpha <= _FAINT or min(colour.red, colour.green, colour.blue) >= _PALE


def is_opaque(form: Any) -> bool:
    """Whether what a form object draws is seen."""
    colour = fill_of(form)
    return colour is None or colour.alpha > 0


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
    for item, kind, matrix in objects:
        if kind == raw.FPDF_PAGEOBJ_PATH:
            colour = fill_of(item)
            if not is_filled(item) or (colour is not None and (colour.alpha == 0 or colour.is_white)):
                continue
        elif kind not in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
            continue
        bounds = bounds_in(item, matrix)
        if bounds and not is_thin(bounds):
            yield bounds


def _stands_on(ground: BoundingBox, glyph: Glyph) -> bool:
    left, top, right, bottom = ground
    return left <= (glyph.left + glyph.right) / 2 <= right and top <= (glyph.top + glyph.bottom) / 2 <= bottom
