"""Small helps for changing how a table is set."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from tests.reports.layout import PrintedCell, PrintedTable

Placed = Mapping[tuple[int, int], PrintedCell]


def set_rows(table: PrintedTable, rows: list[list[PrintedCell]]) -> PrintedTable:
    """The table with other rows; it grows where a row is longer."""
    width = max((sum(cell.column_span for cell in row) for row in rows), default=0)
    return replace(table, rows=tuple(map(tuple, rows)), columns=max(table.columns, width))


def set_placed(table: PrintedTable, placed: Placed, rows: int, columns: int) -> PrintedTable:
    """The table with its cells at other places."""
    lines: list[list[tuple[int, PrintedCell]]] = [[] for _ in range(rows)]
    for (row, column), cell in placed.items():
        lines[row].append((column, cell))
    cells = tuple(tuple(cell for _, cell in sorted(line, key=lambda item: item[0])) for line in lines)
    return replace(table, rows=cells, columns=columns)


def each_cell(table: PrintedTable, change: Callable[[PrintedCell], PrintedCell]) -> PrintedTable:
    """The table with every cell changed."""
    return replace(table, rows=tuple(tuple(change(cell) for cell in row) for row in table.rows))


def each_label(table: PrintedTable, change: Callable[[str], str]) -> PrintedTable:
    """The table with the text of every label changed."""
    return each_cell(table, lambda cell: cell if cell.key else replace(cell, text=change(cell.text)))


def figure_rows(table: PrintedTable) -> list[int]:
    """The rows that hold figures."""
    return [row for row, cells in enumerate(table.rows) if any(cell.key for cell in cells)]


def without_row(table: PrintedTable, lost: int) -> PrintedTable:
    """The table without a row; a cell merged over it is one row shorter."""
    placed: dict[tuple[int, int], PrintedCell] = {}
    for (row, column), cell in table.placed().items():
        if row <= lost < row + cell.row_span:
            if cell.row_span > 1:
                placed[row, column] = replace(cell, row_span=cell.row_span - 1)
        else:
            placed[row - (row > lost), column] = cell
    return set_placed(table, placed, len(table.rows) - 1, table.columns)


def lost_merges(table: PrintedTable) -> PrintedTable:
    """Cells merged downwards fall apart: the label stands in the first, the others are empty."""
    rows: list[list[tuple[int, PrintedCell]]] = [[] for _ in table.rows]
    for (top, left), cell in table.placed().items():
        rows[top].append((left, replace(cell, row_span=1)))
        for below in range(top + 1, top + cell.row_span):
            rows[below].append((left, PrintedCell("", 1, cell.column_span)))
    return replace(table, rows=tuple(tuple(cell for _, cell in sorted(cells, key=lambda placed: placed[0])) for cells in rows))
