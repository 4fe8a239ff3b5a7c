"""Sums of groups to which a report has added rows of its own: what the rows of the form lack may stand there."""

from __future__ import annotations

from dataclasses import replace

import pytest
from msgspec import structs

from pipeline.catalog.model import Catalog
from pipeline.checks.facts import facts_from_report
from pipeline.checks.localisation.identities import identities
from pipeline.checks.model import ReportFacts
from pipeline.checks.rulebook import check_report
from tests.normalise.lists.test_lists import HEAD, report_with, rows

from .build_report import make_report

WAYS = ("received", "received.in_person", "received.fax", "received.online", "received.letter")


def outcome(catalog: Catalog, facts: ReportFacts, part: str, rule: str = "A1") -> tuple[int, int, int]:
    """How often a rule passed, failed, and could not be assessed."""
    (found,) = (row for row in check_report(facts, None, catalog) if (row.rule, row.part) == (rule, part))
    return found.passed, found.failed, found.not_assessable


def row_of(facts: ReportFacts, field: str) -> int:
    place = facts.cells[f"statistics.requests.{field}", None].locator
    assert place is not None and place.row is not None
    return place.row


def spaced(facts: ReportFacts) -> ReportFacts:
    """The same report with an empty row after each of the form."""
    cells = {}
    for key, cell in facts.cells.items():
        assert cell.locator is not None and cell.locator.row is not None
        cells[key] = structs.replace(cell, locator=structs.replace(cell.locator, row=2 * cell.locator.row))
    return replace(facts, cells=cells)


def bound(catalog: Catalog, facts: ReportFacts) -> list[str]:
    """The sums that cells are searched by which are probably wrong."""
    return [each.terms[0].field.field for each in identities(catalog).within(facts) if each.rule == "A1"]


@pytest.mark.parametrize("after", WAYS[1:])
def test_a_way_of_its_own_may_hold_what_the_others_lack(catalog: Catalog, after: str) -> None:
    facts = spaced(make_report(catalog, "2014", {"statistics.requests.received": "16"}))
    assert outcome(catalog, facts, "sums")[1:] == (1, 0)
    own = replace(facts, added_rows=frozenset({("statistics", 3, row_of(facts, after) + 1)}))
    assert outcome(catalog, own, "sums")[1:] == (0, 1)
    assert [each for each in bound(catalog, facts) if each not in bound(catalog, own)] == ["statistics.requests.received"]


def test_a_row_elsewhere_and_one_of_another_grid_hold_nothing_of_it(catalog: Catalog) -> None:
    facts = spaced(make_report(catalog, "2014", {"statistics.requests.received": "16"}))
    for grid, row in ((3, row_of(facts, "closed") + 1), (3, 1), (4, row_of(facts, "received.fax") + 1)):
        assert outcome(catalog, replace(facts, added_rows=frozenset({("statistics", grid, row)})), "sums")[1:] == (1, 0)


def test_more_than_the_whole_is_wrong_all_the_same(catalog: Catalog) -> None:
    facts = spaced(make_report(catalog, "2014", {"statistics.requests.received": "13"}))
    own = replace(facts, added_rows=frozenset({("statistics", 3, row_of(facts, "received.fax") + 1)}))
    assert outcome(catalog, own, "sums")[1:] == (1, 0)


def test_a_sum_that_holds_needs_no_row_of_its_own(catalog: Catalog) -> None:
    facts = spaced(make_report(catalog, "2014"))
    own = replace(facts, added_rows=frozenset({("statistics", 3, row_of(facts, "received.fax") + 1)}))
    assert outcome(catalog, own, "sums") == outcome(catalog, facts, "sums")


def test_the_reader_says_where_every_row_of_its_own_stands(catalog: Catalog) -> None:
    table = rows(catalog)
    at = next(number for number, row in enumerate(table) if "信函" in row[0]) + 1
    table[at:at] = [["5.电话申请数", "件", "3"]]
    table[4:4] = [["主动公开重点领域政府信息数", "条", "77"]]
    report = report_with(catalog, [HEAD, *table])
    assert [item.code for item in report.problems] == ["line_added", "line_added"]
    facts = facts_from_report(report, catalog, report_id="r", agency_id="a", agency_name="云川市青禾区民政局")
    assert len(facts.added_rows) == 2
    assert facts.has_added_row([(f"statistics.requests.{way}", None) for way in WAYS[1:]])
    assert not facts.has_added_row([("statistics.requests.closed.on_time", None), ("statistics.requests.closed.extended", None)])
