"""Which equations do not hold, and what hangs together with them."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from pipeline.checks.localisation.model import Number, System


def broken_equations(system: System) -> list[int]:
    """The equations that do not hold: as they stand, or whatever the figures in them that were not read may be."""
    broken = [number for number in range(len(system.equations)) if _is_broken(system, number)]
    return broken + [number for number in _contradicting(system) if number not in broken]


def connected(system: System, start: int) -> tuple[list[int], list[int]]:
    """All equations and figures that hang together with one equation, through figures that they share."""
    equations, figures, open_equations = {start}, set[int](), [start]
    while open_equations:
        for place, _ in system.equations[open_equations.pop()].terms:
            if place not in figures:
                figures.add(place)
                more = [number for number in system.by_figure[place] if number not in equations]
                equations.update(more)
                open_equations.extend(more)
    return sorted(equations), sorted(figures)


def _is_broken(system: System, number: int) -> bool:
    residual = system.residual(number)
    if system.equations[number].at_most:
        return residual > 0
    free = [(place, coefficient) for place, coefficient in system.equations[number].terms if system.figures[place].is_free]
    if not free or residual == 0:
        return residual != 0
    if any(system.figures[place].signed for place, _ in free):
        return False
    return all(coefficient > 0 for _, coefficient in free) if residual > 0 else all(coefficient < 0 for _, coefficient in free)


def _contradicting(system: System) -> Iterator[int]:
    """Equations whose one figure that was not read would have to be another in another equation."""
    called: dict[int, Number] = {}
    for number, equation in enumerate(system.equations):
        free = [(place, coefficient) for place, coefficient in equation.terms if system.figures[place].is_free]
        if len(free) == 1 and not equation.at_most:
            place, coefficient = free[0]
            value = -Fraction(system.residual(number)) / coefficient
            if called.setdefault(place, value) != value:
                yield number
