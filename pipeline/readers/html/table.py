"""Cells of an HTML table with their rowspan and colspan, placed as a browser places them, without overlap."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Literal, NamedTuple

from lxml import etree

from pipeline.readers.model import GridCell

_NUMBER = re.compile(r"\s*([0-9]+)\s*(%?)")
_MOST_COLUMNS = 200  # a colspan beyond this, or in per cent, means "the rest of the row"
_WIDEST = 300  # columns; no table is wider, and beyond them no span is believed, since it would block the rows below for nothing
_MOST_ROWS = 5000  # a rowspan beyond this, or 0, means "to the end of the table"
_TO_THE_END = 1_000_000_000

_NEARLY_ALL = 0.8
_MOST_REPAIRS = 30
_LARGEST_REPAIRED = 2000  # rows or cells; a table of a report has 400, and the search takes quadratic time
Ends = dict[tuple[int, int], int]
SourceCell = tuple[str, etree._Element]  # the text of a <td> or <th>, and the element that states its spans


class PlacedTable(NamedTuple):
    """A table whose cells have their places: rows x columns, cells in reading order. spans: as `Grid` has it."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    spans: Literal["stated", "inferred"] = "stated"


def place(rows: Sequence[Sequence[SourceCell]]) -> PlacedTable:
    """Place the cells of `rows` (one sequence for each <tr>, which may be empty)."""
    cells, columns, stretched = _place(rows, 0, {})
    if stretched:  # now that the other cells have given the width
        cells, columns, stretched = _place(rows, columns, {})
    width = columns if stretched else 0
    ends: Ends = {}
    for _ in range(_MOST_REPAIRS):
        if not (too_long := _too_long(cells, len(rows))):
            break
        ends |= too_long
        cells, columns, _ = _place(rows, width, ends)
    return PlacedTable(len(rows), columns, tuple(cells))


def _too_long(cells: Sequence[GridCell], rows: int) -> Ends:
    """Where the first cell ends that a rowspan written too large pushes into rows that are full without it.

    Such rows reach further than nearly all others, by as much as that cell is wide, and go on so to its end.
    """
    tall = [cell for cell in cells if cell.row_span > 1]
    if not tall or max(rows, len(cells)) > _LARGEST_REPAIRED or _is_full(cells, rows):
        return {}
    edges = [0] * rows
    for cell in cells:  # in reading order, so that the last one of a row counts
        edges[cell.row] = cell.column + cell.column_span
    for cell in tall:
        for row in range(cell.row, cell.row + cell.row_span):
            edges[row] = max(edges[row], cell.column + cell.column_span)
    usual, count = Counter(edges).most_common(1)[0]
    if max(edges) <= usual or count <= _NEARLY_ALL * rows:
        return {}
    for cell in (cell for cell in tall if edges[cell.row] <= usual):
        bottom = cell.row + cell.row_span
        first = bottom
        while first > cell.row + 1 and edges[first - 1] == usual + cell.column_span:
            first -= 1
        if first < bottom and all(other.column > cell.column for other in cells if first <= other.row < bottom):
            return {(cell.row, cell.column): first}
    return {}


def _is_full(cells: Sequence[GridCell], rows: int) -> bool:
    """Whether every row is as wide as the table, as nearly always: cells do not overlap, so that their areas add up to it."""
    width = max(cell.column + cell.column_span for cell in cells)
    return sum([cell.row_span * cell.column_span for cell in cells]) == rows * width


def _place(rows: Sequence[Sequence[SourceCell]], width: int, ends: Ends) -> tuple[list[GridCell], int, bool]:
    """The cells, the number of columns, and whether a cell takes the rest of a row that is `width` columns wide.

    ends: the row before which a cell at a place ends, whatever its rowspan says.
    """
    placed: list[GridCell] = []
    free_from: list[int] = []  # for each column, the first row in which it is free
    stretched = False
    for row, cells in enumerate(rows):
        column = 0
        for order, (text, element) in enumerate(cells):
            while column < len(free_from) and free_from[column] > row:
                column += 1
            rowspan, colspan = (element.get("rowspan"), element.get("colspan")) if column < _WIDEST else (None, None)
            if not rowspan and not colspan:  # nearly every cell
                placed.append(GridCell(row, column, text))
                if column == len(free_from):
                    free_from.append(0)
                column += 1
                continue
            row_span = _rows(rowspan) if rowspan else 1
            if (row, column) in ends:
                row_span = ends[row, column] - row
            end = column + 1
            if colspan:
                wanted = _columns(colspan)
                if wanted is None:
                    stretched = True
                    wanted = max(1, width - column - (len(cells) - order - 1))
                end = _free_end(free_from, row, end, column + wanted)
            if end > len(free_from):
                free_from.extend([0] * (end - len(free_from)))
            free_from[column:end] = [row + row_span] * (end - column)
            placed.append(GridCell(row, column, text, min(row_span, len(rows) - row) if rowspan else 1, end - column))
            column = end
    return placed, len(free_from), stretched


def _free_end(free_from: Sequence[int], row: int, end: int, wanted: int) -> int:
    """The column before which a cell of a row ends: the wanted one, or where a cell that reaches down from above begins."""
    while end < wanted and (end >= len(free_from) or free_from[end] <= row):
        end += 1
    return end


def _columns(written: str) -> int | None:
    """The colspan; None for "the rest of the row"; 1 where it cannot be understood, as in a browser."""
    match = _NUMBER.match(written)
    if match is None:
        return 1
    if match[2] or len(match[1]) > 6 or int(match[1]) > _MOST_COLUMNS:
        return None
    return max(1, int(match[1]))


def _rows(written: str) -> int:
    match = _NUMBER.match(written)
    if match is None:
        return 1
    if len(match[1]) > 6 or not 0 < int(match[1]) <= _MOST_ROWS:
        return _TO_THE_END
    return int(match[1])
