"""Text that is painted over: editors of PDF lay a filled box over a figure and write another one on it. What lies below is not seen.

Only boxes that certainly hide: filled, opaque, not cut by a clip path, drawn after the text. A frame or a curve hides less than its bounds.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import OPAQUE, fill_of, is_filled, place_of, segment_count
from pipeline.readers.pdf.paths import Matrix, bounds_in, is_box, is_thin

LETTER = 40.0  # points: the largest; without its font pdfium knows only where the letters of a text begin
_SIDES = 4, 5  # segments of a box; the last one closes it

Covers = dict[int, list[BoundingBox]]  # of text objects, by their place in memory, what was painted over them


def covers_of(objects: Iterable[tuple[Any, int, Matrix | None]]) -> Covers:
    """For each text object what was painted over it, or near it, later; in user space."""
    texts: list[tuple[int, BoundingBox]] = []
    covers: Covers = {}
    for item, kind, matrix in objects:
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            box = bounds_in(item, matrix)
            if box is not None:
                texts.append((place_of(item), box))
        elif kind == raw.FPDF_PAGEOBJ_PATH and texts and (cover := hidden_by(item, matrix)):
            for place, box in texts:
                if _near(cover, box):
                    covers.setdefault(place, []).append(cover)
    return covers


def is_covered(box: BoundingBox, covers: Sequence[BoundingBox]) -> bool:
    """Whether the middle of a letter lies under one of these."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= across <= right and bottom <= up <= top for left, bottom, right, top in covers)


def hidden_by(path: Any, matrix: Matrix | None) -> BoundingBox | None:
    """The box within which a path hides what was drawn before; None where it is no such box."""
    if segment_count(path) not in _SIDES:
        return None
    bounds = bounds_in(path, matrix)
    if bounds is None or is_thin(bounds) or not is_filled(path) or not is_box(path, matrix, bounds):
        return None
    colour, clip = fill_of(path), raw.FPDFPageObj_GetClipPath(path)
    if colour is None or colour.alpha < OPAQUE or raw.FPDFPageObj_HasTransparency(path) or (clip and raw.FPDFClipPath_CountPaths(clip) > 0):
        return None
    return bounds


def _near(cover: BoundingBox, text: BoundingBox) -> bool:
    left, bottom, right, top = cover
    return left < text[2] + LETTER and text[0] - LETTER < right and bottom < text[3] + LETTER and text[1] - LETTER < top
