"""Tables that print two years side by side, or one below the other: only what stands under the year of the report is read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.segments import is_wording
from pipeline.normalise.wording import compact
from pipeline.readers.model import Grid, GridCell

_BEFORE = re.compile(r"(20\d\d)年度?(?P<rest>.*)", re.DOTALL)
_BEHIND = re.compile(r"(?P<rest>.+)\((20\d\d)年度?\)", re.DOTALL)
_LAST_YEAR = frozenset({"上年", "去年", "上一年", "上年度", "上一年度", "去年同期", "上年同期"})
_THIS_YEAR = frozenset({"本年", "今年", "本年度", "今年度"})
_LONGEST = 30


class _Mark(NamedTuple):
    """A cell that says of which year something is, and what else it says."""

    cell: GridCell
    year: int
    rest: str


def of_year(catalog: Catalog, grid: Grid, year: int | None) -> Grid:
    """The grid without the columns and rows of other years, where headings say so and give the same for `year`; else as it is."""
    if year is None or grid.spans != "stated":
        return grid
    marks = [mark for cell in grid.cells if (mark := _mark(cell, year))]
    by_row, by_column = (_in_lines(marks, axis, year) for axis in ("row", "column"))
    if not by_row and not by_column:
        return grid
    gone: set[tuple[int, int]] = set()
    for at, line in by_row.items():
        end = min((other for other in by_row if other > at), default=grid.rows)
        for mark in line:
            if mark.year != year:
                first, last = mark.cell.column, mark.cell.column + mark.cell.column_span
                gone |= {_place(cell) for cell in grid.cells if at <= cell.row < end and first <= cell.column and _right(cell) <= last}
    if not by_row:
        rows = {row for line in by_column.values() for mark in line if mark.year != year for row in _rows(mark.cell)}
        gone |= {_place(cell) for cell in grid.cells if cell.row in rows and cell.row_span == 1}
    kept = {_place(mark.cell): mark for line in (by_row or by_column).values() for mark in line if mark.year == year}
    cells = (
        replace(cell, text=_without_year(catalog, kept[_place(cell)])) if _place(cell) in kept else cell
        for cell in grid.cells
        if _place(cell) not in gone
    )
    return replace(grid, cells=tuple(cells))


def _mark(cell: GridCell, year: int) -> _Mark | None:
    if "年" not in cell.text or len(cell.text) > _LONGEST:
        return None
    text = compact(cell.text)
    if text in _LAST_YEAR or text in _THIS_YEAR:
        return _Mark(cell, year - (text in _LAST_YEAR), "")
    match = _BEFORE.fullmatch(text) or _BEHIND.fullmatch(text)
    return _Mark(cell, int(next(group for group in match.groups() if group and group.isdigit())), match["rest"]) if match else None


def _in_lines(marks: Iterable[_Mark], axis: str, year: int) -> dict[int, Sequence[_Mark]]:
    """The marks that stand in one row (in one column) and say the same of several years, `year` among them."""
    lines: dict[int, dict[str, list[_Mark]]] = defaultdict(lambda: defaultdict(list))
    for mark in marks:
        lines[getattr(mark.cell, axis)][mark.rest].append(mark)
    found: dict[int, Sequence[_Mark]] = {}
    for number, by_rest in lines.items():
        pairs = [same for same in by_rest.values() if len({mark.year for mark in same}) > 1 and year in {mark.year for mark in same}]
        if pairs:
            found[number] = [mark for same in pairs for mark in same]
    return found


def _without_year(catalog: Catalog, mark: _Mark) -> str:
    if not mark.rest:
        return ""
    return next((text for text in (mark.rest, f"本年{mark.rest}") if is_wording(catalog, text)), mark.rest)


def _place(cell: GridCell) -> tuple[int, int]:
    return cell.row, cell.column


def _right(cell: GridCell) -> int:
    return cell.column + cell.column_span


def _rows(cell: GridCell) -> range:
    return range(cell.row, cell.row + cell.row_span)
