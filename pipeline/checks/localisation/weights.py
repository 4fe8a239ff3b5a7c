"""What it costs to doubt a cell, by the rows of cell_weights.csv."""

from __future__ import annotations

from collections import Counter

from pipeline.catalog.localisation import CellWeight, LocalisationRows
from pipeline.checks.model import ReportFacts
from pipeline.normalise.model import Cell
from pipeline.normalise.tables.remarks import LEAST_CONFIDENCE


class Weights:
    """Weighs the cells of one report."""

    def __init__(self, rows: LocalisationRows, facts: ReportFacts) -> None:
        self._rows = rows.weights
        self._facts = facts
        self._shown: dict[str, Counter[str]] = {}

    @property
    def prose(self) -> int:
        """What it costs to doubt a figure that the prose states exactly: no more and no less than a printed one."""
        return self._rows["printed"].weight

    @property
    def corrected(self) -> CellWeight:
        """The row for a cell that people found to be something else."""
        return self._rows["corrected"]

    def of(self, cell: Cell) -> CellWeight:
        """The row for a cell that is in the report."""
        if cell.state == "unreadable":
            return self._rows["unreadable"]
        if cell.value is None:
            return self._rows["blank_among_zeros" if self._prints_zeros(cell.table) else "blank"]
        if cell.confidence < LEAST_CONFIDENCE:
            return self._rows["doubtful"]
        return self._rows["recognised" if cell.confidence < 1 else "printed"]

    def _prints_zeros(self, table: str) -> bool:
        """Whether a table prints 0 where there is nothing, so that an empty cell says less than a 0."""
        if table not in self._shown:
            cells = [cell for cell in self._facts.cells.values() if cell.table == table and cell.locator and cell.state != "unreadable"]
            self._shown[table] = Counter("zero" if cell.value == 0 else "empty" for cell in cells if not cell.value)
        return self._shown[table]["zero"] > self._shown[table]["empty"]
