"""Figures far from what is usual (Y3): by the body's own earlier years, and by the growth of bodies of its kind."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.between_years import Standing, standings
from pipeline.checks.model import Outlier
from pipeline.checks.outliers import outliers

from .build_report import make_report
from .core_tables import core_tables

FIELDS = ("proactive.licensing.decisions", "requests.new[total]")
LICENSING = "proactive.licensing.decisions"


def found(catalog: Catalog, now: list[int], before: list[int], earlier: pa.Table | None = None) -> list[dict[str, tuple[Outlier, ...]]]:
    years = [
        [make_report(catalog, year=year, change={LICENSING: str(number)}, facts={"report_id": f"{place}-{year}", "agency_id": f"a{place}"})
         for place, number in enumerate(numbers)]
        for year, numbers in ((2023, now), (2022, before))
    ]  # fmt: skip
    cells = [core_tables(catalog, reports)["core_cells"] for reports in years]
    return [dict(each) for each in outliers(list(standings(*years, [])), FIELDS, *cells, earlier)]


def test_growth_far_from_that_of_the_others_is_found(catalog: Catalog) -> None:
    judged = found(catalog, [110, 99, 105, 1010, 98, 103, 100, 107, 95, 104, 101], [100] * 11)
    assert [each["peers"] for each in judged] == [()] * 3 + [(Outlier(LICENSING, None, 103),)] + [()] * 7
    assert all("own" not in each for each in judged)


def test_too_few_others_and_small_figures_tell_nothing(catalog: Catalog) -> None:
    assert found(catalog, [100, 5000], [100, 100]) == [{}, {}]
    assert found(catalog, [1] * 10 + [15], [1] * 11)[-1] == {"peers": ()}


def test_a_figure_far_from_those_of_earlier_years_is_found(catalog: Catalog) -> None:
    rows = [{"agency_id": "a0", "field": LICENSING, "applicant": "", "value": value} for value in (95.0, 104.0, 101.0)]
    assert found(catalog, [1000], [99], pa.Table.from_pylist(rows))[0]["own"] == (Outlier(LICENSING, None, 100),)
    assert found(catalog, [120], [99], pa.Table.from_pylist(rows))[0]["own"] == ()
    assert found(catalog, [1000], [99], pa.Table.from_pylist(rows[:2]))[0] == {}


def test_a_report_that_covers_something_else_is_no_year_before(catalog: Catalog) -> None:
    now, before = (make_report(catalog, year=year, facts={"report_id": f"{year}"}) for year in (2023, 2022))
    standing = Standing(replace(now, coverage="whole_area"), replace(before, coverage="own_office"))
    rows = [{"agency_id": now.agency_id, "field": LICENSING, "applicant": "", "value": value} for value in (95.0, 104.0, 101.0)]
    cells = [core_tables(catalog, [facts])["core_cells"] for facts in (now, before)]
    for together, judged in ((Standing(now, before), ["own"]), (standing, [])):
        assert list(outliers([together], FIELDS, *cells, pa.Table.from_pylist(rows))[0]) == judged
