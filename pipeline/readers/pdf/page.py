"""What stands on one PDF page: glyphs, ruling lines and pictures, in points as the text is read (origin at the top left)."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pypdfium2 as pdfium
from msgspec.structs import replace
from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.annotations import NOTHING_WRITTEN, Written
from pipeline.readers.pdf.calls import angle_at, code_at, is_generated
from pipeline.readers.pdf.characters import is_garbage
from pipeline.readers.pdf.doubtful import has_masked_form, look_at
from pipeline.readers.pdf.frame import Frame
from pipeline.readers.pdf.glyphs import Glyph, glyphs_in, page_glyphs
from pipeline.readers.pdf.layers import is_opaque_picture, text_behind_pictures
from pipeline.readers.pdf.marks import Marks
from pipeline.readers.pdf.meanings import digits_lie
from pipeline.readers.pdf.objects import Found, is_noticeable, objects_of, take
from pipeline.readers.pdf.painted_over import covers_of
from pipeline.readers.pdf.paths import Point, Ruling
from pipeline.readers.pdf.struck import with_crossed_out, with_struck
from pipeline.readers.pdf.unseen import without_dark_grounds
from pipeline.readers.pdf.watermarks import without_watermarks

# A page without a character but with this many paths shows text that was turned into outlines.
OUTLINED_PAGE_PATHS = 50
ANGLE_SAMPLES = 40


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


def page_content(
    page: pdfium.PdfPage, number: int, written: Written = NOTHING_WRITTEN, has_layers: Callable[[], bool] = lambda: False
) -> PageContent:
    """Glyphs, rulings and pictures of `page`.

    One whose text layer is garbage, means other digits than it shows, or lies behind a picture, counts as a picture alone.

    written: values of form fields that are not part of the page. has_layers: whether the file may have layers that are switched off.
    """
    bounds = page.get_bbox()
    shown = Frame(bounds, page.get_rotation() // 90 % 4)
    found = Found()
    # before the text page is made, because text without ink is mended on the way
    marked, counts, marks = found.marked, found.counts, Marks()
    in_layers, in_forms = [], []
    for item, kind, matrix in objects_of(page.raw):
        take(item, kind, matrix, found)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            if marks.is_in_layer(item):
                in_layers.append((item, matrix))
            elif matrix is not None:
                in_forms.append((item, matrix))
    if (in_layers or in_forms) and has_layers():
        look_at(page, [*in_layers, *in_forms], marked)
    elif in_forms and has_masked_form(page.raw):
        look_at(page, in_forms, marked)
    behind: set[int] = set()
    if counts["noticeable"]:
        behind = text_behind_pictures(page.raw, page.pdf.raw, objects_of(page.raw), marked.unseen, is_noticeable)
        marked.left_out.update(behind)
    if counts["hiding"]:
        marked.covers.update(covers_of(objects_of(page.raw), lambda picture: is_opaque_picture(page.raw, page.pdf.raw, picture)))
    text_page = page.get_textpage()
    try:
        count = text_page.count_chars()
        read = Frame(bounds, _reading_quarters(text_page.raw, count, shown.quarters))
        glyphs = page_glyphs(text_page.raw, count, read, marked)
        lies = digits_lie(text_page.raw, count)
    finally:
        text_page.close()
    glyphs = without_watermarks([*glyphs, *(glyph for text, box in written for glyph in glyphs_in(text, read.view(box)))])
    glyphs = without_dark_grounds(glyphs, objects_of(page.raw), read)
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


def _reading_quarters(text_page: Any, count: int, shown: int) -> int:
    """The turn that makes most characters run from left to right; that of the page where it has no characters."""
    votes: Counter[int] = Counter()
    for index in range(0, count, max(1, count // ANGLE_SAMPLES)):
        if is_generated(text_page, index) == 0 and code_at(text_page, index) > 32:
            angle = angle_at(text_page, index)
            votes[round(-angle / (math.pi / 2)) % 4] += 1
    return votes.most_common(1)[0][0] if votes else shown
