"""Picture files: each picture or page of a TIFF is a page of the document."""

from __future__ import annotations

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.model import Document


def read(data: bytes) -> Document:
    """The text and tables of a picture file; places are in points of the picture, taken as a page of A4 where it looks like one.

    Raises ReadError: `unsupported_kind` where the optional part is not installed, `damaged`.
    """
    if not recognition.can_recognise():
        raise ReadError("unsupported_kind", f"文件是图片，{recognition.HOW_TO_INSTALL}，也可以改报 Word 或网页原件。")
    from pipeline.readers.pdf.assembly import blocks_of
    from pipeline.readers.scan.page import scanned_page
    from pipeline.readers.scan.picture import pages_of
    from pipeline.readers.scan.resolution import dots_per_inch

    pages = pages_of(data)
    return Document(blocks_of([scanned_page(page, number, dots_per_inch(page)) for number, page in enumerate(pages, start=1)]))
