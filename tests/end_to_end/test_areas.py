"""The district's sums beside what its government published: equal in 2014, its own office alone in most years, two slips in 2017."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import duckdb
import pytest

from tests.installation import Installation
from tests.sample.bodies import WHOLE_YEARS
from tests.sample.district import area_sum

GOVERNMENT = "muyun-government"
CULTURE = "瀚川市沐云区文化旅游体育局"
Row = dict[str, Any]


@pytest.fixture(scope="module")
def sums(sample: Installation) -> dict[tuple[int, str, str], Row]:
    """The district's row of each year, field and applicant, in the form that is due."""
    rows = [row for row in sample.rows("out_rollup") if row["area_id"] == GOVERNMENT]
    return {
        (row["report_year"], row["field"], row["applicant"]): row for row in rows if (row["report_year"], row["form"]) != (2022, "2019")
    }


def test_what_a_report_covers_is_what_it_says(sample: Installation) -> None:
    told = {row["report_year"]: row for row in sample.rows("core_report_coverage")}
    assert {year for year, row in told.items() if row["coverage"] == "whole_area"} == set(WHOLE_YEARS)
    assert {row["coverage"] for year, row in told.items() if year not in WHOLE_YEARS} == {"own_office"}
    assert {row["coverage_basis"] for row in told.values()} == {"statement"}
    assert "全区汇总数据" in told[2014]["coverage_reason"]


def test_the_published_sum_of_2014_is_the_sum_of_all_bodies(sums: dict[tuple[int, str, str], Row]) -> None:
    rows = {field: row for (year, field, _), row in sums.items() if year == 2014}
    assert {field: row["published"] for field, row in rows.items()} == {field: value for (field, _), value in area_sum(2014).items()}
    assert {row["difference"] for row in rows.values()} == {0}
    assert {(row["bodies_expected"], row["bodies_counted"], row["bodies_missing"]) for row in rows.values()} == {(11, 11, "")}
    received = rows["statistics.requests.received"]
    assert (received["total"], received["published"], received["coverage"]) == (397, 397, "whole_area")


def test_the_slips_of_2017_stand_in_the_difference_and_name_the_body(sample: Installation, sums: dict[tuple[int, str, str], Row]) -> None:
    points, offices = (sums[2017, f"statistics.capacity.{name}", ""] for name in ("reading_points", "offices"))
    assert [(row["total"], row["published"], row["difference"]) for row in (points, offices)] == [(68, 9, -59), (78, 75, -3)]
    differing = {field for (year, field, _), row in sums.items() if year == 2017 and row["difference"]}
    assert differing == {"statistics.capacity.reading_points", "statistics.capacity.offices"}
    found = {row["rule"]: row for row in sample.rows("out_findings") if row["report_year"] == 2017 and row["rule"].startswith("H")}
    assert CULTURE in found["H2"]["message"] and "填报 10 个，全地区 9 个" in found["H2"]["message"]
    assert (found["H1"]["expected"], found["H1"]["actual"], found["H1"]["difference"]) == (78, 75, -3)
    cells = [row for row in sample.rows("core_finding_cells") if row["finding_id"] == found["H1"]["finding_id"]]
    assert sum((row["value"] for row in cells if row["side"] == "right"), Decimal(0)) == 78
    assert f"{CULTURE}（数字有误）" in points["bodies_in_doubt"]


def test_an_own_office_is_a_part_of_the_sum_and_not_compared(sums: dict[tuple[int, str, str], Row]) -> None:
    row = sums[2021, "requests.new", "total"]
    assert (row["total"], row["published"], row["difference"], row["coverage"]) == (757, 174, None, "own_office")
    assert (row["bodies_expected"], row["bodies_counted"]) == (16, 16)
    assert row["bodies_in_doubt"] == "瀚川市沐云区松涧乡人民政府（数字有误）"


def test_bodies_that_are_missing_or_used_another_form_are_named(sums: dict[tuple[int, str, str], Row]) -> None:
    row = sums[2022, "requests.new", "total"]
    assert row["bodies_missing"] == "瀚川市沐云区青檀镇人民政府"
    assert "瀚川市沐云区鹤汀镇人民政府（用2019年格式）" in row["bodies_in_doubt"]
    for row in sums.values():
        missing = len([name for name in row["bodies_missing"].split("、") if name])
        assert row["bodies_expected"] == row["bodies_counted"] + row["bodies_blank"] + row["bodies_other_form"] + missing


def test_no_body_counts_twice_in_an_area(sample: Installation) -> None:
    rows = [row for row in sample.rows("core_area_bodies") if row["is_counted"]]
    keys = [(row["area_id"], row["report_year"], row["report_id"]) for row in rows]
    assert len(keys) == len(set(keys))
    in_2020 = {row["agency_id"] for row in rows if row["area_id"] and row["report_year"] == 2020}
    assert "muyun-resources" in in_2020 and not in_2020 & {"muyun-land", "muyun-planning"}


def test_the_view_puts_both_figures_side_by_side(sample: Installation) -> None:
    with duckdb.connect(sample.workspace.database, read_only=True) as connection:
        query = """
            SELECT "各单位之和", "政府公布数", "差额", "报告范围" FROM rollup_by_area
            WHERE "地区编号" = ? AND "年度" = 2014 AND "指标编号" = ?
        """
        assert connection.execute(query, [GOVERNMENT, "statistics.requests.received"]).fetchall() == [(397, 397, 0, "全地区")]
