"""Rows of a form written into one row of cells, label under label and figure under figure: parted before tables are looked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import TypeVar

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell, Problem, Report
from pipeline.normalise.tables.segments import is_wording
from pipeline.normalise.tables.values import read_value
from pipeline.readers.model import Document, Grid, GridCell

_MOST_LINES = 60
_Placed = TypeVar("_Placed", Cell, Problem)
Moved = dict[int, list[int]]  # for each grid that was changed, by its index: the row of the source that each of its rows stands in


def with_rows_parted(catalog: Catalog, document: Document) -> tuple[Document, Moved]:
    """The document with such rows as rows of their own, and where these stand in the source; nearly always as it is."""
    parted = {block.index: _heights(catalog, block) for block in document.grids()}
    changed = {index: heights for index, heights in parted.items() if max(heights, default=1) > 1}
    if not changed:
        return document, {}
    blocks = tuple(
        _parted(block, changed[block.index]) if isinstance(block, Grid) and block.index in changed else block for block in document.blocks
    )
    moved = {index: [row for row, height in enumerate(heights) for _ in range(height)] for index, heights in changed.items()}
    return replace(document, blocks=blocks), moved


def placed_in_source(report: Report, moved: Moved) -> Report:
    """The report with the places of its cells and problems as they are in the source."""
    if not moved:
        return report
    cells = tuple(_in_source(cell, moved) for cell in report.cells)
    return replace(report, cells=cells, problems=tuple(_in_source(item, moved) for item in report.problems))


def _in_source(item: _Placed, moved: Moved) -> _Placed:
    place = item.locator
    if place is None or place.table not in moved or place.row is None:
        return item
    return replace(item, locator=replace(place, row=moved[place.table][place.row]))


def _heights(catalog: Catalog, grid: Grid) -> list[int]:
    """Into how many rows each row of a grid parts: one, for nearly every row."""
    if grid.spans != "stated" or not any("\n" in cell.text for cell in grid.cells):
        return [1] * grid.rows
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    return [_height(catalog, row) for row in rows]


def _height(catalog: Catalog, row: Sequence[GridCell]) -> int:
    for place, cell in enumerate(row):
        lines = _lines(cell)
        if not 1 < len(lines) <= _MOST_LINES or cell.row_span > 1 or not all(is_wording(catalog, line) for line in lines):
            continue
        behind = [other for other in row[place + 1 :] if other.text.strip()]
        if behind and all(_are_values(catalog, other, len(lines)) for other in behind):
            return len(lines)
    return 1


def _are_values(catalog: Catalog, cell: GridCell, count: int) -> bool:
    """Whether a cell holds one figure a line, as many as there are labels; never where it was recognised, or not all of it is seen."""
    lines = _lines(cell)
    plain = cell.row_span == 1 and cell.confidence == 1 and not cell.readings and cell.whole is None and cell.shown is None
    return plain and len(lines) == count and all(read_value(catalog, line).state in ("number", "not_applicable") for line in lines)


def _lines(cell: GridCell) -> list[str]:
    return cell.text.split("\n")


def _parted(grid: Grid, heights: Sequence[int]) -> Grid:
    starts = list(accumulate(heights, initial=0))
    cells = sorted((part for cell in grid.cells for part in _parts(cell, heights, starts)), key=lambda part: (part.row, part.column))
    return replace(grid, rows=starts[-1], cells=tuple(cells))


def _parts(cell: GridCell, heights: Sequence[int], starts: Sequence[int]) -> Iterator[GridCell]:
    """A cell over all rows that it stood beside; one with as many lines as its row was parted into, and a blank one, in parts."""
    first, height = starts[cell.row], heights[cell.row]
    lines = _lines(cell) if cell.text.strip() else [cell.text] * height
    if cell.row_span == 1 and height > 1 and len(lines) == height:
        yield from (replace(cell, row=first + number, text=line) for number, line in enumerate(lines))
    else:
        end = starts[min(cell.row + cell.row_span, len(heights))]
        yield replace(cell, row=first, row_span=end - first)
