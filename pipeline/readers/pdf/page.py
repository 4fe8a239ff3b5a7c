"""What stands on one PDF page: glyphs, ruling lines and pictures, in points as the text is read (origin at the top left).

pypdfium2 is called once for each glyph's code and box and once or twice for each path; everything after that is plain Python.
"""

from __future__ import annotations

import ctypes
import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from msgspec.structs import replace
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.annotations import NOTHING_WRITTEN, Written
from pipeline.readers.pdf.calls import angle_at, code_at, is_generated, kind_of, matrix_of, object_of_form, object_of_page, place_of
from pipeline.readers.pdf.characters import is_garbage
from pipeline.readers.pdf.clips import NOWHERE, clip_box, is_clipped
from pipeline.readers.pdf.doubtful import unseen_among
from pipeline.readers.pdf.drawn import drawn_letters, is_dash, is_small_picture
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph, Marked, glyphs_in, page_glyphs
from pipeline.readers.pdf.ink import keep_text_without_ink
from pipeline.readers.pdf.layers import is_opaque_picture, text_behind_pictures
from pipeline.readers.pdf.marks import Marks
from pipeline.readers.pdf.meanings import digits_lie
from pipeline.readers.pdf.moved import moved_aside
from pipeline.readers.pdf.painted_over import covers_of, hidden_by
from pipeline.readers.pdf.paths import Matrix, Point, Ruling, bounds_in, ruling_of_picture, rulings_of_path, slanted_stroke
from pipeline.readers.pdf.struck import with_crossed_out, with_struck
from pipeline.readers.pdf.unseen import UNSEEN_TEXT, is_opaque, look_of, without_dark_grounds
from pipeline.readers.pdf.watermarks import without_watermarks

# A picture that could hold a table; smaller ones are emblems, codes and bullets.
NOTICEABLE_WIDTH, NOTICEABLE_HEIGHT = 72.0, 36.0
# A page without a character but with this many paths shows text that was turned into outlines.
OUTLINED_PAGE_PATHS = 50
FORM_DEPTH = 8
ANGLE_SAMPLES = 40
SLANT = 0.1  # rise of a line of text, in parts of its length
_MATRIX = raw.FS_MATRIX()
_MATRIX_POINTER = ctypes.byref(_MATRIX)
_TEXT, _PATH = raw.FPDF_PAGEOBJ_TEXT, raw.FPDF_PAGEOBJ_PATH
Contents = tuple[Callable[[Any], int], Callable[[Any, int], Any]]  # how to count and to get the objects of a container
OF_PAGE: Contents = (raw.FPDFPage_CountObjects, object_of_page)
OF_FORM: Contents = (raw.FPDFFormObj_CountObjects, object_of_form)


@dataclass(frozen=True)
class PageContent:
    """One page, 1-based `number`. `shown` is the frame of the page as displayed, `read` the one in which its text runs level.

    drawn: what is as large as letters and is none. pictured: the boxes of the pictures, on the displayed page.
    """

    number: int
    shown: Frame
    read: Frame
    glyphs: list[Glyph]
    rulings: list[Ruling]
    pictures: int
    drawn: list[BoundingBox] = field(default_factory=list)
    pictured: list[BoundingBox] = field(default_factory=list)

    @property
    def is_turned(self) -> bool:
        """Whether the text does not run level on the displayed page."""
        return self.read.quarters != self.shown.quarters

    def displayed(self, box: BoundingBox) -> BoundingBox:
        """A box of this page's glyphs or rulings as a box of the displayed page, rounded to a tenth of a point."""
        left, top, right, bottom = self.shown.view(self.read.user(box)) if self.is_turned else box
        return round(left, 1), round(top, 1), round(right, 1), round(bottom, 1)


@dataclass
class _Found:
    """What stands on a page, in user space, gathered object by object."""

    rulings: list[Ruling] = field(default_factory=list)
    drawn: list[BoundingBox] = field(default_factory=list)
    pictured: list[BoundingBox] = field(default_factory=list)
    slants: list[tuple[Point, Point]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    marked: Marked = field(default_factory=lambda: Marked(set(), set(), set(), {}, {}))


def page_content(
    page: pdfium.PdfPage, number: int, written: Written = NOTHING_WRITTEN, has_layers: Callable[[], bool] = lambda: False
) -> PageContent:
    """Glyphs, rulings and pictures of `page`.

    One whose text layer is garbage, means other digits than it shows, or lies behind a picture, counts as a picture alone.

    written: values of form fields that are not part of the page. has_layers: whether the file may have layers that are switched off.
    """
    bounds = page.get_bbox()
    shown = Frame(bounds, page.get_rotation() // 90 % 4)
    found = _Found()
    # before the text page is made, because text without ink is mended on the way
    marked, counts, marks = found.marked, found.counts, Marks()
    in_layers, in_forms = [], []
    for item, kind, matrix in _objects(page.raw, OF_PAGE, None, 0):
        _take(item, kind, matrix, found)
        if kind == _TEXT:
            if marks.is_in_layer(item):
                in_layers.append((item, matrix))
            elif matrix is not None:
                in_forms.append((item, matrix))
    if (in_layers or in_forms) and has_layers():
        _look_at(page, [*in_layers, *in_forms], marked)
    elif in_forms and _has_masked_form(page.raw):
        _look_at(page, in_forms, marked)
    behind: set[int] = set()
    if counts["noticeable"]:
        behind = text_behind_pictures(page.raw, page.pdf.raw, _objects(page.raw, OF_PAGE, None, 0), marked.unseen, _is_noticeable)
        marked.left_out.update(behind)
    if counts["hiding"]:
        marked.covers.update(
            covers_of(_objects(page.raw, OF_PAGE, None, 0), lambda picture: is_opaque_picture(page.raw, page.pdf.raw, picture))
        )
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        read = Frame(bounds, _reading_quarters(text_page.raw, count, shown.quarters))
        glyphs = page_glyphs(text_page.raw, count, read, marked)
        lies = digits_lie(text_page.raw, count)
    finally:
        text_page.close()
    glyphs = without_watermarks([*glyphs, *(glyph for text, box in written for glyph in glyphs_in(text, read.view(box)))])
    glyphs = without_dark_grounds(glyphs, _objects(page.raw, OF_PAGE, None, 0), read)
    if marked.covers:  # whatever ground they stand on
        glyphs = [replace(glyph, unseen=True) if glyph.is_covered else glyph for glyph in glyphs]
    pictures = counts["noticeable"]
    if lies or is_garbage([glyph.character for glyph in glyphs]) or (behind and 2 * len(glyphs) < count):
        glyphs, pictures = [], max(1, pictures)
    elif not glyphs:
        pictures = 1 if counts["image"] or counts["path"] >= OUTLINED_PAGE_PATHS else 0
    levelled = [Ruling(*read.view(ruling)) for ruling in found.rulings]
    slants = [(_seen(first, read), _seen(last, read)) for first, last in found.slants]
    drawn, pictured = [read.view(box) for box in found.drawn], [shown.view(box) for box in found.pictured]
    return PageContent(number, shown, read, with_struck(with_crossed_out(glyphs, slants), levelled), levelled, pictures, drawn, pictured)


def _seen(point: Point, frame: Frame) -> Point:
    return frame.view((*point, *point))[:2]


def _has_masked_form(page: Any) -> bool:
    """Whether a form object on a page is masked or lets through what is below."""
    items = [object_of_page(page, index) for index in range(raw.FPDFPage_CountObjects(page))]
    return any(kind_of(item) == raw.FPDF_PAGEOBJ_FORM and raw.FPDFPageObj_HasTransparency(item) for item in items)


def _look_at(page: pdfium.PdfPage, texts: Sequence[tuple[Any, Matrix | None]], marked: Marked) -> None:
    """Mark those of some texts that are not seen on the page."""
    placed = [(item, box) for item, matrix in texts if place_of(item) not in marked.unseen and (box := bounds_in(item, matrix))]
    for item, box in unseen_among(page, placed):
        marked.unseen.add(place_of(item))
        moved_aside(item, box)


def _reading_quarters(text_page: Any, count: int, shown: int) -> int:
    """The turn that makes most characters run from left to right; that of the page where it has no characters."""
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // ANGLE_SAMPLES)):
        if is_generated(text_page, index) == 0 and code_at(text_page, index) > 32:
            angle = angle_at(text_page, index)
            votes[round(-angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else shown


def _objects(container: Any, contents: Contents, matrix: Matrix | None, depth: int) -> Iterator[tuple[Any, int, Matrix | None]]:
    """The objects of a page or form, those in form objects too, with their kinds and the matrix of the form around them."""
    count_of, object_at = contents
    for index in range(count_of(container)):
        item = object_at(container, index)
        kind = kind_of(item)
        if kind != raw.FPDF_PAGEOBJ_FORM:
            yield item, kind, matrix
        elif depth < FORM_DEPTH:
            inner = _objects(item, OF_FORM, _composed(_matrix_of(item), matrix), depth + 1)
            yield from inner if is_opaque(item) else ((part, UNSEEN_TEXT, at) for part, part_kind, at in inner if part_kind == _TEXT)


def _take_text(item: Any, kind: int, matrix: Matrix | None, found: _Found) -> None:
    """Note the place in memory of text that is not seen, is pale, or runs as watermarks do."""
    marked = found.marked
    look = "unseen" if kind == UNSEEN_TEXT else look_of(item)  # asked first, because text without ink gets some
    if is_clipped(item) and (clip := clip_box(item, matrix)) and _is_cut_away(item, matrix, clip, marked):
        look = "unseen"
    if look:
        (marked.unseen if look == "unseen" else marked.pale).add(place_of(item))
    if look == "unseen" and (box := bounds_in(item, matrix)):
        moved_aside(item, box)
    placed = _composed(_matrix_of(item), matrix)
    if _is_slanted(placed):
        marked.left_out.add(place_of(item))
    elif placed[0] * placed[3] < placed[1] * placed[2] and (box := bounds_in(item, matrix)):  # mirrored: shapes, no letters
        marked.left_out.add(place_of(item))
        found.drawn.append(box)
    keep_text_without_ink(item)


def _take(item: Any, kind: int, matrix: Matrix | None, found: _Found) -> None:
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
        if _is_noticeable(item, matrix):
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


def _is_slanted(matrix: Matrix) -> bool:
    """Whether text runs neither level nor upright; the letters of an oblique font stand upright on a level line."""
    a, b, _, _, _, _ = matrix
    return min(abs(a), abs(b)) > SLANT * max(abs(a), abs(b))


def _is_noticeable(image: Any, matrix: Matrix | None) -> bool:
    a, b, c, d, _, _ = _composed(_matrix_of(image), matrix)
    width, height = abs(a) + abs(c), abs(b) + abs(d)
    return max(width, height) >= NOTICEABLE_WIDTH and min(width, height) >= NOTICEABLE_HEIGHT
