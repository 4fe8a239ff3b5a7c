"""The Wilson interval beside shares of a whole, and nowhere else."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.model import Catalog
from tests.indicators.builders import FiledReport, indicators_of


def disclosure(catalog: Catalog, granted: int, handled: int) -> dict[str, object]:
    return indicators_of(catalog, filed("甲局", granted, handled))["甲局", "full_disclosure_rate"]


def filed(name: str, granted: int, handled: int) -> FiledReport:
    return FiledReport(name, 2023, {("requests.granted", "total"): granted, ("requests.handled", "total"): handled})


# 81 of 263: as published (Newcombe 1998: 0.2553 to 0.3662). The others worked out by hand with z = 1.959964:
# (p + z²/2n ± z·sqrt(p(1-p)/n + z²/4n²)) / (1 + z²/n)
@pytest.mark.parametrize(
    ("granted", "handled", "low", "high"),
    [
        (5, 10, 0.236593, 0.763407),
        (81, 263, 0.255289, 0.366210),
        (0, 20, 0.0, 0.161125),
        (20, 20, 0.838875, 1.0),
        (1, 3, 0.061492, 0.792345),
    ],
)
def test_intervals_are_those_worked_out_by_hand(catalog: Catalog, granted: int, handled: int, low: float, high: float) -> None:
    row = disclosure(catalog, granted, handled)
    assert row["ratio_low"] == pytest.approx(low, abs=1e-5)
    assert row["ratio_high"] == pytest.approx(high, abs=1e-5)


@pytest.mark.parametrize("granted", [0, 3, 7])
def test_under_ten_there_are_counts_and_an_interval_but_no_percentage(catalog: Catalog, granted: int) -> None:
    row = disclosure(catalog, granted, 7)
    assert (row["shown_as"], row["ratio"], row["numerator"], row["denominator"]) == ("counts", None, granted, 7)
    assert 0 <= row["ratio_low"] <= granted / 7 <= row["ratio_high"] <= 1


@pytest.mark.parametrize(("granted", "handled"), [(12, 10), (0, 0), (5, 0)])
def test_what_is_no_part_of_a_whole_has_no_interval(catalog: Catalog, granted: int, handled: int) -> None:
    row = disclosure(catalog, granted, handled)
    assert (row["ratio_low"], row["ratio_high"]) == (None, None)


def test_ratios_of_two_different_things_and_levels_have_none(catalog: Catalog) -> None:
    figures = {"remedies.review.total": 4, ("requests.handled", "total"): 40, ("requests.new", "total"): 40}
    rows = indicators_of(catalog, FiledReport("甲局", 2023, figures))
    assert rows["甲局", "review_rate"]["ratio"] == 0.1
    for indicator in ("review_rate", "litigation_rate", "dispute_rate", "requests_received"):
        assert (rows["甲局", indicator]["ratio_low"], rows["甲局", indicator]["ratio_high"]) == (None, None), indicator


@settings(max_examples=25)
@given(whole=st.integers(1, 10**6), part=st.floats(0, 1))
def test_the_interval_holds_the_share_and_narrows_with_the_whole(catalog: Catalog, whole: int, part: float) -> None:
    granted = math.floor(part * whole)
    both = [filed("甲局", granted, whole), filed("乙局", granted * 4, whole * 4)]
    rows = indicators_of(catalog, *both)
    row, wider = rows["甲局", "full_disclosure_rate"], rows["乙局", "full_disclosure_rate"]
    low, high = row["ratio_low"], row["ratio_high"]
    assert 0 <= low <= granted / whole <= high <= 1
    assert wider["ratio_high"] - wider["ratio_low"] < high - low
