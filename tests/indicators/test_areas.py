"""How requests spread over the bodies of an area, worked out by hand on small ones."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.model import Catalog
from pipeline.indicators.areas import out_area_indicators
from pipeline.indicators.ratios import out_indicators
from tests.indicators.builders import FiledReport, check_declared, core_reports, declared_table, values_of

COUNTY = ("330212", "浙江省宁波市鄞州区")
GOVERNMENT = "瀚川市沐云区人民政府"


def areas(
    catalog: Catalog,
    received: Mapping[str, int | str],
    placed: Mapping[str, tuple[str, str]] | None = None,
    late: Sequence[tuple[str, int | None]] = (),
) -> dict[tuple[str, str], dict[str, object]]:
    """Rows by area and indicator. late: days late of some bodies."""
    reports = [FiledReport(name, 2023, {("requests.new", "total"): number}) for name, number in received.items()]
    kinds = ["government" if report.agency == GOVERNMENT else "department" for report in reports]
    filed = core_reports(catalog, reports)
    filed = filed.set_column(filed.schema.get_field_index("agency_kind"), filed.schema.field("agency_kind"), [kinds])
    status = [
        {"agency_id": f"id-{name}", "agency_name": name, "report_year": 2023, "days_late": days, "deadline": date(2024, 1, 31)}
        for name, days in late
    ]
    table = out_area_indicators(
        catalog,
        out_indicators(catalog, values_of(catalog, reports)),
        declared_table(catalog, "out_submission_status", status),
        filed,
        {f"id-{name}": area for name, area in (placed or {}).items()},
    )
    check_declared(catalog, "out_area_indicators", table)
    return {(row["area_id"], row["indicator"]): row for row in table.to_pylist()}


def named(numbers: Sequence[int | str]) -> dict[str, int | str]:
    return {f"第{place:02}局": number for place, number in enumerate(numbers)}


def test_the_share_of_bodies_without_requests(catalog: Catalog) -> None:
    found = areas(catalog, {**named([0, 0, 0, 4, 5, 6, 7, 8, 9, 10, 11, 12]), "空白局": "blank", GOVERNMENT: 0})
    row = found["", "zero_request_share"]
    assert (row["numerator"], row["denominator"], row["ratio"], row["bodies"]) == (3, 12, 0.25, 12)
    assert row["ratio_low"] < 0.25 < row["ratio_high"]
    assert row["area_name"] == "全部单位"


def test_the_ten_largest_and_the_gini_coefficient(catalog: Catalog) -> None:
    """1 to 12: the ten largest are 3 to 12, 75 of 78. Gini of 1..n is (n-1)/3n = 11/36."""
    found = areas(catalog, {**named(list(range(1, 13))), GOVERNMENT: 1000})
    top = found["", "concentration.top10"]
    assert (top["numerator"], top["denominator"], top["ratio"], top["ratio_low"]) == (75, 78, 75 / 78, None)
    assert found["", "concentration.gini"]["ratio"] == pytest.approx(11 / 36)


@pytest.mark.parametrize(("numbers", "gini"), [([5] * 12, 0.0), ([0] * 11 + [7], 11 / 12)])
def test_gini_at_its_ends(catalog: Catalog, numbers: list[int], gini: float) -> None:
    assert areas(catalog, named(numbers))["", "concentration.gini"]["ratio"] == pytest.approx(gini)


def test_few_bodies_or_cases_give_counts(catalog: Catalog) -> None:
    few = areas(catalog, named([0, 3, 90]))
    assert [few["", name]["shown_as"] for name in ("zero_request_share", "concentration.top10", "concentration.gini")] == [
        "counts",
        "counts",
        "missing",
    ]
    assert {row["ratio"] for row in few.values()} == {None}
    none = areas(catalog, named([0] * 12))
    assert (none["", "concentration.gini"]["shown_as"], none["", "concentration.top10"]["shown_as"]) == ("missing", "counts")
    assert none["", "zero_request_share"]["ratio"] == 1.0


def test_an_area_counts_its_own_bodies_and_all_count_together(catalog: Catalog) -> None:
    received = named(list(range(1, 25)))
    found = areas(catalog, received, dict.fromkeys(list(received)[:12], COUNTY))
    assert (found["330212", "zero_request_share"]["bodies"], found["", "zero_request_share"]["bodies"]) == (12, 24)
    assert found["330212", "zero_request_share"]["area_name"] == COUNTY[1]
    assert found["330212", "concentration.gini"]["ratio"] == pytest.approx(11 / 36)


def test_reports_in_time_count_among_those_whose_date_is_known(catalog: Catalog) -> None:
    received = named([1] * 14)
    late = [(name, None if place < 2 else 3 if place < 5 else 0) for place, name in enumerate(received)]
    row = areas(catalog, received, late=late)["", "on_time_rate"]
    assert (row["numerator"], row["denominator"], row["ratio"], row["shown_as"]) == (9, 12, 0.75, "ratio")


@settings(max_examples=15)
@given(st.lists(st.integers(0, 500), min_size=10, max_size=20))
def test_gini_is_half_the_mean_difference_over_the_mean(catalog: Catalog, numbers: list[int]) -> None:
    row = areas(catalog, named(numbers))["", "concentration.gini"]
    if sum(numbers) == 0:
        assert row["ratio"] is None
        return
    count = len(numbers)
    difference = sum(abs(first - second) for first in numbers for second in numbers) / count**2
    assert row["ratio"] == pytest.approx(difference / (2 * sum(numbers) / count), abs=1e-9)
