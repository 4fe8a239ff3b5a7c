"""Prose that may mean several things (收到 14 件: newly received, or with what was carried in): every meaning is allowed for.

The system is solved without such figures first. Where what comes out lets each of them mean something true, nothing is cheaper.
Otherwise the system is solved for every meaning, and the cheapest taken together.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

from pipeline.checks.localisation.model import Change, Equation, Part, System
from pipeline.checks.localisation.programme import Limits
from pipeline.checks.localisation.solving import solved_parts
from pipeline.checks.localisation.system import SystemBuilder

_MOST_MEANINGS = 8
Solved = tuple[System, list[Part]]


def solve(builder: SystemBuilder, limits: Limits) -> Solved:
    """The parts of a system in which something is broken, each with every cheapest way to mend it."""
    system = builder.system()
    plain = solved_parts(system, limits)
    kept = _fitting(system, plain, builder.choices)
    if kept is not None:
        return system, kept
    solved = [
        (each, solved_parts(each, limits))
        for _, each in zip(range(_MOST_MEANINGS), map(builder.system, product(*builder.choices)), strict=False)
    ]
    least = min(sum(part.cost for part in found) for _, found in solved)
    cheapest = [(each, found) for each, found in solved if sum(part.cost for part in found) == least]
    every = len(solved) == len(list(product(*builder.choices))) and all(part.optimal for _, found in solved for part in found)
    return cheapest[0][0], _joined(cheapest, every)


def _fitting(system: System, found: list[Part], choices: Sequence[tuple[Equation, ...]]) -> list[Part] | None:
    """The parts without the solutions under which a figure of the prose means nothing true; None where that cannot be told part by part."""
    for equations in choices:
        named = {place for equation in equations for place, _ in equation.terms}
        touching = [place for place, part in enumerate(found) if any(not named.isdisjoint(change) for change in part.solutions)]
        if len(touching) > 1:
            return None
        if not touching:
            if not any(_holds(system, equation, {}) for equation in equations):
                return None
            continue
        part = found[touching[0]]
        fitting = tuple(change for change in part.solutions if any(_holds(system, equation, change) for equation in equations))
        if not fitting:
            return None
        found = [*found]
        found[touching[0]] = Part(part.broken, fitting, part.cost, part.optimal, part.complete)
    return found


def _holds(system: System, equation: Equation, change: Change) -> bool:
    """Whether an equation holds after a change; one with a figure that is left open counts as holding."""
    values = [(change.get(place, system.figures[place].start), factor) for place, factor in equation.terms]
    if any(value is None for value, _ in values):
        return True
    return sum((value * factor for value, factor in values if value is not None), -equation.total) == 0


def _joined(solved: Sequence[Solved], every: bool) -> list[Part]:
    """The parts of several meanings as one list: what touches the same equations is one part, with the solutions of all."""
    groups: list[tuple[set[int], list[Part]]] = []
    for system, found in solved:
        for part in found:
            touched = {*part.broken, *(number for change in part.solutions for place in change for number in system.by_figure[place])}
            members, apart = [part], []
            for equations, others in groups:
                if equations & touched:
                    touched |= equations
                    members = [*others, *members]
                else:
                    apart.append((equations, others))
            groups = [*apart, (touched, members)]
    return [_one(members, every) for _, members in sorted(groups, key=lambda group: min(group[0]))]


def _one(members: list[Part], every: bool) -> Part:
    solutions: list[Change] = []
    for part in members:
        solutions += [change for change in part.solutions if change not in solutions]
    broken = tuple(sorted({number for part in members for number in part.broken}))
    complete = every and all(part.complete for part in members)
    return Part(broken, tuple(solutions), members[0].cost, every and all(part.optimal for part in members), complete)
