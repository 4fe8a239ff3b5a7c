"""Excel workbooks before 2007 and those of WPS (xls, et): BIFF records in an OLE2 file.

`workbook.py` reads them. Before that the records are walked once, since a sheet with two cells in opposite corners would
take half a gigabyte, and since a password stands in a record of its own.
"""

from __future__ import annotations

import io
import struct
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

import olefile

from pipeline.readers import office
from pipeline.readers.model import Document
from pipeline.readers.sheet_looks import Look
from pipeline.readers.workbook import MOST_CELLS, damaged, document_of, password, too_far_apart
from pipeline.readers.xls_looks import LOOKED_AT, looks_of

_STREAMS = ("Workbook", "Book")
_BEGINNING = 0x0809  # of the workbook, and of each sheet
_FILE_PASS = 0x002F
_EXCEL_95 = 0x0500
_DIMENSIONS = 0x0200
_EXTENT_LAYOUTS = {14: "<IIHH", 10: "<HHHH"}  # length of the record -> first row, end of rows, first column, end of columns
_MOST_ROWS, _MOST_COLUMNS = 65_536, 256
# formula, multiple numbers, label, rich label, shared label, number, truth or error, short number: cells that hold something
_FILLED_CELLS = frozenset({0x0006, 0x00BD, 0x0204, 0x00D6, 0x00FD, 0x0203, 0x0205, 0x027E})


def read(data: bytes) -> Document:
    """Read a workbook. Raises ReadError: `damaged`, `password`, or `too_large` for sheets of absurd extent.

    What is older than Excel 97 goes through LibreOffice and raises what `office.read` does.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            name = next(name for name in _STREAMS if container.exists(name))
            stream = container.openstream(name).read()
            tangled = _is_tangled(container)
    except Exception as error:
        raise damaged() from error
    if tangled:
        raise damaged()
    _refuse(stream)
    if _is_old(stream):
        return office.read(data)
    kept = [(kind, place - 4, stream[place : place + length]) for kind, place, length in _records(stream) if kind in LOOKED_AT]
    return document_of(data, defaultdict(Look, looks_of(kept)))


def _is_old(stream: bytes) -> bool:
    """Whether Excel 95 or earlier wrote the workbook: the library takes its Chinese letters apart, and its looks stand elsewhere."""
    kind, _, version = struct.unpack_from("<HHH", stream) if len(stream) >= 6 else (0, 0, 0)
    return bool(kind == _BEGINNING and version <= _EXCEL_95)


def _is_tangled(container: olefile.OleFileIO) -> bool:
    """Whether chains of sectors run in circles or into one another: the library follows them until there is no memory left."""
    container.loadminifat()
    large: list[int] = [container.first_dir_sector, container.first_mini_fat_sector]
    small: list[int] = []
    for entry in container.direntries:
        if entry and entry.size:  # an empty stream, and a folder of streams, have no sector
            in_small = entry.entry_type == olefile.STGTY_STREAM and entry.size < container.minisectorcutoff
            (small if in_small else large).append(entry.isectStart)
    return not (_end(container.fat, large) and _end(container.minifat, small))


def _end(following: Sequence[int], starts: Iterable[int]) -> bool:
    """Whether the chains of sectors from `starts` end without passing any sector twice; following: for each sector the next one."""
    steps = 0
    for start in starts:
        sector = start
        while sector < len(following):
            sector, steps = following[sector], steps + 1
            if steps > len(following):
                return False
    return True


def _refuse(stream: bytes) -> None:
    """Raise for a password and for filled cells that lie too far apart within one sheet."""
    rows: list[int] = []
    columns: list[int] = []
    for record, place, length in _records(stream):
        if record == _FILE_PASS:
            raise password()
        if record == _DIMENSIONS and not _possible(stream, place, length):
            raise damaged()
        if record == _BEGINNING:
            rows, columns = [], []
        elif record in _FILLED_CELLS and length >= 4:
            row, column = struct.unpack_from("<HH", stream, place)
            rows = [min((row, *rows)), max((row, *rows))]
            columns = [min((column, *columns)), max((column, *columns))]
            if (rows[1] - rows[0] + 1) * (columns[1] - columns[0] + 1) > MOST_CELLS:
                raise too_far_apart()


def _possible(stream: bytes, place: int, length: int) -> bool:
    """Whether a sheet can be as large as it says: the library asks for that much memory at once, and dies where there is less."""
    if length not in _EXTENT_LAYOUTS or place + length > len(stream):
        return False
    top, bottom, left, right = struct.unpack_from(_EXTENT_LAYOUTS[length], stream, place)
    return bool(top <= bottom <= _MOST_ROWS and left <= right <= _MOST_COLUMNS)


def _records(stream: bytes) -> Iterator[tuple[int, int, int]]:
    """The records: kind, place of the content, length."""
    place = 0
    while place + 4 <= len(stream):
        record, length = struct.unpack_from("<HH", stream, place)
        yield record, place + 4, length
        place += 4 + length
