"""What a set of figures can be where the equations settle it, or leave one number open that limits hold within bounds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor

from pipeline.checks.localisation.model import Equation, System

Range = tuple[Fraction | None, Fraction | None]  # least and most; None: no bound


@dataclass(frozen=True, slots=True)
class Line:
    """Changes of figures as constant + direction x t, for t from `least` to `most` (None: without bound)."""

    constants: tuple[Fraction, ...]
    directions: tuple[Fraction, ...]
    least: Fraction | None
    most: Fraction | None

    @property
    def is_empty(self) -> bool:
        """Whether no t is allowed."""
        return self.least is not None and self.most is not None and self.least > self.most

    def settled(self) -> dict[int, Fraction]:
        """The changes that are the same for every t, by column."""
        point = self.least if self.least is not None and self.least == self.most else None
        columns = enumerate(zip(self.constants, self.directions, strict=True))
        return {
            column: constant + direction * (point or 0) for column, (constant, direction) in columns if not direction or point is not None
        }

    def range_of(self, column: int) -> Range:
        """Between what a change lies."""
        constant, direction = self.constants[column], self.directions[column]
        ends = [None if end is None else constant + direction * end for end in (self.least, self.most)]
        return (ends[0], ends[1]) if direction >= 0 else (ends[1], ends[0])


def line_of(system: System, unknown: Sequence[int], pivots: Mapping[int, Sequence[Fraction]]) -> Line | None:
    """The solutions of equations that were eliminated to `pivots`, as far as figures and limits allow them; None where more is open."""
    width = len(unknown)
    free = [column for column in range(width) if column not in pivots]
    if len(free) > 1:
        return None
    constants = tuple(pivots[column][width] if column in pivots else Fraction(0) for column in range(width))
    directions = tuple((-pivots[column][free[0]] if column in pivots else Fraction(1)) if free else Fraction(0) for column in range(width))
    columns = {place: column for column, place in enumerate(unknown)}
    least, most = None, None
    bounds = [_of_limit(system, limit, columns, constants, directions) for limit in system.limits]
    for place, column in columns.items():
        if not system.figures[place].signed:
            bounds.append((-directions[column], Fraction(system.figures[place].start) + constants[column]))
    for factor, room in bounds:  # factor x t <= room
        if factor > 0:
            most = room / factor if most is None else min(most, room / factor)
        elif factor < 0:
            least = room / factor if least is None else max(least, room / factor)
        elif room < 0:
            least, most = Fraction(1), Fraction(0)
            break
    if _is_whole(system, unknown, constants, directions):
        least, most = (None if least is None else Fraction(ceil(least))), (None if most is None else Fraction(floor(most)))
    return Line(constants, directions, least, most)


def _of_limit(
    system: System, limit: Equation, columns: Mapping[int, int], constants: Sequence[Fraction], directions: Sequence[Fraction]
) -> tuple[Fraction, Fraction]:
    """A limit as factor x t <= room; one without any of the figures leaves t free."""
    own = [(columns[place], factor) for place, factor in limit.terms if place in columns]
    if not own:
        return Fraction(0), Fraction(0)
    factor = sum((factor * directions[column] for column, factor in own), Fraction(0))
    return factor, -Fraction(system.excess(limit)) - sum((factor * constants[column] for column, factor in own), Fraction(0))


def _is_whole(system: System, unknown: Sequence[int], constants: Sequence[Fraction], directions: Sequence[Fraction]) -> bool:
    return (
        all(system.figures[place].whole for place in unknown)
        and all(number.denominator == 1 for number in constants)
        and all(number in (-1, 0, 1) for number in directions)
    )
