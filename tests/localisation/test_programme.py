"""The programme, the direct way and trying everything out find the same, on small systems drawn at random."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain, combinations, product

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.checks.localisation.component import Component, is_allowed, values_of
from pipeline.checks.localisation.direct import single_figures
from pipeline.checks.localisation.model import Equation, Figure, Number, System
from pipeline.checks.localisation.programme import LimitMetError, Limits, Programme
from pipeline.checks.localisation.solving import MOST_SOLUTIONS, Ways, components, parts, ways, ways_by_programme
from tests.localisation.systems import printed, system_of, table

WEIGHTS = (100, 100, 100, 60, 40)


@st.composite
def systems(draw: st.DrawFn) -> System:
    """Up to seven figures in up to four sums of two to four of them."""
    size = draw(st.integers(3, 7))
    figures = [
        Figure(("r", f"f{place}", None), draw(st.integers(0, 6)), draw(st.sampled_from(WEIGHTS)), "printed", "number", signed=draw(_RARELY))
        for place in range(size)
    ]
    equations = []
    for number in range(draw(st.integers(1, 4))):
        named = draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=4, unique=True))
        terms = tuple((place, draw(st.sampled_from((1, -1)))) for place in named)
        equations.append(Equation(terms, 0, "r", "T", str(number), ""))
    return system_of(figures, equations)


_RARELY = st.sampled_from((False, False, False, True))


def tried(component: Component) -> tuple[int, list[dict[int, Number | None]]]:
    """Every cheapest way, by trying all sets of figures."""
    places = component.figures
    sets = [frozenset(chosen) for chosen in chain.from_iterable(combinations(places, size) for size in range(1, len(places) + 1))]
    best: list[dict[int, Number | None]] = []
    cost = None
    for support in sorted(sets, key=component.cost):
        if cost is not None and component.cost(support) > cost:
            break
        values = values_of(component, support)
        if values is not None:
            cost = component.cost(support)
            best.append(values)
    return cost or 0, best


def as_set(values: list[dict[int, Number | None]]) -> set[frozenset[tuple[int, Number | None]]]:
    return {frozenset(each.items()) for each in values}


@settings(max_examples=60)
@given(systems())
def test_programme_and_trying_everything_out_find_the_same(system: System) -> None:
    for component in components(system):
        cost, best = tried(component)
        assume(all(value is not None for values in best for value in values.values()))
        found = ways_by_programme(component, Limits())
        assert found.proved == bool(best)
        if best:
            assert found.cost == cost
            assert as_set(found.values) <= as_set(best)
            assert not found.complete or as_set(found.values) == as_set(best)


@settings(max_examples=60)
@given(systems())
def test_the_direct_way_finds_what_the_programme_finds(system: System) -> None:
    for component in components(system):
        single = single_figures(component)
        if single is not None:
            found = ways_by_programme(component, Limits())
            assert found.complete or len(single) > MOST_SOLUTIONS
            assert not found.complete or as_set(found.values) == as_set([dict(values) for values in single])


@settings(max_examples=60)
@given(systems(), st.data())
def test_values_are_those_that_make_every_equation_hold(system: System, data: st.DataObject) -> None:
    """A pair of figures has values exactly where some pair of allowed numbers mends everything, and then only those."""
    for component in components(system):
        if len(component.figures) < 2:
            continue
        pair = data.draw(st.lists(st.sampled_from(component.figures), min_size=2, max_size=2, unique=True))
        values = values_of(component, frozenset(pair))
        mending = [numbers for numbers in product(range(-30, 31), repeat=2) if _mends(component, dict(zip(pair, numbers, strict=True)))]
        if values is None:
            assert not mending
        elif None not in values.values():
            assert mending == [(values[pair[0]], values[pair[1]])]


def _mends(component: Component, values: dict[int, int]) -> bool:
    system = component.system
    if any(value == system.figures[place].start or not is_allowed(system, place, value) for place, value in values.items()):
        return False
    sums = (
        sum(factor * values.get(place, system.figures[place].start) for place, factor in system.equations[number].terms)
        for number in component.equations
    )
    return all(total == 0 for total in sums)


def solved(system: System) -> list[tuple[Component, Ways]]:
    return [(component, ways(component)) for component in components(system)]


def test_the_crossing_cell_of_one_row_and_one_column() -> None:
    ((component, found),) = solved(printed(table(3, 4), row1_column2=12))
    assert (found.cost, found.complete, found.values) == (100, True, [{7: 5}])
    assert component.broken == (1, 6)


def test_two_errors_far_apart_are_two_parts() -> None:
    ((component, found),) = solved(printed(table(4, 4), row0_column0=9, row2_column3=1))
    assert [part.solutions for part in parts(component, found)] == [({0: 5},), ({13: 5},)]
    assert all(part.optimal and part.complete for part in parts(component, found))


def test_what_is_equally_good_is_all_there() -> None:
    """Moved from one column to another in one of three rows: any row could be the one."""
    ((component, found),) = solved(printed(table(3, 2), row0_column0=3, row0_column1=7))
    (part,) = parts(component, found)
    assert part.complete
    assert {frozenset(change) for change in part.solutions} == {frozenset((3 * row, 3 * row + 1)) for row in range(4)}


def test_beyond_so_many_ways_nothing_is_complete() -> None:
    ((component, found),) = solved(printed(table(MOST_SOLUTIONS + 2, 2, value=9), row0_column0=8, row0_column1=10))
    assert (len(found.values), found.complete, found.proved) == (MOST_SOLUTIONS, False, True)
    (part,) = parts(component, found)
    assert not part.complete


def test_a_large_difference_is_as_exact_as_a_small_one() -> None:
    ((_, found),) = solved(printed(table(3, 4, value=123456), row1_column2=123456 * 10, row2_column2=123450))
    assert (found.cost, found.values) == (200, [{7: 123456, 12: 123456}])


def test_nothing_is_claimed_where_the_limit_is_met() -> None:
    system = printed(table(3, 2), row0_column0=3, row0_column1=7)
    (component,) = components(system)
    found = ways(component, Limits(seconds=0.0))
    assert (found.values, found.complete, found.proved) == ([], False, False)
    (part,) = parts(component, found)
    assert (part.broken, part.optimal, part.complete) == (component.broken, False, False)
    with pytest.raises(LimitMetError):
        Programme(component, component.figures, Limits(seconds=-1.0)).cheapest()


def test_an_unread_figure_takes_what_the_others_call_for() -> None:
    system = printed(table(2, 2), row0_column0=0)
    system.figures[0] = replace(system.figures[0], weight=0, weight_class="unreadable", state="unreadable")
    assert list(components(system)) == []
    wrong = printed(system, row0_column2=12)
    ((_, found),) = solved(wrong)
    assert found.values == [{0: 5, 2: 10}]
