"""The printed tables of a report: which form each one has, and its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.cells import cells_of, locator_of
from pipeline.normalise.model import Cell, Problem, TableFound
from pipeline.normalise.placement import Interpretation, Stray, interpret
from pipeline.normalise.problems import problem
from pipeline.normalise.segments import Segment


def read_table(
    catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None
) -> tuple[TableFound, list[Cell], list[Problem]]:
    """Read one printed table from its segments, as the form whose labels it bears.

    Where two forms fit equally well (a table cut after a few rows), the form due for the year decides.
    """
    reading = _best(catalog, table, segments, form_due)
    if reading is None or not reading.placed:
        rows = [segment for segment in segments if segment.has_content]
        message = "报告中有这张表的标签，但行列对不上，未能读取。"
        unreadable = [problem(catalog, "table_unreadable", message, table=table)] if rows else []
        return TableFound(table, None, "unreadable" if rows else "absent"), [], unreadable
    cells, problems = cells_of(catalog, reading)
    return TableFound(table, reading.form, "found"), cells, problems + list(_strays(catalog, reading))


def _best(catalog: Catalog, table: str, segments: Sequence[Segment], form_due: str | None) -> Interpretation | None:
    forms = [row.form for row in catalog.form_tables if row.table == table]
    readings = [interpret(catalog, form, table, segments) for form in forms]
    return max(readings, key=lambda reading: (reading.weight, reading.form == form_due, reading.form), default=None)


def _strays(catalog: Catalog, reading: Interpretation) -> Iterator[Problem]:
    number = catalog.form_table(reading.form, reading.table).number_zh
    for stray in reading.unmatched:
        yield _stray(
            catalog, "label_unmatched", reading, stray, f"{number}的“{_short(stray)}”与格式中的任何一行、一列都对不上，其数字未采用。"
        )
    for stray in reading.unplaced:
        yield _stray(catalog, "cell_unplaced", reading, stray, f"{number}有数字“{stray.cell.text.strip()}”不能确定属于哪一格，未采用。")
    for stray in reading.inferred:
        yield _stray(catalog, "label_inferred", reading, stray, f"{number}的标签“{_short(stray)}”残缺，按文字相近和前后次序归位。")


def _stray(catalog: Catalog, code: str, reading: Interpretation, stray: Stray, message: str) -> Problem:
    return problem(catalog, code, message, table=reading.table, locator=locator_of(stray.grid, stray.cell))


def _short(stray: Stray) -> str:
    text = "".join(stray.text.split())
    return text if len(text) <= 30 else text[:29] + "…"
