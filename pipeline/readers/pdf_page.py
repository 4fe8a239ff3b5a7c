"""What stands on one PDF page: glyphs, ruling lines and pictures, in points as the text is read (origin at the top left).

pypdfium2 is called once for each glyph's code and box and once or twice for each path; everything after that is plain Python.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf_characters import character_of, is_garbage
from pipeline.readers.pdf_paths import Ruling, rulings_of_path

# A picture that could hold a table; smaller ones are emblems, codes and bullets.
NOTICEABLE_WIDTH, NOTICEABLE_HEIGHT = 72.0, 36.0
# A page without a character but with this many paths shows text that was turned into outlines.
OUTLINED_PAGE_PATHS = 50
FORM_DEPTH = 8
ANGLE_SAMPLES = 40
Matrix = tuple[float, float, float, float, float, float]


class Glyph(NamedTuple):
    """One printed character and its box (advance width, font height)."""

    left: float
    top: float
    right: float
    bottom: float
    character: str


@dataclass(frozen=True)
class Frame:
    """How the user space of a page is turned: `quarters` clockwise quarter turns of the box `bounds` (left, bottom, right, top)."""

    bounds: BoundingBox
    quarters: int

    def view(self, box: BoundingBox) -> BoundingBox:
        """A box of user space (left, bottom, right, top) as seen (left, top, right, bottom)."""
        left, bottom, right, top = box
        page_left, page_bottom, page_right, page_top = self.bounds
        if self.quarters == 1:
            return bottom - page_bottom, left - page_left, top - page_bottom, right - page_left
        if self.quarters == 2:
            return page_right - right, bottom - page_bottom, page_right - left, top - page_bottom
        if self.quarters == 3:
            return page_top - top, page_right - right, page_top - bottom, page_right - left
        return left - page_left, page_top - top, right - page_left, page_top - bottom

    def user(self, box: BoundingBox) -> BoundingBox:
        """The reverse of `view`."""
        left, top, right, bottom = box
        page_left, page_bottom, page_right, page_top = self.bounds
        if self.quarters == 1:
            return top + page_left, left + page_bottom, bottom + page_left, right + page_bottom
        if self.quarters == 2:
            return page_right - right, top + page_bottom, page_right - left, bottom + page_bottom
        if self.quarters == 3:
            return page_right - bottom, page_top - right, page_right - top, page_top - left
        return left + page_left, page_top - bottom, right + page_left, page_top - top

    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.bounds[2] - self.bounds[0], self.bounds[3] - self.bounds[1]
        return (height, width) if self.quarters % 2 else (width, height)


@dataclass(frozen=True)
class PageContent:
    """One page, 1-based `number`. `shown` is the frame of the page as displayed, `read` the one in which its text runs level."""

    number: int
    shown: Frame
    read: Frame
    glyphs: list[Glyph]
    rulings: list[Ruling]
    pictures: int

    def displayed(self, box: BoundingBox) -> BoundingBox:
        """A box of this page's glyphs or rulings as a box of the displayed page, rounded to a tenth of a point."""
        if self.read.quarters != self.shown.quarters:
            box = self.shown.view(self.read.user(box))
        left, top, right, bottom = box
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


def page_content(page: pdfium.PdfPage, number: int) -> PageContent:
    """Glyphs, rulings and pictures of `page`; a page whose text layer is garbage counts as a picture without text."""
    bounds = page.get_bbox()
    shown = Frame(bounds, page.get_rotation() // 90 % 4)
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        read = Frame(bounds, _reading_quarters(text_page.raw, count, shown.quarters))
        glyphs = _glyphs(text_page.raw, count, read)
    finally:
        text_page.close()
    rulings: list[Ruling] = []
    counts: Counter[str] = Counter()
    _walk(raw.FPDFPage_CountObjects(page.raw), lambda index: raw.FPDFPage_GetObject(page.raw, index), None, 0, rulings, counts)
    pictures = counts["noticeable"]
    if is_garbage([glyph.character for glyph in glyphs]):
        glyphs, pictures = [], max(1, pictures)
    elif not glyphs:
        pictures = 1 if counts["image"] or counts["path"] >= OUTLINED_PAGE_PATHS else 0
    levelled = [Ruling(*read.view(ruling)) for ruling in rulings]
    return PageContent(number, shown, read, glyphs, levelled, pictures)


def _reading_quarters(text_page: Any, count: int, shown: int) -> int:
    """The turn that makes most characters run from left to right; that of the page where it has no characters."""
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // ANGLE_SAMPLES)):
        if raw.FPDFText_IsGenerated(text_page, index) == 0 and raw.FPDFText_GetUnicode(text_page, index) > 32:
            angle = raw.FPDFText_GetCharAngle(text_page, index)
            votes[round(-angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else shown


def _glyphs(text_page: Any, count: int, frame: Frame) -> list[Glyph]:
    """Every character with a box, in the order of the content stream. Characters without a width were made up by pdfium."""
    unicode_at, box_at = raw.FPDFText_GetUnicode, raw.FPDFText_GetLooseCharBox
    box = raw.FS_RECTF()
    pointer = ctypes.byref(box)
    view = frame.view
    glyphs = []
    for index in range(count):
        if not box_at(text_page, index, pointer) or box.right <= box.left or box.top <= box.bottom:
            continue
        character = character_of(unicode_at(text_page, index))
        glyphs.append(Glyph(*view((box.left, box.bottom, box.right, box.top)), character))
    return glyphs


def _walk(
    count: int,
    object_at: Callable[[int], Any],
    matrix: Matrix | None,
    depth: int,
    rulings: list[Ruling],
    counts: Counter[str],
) -> None:
    """Collect the rulings and count the pictures among `count` page objects, looking into form objects."""
    for index in range(count):
        item = object_at(index)
        kind = raw.FPDFPageObj_GetType(item)
        if kind == raw.FPDF_PAGEOBJ_PATH:
            counts["path"] += 1
            rulings.extend(rulings_of_path(item, matrix))
        elif kind == raw.FPDF_PAGEOBJ_IMAGE:
            counts["image"] += 1
            counts["noticeable"] += _is_noticeable(item, matrix)
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < FORM_DEPTH:
            inner = raw.FPDFFormObj_CountObjects(item)
            _walk(inner, _objects_of(item), _composed(_matrix_of(item), matrix), depth + 1, rulings, counts)


def _objects_of(form: Any) -> Callable[[int], Any]:
    return lambda index: raw.FPDFFormObj_GetObject(form, index)


def _matrix_of(item: Any) -> Matrix:
    matrix = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(item, ctypes.byref(matrix))
    return matrix.a, matrix.b, matrix.c, matrix.d, matrix.e, matrix.f


def _composed(first: Matrix, second: Matrix | None) -> Matrix:
    if second is None:
        return first
    a, b, c, d, e, f = first
    a2, b2, c2, d2, e2, f2 = second
    return a * a2 + b * c2, a * b2 + b * d2, c * a2 + d * c2, c * b2 + d * d2, e * a2 + f * c2 + e2, e * b2 + f * d2 + f2


def _is_noticeable(image: Any, matrix: Matrix | None) -> bool:
    a, b, c, d, _, _ = _composed(_matrix_of(image), matrix)
    width, height = abs(a) + abs(c), abs(b) + abs(d)
    return max(width, height) >= NOTICEABLE_WIDTH and min(width, height) >= NOTICEABLE_HEIGHT
