"""Two figures in one sum may be a pair that a sum does not show, and one figure beside it: then nothing is said for certain."""

from __future__ import annotations

from dataclasses import replace

import pytest

from pipeline.checks.localisation.model import Equation, Figure, System
from pipeline.checks.localisation.ranking import is_determined
from pipeline.checks.localisation.rivals import with_rivals
from pipeline.checks.localisation.solving import components, parts, ways
from tests.localisation.systems import printed, system_of, table


def of_form(system: System) -> System:
    """The system with figures that are cells, as only those can be misplaced."""
    return system_of([_Cell(**{name: getattr(figure, name) for name in _NAMES}) for figure in system.figures], system.equations)


class _Cell(Figure):
    @property
    def table(self) -> str:
        return "requests"

    @property
    def place(self) -> tuple[int, int]:
        return (int(self.id[1].removeprefix("row")), self.column)


_NAMES = Figure.__dataclass_fields__


def told(system: System) -> list[tuple[dict[int, object], bool]]:
    """What is said of a system, part by part, and whether for certain."""
    found = [part for component in components(system) for part in parts(component, ways(component))]
    return [(dict(part.solutions[0]), is_determined(part, system)) for part in with_rivals(system, found) if len(part.solutions) == 1]


def test_one_figure_has_no_rival() -> None:
    assert told(of_form(printed(table(3, 3), row0_column1=7))) == [({1: 5}, True)]


@pytest.mark.parametrize(("total", "certain"), [(3, False), (2, True), (0, True), (20, None)])
def test_one_sum_alone_needs_a_slip_of_the_pen(total: int, certain: bool | None) -> None:
    """5 x 4 = 20, and no detail can be so much less: but 3 is no slip for 20, while 2 lacks a digit and 0 was not filled in."""
    line = tuple((place, -1) for place in range(4))
    figures = [Figure(("r", f"row{place}", None), 5, 100, "printed", "number") for place in range(4)]
    sums = [Equation(((4, 1), *line), 0, "r", "A1", "", "", 4)]
    system = of_form(system_of([*figures, Figure(("r", "row4", None), total, 100, "printed", "number")], sums))
    assert told(system) == ([({4: 20}, certain)] if certain is not None else [])


def test_two_figures_of_one_row_may_be_a_pair_of_another_row_and_one_figure() -> None:
    """3 more and 1 less in a row: or 1 in the wrong column of another row, and 2 more in this one."""
    assert told(of_form(printed(table(3, 3), row0_column0=8, row0_column1=4))) == [({0: 5, 1: 5}, False)]


def test_two_figures_far_apart_have_no_rival_unless_they_are_out_by_the_same() -> None:
    assert told(of_form(printed(table(3, 3), row0_column0=8, row1_column1=3))) == [({0: 5}, True), ({5: 5}, True)]
    assert told(of_form(printed(table(3, 3), row0_column0=8, row1_column1=2))) == [({0: 5}, False), ({5: 5}, False)]


@pytest.mark.parametrize(("weight", "certain"), [(60, True), (100, False)])
def test_two_empty_cells_among_noughts_are_cheaper_than_any_rival(weight: int, certain: bool) -> None:
    system = printed(table(3, 3), row0_column0=0, row0_column1=0, row0_column3=18, row3_column1=18, row3_column3=48)
    for place in (0, 1):
        system.figures[place] = replace(system.figures[place], weight=weight, state="blank", raw="")
    assert told(of_form(system)) == [({0: 5, 1: 8}, certain)]
