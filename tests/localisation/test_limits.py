"""Relations of "no more than": they rule out what would break them, and say what they can of a figure that breaks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog, load_catalog
from pipeline.checks.localisation.locate import locate
from pipeline.checks.localisation.records import suggestion_rows
from pipeline.checks.localisation.windows import windows
from pipeline.checks.model import ReportFacts
from pipeline.common.errors import CatalogError
from tests.catalog.changed_rows import copy_of_rows
from tests.checks.build_report import make_report

QUIET = {"requests": "", "remedies": "", "proactive": ""}
DOCUMENTS = "proactive.normative_documents."


def report(catalog: Catalog, year: int = 2023, form: str = "2021", **cells: str) -> ReportFacts:
    """A report with some cells of it printed otherwise: `review__total` is remedies.review.total."""
    change = {("remedies." if "__" in name else DOCUMENTS) + name.replace("__", "."): value for name, value in cells.items()}
    return make_report(catalog, form, change, year=year, sections=QUIET)


def said(catalog: Catalog, now: ReportFacts, *beside: ReportFacts) -> list[dict[str, Any]]:
    before = [facts for facts in beside if (facts.report_year or 0) < (now.report_year or 0)]
    after = [facts for facts in beside if (facts.report_year or 0) > (now.report_year or 0)]
    (window,) = windows(now.report_year or 0, [now], before, after)
    return [dict(row) for located in locate(catalog, window) for row in suggestion_rows(catalog, located)]


def documents(catalog: Catalog, year: int, issued: int, repealed: int, in_force: int) -> ReportFacts:
    return report(catalog, year, issued=str(issued), repealed=str(repealed), in_force=str(in_force))


def test_the_years_before_and_after_settle_a_figure_that_no_total_binds(catalog: Catalog) -> None:
    before, after = documents(catalog, 2022, 0, 0, 10), documents(catalog, 2024, 1, 0, 9)
    (row,) = said(catalog, documents(catalog, 2023, 3, 5, 80), before, after)
    assert (row["field"], row["cell_year"], row["proposed_value"], row["determined"]) == (DOCUMENTS + "in_force", 2023, 8, True)


def test_one_year_alone_does_not_tell_which_of_the_figures_it_is(catalog: Catalog) -> None:
    rows = said(catalog, documents(catalog, 2023, 3, 50, 8), documents(catalog, 2022, 0, 0, 10))
    told = {(row["cell_year"], row["field"].removeprefix(DOCUMENTS)): row["suggestion"].partition("，")[2] for row in rows}
    assert told == {(2023, "repealed"): "应不大于 5", (2023, "issued"): "应不小于 48", (2022, "in_force"): "应不小于 55"}
    assert not any(row["determined"] for row in rows)


def test_what_is_only_bounded_is_said_with_its_bounds(catalog: Catalog) -> None:
    by_head = {"statistics.response.press_conferences_by_head": "5"}
    rows = said(catalog, make_report(catalog, "2014", by_head))
    assert [row["suggestion"].partition("填报 ")[2] for row in rows] == ["3，应不小于 5", "5，应不大于 3"]
    assert not any(row["determined"] for row in rows)


def test_documents_that_expired_are_no_error(catalog: Catalog) -> None:
    assert said(catalog, documents(catalog, 2023, 3, 5, 6), documents(catalog, 2022, 0, 0, 10)) == []


def test_what_would_break_a_rule_without_exceptions_is_not_proposed(catalog: Catalog) -> None:
    """The prose and the table differ; were the table right, more documents would be in force than there can be."""
    printed = {DOCUMENTS + "issued": "3", DOCUMENTS + "repealed": "5", DOCUMENTS + "in_force": "80"}
    stated = make_report(catalog, "2021", printed, year=2023, sections={**QUIET, "proactive": "截至年底，现行有效行政规范性文件8件。"})
    assert {row["determined"] for row in said(catalog, stated)} == {False}
    (row,) = said(catalog, stated, documents(catalog, 2022, 0, 0, 10))
    assert (row["field"], row["proposed_value"], row["determined"]) == (DOCUMENTS + "in_force", 8, True)


def test_a_rule_that_only_warns_orders_ways_and_rules_none_out(catalog: Catalog) -> None:
    """2 against a sum of 4: either is out. Last year's three pending cases ought to be in it, but offices forget them."""
    now = report(catalog, review__total="2")
    beside = report(catalog, 2022, review__total="6", review__pending="3")
    for rows in (said(catalog, now), said(catalog, now, beside)):
        assert {row["field"] for row in rows} == {"remedies.review.total", "remedies.review.upheld"}
        assert not any(row["determined"] for row in rows)
    assert said(catalog, now, beside)[0]["field"] == "remedies.review.total"


@pytest.mark.parametrize(("in_force", "certain"), [(15, False), (122, True)])
def test_what_only_warns_tells_where_a_large_amount_is_met_exactly(catalog: Catalog, in_force: int, certain: bool) -> None:
    """More documents than last year and next year: too many were counted, or issues were forgotten and as many expired next year."""
    before, after = documents(catalog, 2022, 0, 0, 12), documents(catalog, 2024, 0, 0, 12)
    rows = said(catalog, documents(catalog, 2023, 0, 0, in_force), before, after)
    assert certain == any(row["determined"] for row in rows)


def test_only_a_relation_of_size_may_limit(catalog: Catalog, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    path = rows / "rules.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",yes,复议诉讼合计,", ",limit,复议诉讼合计,"), encoding="utf-8")
    with pytest.raises(CatalogError, match="L1 的 binds"):
        load_catalog(rows)
