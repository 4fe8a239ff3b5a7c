"""A printed table of the official form as a table of a Word document, its figures in it."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from pipeline.catalog.numbers import number_text
from pipeline.publish.documents.body import Cell, table
from pipeline.publish.printed_layout import PrintedCell, PrintedTable

Figures = Mapping[tuple[str, str], Decimal | None]
WIDTH = 8844  # twentieths of a point between the margins
_MOST_LARGE = 5  # columns, up to which the larger letters fit
_GROUP_WIDTH, _FIGURE_WIDTH = 560, 740
_ROLES = {"heading": "heading_cell", "band": "heading_cell", "label": "label_cell", "figure": "figure_cell", "empty": "figure_cell"}
_ROW_HEIGHT = 340


def form_table(grid: PrintedTable, figures: Figures) -> Any:
    """The table with `figures` (money in yuan) in the unit that the form prints; a figure that is None or missing is a blank cell."""
    small = "" if grid.columns <= _MOST_LARGE else "small_"
    cells = [
        Cell(cell.row, cell.column, _text(cell, figures), small + _style(cell), cell.row_span, cell.column_span) for cell in grid.cells
    ]
    first = [cell.row for cell in grid.cells if cell.role == "figure"]
    return table(_widths(grid), cells, headings=min(first) if small else 0, heights=[_ROW_HEIGHT] * grid.rows)


def _text(cell: PrintedCell, figures: Figures) -> str:
    if cell.figure is None:
        return cell.text
    value = figures.get(cell.figure)
    return "" if value is None else number_text(value / cell.factor)


def _style(cell: PrintedCell) -> str:
    return "heading_cell" if cell.role == "label" and cell.column_span == 1 and cell.row_span > 1 else _ROLES[cell.role]


def _widths(grid: PrintedTable) -> list[int]:
    """Equal columns; where labels take several columns, the innermost is the widest, for it holds the longest."""
    if grid.label_columns <= 1:
        each = WIDTH // grid.columns
        return [WIDTH - each * (grid.columns - 1)] + [each] * (grid.columns - 1)
    figures = grid.columns - grid.label_columns
    groups = [_GROUP_WIDTH, *[_GROUP_WIDTH * 2] * (grid.label_columns - 2)]
    return [*groups, WIDTH - sum(groups) - _FIGURE_WIDTH * figures, *[_FIGURE_WIDTH] * figures]
