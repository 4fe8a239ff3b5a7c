"""Excel workbooks since 2007: what `workbook.py` makes of them, after a look at how far their cells lie apart."""

from __future__ import annotations

import io
import re
import zipfile

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.workbook import MOST_CELLS, damaged, document_of, too_far_apart

_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_MOST_BYTES = 300_000_000  # of a workbook unpacked


def read(data: bytes) -> Document:
    """Read a workbook. Raises ReadError: `damaged`, `password`, or `too_large` for sheets of absurd extent."""
    _refuse_absurd_extent(data)
    return document_of(data)


def _refuse_absurd_extent(data: bytes) -> None:
    """Two filled cells in opposite corners of a sheet would make the library ask for more memory than there is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise ReadError("too_large", "工作簿解开后过大，未读取。请只保留报告内容后重新报送。")
            for entry in entries:
                if "worksheets/" in entry.filename.replace("\\", "/") and entry.filename.endswith(".xml"):
                    _refuse_absurd_sheet(archive.read(entry))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error


def _refuse_absurd_sheet(xml: bytes) -> None:
    places = {(match[1], match[2]) for match in _FILLED_CELL.finditer(xml)}
    if places:
        rows = [int(row) for _, row in places]
        columns = [_column_number(letters) for letters in {letters for letters, _ in places}]
        if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > MOST_CELLS:
            raise too_far_apart()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
