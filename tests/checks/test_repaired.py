"""A figure that was put together is a warning, unless the sums that the report prints call for just that figure."""

from __future__ import annotations

from decimal import Decimal

import pytest
from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.checks.repaired import with_repairs_confirmed
from pipeline.normalise.model import Report, TableFound
from pipeline.normalise.problems import problem
from tests.checks.build_report import make_report

Key = tuple[str, str | None]
TOTAL: Key = ("remedies.review.total", None)
UPHELD: Key = ("remedies.review.upheld", None)  # 2
NOUGHT: Key = ("remedies.review.other", None)  # 0
NO_SUM: Key = ("proactive.licensing.decisions", None)


def repaired(catalog: Catalog, read: dict[Key, str | None], printed: str = "1\n234", blank: tuple[Key, ...] = ()) -> Report:
    """The consistent report, with figures that were put together: read as stated, or (None) rightly."""
    cells, problems = [], []
    for number, (key, cell) in enumerate(make_report(catalog).cells.items()):
        assert cell.locator
        placed = replace(cell, locator=replace(cell.locator, row=number))
        if key in blank:
            placed = replace(placed, state="blank", value=None)
        if key in read:
            placed = replace(placed, value=Decimal(read[key] or str(placed.value)), raw=printed)
            problems.append(problem(catalog, "number_repaired", "按此读取，请对照原件。", placed))
        cells.append(placed)
    tables = tuple(TableFound(table.table, "2021", "found") for table in catalog.tables_of("2021"))
    return Report(0, "parsed", "云川市青禾区民政局", 2023, "", 2023, 2023, tables, tuple(cells), (), tuple(problems))


def said(catalog: Catalog, read: dict[Key, str | None]) -> dict[str, list[str | None]]:
    report = with_repairs_confirmed(catalog, repaired(catalog, read))
    return {code: [item.field for item in report.problems if item.code == code] for code in {item.code for item in report.problems}}


def test_a_figure_for_which_a_sum_calls_is_no_warning(catalog: Catalog) -> None:
    assert said(catalog, {UPHELD: None}) == {"number_confirmed": [UPHELD[0]]}


def states(catalog: Catalog, read: dict[Key, str | None], printed: str) -> list[str]:
    report = with_repairs_confirmed(catalog, repaired(catalog, read, printed))
    return [cell.state for cell in report.cells if (cell.field, cell.applicant) in read]


def test_a_cut_figure_that_a_sum_contradicts_is_not_taken(catalog: Catalog) -> None:
    assert said(catalog, {UPHELD: "21"}) == {"cell_unreadable": [UPHELD[0]]}
    assert states(catalog, {UPHELD: "21"}, "2 1") == ["unreadable"]


def test_a_figure_with_a_letter_that_a_sum_contradicts_is_taken_with_a_warning(catalog: Catalog) -> None:
    """The letter is no second figure: the report itself may be wrong."""
    assert states(catalog, {UPHELD: "20"}, "2o") == ["number"]


@pytest.mark.parametrize(("printed", "state"), [("12 13", "unreadable"), ("1\n1", "unreadable"), ("13\n810", "number"), ("0 .5", "number")])
def test_what_may_be_two_figures_needs_a_sum(catalog: Catalog, printed: str, state: str) -> None:
    assert states(catalog, {NO_SUM: None}, printed) == [state]
    assert states(catalog, {UPHELD: None}, printed) == ["number"]


def test_figures_cut_in_one_sum_that_holds_are_taken_with_a_warning(catalog: Catalog) -> None:
    assert states(catalog, {UPHELD: None, TOTAL: None}, "1\n1") == ["number", "number"]
    assert states(catalog, {UPHELD: "21", TOTAL: None}, "1\n1") == ["unreadable", "unreadable"]


def test_figures_cut_in_a_row_and_a_column_that_both_hold_are_confirmed(catalog: Catalog) -> None:
    """The total beside it is cut as well; a remedy has one sum only, in which two vouch for each other."""
    keys: list[Key] = [("requests.new", "natural_person"), ("requests.new", "total")]
    assert said(catalog, dict.fromkeys(keys)) == {"number_confirmed": [key[0] for key in keys]}


def test_blanks_count_as_nought_where_no_sum_is_known_otherwise(catalog: Catalog) -> None:
    report = with_repairs_confirmed(catalog, repaired(catalog, {UPHELD: None}, "1 1", blank=(NOUGHT,)))
    assert [item.code for item in report.problems] == ["number_confirmed"]


def test_a_figure_for_which_no_sum_calls_stays_one(catalog: Catalog) -> None:
    assert said(catalog, {NO_SUM: None}) == {"number_repaired": [NO_SUM[0]]}


def test_a_nought_is_not_confirmed(catalog: Catalog) -> None:
    """The sum holds with an empty cell as well."""
    assert said(catalog, {NOUGHT: None}) == {"number_repaired": [NOUGHT[0]]}


def test_two_repaired_figures_of_one_sum_do_not_vouch_for_each_other(catalog: Catalog) -> None:
    assert said(catalog, {UPHELD: None, TOTAL: None}) == {"number_repaired": [UPHELD[0], TOTAL[0]]}


def test_a_confirmed_figure_makes_others_certain(catalog: Catalog) -> None:
    """A row and a column: the column has another repaired figure, which its own row confirms."""
    keys: list[Key] = [("requests.new", "natural_person"), ("requests.handled", "natural_person")]
    assert said(catalog, dict.fromkeys(keys)) == {"number_confirmed": [key[0] for key in keys]}


def test_a_report_without_repairs_is_left_as_it_is(catalog: Catalog) -> None:
    report = repaired(catalog, {})
    assert with_repairs_confirmed(catalog, report) is report
