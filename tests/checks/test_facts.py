"""From a normalised report to facts."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from pipeline.checks.facts import facts_from_report
from pipeline.checks.model import ReportFacts
from pipeline.normalise.model import Cell, Locator, Report, Section, TableFound

NEW = Cell("requests", "requests.new", "total", "number", Decimal(3), "3", Locator(0, 1, 2))
SUBTOTAL = Cell("requests", "requests.new", "organization_subtotal", "number", Decimal(1), "1", Locator(0, 1, 3), extra=True)


def report(**more: object) -> Report:
    known: dict[str, object] = {"index": 0, "status": "parsed", "agency": "青禾区民政局", "report_year": 2022, "title": "题目"}
    known |= {"title_year": 2022, "period_year": None, "tables": (TableFound("requests", "2021", "found"),), "problems": ()}
    known |= {"cells": (NEW, SUBTOTAL), "sections": (Section("overview", 1, 1, "总体情况", "好"),)}
    return Report(**(known | more))  # type: ignore[arg-type]


def facts(catalog: Catalog, stated: date | None = None, **more: object) -> ReportFacts:
    return facts_from_report(report(**more), catalog, report_id="r", agency_id="a", agency_name="民政局", published_on=stated)


def test_cells_beside_the_form_are_kept_apart(catalog: Catalog) -> None:
    made = facts(catalog)
    assert made.cells == {("requests.new", "total"): NEW}
    assert made.extra_cells == {("requests.new", "organization_subtotal"): SUBTOTAL}


def test_the_form_due_and_the_form_found(catalog: Catalog) -> None:
    made = facts(catalog, report_year=2020)
    assert made.form_due == "2019"
    assert [made.form_of(table) for table in ("requests", "remedies")] == ["2021", "2019"]
    assert [made.table_found(table) for table in ("requests", "remedies")] == [True, False]
    assert facts(catalog, report_year=None).form_due is None
    assert facts(catalog, report_year=2007).form_due is None


@pytest.mark.parametrize(
    ("page", "stated", "expected"),
    [
        ("2023-01-19 10:00", None, date(2023, 1, 19)),
        ("2023-01-19", date(2023, 1, 20), date(2023, 1, 20)),
        ("去年", None, None),
        (None, None, None),
    ],
)
def test_the_date_stated_by_the_sender_comes_first(page: str | None, stated: date | None, expected: date | None, catalog: Catalog) -> None:
    assert facts(catalog, stated, published_on=page).published_on == expected
