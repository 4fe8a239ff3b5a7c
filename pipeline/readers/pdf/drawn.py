"""Figures that are drawn and not written: letters made outlines, a minus sign that is a line, a picture of a number.

They have no text. A cell in which one stands is not blank, and a figure beside which one stands is not the whole figure: what it is
cannot be told, and it counts as a letter that cannot be read.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import Colour, fill_of, is_filled, segment_count, stroke_of
from pipeline.readers.pdf.characters import UNKNOWN
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lattice import Lattice
from pipeline.readers.pdf.paths import MOST_SEGMENTS, Matrix, Ruling, bounds_in, is_thin, subpath_boxes

# Points: a letter or a number as one shape; a picture of a number; a dash, a point.
WIDEST, TALLEST, SHORTEST = 60.0, 30.0, 3.0
WIDEST_PICTURE, TALLEST_PICTURE = 150.0, 60.0
DOT, DASH = 0.8, 8.0
FREE = 1.2  # from the edges of its cell: what is nearer is a part of them
A_STROKE_OF_TWO_PIECES, A_BOX = 3, 5  # segments
_FAINT, _PALE, _RED, _RATIO = 100, 190, 120, 1.5  # of 255; seals are red
_AROUND = 0.4  # of the height of a letter, above and below it, where lines underline it
_OF_FIGURES = frozenset("0123456789０１２３４５６７８９.,，．-－—–+＋/／%％件项条个宗万元 \u3000\xa0" + UNKNOWN)


def drawn_letters(path: Any, matrix: Matrix | None) -> Iterator[BoundingBox]:
    """The boxes, in user space, of what a path draws in the size of letters or numbers. Boxes and lines are none."""
    segments = segment_count(path)
    if segments != A_STROKE_OF_TWO_PIECES and not A_BOX < segments <= MOST_SEGMENTS:
        return
    bounds = bounds_in(path, matrix)
    if bounds is None or (is_thin(bounds) and bounds[3] - bounds[1] < SHORTEST) or not _has_ink(path):
        return
    for box in [bounds] if is_letter(bounds) else subpath_boxes(path, matrix):
        if is_letter(box):
            yield box


def is_letter(box: BoundingBox) -> bool:
    """Whether a shape is as large as letters or numbers are."""
    width, height = box[2] - box[0], box[3] - box[1]
    return width <= WIDEST and SHORTEST <= height <= TALLEST


def is_small_picture(box: BoundingBox) -> bool:
    """Whether a picture may show a single number."""
    width, height = box[2] - box[0], box[3] - box[1]
    return not is_thin(box) and width <= WIDEST_PICTURE and height <= TALLEST_PICTURE


def is_dash(line: Ruling) -> bool:
    """Whether a line is as short as a sign or a point is."""
    return DOT <= max(line.right - line.left, line.bottom - line.top) <= DASH


def put_into_cells(drawn: Iterable[BoundingBox], lattice: Lattice, texts: dict[int, list[Glyph]]) -> None:
    """Add a letter that cannot be read to each cell of figures, or without text, in which something of `drawn` stands free."""
    for box in drawn:
        across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        if not (lattice.rows[0] <= down < lattice.rows[-1] and lattice.columns[0] <= across < lattice.columns[-1]):
            continue
        cell = lattice.owner[bisect_right(lattice.rows, down) - 1][bisect_right(lattice.columns, across) - 1]
        left, top, right, bottom = lattice.box(lattice.regions[cell])
        if box[0] < left + FREE or box[1] < top + FREE or box[2] > right - FREE or box[3] > bottom - FREE:
            continue
        seen = [glyph for glyph in texts.get(cell, ()) if not glyph.unseen and not glyph.character.isspace()]
        if all(glyph.character in _OF_FIGURES for glyph in seen) and not any(_is_at(glyph, box) for glyph in seen):
            texts.setdefault(cell, []).append(_unknown(box, down, seen))


def _unknown(box: BoundingBox, down: float, beside: Sequence[Glyph]) -> Glyph:
    """As high as the letters on the same line, if there are any."""
    line = next((glyph for glyph in beside if glyph.top <= down <= glyph.bottom), None)
    return Glyph(box[0], line.top if line else box[1], box[2], line.bottom if line else box[3], UNKNOWN)


def _is_at(glyph: Glyph, box: BoundingBox) -> bool:
    """Whether a shape lies on or below a letter, as an underline does, or around it, as a frame does."""
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    own_across, own_down = (glyph.left + glyph.right) / 2, (glyph.top + glyph.bottom) / 2
    slack = _AROUND * (glyph.bottom - glyph.top)
    is_on = glyph.left <= across <= glyph.right and glyph.top - slack <= down <= glyph.bottom + slack
    return is_on or (box[0] <= own_across <= box[2] and box[1] <= own_down <= box[3])


def _has_ink(path: Any) -> bool:
    colour = fill_of(path) if is_filled(path) else stroke_of(path)
    return colour is None or is_ink(colour)


def is_ink(colour: Colour) -> bool:
    """Whether a colour is one in which figures are printed: neither that of a seal nor that of a watermark."""
    red, green, blue, alpha = colour
    is_seal = red > _RED and red > _RATIO * max(green, blue)
    return alpha > _FAINT and min(red, green, blue) < _PALE and not is_seal
