"""A printed table with several lines in each row of figures: what was added up, what was published, and the difference."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from pipeline.publish.printed_layout import PrintedCell, PrintedTable


@dataclass(frozen=True)
class LinedTable:
    """The grid; figures: its cells with figures, and the line of each (from 0). headings: rows at the top that hold headings alone."""

    grid: PrintedTable
    figures: tuple[tuple[PrintedCell, int], ...]
    headings: int


def with_lines(grid: PrintedTable, lines: Sequence[str], heading: str) -> LinedTable:
    """`grid` with a column more, in which `lines` name the lines of each row of figures; heading: over that column.

    With a single line the table stays as it is.
    """
    figure_rows = {cell.row for cell in grid.cells if cell.role == "figure"}
    if len(lines) == 1:
        return LinedTable(grid, tuple((cell, 0) for cell in grid.cells if cell.role == "figure"), _top(grid))
    at = grid.label_columns
    starts = [0, *accumulate(len(lines) if row in figure_rows else 1 for row in range(grid.rows))]
    cells: list[PrintedCell] = []
    figures: list[tuple[PrintedCell, int]] = []
    for cell in grid.cells:
        first = starts[cell.row]
        moved = replace(
            cell,
            row=first,
            row_span=starts[cell.row + cell.row_span] - first,
            column=cell.column + (cell.column >= at),
            column_span=cell.column_span + (cell.column < at < cell.column + cell.column_span),
        )
        if cell.role == "figure":
            figures += [(replace(moved, row=first + line, row_span=1), line) for line in range(len(lines))]
        else:
            cells.append(moved)
    for row in figure_rows:
        cells += [PrintedCell(starts[row] + line, at, 1, 1, "label", text) for line, text in enumerate(lines)]
    cells += _headings(
        cells, set(range(starts[-1])) - {starts[row] + line for row in figure_rows for line in range(len(lines))}, at, heading
    )
    cells += [cell for cell, _ in figures]
    lined = PrintedTable(starts[-1], grid.columns + 1, at + 1, tuple(cells))
    return LinedTable(lined, tuple(figures), _top(lined))


def _top(grid: PrintedTable) -> int:
    return min(cell.row for cell in grid.cells if cell.role != "heading")


def _headings(cells: Sequence[PrintedCell], rows: set[int], column: int, text: str) -> Iterator[PrintedCell]:
    """Headings for the new column in the rows in which nothing covers it yet, one over rows that follow each other."""
    covered = {cell.row + down for cell in cells if cell.column <= column < cell.column + cell.column_span for down in range(cell.row_span)}
    first = None
    for row in sorted(rows - covered):
        first = row if first is None else first
        if row + 1 not in rows - covered:
            yield PrintedCell(first, column, row + 1 - first, 1, "heading", text)
            first = None
