"""What a spreadsheet of any format holds: values and merged cells of every visible sheet, by python-calamine.

How a sheet falls into tables and text is told in `sheet_blocks.py`; what is refused before a file reaches this room, in
the reader of its format (`xlsx.py`, `xls.py`).
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from python_calamine import CalamineSheet, CalamineWorkbook, PasswordError, SheetTypeEnum, SheetVisibleEnum

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.readers.sheet_blocks import blocks_of
from pipeline.readers.sheet_looks import Look, Place, visible

MOST_CELLS = 5_000_000  # of a sheet, between its first and its last filled cell, and inside all merged cells
_LARGE = 1e15  # Excel keeps 15 digits
_DEFAULT_NAME = re.compile(r"(?:sheet|工作表)\s*\d*", re.IGNORECASE)

Value = int | float | str | bool | time | date | datetime | timedelta


def document_of(data: bytes, looks: Mapping[str, Look]) -> Document:
    """The document in a workbook. looks: what a person sees of its sheets besides values, by name.

    Raises ReadError: `damaged` (also where a sheet has no look), `password`, or `too_large` for absurd merged cells.
    """
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheets = [
            (sheet.name, *_cells(workbook.get_sheet_by_name(sheet.name), looks[sheet.name]))
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible == SheetVisibleEnum.Visible
        ]
        hidden_sheets = [
            sheet.name
            for sheet in workbook.sheets_metadata
            if sheet.typ == SheetTypeEnum.WorkSheet and sheet.visible != SheetVisibleEnum.Visible and _holds_figures(workbook, sheet.name)
        ]
    except PasswordError as error:
        raise password() from error
    except (KeyboardInterrupt, SystemExit, MemoryError, ReadError):
        raise
    except BaseException as error:  # a panic of the library in Rust is not an Exception
        raise damaged() from error
    blocks: list[Paragraph | Grid] = []
    for name, cells, _ in sheets:
        if cells and not _DEFAULT_NAME.fullmatch(name.strip()):
            blocks.append(Paragraph(name, heading=True))
        blocks.extend(blocks_of(cells, first_grid=sum(isinstance(block, Grid) for block in blocks)))
    hidden = "、".join(name for name, _, figures_hidden in sheets if figures_hidden)
    said = {"hidden": hidden, "hidden_sheets": "、".join(hidden_sheets)}
    return Document(tuple(blocks), {"kind": "workbook"} | {key: names for key, names in said.items() if names})


def too_far_apart() -> ReadError:
    """What is said of a sheet whose extent is absurd: the library would ask for more memory than there is."""
    return ReadError("too_large", "工作表里相距过远的单元格有内容，未读取。请删除表格以外的内容后重新报送。")


def damaged() -> ReadError:
    """What is said of a workbook that cannot be made out."""
    return ReadError("damaged", "工作簿损坏或不完整，无法读取。请用 Excel 打开并另存后重新报送。")


def password() -> ReadError:
    """What is said of a workbook that opens with a password only."""
    return ReadError("password", "工作簿设有打开密码，无法读取。请取消密码后重新报送。")


def _cells(sheet: CalamineSheet, look: Look) -> tuple[list[GridCell], bool]:
    """The visible cells of a sheet that hold text, in reading order, and whether figures are hidden.

    A merged cell stands once, with its spans.
    """
    ranges = sheet.merged_cell_ranges or []
    if sum(_area(*corners) for corners in ranges) > MOST_CELLS:
        raise ReadError("too_large", "工作表的合并单元格过大，未读取。请删除表格以外的内容后重新报送。")
    spans = {first: (last[0] - first[0] + 1, last[1] - first[1] + 1) for first, last in ranges}
    covered = {
        (row, column)
        for first, last in ranges
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
        if (row, column) != first
    }
    cells = [
        GridCell(*place, text, *spans.get(place, (1, 1)), shown=shown)
        for place, (text, shown) in sorted(_texts(sheet, look).items())
        if text.strip() and place not in covered
    ]
    seen = list(visible(cells, look))
    return seen, len(seen) < len(cells) and _figures(cells) > _figures(seen)


def _holds_figures(workbook: CalamineWorkbook, name: str) -> bool:
    return any(isinstance(value, int | float) for row in workbook.get_sheet_by_name(name).to_python() for value in row)


def _figures(cells: Iterable[GridCell]) -> int:
    return sum(any(letter.isdigit() for letter in cell.text) for cell in cells)


def _texts(sheet: CalamineSheet, look: Look) -> dict[Place, tuple[str, str | None]]:
    """By place, the text of each cell that is not empty, and what is shown in its stead, if so."""
    texts: dict[Place, tuple[str, str | None]] = {}
    if sheet.start is not None:
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), start=sheet.start[0]):
            for column, value in enumerate(line, start=sheet.start[1]):
                if value != "":
                    texts[row, column] = _text_and_look((row, column), value, look)
    texts.update((place, (text, None)) for place, text in look.unread.items())
    return texts


def _text_and_look(place: Place, value: Value, look: Look) -> tuple[str, str | None]:
    text = _text(value)
    is_number = not isinstance(value, str | bool) and isinstance(value, int | float)
    if place in look.unseen:
        return text, ""
    return look.of_number(place, text) if is_number else (text, None)


def _area(first: tuple[int, int], last: tuple[int, int]) -> int:
    return (last[0] - first[0] + 1) * (last[1] - first[1] + 1)


def _text(value: Value) -> str:
    """A value as a person reads it: 12 for 12.0, a large number without an exponent, dates in ISO."""
    if isinstance(value, str):
        return value.replace("\r\n", "\n").replace("\r", "\n") if "\r" in value else value
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        if abs(value) < _LARGE and value == int(value):  # most figures
            return str(int(value))
        return format(Decimal(f"{value:.15g}"), "f")  # the 15 digits that Excel keeps: 0.3, not 0.30000000000000004
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)
