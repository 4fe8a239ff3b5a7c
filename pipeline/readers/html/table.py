"""Cells of an HTML table with their rowspan and colspan, placed as a browser places them, without overlap."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from lxml import etree

from pipeline.readers.model import GridCell

_NUMBER = re.compile(r"\s*([0-9]+)\s*(%?)")
_MOST_COLUMNS = 200  # a colspan beyond this, or in per cent, means "the rest of the row"
_MOST_ROWS = 5000  # a rowspan beyond this, or 0, means "to the end of the table"
_TO_THE_END = 1_000_000_000


SourceCell = tuple[str, etree._Element]  # the text of a <td> or <th>, and the element that states its spans


class PlacedTable(NamedTuple):
    """A table whose cells have their places: rows x columns, cells in reading order."""

    rows: int
    columns: int
    cells: tuple[GridCell, ...]


def place(rows: Sequence[Sequence[SourceCell]]) -> PlacedTable:
    """Place the cells of `rows` (one sequence for each <tr>, which may be empty)."""
    cells, columns, stretched = _place(rows, width=0)
    if stretched:  # now that the other cells have given the width
        cells, columns, _ = _place(rows, width=columns)
    return PlacedTable(len(rows), columns, tuple(cells))


def _place(rows: Sequence[Sequence[SourceCell]], width: int) -> tuple[list[GridCell], int, bool]:
    """The cells, the number of columns, and whether a cell takes the rest of a row that is `width` columns wide."""
    placed: list[GridCell] = []
    free_from: list[int] = []  # for each column, the first row in which it is free
    stretched = False
    for row, cells in enumerate(rows):
        column = 0
        for order, (text, element) in enumerate(cells):
            while column < len(free_from) and free_from[column] > row:
                column += 1
            rowspan, colspan = element.get("rowspan"), element.get("colspan")
            if not rowspan and not colspan:  # nearly every cell
                placed.append(GridCell(row, column, text))
                if column == len(free_from):
                    free_from.append(0)
                column += 1
                continue
            row_span = _rows(rowspan) if rowspan else 1
            end = column + 1
            if colspan:
                wanted = _columns(colspan)
                if wanted is None:
                    stretched = True
                    wanted = max(1, width - column - (len(cells) - order - 1))
                while end < column + wanted and (end >= len(free_from) or free_from[end] <= row):
                    end += 1
            if end > len(free_from):
                free_from.extend([0] * (end - len(free_from)))
            free_from[column:end] = [row + row_span] * (end - column)
            placed.append(GridCell(row, column, text, min(row_span, len(rows) - row) if rowspan else 1, end - column))
            column = end
    return placed, len(free_from), stretched


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
