"""Files inside a Word file: pages that Word turns into text when it opens it (w:altChunk), worksheets shown as a table."""

from __future__ import annotations

import importlib
import io
from collections.abc import Callable
from typing import cast

from python_calamine import CalamineWorkbook

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers.model import Document

_PAGES = {
    "html": "pipeline.readers.html",
    "mht": "pipeline.readers.mht",
    "text": "pipeline.readers.text",
    "rtf": "pipeline.readers.office",
}
_WORKBOOKS = {"xlsx": "pipeline.readers.xlsx", "xls": "pipeline.readers.xls"}


def chunk_document(data: bytes, read_docx: Callable[[bytes], Document] | None) -> Document | None:
    """The document in a page; None where it is of another kind, which counts as something that was not looked into.

    read_docx: reads a Word file inside; None where this is one already, which may hold itself without end.
    Raises ReadError as the readers of pages do.
    """
    kind = kind_of(data)
    if kind == "docx":
        return read_docx(data) if read_docx else None
    return _reader(_PAGES[kind])(data) if kind in _PAGES else None


def worksheet(data: bytes) -> Document | None:
    """What an embedded workbook shows; None where it is none, cannot be read, or holds tables on several sheets.

    Word shows a picture of one sheet, and which one nobody can tell.
    """
    kind = kind_of(data)
    if kind not in _WORKBOOKS:
        return None
    try:
        document = _reader(_WORKBOOKS[kind])(data)
    except ReadError:
        return None
    return document if any(document.grids()) and _filled_sheets(data) == 1 else None


def _filled_sheets(data: bytes) -> int:
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return sum(workbook.get_sheet_by_name(name).start is not None for name in workbook.sheet_names)


def _reader(module: str) -> Callable[[bytes], Document]:
    return cast(Callable[[bytes], Document], importlib.import_module(module).read)
