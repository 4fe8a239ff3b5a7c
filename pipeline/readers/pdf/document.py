"""PDF with text: ruling lines make tables, the rest makes paragraphs; tables that go on over a page break are joined."""

from __future__ import annotations

from itertools import groupby

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document, Grid, Paragraph
from pipeline.readers.pdf.fonts import fonts_put_away
from pipeline.readers.pdf.furniture import without_furniture
from pipeline.readers.pdf.join import belongs_below, joined
from pipeline.readers.pdf.lattice import lattices
from pipeline.readers.pdf.lines import TextLine, margins, paragraphs, text_lines
from pipeline.readers.pdf.page import PageContent, page_content
from pipeline.readers.pdf.tables import PageTable, page_tables

Piece = TextLine | PageTable


def read(data: bytes) -> Document:
    """The text, tables and number of pictures of a PDF. Pages without a text layer only add to the pictures.

    Raises ReadError: `password` where a password is asked for, `damaged` where the file is no whole PDF.
    """
    if _is_cut_off(data):
        raise ReadError("damaged", "PDF 文件不完整（文件末尾缺失），请重新取得后再报送。")
    try:
        pdf = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if raw.FPDF_GetLastError() in (raw.FPDF_ERR_PASSWORD, raw.FPDF_ERR_SECURITY) or "assword" in str(error):
            raise ReadError("password", "PDF 文件设有打开密码，请取消密码后再报送。") from error
        raise ReadError("damaged", "PDF 文件已损坏，无法打开，请重新生成或取得后再报送。") from error
    try:
        title = pdf.get_metadata_value("Title").strip()
        contents = [_content(pdf, index) for index in range(len(pdf))]
    finally:
        pdf.close()
    if not contents:
        raise ReadError("damaged", "PDF 文件中没有页面，请重新生成或取得后再报送。")
    pieces = _joined_tables(_pieces(contents))
    pictures = sum(content.pictures for content in contents)
    return Document(_blocks(pieces), {"title": title} if title else {}, pictures)


def _is_cut_off(data: bytes) -> bool:
    """Whether the end of the file is missing: no end mark, or objects after the last one (the first mark of a linearised file)."""
    end = data.rfind(b"%%EOF")
    return end < 0 or b" obj" in data[end:]


def _content(pdf: pdfium.PdfDocument, index: int) -> PageContent:
    try:
        with fonts_put_away():  # they are looked for when a page is opened
            page = pdf[index]
    except pdfium.PdfiumError as error:
        raise ReadError("damaged", f"PDF 文件第 {index + 1} 页已损坏，无法读取，请重新生成或取得后再报送。") from error
    try:
        return page_content(page, index + 1)
    except pdfium.PdfiumError as error:
        raise ReadError("damaged", f"PDF 文件第 {index + 1} 页已损坏，无法读取，请重新生成或取得后再报送。") from error
    finally:
        page.close()


def _pieces(contents: list[PageContent]) -> list[Piece]:
    """Lines and tables of all pages in reading order, page furniture left out."""
    tables: list[list[PageTable]] = []
    lines: list[list[TextLine]] = []
    for content in contents:
        found, outside = page_tables(content, lattices(content.rulings))
        tables.append(found)
        lines.append(text_lines(outside, content.number, round(content.read.size()[0])))
    heights = [content.read.size()[1] for content in contents]
    pieces: list[Piece] = []
    for page_tables_found, page_lines in zip(tables, without_furniture(lines, heights), strict=True):
        pieces.extend(sorted([*page_tables_found, *page_lines], key=lambda piece: piece.top))
    return pieces


def _joined_tables(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every table that goes on over a page break made one. `ends` holds the page on which the last piece ends."""
    result: list[Piece] = []
    ends = 0
    for piece in pieces:
        before = result[-1] if result else None
        if isinstance(piece, PageTable) and isinstance(before, PageTable) and piece.page == ends + 1 and belongs_below(before, piece):
            result[-1] = joined(before, piece)
        else:
            result.append(piece)
        ends = piece.page
    return result


def _blocks(pieces: list[Piece]) -> tuple[Paragraph | Grid, ...]:
    edges = margins(piece for piece in pieces if isinstance(piece, TextLine))
    blocks: list[Paragraph | Grid] = []
    index = 0
    for is_table, group in groupby(pieces, key=lambda piece: isinstance(piece, PageTable)):
        members = list(group)
        if is_table:
            for table in members:
                if isinstance(table, PageTable):
                    blocks.append(table.grid(index))
                    index += 1
        else:
            running = [line for line in members if isinstance(line, TextLine)]
            blocks.extend(Paragraph(text, page) for page, text in paragraphs(running, edges))
    return tuple(blocks)
