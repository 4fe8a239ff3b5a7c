"""Excel workbooks: values and merged cells of every visible sheet, by python-calamine.

How a sheet falls into tables and text is told in `sheet_blocks.py`.
"""

from __future__ import annotations

import io
import re
import zipfile
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.readers.sheet_blocks import blocks_of

_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)
_FILLED_CELL = re.compile(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]{1,3})([0-9]{1,7})"[^>]*(?<!/)>')
_MOST_BYTES = 300_000_000  # of a workbook unpacked
_MOST_CELLS = 5_000_000  # of a sheet, between its first and its last filled cell, and inside all merged cells

Value = int | float | str | bool | time | date | datetime | timedelta


def read(data: bytes) -> Document:
    """Read a workbook. Raises ReadError: `damaged`, `password`, or `too_large` for sheets of absurd extent."""
    _refuse_absurd_extent(data)
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (sheet.name, _cells(workbook.get_sheet_by_name(sheet.name)))
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
    except PasswordError as error:
        raise ReadError("password", "工作簿设有打开密码，无法读取。请取消密码后重新报送。") from error
    except (KeyboardInterrupt, SystemExit, ReadError):
        raise
    except BaseException as error:  # a panic of the library in Rust is not an Exception
        raise ReadError("damaged", "工作簿损坏或不完整，无法读取。请用 Excel 打开并另存后重新报送。") from error
    blocks: list[Paragraph | Grid] = []
    for name, cells in sheets:
        if cells and not _DEFAULT_NAME.fullmatch(name.strip()):
            blocks.append(Paragraph(name, heading=True))
        blocks.extend(blocks_of(cells, first_grid=sum(isinstance(block, Grid) for block in blocks)))
    return Document(tuple(blocks))


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
        raise ReadError("damaged", "工作簿损坏或不完整，无法读取。请用 Excel 打开并另存后重新报送。") from error


def _refuse_absurd_sheet(xml: bytes) -> None:
    places = {(match[1], match[2]) for match in _FILLED_CELL.finditer(xml)}
    if places:
        rows = [int(row) for _, row in places]
        columns = [_column_number(letters) for letters in {letters for letters, _ in places}]
        if (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1) > _MOST_CELLS:
            raise ReadError("too_large", "工作表里相距过远的单元格有内容，未读取。请删除表格以外的内容后重新报送。")


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number


def _cells(sheet: CalamineSheet) -> list[GridCell]:
    """The cells of a sheet that hold text, in reading order; a merged cell stands once, with its spans."""
    if sheet.start is None:
        return []
    ranges = sheet.merged_cell_ranges or []
    if sum(_area(*corners) for corners in ranges) > _MOST_CELLS:
        raise ReadError("too_large", "工作表的合并单元格过大，未读取。请删除表格以外的内容后重新报送。")
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in ranges}
    covered = {
        (row, column)
        for first, last in ranges
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
        if (row, column) != first
    }
    return [
        GridCell(row, column, text, *spans.get((row, column), (1, 1)))
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), start=sheet.start[0])
        for column, value in enumerate(line, start=sheet.start[1])
        if (text := _text(value)).strip() and (row, column) not in covered
    ]


def _area(first: tuple[int, int], last: tuple[int, int]) -> int:
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def _text(value: Value) -> str:
    """A value as a person reads it: 12 for 12.0, a large number without an exponent, dates in ISO."""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return format(Decimal(f"{value:.15g}"), "f")  # the 15 digits that Excel keeps: 0.3, not 0.30000000000000004
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    if isinstance(value, date | time):
        return value.isoformat()
    return str(value).replace("\r\n", "\n").replace("\r", "\n")
