"""A grid as a lattice: which cell covers which place, and what a row is made of."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.model import Grid, GridCell


class Lattice:
    """Look-up of the cell that covers a place (row, column), merged cells included."""

    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self._rows: list[list[GridCell | None]] = [[None] * grid.columns for _ in range(grid.rows)]
        for cell in grid.cells:
            for row in range(cell.row, min(cell.row + cell.row_span, grid.rows)):
                for column in range(cell.column, min(cell.column + cell.column_span, grid.columns)):
                    self._rows[row][column] = cell

    def at(self, row: int, column: int) -> GridCell | None:
        """The cell that covers a place, or None for a hole."""
        return self._rows[row][column]

    def row(self, row: int) -> tuple[GridCell, ...]:
        """The distinct cells that cover a row, from left to right, merged ones from above included."""
        return distinct(self._rows[row])

    def between(self, row: int, first: int, last: int) -> tuple[GridCell, ...]:
        """The distinct cells of a row that cover any of the columns first..last-1."""
        return distinct(self._rows[row][first:last])


def distinct(cells: Sequence[GridCell | None]) -> tuple[GridCell, ...]:
    """The cells without holes, each once, in order."""
    found: dict[tuple[int, int], GridCell] = {}
    for cell in cells:
        if cell is not None:
            found.setdefault((cell.row, cell.column), cell)
    return tuple(found.values())
