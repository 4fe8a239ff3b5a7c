"""PDF with text: ruling lines make tables, the rest makes paragraphs; tables that go on over a page break are joined."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import pypdfium2 as pdfium
from pypdfium2 import raw

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.model import BoundingBox, Document
from pipeline.readers.pdf.annotations import opened
from pipeline.readers.pdf.assembly import PagePieces, blocks_of, pieces_of
from pipeline.readers.pdf.doubtful import has_layers
from pipeline.readers.pdf.fonts import fonts_put_away
from pipeline.readers.pdf.page import page_content
from pipeline.readers.pdf.picture_tables import may_hold_tables, with_tables_of_pictures

RECOGNISED_DPI = 200
MOST_PIXELS = 40_000_000  # of a page that is drawn to be recognised; a poster is drawn smaller


def read(data: bytes) -> Document:
    """The text, tables and number of pictures of a PDF. Pages without a text layer are recognised where that can be done here;
    otherwise they only add to the pictures.

    Raises ReadError: `password` where a password is asked for, `damaged` where the file is no whole PDF.
    """
    if _is_cut_off(data):
        raise ReadError("damaged", "PDF 文件不完整（文件末尾缺失），请重新取得后再报送。")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "assword" in str(error):
            raise ReadError("password", "PDF 文件设有打开密码，请取消密码后再报送。") from error
        raise ReadError("damaged", "PDF 文件已损坏，无法打开，请向报送单位重新索取完整的文件。") from error
    try:
        title = pdf.get_metadata_value("Title").strip()
        layers = cache(lambda: has_layers(data))
        pages = [_page(pdf, index, layers) for index in range(len(pdf))]
    finally:
        pdf.close()
    if not pages:
        raise ReadError("damaged", "PDF 文件中没有页面，请向报送单位重新索取完整的文件。")
    pictures = sum(pictures for _, pictures in pages)
    return Document(blocks_of([pieces for pieces, _ in pages]), {"title": title} if title else {}, pictures)


def _is_cut_off(data: bytes) -> bool:
    """Whether the end of the file is missing: no end mark, or objects after the last one (the first mark of a linearised file)."""
    end = data.rfind(b"%%EOF")
    return end < 0 or b" obj" in data[end:]


def _page(pdf: pdfium.PdfDocument, index: int, layers: Callable[[], bool]) -> tuple[PagePieces, int]:
    """What stands on a page, and the number of pictures on it that nobody looked into. Raises ReadError: `damaged`."""
    try:
        with fonts_put_away(), opened(pdf, index) as (page, written):  # fonts are looked for when a page is opened
            content = page_content(page, index + 1, written, layers)
        if content.pictures and not content.glyphs and recognition.can_recognise():
            recognised = _recognised(pdf, index)
            return recognised, 0 if recognised.tables or recognised.lines else content.pictures
        pieces = pieces_of(content)
        if content.pictures and recognition.can_recognise() and (pictures := may_hold_tables(content)):
            return _with_pictures(pdf, index, pieces, pictures, content.pictures)
    except pdfium.PdfiumError as error:
        raise ReadError("damaged", f"PDF 文件第 {index + 1} 页已损坏，无法读取，请向报送单位重新索取完整的文件。") from error
    return pieces, content.pictures


def _with_pictures(
    pdf: pdfium.PdfDocument, index: int, pieces: PagePieces, pictures: list[BoundingBox], count: int
) -> tuple[PagePieces, int]:
    """A page with the tables in its pictures, and how many of all its pictures are left."""
    with _drawn(pdf, index) as (pixels, dpi):

        def part(box: BoundingBox) -> Any:
            left, top, right, bottom = (max(0, round(edge * dpi / 72)) for edge in box)
            return pixels[top:bottom, left:right].copy()

        pieces, read = with_tables_of_pictures(pieces, pictures, index + 1, part, dpi)
    return pieces, count - read


def _recognised(pdf: pdfium.PdfDocument, index: int) -> PagePieces:
    """A page without a text layer, drawn as it is shown and read like a scan."""
    from pipeline.readers.scan.page import scanned_page

    with _drawn(pdf, index) as (pixels, dpi):
        return scanned_page(pixels, index + 1, dpi)


@contextmanager
def _drawn(pdf: pdfium.PdfDocument, index: int) -> Iterator[tuple[Any, float]]:
    """A page as it is shown: its pixels in colour, and how many of them an inch has."""
    page = pdf[index]
    try:
        width, height = page.get_size()
        scale = min(RECOGNISED_DPI / 72, math.sqrt(MOST_PIXELS / (width * height)))
        yield page.render(scale=scale, may_draw_forms=False).to_numpy()[:, :, :3], scale * 72
    finally:
        page.close()
