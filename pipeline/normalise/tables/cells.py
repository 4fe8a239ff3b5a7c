"""From placed cells to the cells of the form, with values, states and everything there is to say about them."""

from __future__ import annotations

import dataclasses
from collections.abc import Container, Iterator

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.catalog.validate import APPLICANT_COLUMN
from pipeline.normalise.model import Cell, Locator, Problem
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.interpretation import Interpretation, Placed
from pipeline.normalise.tables.money import counting_unit, unit_by_size, unit_of
from pipeline.normalise.tables.remarks import LEAST_CONFIDENCE, remark_on
from pipeline.normalise.tables.seen import partly_seen_cells, shown_otherwise, where_of
from pipeline.normalise.tables.values import BLANK, UNREADABLE, Value, read_value
from pipeline.readers.model import GridCell

Key = tuple[str, str | None]


def cells_of(catalog: Catalog, reading: Interpretation) -> tuple[list[Cell], list[Problem]]:
    """Every cell that the form has in this table, in printed order (blank with no locator where the report lacks it),
    then the extra ones; and the problems met on the way.
    """
    problems: list[Problem] = []
    found, printed = _found(catalog, reading, problems)
    open_keys = set(_open_keys(catalog, reading))
    shown = [(cell, grid) for cell, grid in printed if grid.shown is not None]
    problems += shown_otherwise(catalog, reading, shown)
    whole = [(cell, grid.whole) for cell, grid in printed if grid.whole is not None and grid.shown is None]
    problems += partly_seen_cells(catalog, reading, whole)
    missing = [key for key in _keys(catalog, reading) if key not in found and key not in open_keys]
    if missing:
        problems.append(_missing_problem(catalog, reading, missing))
    if reading.is_cut:
        open_keys |= _beyond_the_edge(catalog, reading, found)
    ordered = [found.get(key) or _absent(reading, key, key in open_keys) for key in _keys(catalog, reading)]
    return ordered + [cell for cell in found.values() if cell.extra], problems


def _found(catalog: Catalog, reading: Interpretation, problems: list[Problem]) -> tuple[dict[Key, Cell], list[tuple[Cell, GridCell]]]:
    """The cells that are placed, each once, and all that are printed beside what stands there; what is said of them goes to `problems`."""
    found: dict[Key, Cell] = {}
    printed: list[tuple[Cell, GridCell]] = []
    unitless: list[Cell] = []
    fields = _FieldsByPlace(catalog, reading)
    for as_read in reading.placed:
        field = fields.at(as_read)
        if field is None:
            problems += _said_of_no_cell(catalog, reading, as_read)
            continue
        placed = _counted(field, as_read)
        value = _value_in(catalog, placed.cell) if placed.legible and placed.cell else None
        cell, lacks_unit = _cell(catalog, field, placed, value)
        if remark := remark_on(catalog, field, cell, value, placed):
            problems.append(remark)
        if placed.cell:
            printed.append((cell, placed.cell))
        key = (cell.field, cell.applicant)
        if key in found:
            cell = _same_or_neither(catalog, reading.form, found[key], cell, problems)
        found[key] = cell
        if lacks_unit:
            unitless.append(cell)
    for cell in unitless:
        found[cell.field, cell.applicant] = _by_size(catalog, reading.form, found, cell, problems)
    return found, printed


def locator_of(grid: int, cell: GridCell) -> Locator:
    """The place of a grid cell in its file."""
    return Locator(table=grid, row=cell.row, column=cell.column, page=cell.page, bbox=cell.bbox)


def _value_in(catalog: Catalog, cell: GridCell) -> Value:
    return UNREADABLE if cell.confidence < LEAST_CONFIDENCE else read_value(catalog, cell.text)


def _counted(field: Field, placed: Placed) -> Placed:
    """A count that a worksheet shows whole although a fraction is stored is what is shown: nobody counts in fractions."""
    cell = placed.cell
    if field.kind == "money" or cell is None or not cell.shown or cell.whole is not None or "." not in cell.text:
        return placed
    shown = cell.shown.replace(",", "")
    if not shown.removeprefix("-").isdecimal():
        return placed
    return dataclasses.replace(placed, cell=replace(cell, text=shown, whole=cell.text))


class _FieldsByPlace:
    """The fields of a table, by the labels of their row and their column."""

    def __init__(self, catalog: Catalog, reading: Interpretation) -> None:
        fields = catalog.fields_of(reading.form, reading.table)
        self._fields = {(field.row, field.column): field for field in fields}
        self._of_rows = {field.row: field for field in fields} if catalog.is_list(reading.form, reading.table) else {}

    def at(self, placed: Placed) -> Field | None:
        """The field of a placed cell; None where the form has none (a row and a column that do not meet)."""
        row = placed.row.label if placed.row else None
        by_applicant = self._fields.get((row, APPLICANT_COLUMN))
        if placed.column.role == "extra" and row and not by_applicant:
            return self._of_rows.get(row)
        return self._fields.get((row, placed.column.label)) or by_applicant


def _cell(catalog: Catalog, field: Field, placed: Placed, value: Value | None) -> tuple[Cell, bool]:
    """The cell, and whether it is an amount whose unit stands nowhere."""
    extra = placed.column.role == "extra"
    applicant = placed.column.label if field.by_applicant or extra else None
    locator = locator_of(placed.grid, placed.cell) if placed.cell else None
    raw = placed.cell.text if placed.cell else ""
    confidence = placed.cell.confidence if placed.cell else 1.0
    if value is None:
        value = BLANK if placed.legible else UNREADABLE
    if value.unit is not None and (value.unit.kind == "money") != (field.kind == "money"):
        value = UNREADABLE
    state, number = value.state, value.number
    readings = placed.cell.readings if placed.cell else ()
    cell = Cell(field.table, field.field, applicant, state, number, raw, locator, confidence, extra, readings)
    if number is None:
        return cell, False
    if field.kind != "money":
        return replace(cell, value=number * counting_unit(catalog, value.unit, placed.headings)), False
    unit = unit_of(catalog, field, value.unit, placed.headings)
    return replace(cell, value=number * (unit.factor if unit else 1)), unit is None and number != 0


def _said_of_no_cell(catalog: Catalog, reading: Interpretation, placed: Placed) -> list[Problem]:
    """What is said of a figure where the form has no cell. The cells of its row are there, under headings not seen, and not blank."""
    if not placed.cell or read_value(catalog, placed.cell.text).state != "number":
        return []
    if placed.row:
        reading.open_places.add((placed.row.label, None))
    row = placed.row.texts[0] if placed.row else ""
    message = f"“{row}”行与“{placed.column.texts[0]}”列在格式中没有交叉，数字“{placed.cell.text.strip()}”未采用。"
    return [problem(catalog, "cell_unplaced", message, table=reading.table, locator=locator_of(placed.grid, placed.cell))]


def _same_or_neither(catalog: Catalog, form: str, first: Cell, second: Cell, problems: list[Problem]) -> Cell:
    """A cell that is printed twice: one of the two if they agree (or one is blank), else unreadable."""
    if second.state == "blank" or (first.state, first.value) == (second.state, second.value):
        return first
    if first.state == "blank":
        return second
    problems.append(printed_twice(catalog, form, first, second))
    return replace(first, state="unreadable", value=None)


def printed_twice(catalog: Catalog, form: str, first: Cell, second: Cell) -> Problem:
    """What is said of a cell that is printed twice with different figures."""
    where = where_of(catalog, catalog.field(form, first.field), first.applicant)
    message = f"{where}在报告中出现两次：“{first.raw.strip()}”与“{second.raw.strip()}”，未采用。"
    return problem(catalog, "cell_conflict", message, second)


def _by_size(catalog: Catalog, form: str, found: dict[Key, Cell], cell: Cell, problems: list[Problem]) -> Cell:
    """An amount without a unit, read by its size; always said, since a size is no proof."""
    if cell.value is None or found[cell.field, cell.applicant] is not cell:
        return found[cell.field, cell.applicant]
    items = found.get((_counted_beside(catalog, form, cell.field), None))
    unit = unit_by_size(catalog, cell.value, items.value if items and items.value else None)
    amount = cell.value * unit.factor
    problems.append(problem(catalog, "unit_missing", f"金额“{cell.raw.strip()}”没有写明单位，按数额大小视为{unit.unit}，请核实。", cell))
    return replace(cell, value=amount)


def _counted_beside(catalog: Catalog, form: str, amount: str) -> str:
    """The field that counts what an amount was paid for: the count on the same printed row; "" where there is none."""
    row = catalog.field(form, amount).row
    table = catalog.field(form, amount).table
    return next((field.field for field in catalog.fields_of(form, table) if field.row == row and field.kind == "count"), "")


def _keys(catalog: Catalog, reading: Interpretation) -> Iterator[Key]:
    for field in catalog.fields_of(reading.form, reading.table):
        if field.by_applicant:
            yield from ((field.field, applicant.applicant) for applicant in catalog.applicants)
        else:
            yield field.field, None


def _open_keys(catalog: Catalog, reading: Interpretation) -> Iterator[Key]:
    """The cells that may stand in a row or column that was not understood."""
    for field in catalog.fields_of(reading.form, reading.table):
        for applicant in [item.applicant for item in catalog.applicants] if field.by_applicant else [None]:
            column = applicant or field.column
            if reading.open_places & {(field.row, column), (field.row, None), (None, column), (None, None)}:
                yield field.field, applicant


def _beyond_the_edge(catalog: Catalog, reading: Interpretation, found: Container[Key]) -> set[Key]:
    """The cells of columns of which nothing was found, in a table that goes on beyond the edge of its page: unknown, not blank."""
    columns: dict[str | None, list[Key]] = {}
    for field in catalog.fields_of(reading.form, reading.table):
        for applicant in [item.applicant for item in catalog.applicants] if field.by_applicant else [None]:
            columns.setdefault(applicant or field.column, []).append((field.field, applicant))
    return {key for keys in columns.values() if not any(key in found for key in keys) for key in keys}


def _absent(reading: Interpretation, key: Key, is_open: bool) -> Cell:
    return Cell(reading.table, key[0], key[1], "unreadable" if is_open else "blank", None, "", None)


def _missing_problem(catalog: Catalog, reading: Interpretation, missing: list[Key]) -> Problem:
    fields = [catalog.field(reading.form, field) for field, _ in missing]
    printed = {(label.axis, label.label): label.texts[0] for label in catalog.labels_of(reading.form, reading.table)}
    names = list(dict.fromkeys(printed["row", field.row] if field.row else printed["column", field.column or ""] for field in fields))
    shown = "、".join(names[:6]) + ("等" if len(names) > 6 else "")
    number = catalog.form_table(reading.form, reading.table).number_zh
    cut = "表格右边到了页面边缘，可能没有印全，请缩小比例后重新输出或改用原件。" if reading.is_cut else ""
    return problem(catalog, "cells_missing", f"{number}缺少 {len(missing)} 个单元格：{shown}。{cut}", table=reading.table)
