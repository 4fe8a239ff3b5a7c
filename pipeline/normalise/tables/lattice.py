"""A grid as a lattice: which cell covers which place, and what a row is made of."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.readers.model import Grid, GridCell


class Lattice:
    """Look-up of the cell that covers a place (row, column), merged cells included.

    first, last: the band of columns first..last-1 that is looked at; everything outside it counts as holes, so that of
    two tables side by side each can be read alone, with the places of its cells unchanged.
    """

    def __init__(self, grid: Grid, first: int = 0, last: int | None = None) -> None:
        self.grid = grid
        self.first, self.last = first, grid.columns if last is None else last
        self._distinct: dict[int, tuple[GridCell, ...]] = {}
        self._begun: dict[int, tuple[GridCell, ...]] = {}
        self._rows: list[list[GridCell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
        for cell in grid.cells:
            if not self.first <= cell.column < self.last:
                continue
            for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, self.last)):
                    self._rows[row][column] = cell

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place, or None for a hole."""
        return self._rows[row][column]

    def row(self, row: int) -> tuple[GridCell, ...]:
        """The distinct cells that cover a row, from left to right, merged ones from above included."""
        if row not in self._distinct:
            self._distinct[row] = distinct(self._rows[row])
        return self._distinct[row]

    def between(self, row: int, first: int, last: int) -> tuple[GridCell, ...]:
        """The distinct cells of a row that cover any of the columns first..last-1."""
        return distinct(self._rows[row][first:last])

    def begun_in(self, row: int) -> tuple[GridCell, ...]:
        """The cells of a row without those that are merged from above."""
        if row not in self._begun:
            self._begun[row] = tuple(cell for cell in self.row(row) if cell.row == row)
        return self._begun[row]

    def edge(self, row: int) -> int:
        """The column behind the last cell of a row; `first` for an empty row."""
        return next((column + 1 for column in range(self.last - 1, self.first - 1, -1) if self._rows[row][column]), self.first)


def transposed(grid: Grid) -> Grid:
    """The grid with rows and columns exchanged."""
    cells = (replace(cell, row=cell.column, column=cell.row, row_span=cell.column_span, column_span=cell.row_span) for cell in grid.cells)
    ordered = tuple(sorted(cells, key=lambda cell: (cell.row, cell.column)))
    return replace(grid, rows=grid.columns, columns=grid.rows, cells=ordered, slipped=())


def distinct(cells: Sequence[GridCell | None]) -> tuple[GridCell, ...]:
    """The cells without holes, each once, in order."""
    return tuple({id(cell): cell for cell in cells if cell is not None}.values())
