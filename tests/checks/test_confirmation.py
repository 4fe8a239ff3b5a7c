"""Doubtful readings of a scan are taken where two sums that cross in the cell call for just that reading, and nowhere else."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.checks.confirmation import confirmed
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.model import Cell, Report, TableFound
from pipeline.normalise.problems import problem
from tests.checks.build_report import make_report

Key = tuple[str, str | None]
NEW: Key = ("requests.new", "natural_person")  # 10
HANDLED: Key = ("requests.handled", "natural_person")  # 10
EMPTY: Key = ("requests.granted", "legal_service")  # 0
REVIEW: Key = ("remedies.review.upheld", None)  # 2, bound by one sum alone
NOUGHT: Key = ("remedies.review.other", None)  # 0, bound by one sum alone


def scanned(catalog: Catalog, doubtful: dict[Key, tuple[str, ...]], confident: dict[Key, str] | None = None) -> Report:
    """The consistent report; doubtful: cells with what was recognised, first reading first; confident: cells read wrongly."""
    facts = make_report(catalog)
    cells = []
    for number, (key, cell) in enumerate(facts.cells.items()):
        assert cell.locator
        placed = replace(cell, locator=replace(cell.locator, row=number))
        if key in doubtful:
            first, *others = doubtful[key]
            placed = replace(placed, state="unreadable", value=None, raw=first, confidence=0.3, readings=tuple(others))
        elif confident and key in confident:
            placed = replace(placed, value=Decimal(confident[key]), raw=confident[key])
        cells.append(placed)
    problems = tuple(problem(catalog, "cell_doubtful", "没有把握", cell) for cell in cells if cell.state == "unreadable")
    tables = tuple(TableFound(table.table, "2021", "found") for table in catalog.tables_of("2021"))
    return Report(0, "parsed", "云川市青禾区民政局", 2023, "", 2023, 2023, tables, tuple(cells), (), problems)


def cell_in(report: Report, key: Key) -> Cell:
    return next(cell for cell in report.cells if (cell.field, cell.applicant) == key)


@pytest.mark.parametrize("readings", [("10",), ("IO", "10"), ("1O",)])
def test_a_reading_for_which_row_and_column_call_is_taken_and_said(catalog: Catalog, readings: tuple[str, ...]) -> None:
    report = confirmed(catalog, scanned(catalog, {NEW: readings}))
    assert (cell_in(report, NEW).state, cell_in(report, NEW).value) == ("number", 10)
    assert [(item.code, item.severity) for item in report.problems] == [("cell_confirmed", "info")]
    assert readings[-1] in report.problems[0].message


def test_one_cell_taken_makes_the_next_certain(catalog: Catalog) -> None:
    report = confirmed(catalog, scanned(catalog, {NEW: ("10",), HANDLED: ("10",)}))
    assert {item.code for item in report.problems} == {"cell_confirmed"}


@pytest.mark.parametrize("readings", [("2", "2", "2"), ("Z", "2", "2"), ("3", "2", "2", "2", "")])
def test_where_the_form_has_one_sum_most_readings_have_to_agree_with_it(catalog: Catalog, readings: tuple[str, ...]) -> None:
    report = confirmed(catalog, scanned(catalog, {REVIEW: readings}))
    assert (cell_in(report, REVIEW).state, cell_in(report, REVIEW).value) == ("number", 2)
    assert [item.code for item in report.problems] == ["cell_confirmed"]


@pytest.mark.parametrize(
    ("doubtful", "confident"),
    [
        ({NEW: ("18", "16")}, {}),  # no reading is the figure that the sums call for
        ({NEW: ("10",)}, {("requests.new", "enterprise"): "8"}),  # row and column call for different figures
        ({NEW: ("5",)}, {("requests.new", "enterprise"): "8"}),  # a wrong figure beside it makes the wrong reading fit the row
        ({REVIEW: ("2",)}, {}),  # one sum alone is no proof
        ({REVIEW: ("2", "2")}, {}),  # nor with two readings
        ({REVIEW: ("2", "3", "3")}, {}),  # nor where most readings say something else
        ({REVIEW: ("2", "3", "")}, {}),
        ({REVIEW: ("2", "2", "2")}, {("remedies.review.total", None): "9"}),  # they say another figure than the sum calls for
        ({REVIEW: ("2", "2", "2"), ("remedies.review.total", None): ("3", "3", "3")}, {}),  # two that are doubtful bear each other out
        ({NOUGHT: ("0", "0", "0")}, {}),  # an empty cell would fit as well
        ({NEW: ("10",), ("requests.new", "enterprise"): ("3",), ("requests.carried_in", "natural_person"): ("2",)}, {HANDLED: "11"}),
        ({EMPTY: ("0", "一")}, {}),  # a sign or an empty cell would fit the sums as well
    ],
)
def test_what_the_sums_do_not_prove_stays_unreadable(
    catalog: Catalog, doubtful: dict[Key, tuple[str, ...]], confident: dict[Key, str]
) -> None:
    report = scanned(catalog, doubtful, confident)
    assert cell_in(confirmed(catalog, report), next(iter(doubtful))).state == "unreadable"


def test_a_cell_that_is_printed_twice_with_different_figures_is_not_taken(catalog: Catalog) -> None:
    report = scanned(catalog, {NEW: ("10",)})
    twice = problem(catalog, "cell_conflict", "两处不同", cell_in(report, NEW))
    report = replace(report, problems=(*report.problems, twice))
    assert confirmed(catalog, report) == report


_CATALOG = load_catalog(DEFAULT_CATALOG)
_REQUESTS = [key for key in make_report(_CATALOG).cells if key[0].startswith("requests.")]
_FIGURES = st.integers(0, 14).map(str)


@given(
    st.dictionaries(st.sampled_from(_REQUESTS), st.lists(_FIGURES, min_size=1, max_size=2).map(tuple), min_size=1, max_size=8),
    st.dictionaries(st.sampled_from(_REQUESTS), _FIGURES, max_size=1),
)
def test_whatever_is_taken_is_right_though_one_figure_was_read_wrongly(
    doubtful: dict[Key, tuple[str, ...]], confident: dict[Key, str]
) -> None:
    report = confirmed(_CATALOG, scanned(_CATALOG, doubtful, confident))
    truth = make_report(_CATALOG).cells
    for key in doubtful:
        cell = cell_in(report, key)
        assert cell.state == "unreadable" or cell.value == truth[key].value
