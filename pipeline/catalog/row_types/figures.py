"""How figures are printed: signs for none, units, what may stand before and behind them in a cell."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows


@dataclass(frozen=True)
class Unit:
    """A printed unit and the factor that brings it to the unit of storage (yuan, pieces)."""

    unit: str
    kind: str  # money, count
    factor: Decimal


@dataclass(frozen=True)
class FigureMark:
    """What may stand before or behind a figure in its cell and is no part of it: 共3件, 1197①."""

    mark: str
    place: str  # before, behind


def read_signs(folder: Path) -> frozenset[str]:
    """The signs of signs.csv, which say that a cell has no figure: `/`, `无`. Raises CatalogError for an empty one."""
    return frozenset(row.required("sign") for row in read_rows(folder / "signs.csv"))


def read_units(folder: Path) -> tuple[Unit, ...]:
    """The rows of units.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_unit, read_rows(folder / "units.csv")))


def read_figure_marks(folder: Path) -> tuple[FigureMark, ...]:
    """The rows of figure_marks.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_figure_mark, read_rows(folder / "figure_marks.csv")))


def _unit(row: Row) -> Unit:
    return Unit(row.required("unit"), row.one_of("kind", ("money", "count")), row.decimal("factor"))


def _figure_mark(row: Row) -> FigureMark:
    return FigureMark(row.required("mark"), row.one_of("place", ("before", "behind")))
