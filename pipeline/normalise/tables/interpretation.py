"""What is understood of one printed table that is read as one form: its placed cells, and whatever found no place."""

from __future__ import annotations

from dataclasses import dataclass, field

from pipeline.catalog.row_types import Label
from pipeline.readers.model import GridCell


@dataclass(frozen=True, slots=True)
class Placed:
    """A data cell and what it is. cell is None where the row or column is there but the place is a hole.

    legible False: several cells, or one that covers several places, stand where one is due, or the row has slipped;
    nothing is taken. headings: the texts over and beside the cell, nearest first, in which a unit may stand.
    """

    row: Label | None
    column: Label
    grid: int
    cell: GridCell | None
    legible: bool
    headings: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Stray:
    """A row, column or cell that is not understood: its label ("" for none) and the cell at which it begins."""

    text: str
    grid: int
    cell: GridCell


@dataclass
class Interpretation:
    """One printed table read as one form.

    open_places: rows and columns (by their label ids, None for any) of which nothing was found, although an unmatched
    line may be the one: their cells are unknown, not blank.
    local: lines that some place has added to the form. is_of_a_place: so many that it is a list of its own.
    is_cut: columns may be lost beyond the edge of the page.
    """

    form: str
    table: str
    placed: list[Placed] = field(default_factory=list)
    unmatched: list[Stray] = field(default_factory=list)
    unplaced: list[Stray] = field(default_factory=list)
    inferred: list[Stray] = field(default_factory=list)
    local: list[Stray] = field(default_factory=list)
    open_places: set[tuple[str | None, str | None]] = field(default_factory=set)
    is_cut: bool = False
    is_of_a_place: bool = False
    weight: float = 0.0
    is_perfect: bool = False
