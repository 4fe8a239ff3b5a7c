"""Every cheapest way to make a system hold, a connected part at a time, and which parts of it are independent of each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.checks.localisation.broken import broken_equations, connected
from pipeline.checks.localisation.component import Component, values_of
from pipeline.checks.localisation.direct import single_figures
from pipeline.checks.localisation.model import Change, Number, Part, System
from pipeline.checks.localisation.programme import LimitMetError, Limits, Programme

MOST_SOLUTIONS = 12  # as many equally good ways are told apart; beyond that nobody could choose among them
_REACH = 1
Values = dict[int, Number | None]


@dataclass(frozen=True, slots=True)
class Ways:
    """The cheapest ways found for a component. complete: there are no others. proved: none is cheaper."""

    values: list[Values]
    cost: int
    complete: bool
    proved: bool


def solved_parts(system: System, limits: Limits) -> list[Part]:
    """The parts of a system in which something is broken, each with every cheapest way to mend it."""
    return [part for component in components(system) for part in parts(component, ways(component, limits))]


def components(system: System) -> Iterator[Component]:
    """The connected parts of a system in which something is broken."""
    open_equations = broken_equations(system)
    while open_equations:
        equations, figures = connected(system, open_equations[0])
        inside = set(equations)
        broken = tuple(number for number in open_equations if number in inside)
        yield Component(system, tuple(equations), tuple(figures), broken)
        open_equations = [number for number in open_equations if number not in inside]


def ways(component: Component, limits: Limits | None = None) -> Ways:
    """Every cheapest way to mend a component, up to MOST_SOLUTIONS."""
    single = single_figures(component)
    if single is not None:
        found = [dict[int, Number | None](values) for values in single[:MOST_SOLUTIONS]]
        return Ways(found, component.cost(single[0]), len(single) <= MOST_SOLUTIONS, proved=True)
    return ways_by_programme(component, limits or Limits())


def ways_by_programme(component: Component, limits: Limits) -> Ways:
    """The same by the programme alone, near what is broken first."""
    reach, first = _REACH, None
    supports: list[frozenset[int]] = []
    try:
        while True:
            figures = _near(component, reach)
            programme = Programme(component, figures, limits)
            first = _allowed(component, programme, None, [])
            needed = _reach_of(component, first)
            if (first is not None and reach >= needed) or len(figures) == len(component.figures):
                break
            reach = needed
        if first is None:
            return Ways([], 0, complete=False, proved=False)
        cost = component.cost(first[0])
        supports.append(first[0])
        found, tried = [first[1]], [*first[2]]
        while len(found) <= MOST_SOLUTIONS:
            another = _allowed(component, programme, cost, tried)
            if another is None:
                return Ways(found, cost, complete=True, proved=True)
            found.append(another[1])
            tried = another[2]
        return Ways(found[:MOST_SOLUTIONS], cost, complete=False, proved=True)
    except LimitMetError:
        known = [] if first is None else [first[1]]
        return Ways(known, component.cost(first[0]) if first else 0, complete=False, proved=False)


Found = tuple[frozenset[int], Values, list[frozenset[int]]]


def _allowed(component: Component, programme: Programme, most: int | None, tried: Sequence[frozenset[int]]) -> Found | None:
    """The next set of figures that has values which figures of its kind can have. Raises LimitMetError."""
    tried = list(tried)
    while True:
        support = programme.cheapest(most, tried)
        if support is None:
            return None
        tried.append(support)
        values = values_of(component, support)
        if values is not None:
            return support, values, tried


def _near(component: Component, reach: int) -> list[int]:
    """The figures of broken equations, and those that share an equation with them, `reach` times over; all, where some were not read."""
    if component.has_free:
        return list(component.figures)
    system = component.system
    near = {place for number in component.broken for place, _ in system.equations[number].terms}
    for _ in range(reach):
        touched = {number for place in near for number in system.by_figure[place]}
        wider = near | {place for number in touched for place, _ in system.equations[number].terms}
        if wider == near:
            break
        near = wider
    return sorted(near)


def _reach_of(component: Component, found: Found | None) -> int:
    """How far from what is broken a figure can stand that is in a way as cheap as the one found.

    The figures of a cheapest way hang together with a broken equation through equations that they share, so that of n figures
    none is further than n - 1 equations away.
    """
    if found is None:
        return len(component.figures)
    least = min(component.system.figures[place].weight for place in component.figures)
    return max(component.cost(found[0]) // max(least, 1) - 1, _REACH)


def parts(component: Component, found: Ways) -> list[Part]:
    """The ways of a component taken apart into what can be mended independently: figures changed together in any of them stay together."""
    if not found.values:
        return [Part(component.broken, (), 0, optimal=False, complete=False)]
    groups = _grouped(component, [frozenset(values) for values in found.values])
    made = []
    for equations in groups:
        solutions: list[Change] = []
        for values in found.values:
            own = {place: value for place, value in values.items() if _touches(component, place, equations)}
            if own not in solutions:
                solutions.append(own)
        broken = tuple(number for number in component.broken if number in equations)
        made.append(Part(broken, tuple(solutions), component.cost(solutions[0]), found.proved, found.complete and found.proved))
    return made


def _grouped(component: Component, supports: Iterable[frozenset[int]]) -> list[set[int]]:
    """The equations that figures of one way share, joined over all ways, and over the broken equations that every way has to touch."""
    groups: list[set[int]] = []
    for support in supports:
        for place in support:
            joined = set(component.system.by_figure[place])
            apart = []
            for group in groups:
                if group & joined:
                    joined |= group
                else:
                    apart.append(group)
            groups = [*apart, joined]
    return sorted(groups, key=min)


def _touches(component: Component, place: int, equations: set[int]) -> bool:
    return not equations.isdisjoint(component.system.by_figure[place])
