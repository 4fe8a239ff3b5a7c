"""Picture files: each picture or page of a TIFF is a page of the document."""

from __future__ import annotations

from typing import Any

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.model import Document

NARROWEST, LOWEST = 200, 80  # pixels of a picture that shows a table
FEWEST_CELLS = 6


def shows_table(data: bytes) -> bool:
    """Whether a picture shows ruling lines that make a table; quick, since nothing is recognised. Raises ReadError: `damaged`."""
    from pipeline.readers.scan.picture import pages_of

    return pixels_show_table(next(pages_of(data)))


def pixels_show_table(page: Any) -> bool:
    """The same of a picture in colour that is already unpacked."""
    from pipeline.readers.pdf.lattice import lattices
    from pipeline.readers.scan.paper import levelled
    from pipeline.readers.scan.rulings import lines_of, with_faint_lines

    height, width = page.shape[:2]
    if width < NARROWEST or height < LOWEST:
        return False
    grey = levelled(page)
    lines = with_faint_lines(grey, lines_of(grey))
    return any(len(lattice.regions) >= FEWEST_CELLS for lattice in lattices(lines.boxes))


def read(data: bytes) -> Document:
    """The text and tables of a picture file; places are in points of the picture, taken as a page of A4 where it looks like one.

    Raises ReadError: `unsupported_kind` where the optional part is not installed or the picture shows no text, `damaged`.
    """
    if not recognition.can_recognise():
        raise ReadError("unsupported_kind", f"文件是图片，没有读取：{recognition.HOW_TO_INSTALL}，或改报 Word、网页原件。")
    from pipeline.readers.pdf.assembly import blocks_of
    from pipeline.readers.scan.page import scanned_page
    from pipeline.readers.scan.picture import pages_of
    from pipeline.readers.scan.resolution import dots_per_inch

    pages = enumerate(pages_of(data), start=1)
    blocks = blocks_of([scanned_page(page, number, dots_per_inch(page)) for number, page in pages])
    if not blocks:
        raise ReadError("unsupported_kind", "文件是图片，图上没有识别出任何文字，没有读取。请核对，或改报 Word、网页原件。")
    return Document(blocks)
