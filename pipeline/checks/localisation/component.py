"""A connected part of a system, and the exact values that a set of figures has to take to make it hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from pipeline.checks.localisation.identities import number_of
from pipeline.checks.localisation.lines import Range, line_of
from pipeline.checks.localisation.model import Change, Number, System


@dataclass(frozen=True, slots=True)
class Component:
    """Equations that hang together, those of them that are broken, and their figures (all of them places in the system)."""

    system: System
    equations: tuple[int, ...]
    figures: tuple[int, ...]
    broken: tuple[int, ...]

    @property
    def has_free(self) -> bool:
        """Whether figures that were not read are among them."""
        return any(self.system.figures[place].is_free for place in self.figures)

    def cost(self, support: Iterable[int]) -> int:
        """What it costs to doubt these figures together."""
        return sum(self.system.figures[place].weight for place in support)


def values_of(component: Component, support: frozenset[int]) -> dict[int, Number | None] | None:
    """The value of each figure of `support` (and of each that was not read) that makes every equation hold; None where none does.

    A figure whose value the equations and limits leave open has None. Where values are settled they are allowed ones, and different from
    the start.
    """
    system = component.system
    free = {place for place in component.figures if system.figures[place].is_free}
    unknown = sorted({*support, *free})
    rows = [_row(system, number, unknown) for number in component.equations if not system.equations[number].at_most]
    pivots = _eliminated(rows, len(unknown))
    if pivots is None:
        return None
    line = line_of(system, unknown, pivots)
    if line is not None and line.is_empty:
        return None
    settled = line.settled() if line is not None else _settled(pivots, len(unknown))
    values: dict[int, Number | None] = {}
    for column, place in enumerate(unknown):
        change = settled.get(column)
        value = None if change is None else number_of(system.figures[place].start + change)
        if value is not None and not is_allowed(system, place, value):
            return None
        if change == 0 and not system.figures[place].is_free:
            return None
        if value is not None or not system.figures[place].is_free:
            values[place] = value
    return values


def ranges_of(system: System, change: Change) -> dict[int, Range]:
    """Between what the values lie that a way leaves open, as far as limits tell."""
    unknown = sorted(change)
    numbers = sorted({number for place in unknown for number in system.by_figure[place] if not system.equations[number].at_most})
    pivots = _eliminated([_row(system, number, unknown) for number in numbers], len(unknown))
    line = line_of(system, unknown, pivots) if pivots is not None else None
    if line is None:
        return {}
    starts = {column: Fraction(system.figures[place].start) for column, place in enumerate(unknown)}
    ranges = {column: line.range_of(column) for column in starts}
    return {
        unknown[column]: (
            None if least is None else starts[column] + least,
            None if most is None else starts[column] + most,
        )
        for column, (least, most) in ranges.items()
    }


def is_allowed(system: System, place: int, value: Number) -> bool:
    """Whether a figure can be `value`: counts are whole, and only changes may be negative."""
    figure = system.figures[place]
    return (figure.signed or value >= 0) and (not figure.whole or Fraction(value).denominator == 1)


def _row(system: System, number: int, unknown: list[int]) -> list[Fraction]:
    """An equation over the changes of the unknown figures; the last number is its right side."""
    coefficients = dict(system.equations[number].terms)
    return [Fraction(coefficients.get(place, 0)) for place in unknown] + [-Fraction(system.residual(number))]


def _eliminated(rows: list[list[Fraction]], width: int) -> dict[int, list[Fraction]] | None:
    """The rows, each solved for one unknown, by its column; None where they contradict each other (Gauss and Jordan)."""
    rows = [row for row in rows if any(row)]
    pivots: dict[int, list[Fraction]] = {}
    for row in rows:
        left = row
        for column, pivot in pivots.items():
            left = _without(left, column, pivot)
        lead = next((column for column in range(width) if left[column]), None)
        if lead is None:
            if left[width]:
                return None
            continue
        new = [number / left[lead] for number in left]
        pivots = {column: _without(pivot, lead, new) for column, pivot in pivots.items()}
        pivots[lead] = new
    return pivots


def _settled(pivots: dict[int, list[Fraction]], width: int) -> dict[int, Fraction]:
    """The unknowns that the rows settle, by column."""
    return {column: row[width] for column, row in pivots.items() if not any(row[other] for other in range(width) if other != column)}


def _without(row: list[Fraction], column: int, pivot: list[Fraction]) -> list[Fraction]:
    """A row less that multiple of the pivot which leaves nothing in `column`."""
    factor = row[column]
    return [number - factor * other for number, other in zip(row, pivot, strict=True)] if factor else row
