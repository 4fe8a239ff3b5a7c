"""Cells that were not read, in sums that nothing else breaks: what the figures that were read leave for them."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.localisation.broken import broken_equations, connected
from pipeline.checks.localisation.component import Component, values_of
from pipeline.checks.localisation.model import Part, System

_MOST = 60  # where more of a table was not read, it is to be read again and not to be worked out
_CALLS = 2  # as many equations have to call for the same value before it is certain: a row and a column


def unread_parts(system: System) -> Iterator[Part]:
    """A part for each unread figure whose value follows, with nothing broken in it."""
    broken = set(broken_equations(system))
    seen: set[int] = set()
    for place, figure in enumerate(system.figures):
        if not figure.is_free or place in seen or not system.by_figure[place]:
            continue
        equations, figures = connected(system, system.by_figure[place][0])
        unread = {each for each in figures if system.figures[each].is_free}
        seen |= unread
        if len(unread) > _MOST or not broken.isdisjoint(equations):
            continue
        for each, value in (values_of(Component(system, tuple(equations), tuple(figures), ()), frozenset()) or {}).items():
            yield Part((), ({each: value},), 0, optimal=True, complete=True)


def is_called_for(system: System, place: int) -> bool:
    """Whether an unread figure is the only one of its kind in several equations, which all call for its value."""
    free = [[each for each, _ in system.equations[number].terms if system.figures[each].is_free] for number in system.by_figure[place]]
    return sum(places == [place] for places in free) >= _CALLS
