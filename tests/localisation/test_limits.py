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
    told = {(row["cell_year"], row["field"].removeprefix(DOCUMENTS)): row["proposed_value"] for row in rows}
    assert told == {(2023, "repealed"): 5, (2023, "issued"): 48, (2022, "in_force"): 55}
    assert not any(row["determined"] for row in rows)


def test_what_is_only_bounded_is_said_with_its_bounds(catalog: Catalog) -> None:
    by_head = {"statistics.response.press_conferences_by_head": "5"}
    rows = said(catalog, make_report(catalog, "2014", by_head))
    assert [row["suggestion"].partition("填报 ")[2] for row in rows] == ["3，应不小于 5", "5，应不大于 3"]
    assert not any(row["determined"] for row in rows)


def test_documents_that_expired_are_no_error(catalog: Catalog) -> None:
    assert said(catalog, documents(catalog, 2023, 3, 5, 6), documents(catalog, 2022, 0, 0, 10)) == []


def test_what_would_break_another_rule_is_not_proposed(catalog: Catalog) -> None:
    """2 against a sum of 4: either is out, but last year's three pending cases must be in it."""
    now = report(catalog, review__total="2")
    assert {row["field"] for row in said(catalog, now)} == {"remedies.review.total", "remedies.review.upheld"}
    (row,) = said(catalog, now, report(catalog, 2022, review__total="6", review__pending="3"))
    assert (row["field"], row["proposed_value"], row["determined"]) == ("remedies.review.total", 4, True)


def test_only_a_relation_of_size_may_limit(catalog: Catalog, tmp_path: Path) -> None:
    rows = copy_of_rows(tmp_path)
    path = rows / "rules.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",yes,复议诉讼合计,", ",limit,复议诉讼合计,"), encoding="utf-8")
    with pytest.raises(CatalogError, match="L1 的 binds"):
        load_catalog(rows)
