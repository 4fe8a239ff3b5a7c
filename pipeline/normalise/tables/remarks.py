"""What there is to say about one cell: that its figure was not taken, was mended, or is in a unit that may be another."""

from __future__ import annotations

import dataclasses

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.normalise.model import Cell, Problem
from pipeline.normalise.problems import problem
from pipeline.normalise.tables.interpretation import Placed
from pipeline.normalise.tables.money import counting_unit, unit_of, unit_of_form
from pipeline.normalise.tables.seen import where_of
from pipeline.normalise.tables.values import Value

# Below this a reader is not sure of what it recognised in a picture: no figure is taken from it.
LEAST_CONFIDENCE = 0.8
_LARGE_IN_TEN_THOUSANDS = 1000  # ten million yuan: hardly any body spends as much on disclosure


def remark_on(catalog: Catalog, field: Field, cell: Cell, value: Value | None, placed: Placed) -> Problem | None:
    """What there is to say about a cell; mostly nothing."""
    if not placed.legible:
        return _remark(catalog, "cell_unplaced", field, cell, "处有多个或合并的数字{}，不能确定属于哪一格，未采用。")
    if cell.confidence < LEAST_CONFIDENCE:
        return _remark(catalog, "cell_doubtful", field, cell, "图上的字迹识别为{}，没有把握，未采用，请对照原件。")
    if cell.state == "unreadable":
        return _remark(catalog, "cell_unreadable", field, cell, "印作{}，不能读作这一格应填的数字，也不是表示“无”的符号。")
    if field.kind == "money" and value and not value.unit and value.number and _unit_differs(catalog, field, placed):
        return _remark(catalog, "unit_differs", field, cell, "的表头或表上方所写单位与格式不同，{}按所写单位读取，请核实。")
    if field.kind != "money" and value and not value.unit and value.number and _is_in_a_larger_unit(catalog, field, placed):
        return _remark(catalog, "unit_differs", field, cell, "的表头或表上方所写单位与格式不同，{}按所写单位读取，请核实。")
    if field.kind == "money" and value and value.number and _has_no_unit(catalog, field, value, placed):
        return _remark(catalog, "unit_missing", field, cell, "印作{}，没有写明单位，按格式规定的万元读取，数额偏大，请核实。")
    if value and value.repaired:
        return _remark(catalog, "number_repaired", field, cell, f"印作{{}}，按 {value.number} 读取，请对照原件。")
    return None


def _remark(catalog: Catalog, code: str, field: Field, cell: Cell, message: str) -> Problem:
    """message: what follows the name of the cell, with {} for the printed text."""
    return problem(catalog, code, where_of(catalog, field, cell.applicant) + message.format(f"“{cell.raw.strip()}”"), cell)


def _unit_differs(catalog: Catalog, field: Field, placed: Placed) -> bool:
    if catalog.is_list(field.form, field.table) and unit_of(catalog, field, None, placed.headings[:1]):
        return False  # the row has a place for its unit
    due = unit_of_form(catalog, field)
    return due is not None and unit_of(catalog, field, None, placed.headings) != due


def _has_no_unit(catalog: Catalog, field: Field, value: Value, placed: Placed) -> bool:
    """Whether an amount is too large for the unit of the form, and no unit is printed in or above the table."""
    too_large = value.number is not None and value.number >= _LARGE_IN_TEN_THOUSANDS
    if not too_large or value.unit:
        return False
    return unit_of(catalog, dataclasses.replace(field, label_zh=""), None, placed.headings) is None


def _is_in_a_larger_unit(catalog: Catalog, field: Field, placed: Placed) -> bool:
    """Whether a count is printed in 万件 and the like, as its headings or the line above the table say."""
    return counting_unit(catalog, None, placed.headings) != 1 and not catalog.is_list(field.form, field.table)
