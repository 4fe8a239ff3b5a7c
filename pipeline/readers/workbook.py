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
from pipeline.readers.sheet_formulas import Results
from pipeline.readers.sheet_looks import Look, Place, Written, visible
from pipeline.readers.unseen import MARK, with_shown

MOST_CELLS = 5_000_000  # of a sheet, between its first and its last filled cell, and inside all merged cells
_PLACES, _SLIP = 6, 1e-9  # places that reports print at most; how far computing with fractions goes astray
_LARGE = 1e15  # Excel keeps 15 digits
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")
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
    computed = "、".join(name for name, look in looks.items() if look.computed)
    said = {"hidden": hidden, "hidden_sheets": "、".join(hidden_sheets), "computed": computed}
    document = Document(tuple(blocks), {"kind": "workbook"} | {key: names for key, names in said.items() if names})
    return with_shown(document) if any(MARK in text for look in looks.values() for text in look.unread.values()) else document


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
        GridCell(*place, written.text, *spans.get(place, (1, 1)), shown=written.shown, whole=written.stored)
        for place, written in sorted(_texts(sheet, look).items())
        if written.text.strip() and place not in covered
    ]
    seen = list(visible(cells, look))
    return seen, len(seen) < len(cells) and _figures(cells) > _figures(seen)


def _holds_figures(workbook: CalamineWorkbook, name: str) -> bool:
    return any(isinstance(value, int | float) for row in workbook.get_sheet_by_name(name).to_python() for value in row)


def _figures(cells: Iterable[GridCell]) -> int:
    return sum(any(letter.isdigit() for letter in cell.text) for cell in cells)


def _texts(sheet: CalamineSheet, look: Look) -> dict[Place, Written]:
    """By place, what is written in each cell that is not empty."""
    texts: dict[Place, Written] = {}
    numbers: set[Place] = set()
    if sheet.start is not None:
        for row, line in enumerate(sheet.to_python(skip_empty_area=True), start=sheet.start[0]):
            for column, value in enumerate(line, start=sheet.start[1]):
                if value != "":
                    texts[row, column] = _written((row, column), value, look)
                    if _is_number(value):
                        numbers.add((row, column))
    formulas = {place: text for place, text in look.unread.items() if text.startswith("=")}
    texts.update((place, Written(text)) for place, text in look.unread.items() if place not in formulas)
    texts.update(_computed(texts, numbers, formulas, look))
    return texts


def _computed(texts: dict[Place, Written], numbers: set[Place], formulas: dict[Place, str], look: Look) -> dict[Place, Written]:
    """The cells with formulas whose results are not in the file: their results where they can be worked out, else the formulas."""
    if not formulas:
        return {}
    stored = {place: written.stored or written.text for place, written in texts.items()}
    values = {place: Decimal(text) for place, text in stored.items() if place in numbers and _NUMBER.fullmatch(text)}
    results = Results(values, {place: text for place, text in stored.items() if place not in values}, formulas)
    found = {place: result for place in formulas if (result := results.of(place)) is not None}
    look.computed = bool(found)
    return {
        place: look.of_number(place, format(found[place], "f")) if place in found else Written(formula)
        for place, formula in formulas.items()
    }


def _written(place: Place, value: Value, look: Look) -> Written:
    text = _text(value)
    is_number = _is_number(value)
    if place in look.unseen or (is_number and any(item.may_hide(place, text) for item in look.conditions)):
        return Written(text, "")
    return look.of_number(place, text) if is_number else look.of_text(place, text)


def _is_number(value: Value) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)


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
        return _decimal(value)
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == time() else value.isoformat(" ")
    return value.isoformat() if isinstance(value, date | time) else str(value)


def _decimal(value: float) -> str:
    """A fraction in the 15 digits that Excel keeps; what is left of computing with fractions is no digit: 1, not 1.0000000001."""
    near = round(value, _PLACES)
    is_near = abs(value - near) <= _SLIP * max(1.0, abs(value))
    return format(Decimal(f"{near if is_near else value:.15g}"), "f")
