"""The order in which equally good solutions are shown. It says what to look at first, and never which of them is right.

What keeps more of the relations that may have exceptions goes first, then a typical slip of the pen before a number that is just wrong, a
total before a detail, and else the order of the form decides.
"""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.catalog.localisation import LocalisationRows
from pipeline.checks.localisation.hints import exceeded
from pipeline.checks.localisation.model import Change, Part, System
from pipeline.checks.localisation.naming import error_kinds
from pipeline.checks.localisation.unread import is_called_for


@dataclass(frozen=True, slots=True)
class Solution:
    """A way to mend a part, with the error kind of each figure that it changes."""

    change: Change
    kinds: dict[int, str]


def ranked(rows: LocalisationRows, system: System, part: Part) -> list[Solution]:
    """The solutions of a part, the most plausible first."""
    solutions = [Solution(change, error_kinds(system, change)) for change in part.solutions]
    return sorted(solutions, key=lambda solution: _plausibility(rows, system, solution))


def is_determined(part: Part, system: System) -> bool:
    """Whether the figures say by themselves what is wrong and what it should be.

    There is one cheapest way, proved, with every value settled, and nothing is wrong with no other cell: a way that has to change cells
    of which every sum holds is the shortest, but two reports that contradict each other may both add up. And no other way is as few
    slips, though it be more figures (rivals.py). Where nothing is broken, what was not read has to be called for by a row and a column.
    """
    if not (part.complete and part.optimal and len(part.solutions) == 1) or part.rivalled:
        return False
    if not part.broken:
        return all(is_called_for(system, place) for place in part.solutions[0])
    return all(value is not None for value in part.solutions[0].values()) and not drags_along(part, system)


def drags_along(part: Part, system: System) -> bool:
    """Whether a way changes cells that stand in no broken equation. Prose that repeats a wrong cell is no such thing."""
    broken = set(part.broken)
    places = [place for change in part.solutions for place in change if system.figures[place].state != "prose"]
    return any(broken.isdisjoint(system.by_figure[place]) for place in places if not system.figures[place].is_free)


def _plausibility(rows: LocalisationRows, system: System, solution: Solution) -> tuple[object, ...]:
    ranks = sorted(rows.error_kinds[kind].rank for kind in solution.kinds.values())
    totals = sum(any(system.equations[number].lone == place for number in system.by_figure[place]) for place in solution.change)
    figures = [system.figures[place] for place in solution.change]
    where = sorted((figure.report_year, figure.table or "", figure.place, figure.id[1], figure.id[2] or "") for figure in figures)
    return (exceeded(system, solution.change), len(figures), sum(ranks), -totals, where)
