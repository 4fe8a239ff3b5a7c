"""The sample from 2010 to 2025: series run on through renames, a merger and a split, and versions and gaps are told, with known numbers."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import duckdb
import pytest

from tests.installation import Installation
from tests.sample.bodies import DISTRICT, REORGANISATIONS, body_named
from tests.sample.files import report_files

OFFICE = ("行政审批管理办公室", "政务服务管理办公室", "数据局")  # one body under three names
RECEIVED = {
    **{2010: 18, 2011: 16, 2012: 12, 2013: 8},  # from sentences alone
    **{2014: 19, 2015: 21, 2016: 18, 2017: 18, 2018: 18},
    **{2019: 24, 2020: 21, 2021: 21, 2022: 19, 2023: 23},
    **{2024: 29, 2025: 20},
}
NEW = ("requests.new", "total")


@pytest.fixture(scope="module")
def database(sample: Installation) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(sample.workspace.database, read_only=True) as connection:
        yield connection


def compared(sample: Installation, name: str, year: int) -> dict[tuple[str, str], dict[str, Any]]:
    rows = [row for row in sample.rows("out_year_over_year") if (row["agency_name"], row["report_year"]) == (name, year)]
    return {(row["field"], row["applicant"]): row for row in rows}


@pytest.mark.parametrize("name", [*(DISTRICT + name for name in OFFICE), "区审管办", "区数据局"])
def test_a_body_renamed_twice_has_one_series_under_any_of_its_names(database: duckdb.DuckDBPyConnection, name: str) -> None:
    query = 'SELECT "年度", "数值", "当年名称" FROM series_by_body WHERE "查询名称" = ? AND "序列" = \'requests_received\' ORDER BY "年度"'
    rows = database.execute(query, [name]).fetchall()
    assert {year: value for year, value, _ in rows} == RECEIVED
    ends = {2018: OFFICE[0], 2023: OFFICE[1], 2025: OFFICE[2]}
    assert {year: body for year, _, body in rows if year in ends} == {year: DISTRICT + body for year, body in ends.items()}


def test_the_series_breaks_at_the_form_of_2019_and_not_at_a_rename(sample: Installation) -> None:
    rows = {
        row["report_year"]: row
        for row in sample.rows("out_series")
        if row["lineage_id"] == body_named(OFFICE[0]).agency_id and row["series"] == "requests_received"
    }
    assert {year: row["break_kind"] for year, row in rows.items() if row["is_break"]} == {
        2010: "no_report",
        2014: "definition",
        2019: "structural",
    }
    assert (rows[2024]["value"], rows[2024]["previous_value"], rows[2024]["comparable_with_previous"]) == (29, 23, "yes")


def test_a_merged_bureau_is_compared_with_the_sum_of_those_before(sample: Installation) -> None:
    """2019: 国土资源局 78 and 规划局 27; 2020: 自然资源局 84."""
    row = compared(sample, f"{DISTRICT}自然资源局", 2020)[NEW]
    assert (row["value"], row["previous_value"], row["change"], row["comparable"], row["link"]) == (84, 105, -21, "yes", "merge")
    assert row["previous_name"] == f"{DISTRICT}国土资源局、{DISTRICT}规划局"


def test_the_halves_of_a_split_are_compared_together_and_not_alone(sample: Installation) -> None:
    """2023: 文化旅游体育局 20; 2024: 文化和旅游局 11 and 体育局 7."""
    together = compared(sample, f"{DISTRICT}文化和旅游局、{DISTRICT}体育局", 2024)[NEW]
    assert (together["value"], together["previous_value"], together["change"], together["comparable"]) == (18, 20, -2, "yes")
    for name, value in (("文化和旅游局", 11), ("体育局", 7)):
        alone = compared(sample, DISTRICT + name, 2024)[NEW]
        assert (alone["value"], alone["previous_value"], alone["change"], alone["comparable"]) == (value, None, None, "no")


def test_predecessors_are_those_of_the_reorganisations(sample: Installation) -> None:
    rows = [row for row in sample.rows("core_agency_predecessors") if row["link"] in ("rename", "merge", "split")]
    assert {(row["report_year"], row["agency_id"], row["previous_agency_id"], row["link"]) for row in rows} == {
        (each.day.year, body_named(after).agency_id, body_named(before).agency_id, each.link)
        for each in REORGANISATIONS
        for before in each.before
        for after in each.after
    }


def test_nobody_is_counted_twice_in_the_year_of_a_change(sample: Installation) -> None:
    current = [file.content.report_year for file in report_files() if file.is_current]
    for year in (2019, 2020, 2024):
        added = [
            row for row in sample.rows("out_rollup") if (row["report_year"], row["field"], row["area_id"]) == (year, "requests.new", "")
        ]
        counted = {row["bodies_counted"] for row in added}
        assert counted == {current.count(year)}


def test_the_corrected_report_counts_and_each_difference_is_told(sample: Installation) -> None:
    (first,) = [file for file in report_files() if not file.is_current]
    body = (first.content.agency, first.content.report_year)
    (again,) = [file for file in report_files() if file.is_current and (file.content.agency, file.content.report_year) == body]
    rows = {row["path"]: row for row in sample.rows("core_reports") if (row["agency_name"], row["report_year"]) == body}
    assert {path: row["is_current"] for path, row in rows.items()} == {first.path: False, again.path: True}
    assert {row["version_rule"] for row in rows.values()} == {"correction_mark"}
    differences = {(row["field"], row["applicant"]): (row["value"], row["other_value"]) for row in sample.rows("core_report_versions")}
    assert differences == {
        ("requests.granted", "natural_person"): (7, 5),
        ("requests.granted", "total"): (11, 9),
        ("requests.handled", "natural_person"): (19, 17),
        ("requests.handled", "total"): (27, 25),
    }
    values = {
        (row["field"], row["applicant"]): row["value"]
        for row in sample.rows("out_values")
        if row["report_id"] == rows[again.path]["report_id"]
    }
    assert values["requests.granted", "total"] == 11
    assert rows[first.path]["report_id"] not in set(sample.workspace.store.read("out_values")["report_id"].to_pylist())
