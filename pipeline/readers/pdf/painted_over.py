"""Text that is painted over: editors of PDF lay a filled box or a picture over a figure and write another one on it. What lies below is
not seen.

Only what certainly hides counts: filled, opaque, drawn after the text, within its clip path; of a round shape the box that fits into it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import OPAQUE, fill_of, is_filled, place_of, segment_count
from pipeline.readers.pdf.clips import clip_box, inside
from pipeline.readers.pdf.moved import moved_aside
from pipeline.readers.pdf.paths import Matrix, bounds_in, full_box, is_thin

LETTER = 40.0  # points: the largest; without its font pdfium knows only where the letters of a text begin
MOST_SIDES = 40  # segments of a shape that hides

Covers = dict[int, list[BoundingBox]]  # of text objects, by their place in memory, what was painted over them


def covers_of(objects: Iterable[tuple[Any, int, Matrix | None]], is_opaque_picture: Callable[[Any], bool]) -> Covers:
    """For each text object what was painted over it, or near it, later; in user space.

    The text objects below are moved aside a little: pdfium drops a letter that stands just where the same letter stood before.
    """
    texts: list[tuple[Any, BoundingBox]] = []
    covers: Covers = {}
    for item, kind, matrix in objects:
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            box = bounds_in(item, matrix)
            if box is not None:
                texts.append((item, box))
        elif texts and (cover := hidden_by(item, kind, matrix)):
            below = [item for item, box in texts if _near(cover, box)]
            if below and (kind != raw.FPDF_PAGEOBJ_IMAGE or is_opaque_picture(item)):
                for text in below:
                    covers.setdefault(place_of(text), []).append(cover)
    for item, box in texts:
        if any(is_covered(box, [cover]) for cover in covers.get(place_of(item), ())):
            moved_aside(item, box)
    return covers


def is_covered(box: BoundingBox, covers: Sequence[BoundingBox]) -> bool:
    """Whether the middle of a letter lies under one of these."""
    across, up = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return any(left <= across <= right and bottom <= up <= top for left, bottom, right, top in covers)


def hidden_by(item: Any, kind: int, matrix: Matrix | None) -> BoundingBox | None:
    """The box within which an object hides what was drawn before; None where it is no such object. Whether a picture lets through what is
    below is left open.
    """
    if kind == raw.FPDF_PAGEOBJ_PATH:
        bounds = _filled_box(item, matrix)
    elif kind in (raw.FPDF_PAGEOBJ_IMAGE, raw.FPDF_PAGEOBJ_SHADING):
        bounds = bounds_in(item, matrix)
    else:
        return None
    if bounds is None or is_thin(bounds) or raw.FPDFPageObj_HasTransparency(item):
        return None
    return inside(bounds, clip_box(item, matrix))


def _filled_box(path: Any, matrix: Matrix | None) -> BoundingBox | None:
    if not 4 <= segment_count(path) <= MOST_SIDES or not is_filled(path):
        return None
    bounds = bounds_in(path, matrix)
    if bounds is None or is_thin(bounds):
        return None
    colour = fill_of(path)
    return full_box(path, matrix, bounds) if colour is not None and colour.alpha == OPAQUE else None


def _near(cover: BoundingBox, text: BoundingBox) -> bool:
    left, bottom, right, top = cover
    return left < text[2] + LETTER and text[0] - LETTER < right and bottom < text[3] + LETTER and text[1] - LETTER < top
