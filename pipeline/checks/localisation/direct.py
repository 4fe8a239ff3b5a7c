"""The exact answer where one figure alone explains everything, without a programme.

A figure that mends all broken equations by itself stands in each of them, in no equation that holds, and is called for with the
same value by all. Where the cheapest such figure costs less than any two figures, nothing else can be as cheap.
"""

from __future__ import annotations

from fractions import Fraction

from pipeline.checks.localisation.component import Component, is_allowed
from pipeline.checks.localisation.identities import number_of
from pipeline.checks.localisation.model import Number, System


def single_figures(component: Component) -> list[dict[int, Number]] | None:
    """Every cheapest way to mend a component, each of one figure; None where that cannot be told without a programme."""
    system = component.system
    if component.has_free:
        return None
    if any(system.equations[number].at_most for number in component.broken):
        return None
    found = {place: value for place in _common(component) if (value := _called_for(component, place)) is not None}
    if not found:
        return None
    cheapest = min(system.figures[place].weight for place in found)
    if cheapest >= sum(sorted(system.figures[place].weight for place in component.figures)[:2]):
        return None
    return [{place: value} for place, value in found.items() if system.figures[place].weight == cheapest]


def _common(component: Component) -> list[int]:
    """The figures that stand in every broken equation and in no other."""
    system, broken = component.system, set(component.broken)
    first = component.broken[0]
    return [place for place, _ in system.equations[first].terms if set(system.by_figure[place]) == broken]


def _called_for(component: Component, place: int) -> Number | None:
    """The value that all broken equations call for in one figure; None where they differ or it cannot be that."""
    system = component.system
    changes = set()
    for number in component.broken:
        coefficient = sum(factor for other, factor in system.equations[number].terms if other == place)
        if not coefficient:
            return None
        changes.add(-Fraction(system.residual(number)) / coefficient)
    if len(changes) > 1:
        return None
    value = number_of(system.figures[place].start + changes.pop())
    return value if is_allowed(system, place, value) and not _exceeds_a_limit(system, place, value) else None


def _exceeds_a_limit(system: System, place: int, value: Number) -> bool:
    """Whether a limit would no longer hold."""
    change = value - system.figures[place].start
    for limit in system.limits:
        excess = sum(factor * change for other, factor in limit.terms if other == place)
        if excess and system.excess(limit) + excess > 0:
            return True
    return False
