"""A government's own office is not compared with its whole area: out_year_over_year, out_series, and what is reckoned of two years."""

from __future__ import annotations

import pyarrow as pa
import pytest

from pipeline.catalog.model import Catalog
from pipeline.indicators.coverage_breaks import coverage_breaks, without_breaks
from pipeline.indicators.outcomes import out_harmonised
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.series import YearTables, out_series
from pipeline.indicators.year_over_year import out_year_over_year
from tests.indicators.builders import FiledReport, check_declared, declared_table, values_of

NEW = ("requests.new", "total")
THIS, LAST = [FiledReport("甲府", 2023, {NEW: 174})], [FiledReport("甲府", 2022, {NEW: 757})]
REASON = "两年报告的范围不同：本年为政府本级，上年为全地区"


def predecessors(catalog: Catalog, *pairs: tuple[str, str | None]) -> pa.Table:
    rows = [
        {"report_year": 2023, "agency_id": body, "previous_agency_id": before, "group_id": body, "link": "same"} for body, before in pairs
    ]
    return declared_table(catalog, "core_agency_predecessors", [{"group_name": row["agency_id"], **row} for row in rows])


def covering(catalog: Catalog, **bodies: str) -> pa.Table:
    rows = [{"report_id": body, "agency_id": f"id-{body}", "coverage": coverage} for body, coverage in bodies.items()]
    return declared_table(catalog, "core_report_coverage", rows)


def apart(catalog: Catalog) -> pa.Table:
    bodies = predecessors(catalog, ("id-甲府", "id-甲府"))
    return coverage_breaks(bodies, covering(catalog, 甲府="own_office"), covering(catalog, 甲府="whole_area"))


def test_a_cell_is_not_compared_and_says_why(catalog: Catalog) -> None:
    table = out_year_over_year(catalog, values_of(catalog, THIS), values_of(catalog, LAST), None, apart(catalog))
    check_declared(catalog, "out_year_over_year", table)
    (row,) = [row for row in table.to_pylist() if (row["field"], row["applicant"]) == NEW]
    assert (row["value"], row["previous_value"], row["change"], row["percent_change"]) == (174, 757, None, None)
    assert (row["comparable"], row["comparable_reason"]) == ("no", REASON)


def test_a_series_breaks_and_says_why(catalog: Catalog) -> None:
    years = [values_of(catalog, reports) for reports in (THIS, LAST)]
    tables = (YearTables(values, out_harmonised(catalog, values), out_indicators(catalog, values)) for values in years)
    table = out_series(catalog, *tables, (), apart(catalog))
    check_declared(catalog, "out_series", table)
    (row,) = [row for row in table.to_pylist() if row["series"] == "requests.new"]
    assert (row["value"], row["previous_value"], row["comparable_with_previous"]) == (174, None, "no")
    assert (row["is_break"], row["break_kind"], row["break_reason"]) == (True, "coverage", REASON)


@pytest.mark.parametrize(
    ("now", "last"),
    [
        ({"甲府": "own_office"}, {"甲府": "own_office"}),
        ({"甲府": "unknown"}, {"甲府": "whole_area"}),
        ({"甲府": "own_office"}, {}),
        ({}, {}),
    ],
)
def test_nothing_changes_where_both_cover_the_same_or_one_is_not_known(catalog: Catalog, now: dict[str, str], last: dict[str, str]) -> None:
    bodies = predecessors(catalog, ("id-甲府", "id-甲府"), ("id-新府", None))
    assert coverage_breaks(bodies, covering(catalog, **now), covering(catalog, **last)).num_rows == 0


def test_of_bodies_that_merged_each_has_to_be_known(catalog: Catalog) -> None:
    bodies = predecessors(catalog, ("id-甲府", "id-乙府"), ("id-甲府", "id-丙府"))
    now, both = covering(catalog, 甲府="whole_area"), covering(catalog, 乙府="own_office", 丙府="own_office")
    assert coverage_breaks(bodies, now, both)["agency_id"].to_pylist() == ["id-甲府"]
    assert coverage_breaks(bodies, now, both.slice(0, 1)).num_rows == 0


def test_figures_of_the_year_before_that_cover_something_else_are_left_out(catalog: Catalog) -> None:
    last = values_of(catalog, [*LAST, FiledReport("乙府", 2022)])
    assert set(without_breaks(last, apart(catalog))["agency_name"].to_pylist()) == {"乙府"}
