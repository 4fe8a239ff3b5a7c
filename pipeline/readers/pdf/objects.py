"""The objects of a PDF page in the order in which they are drawn, and what is noted of each: text, rulings, pictures, what may hide text.

pypdfium2 is called once or twice for each object; everything after that is plain Python.
"""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import kind_of, matrix_of, object_of_form, object_of_page, place_of
from pipeline.readers.pdf.clips import NOWHERE, clip_box, is_clipped
from pipeline.readers.pdf.drawn import drawn_letters, is_dash, is_small_picture
from pipeline.readers.pdf.glyphs import Marked
from pipeline.readers.pdf.ink import keep_text_without_ink
from pipeline.readers.pdf.moved import moved_aside
from pipeline.readers.pdf.painted_over import hidden_by
from pipeline.readers.pdf.paths import Matrix, Point, Ruling, bounds_in, ruling_of_picture, rulings_of_path, slanted_stroke
from pipeline.readers.pdf.unseen import UNSEEN_TEXT, is_opaque, look_of

# A picture that could hold a table; smaller ones are emblems, codes and bullets.
NOTICEABLE_WIDTH, NOTICEABLE_HEIGHT = 72.0, 36.0
FORM_DEPTH = 8
SLANT = 0.1  # rise of a line of text, in parts of its length
_MATRIX = raw.FS_MATRIX()
_MATRIX_POINTER = ctypes.byref(_MATRIX)
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
Contents = tuple[Callable[[Any], int], Callable[[Any, int], Any]]  # how to count and to get the objects of a container
OF_PAGE: Contents = (raw.FPDFPage_CountObjects, object_of_page)
OF_FORM: Contents = (raw.FPDFFormObj_CountObjects, object_of_form)


@dataclass
class Found:
    """What stands on a page, in user space, gathered object by object."""

    rulings: list[Ruling] = field(default_factory=list)
    drawn: list[BoundingBox] = field(default_factory=list)
    pictured: list[BoundingBox] = field(default_factory=list)
    slants: list[tuple[Point, Point]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    marked: Marked = field(default_factory=lambda: Marked(set(), set(), set(), {}, {}))


def objects_of(page: Any) -> Iterator[tuple[Any, int, Matrix | None]]:
    """The objects of a page, those in form objects too, with their kinds and the matrix of the form around them."""
    return _parts_of(page, OF_PAGE, None, 0)


def _parts_of(container: Any, contents: Contents, matrix: Matrix | None, depth: int) -> Iterator[tuple[Any, int, Matrix | None]]:
    count_of, object_at = contents
    for index in range(count_of(container)):
        item = object_at(container, index)
        kind = kind_of(item)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif depth < FORM_DEPTH:
            inner = _parts_of(item, OF_FORM, _composed(_matrix_of(item), matrix), depth + 1)
            yield from inner if is_opaque(item) else ((part, UNSEEN_TEXT, at) for part, part_kind, at in inner if part_kind == _TEXT)


def _take_text(item: Any, kind: int, matrix: Matrix | None, found: Found) -> None:
    """Note the place in memory of text that is not seen, is pale, or runs as watermarks do."""
    marked = found.marked
    look = "unseen" if kind == UNSEEN_TEXT else look_of(item)  # asked first, because text without ink gets some
    if is_clipped(item) and (clip := clip_box(item, matrix)) and _is_cut_away(item, matrix, clip, marked):
        look = "unseen"
    if look:
        (marked.unseen if look == "unseen" else marked.pale).add(place_of(item))
    if look == "unseen" and (box := bounds_in(item, matrix)):
        moved_aside(item, box)
    a, b, c, d, _, _ = _composed(_matrix_of(item), matrix)
    if a * d <= b * c and (box := bounds_in(item, matrix)):  # mirrored: shapes, no letters
        marked.left_out.add(place_of(item))
        found.drawn.append(box)
    elif b and min(abs(a), abs(b)) > SLANT * max(abs(a), abs(b)):  # neither level nor upright; oblique letters stand on a level line
        marked.left_out.add(place_of(item))
    keep_text_without_ink(item)


def take(item: Any, kind: int, matrix: Matrix | None, found: Found) -> None:
    """Note what an object is: text, rulings, a picture, or what may hide text."""
    counts = found.counts
    if kind in (_TEXT, UNSEEN_TEXT):
        _take_text(item, kind, matrix, found)
    elif kind == _PATH:
        counts["path"] += 1
        counts["hiding"] += hidden_by(item, kind, matrix) is not None
        lines = list(rulings_of_path(item, matrix))
        found.rulings += lines
        found.drawn += lines if len(lines) == 1 and is_dash(lines[0]) else drawn_letters(item, matrix)
        if not lines and (stroke := slanted_stroke(item, matrix)):
            found.slants.append(stroke)
    elif kind == raw.FPDF_PAGEOBJ_SHADING:
        counts["hiding"] += 1
    elif kind == raw.FPDF_PAGEOBJ_IMAGE:
        counts["image"] += 1
        counts["hiding"] += 1
        found.rulings.extend(ruling_of_picture(item, matrix))
        box = bounds_in(item, matrix)
        if is_noticeable(item, matrix):
            counts["noticeable"] += 1
            found.pictured += [box] if box else []
        if box and is_small_picture(box):
            found.drawn.append(box)


def _matrix_of(item: Any) -> Matrix:
    matrix = _MATRIX
    matrix_of(item, _MATRIX_POINTER)
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _composed(first: Matrix, second: Matrix | None) -> Matrix:
    if second is None:
        return first
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = second
    return a * a2 + b * c2, a * b2 + b * d2, c * a2 + d * c2, c * b2 + d * d2, e * a2 + f * c2 + e2, e * b2 + f * d2 + f2


def _is_cut_away(text: Any, matrix: Matrix | None, clip: BoundingBox, marked: Marked) -> bool:
    """Whether nothing of a text is left by its clip path; where a part of it is, that is noted."""
    box = bounds_in(text, matrix)
    if box is None:
        return False
    if clip == NOWHERE or box[2] < clip[0] or clip[2] < box[0] or box[3] < clip[1] or clip[3] < box[1]:
        return True
    if not (clip[0] <= box[0] and clip[1] <= box[1] and box[2] <= clip[2] and box[3] <= clip[3]):
        marked.cut[place_of(text)] = clip
    return False


def is_noticeable(image: Any, matrix: Matrix | None) -> bool:
    """Whether a picture is so large that it could hold a table."""
    a, b, c, d, _, _ = _composed(_matrix_of(image), matrix)
    width, height = abs(a) + abs(c), abs(b) + abs(d)
    return max(width, height) >= NOTICEABLE_WIDTH and min(width, height) >= NOTICEABLE_HEIGHT
