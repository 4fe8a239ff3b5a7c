"""Excel workbooks since 2007: what `workbook.py` makes of them, after a look at how far their cells lie apart."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.workbook import MOST_CELLS, damaged, document_of, password, too_far_apart
from pipeline.readers.xlsx_looks import looks_of

_FILLED_CELL = re.compile(rb"<(?:\w+:)?c\s([^<>]*+)(?<!/)>")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_ENCRYPTED = 0x1
_MOST_PARTS = 20_000
_MOST_ROWS = 10_000_000
_MOST_BYTES = 300_000_000  # of a workbook unpacked


def read(data: bytes) -> Document:
    """Read a workbook. Raises ReadError: `damaged`, `password`, or `too_large` for sheets of absurd extent."""
    parts = _parts(data)
    try:
        looks = looks_of(parts)
    except (etree.LxmlError, ValueError) as error:
        raise damaged() from error
    return document_of(data, looks)


def _parts(data: bytes) -> dict[str, bytes]:
    """The XML in the file by name. Refuses a sheet whose extent is absurd.

    Two filled cells in opposite corners of a sheet would make the library ask for more memory than there is.
    The library unpacks by itself and without a bound, so every part that it reads is unpacked here before, where a part
    that is larger than it says is found out by its checksum.
    """
    parts: dict[str, bytes] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise ReadError("too_large", "工作簿解开后过大，未读取。请只保留报告内容后重新报送。")
            for entry in entries:
                if entry.flag_bits & _ENCRYPTED:
                    raise password()
                if entry.filename.endswith((".xml", ".rels")):
                    content = archive.read(entry)
                    name = entry.filename.replace("\\", "/").lstrip("/")
                    if not name.endswith("sharedStrings.xml"):
                        parts[name] = content
                    if "worksheets/" in name:
                        _refuse_absurd_sheet(content)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error
    return parts


def _refuse_absurd_sheet(xml: bytes) -> None:
    top, bottom = _MOST_ROWS, 0
    columns: set[bytes] = set()
    for attributes in _FILLED_CELL.findall(xml):
        if place := _PLACE.search(attributes):
            row = int(place[2])
            top, bottom = min(top, row), max(bottom, row)
            columns.add(place[1])
    numbers = [_column_number(letters) for letters in columns]
    if numbers and (bottom - top + 1) * (max(numbers) - min(numbers) + 1) > MOST_CELLS:
        raise too_far_apart()


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
