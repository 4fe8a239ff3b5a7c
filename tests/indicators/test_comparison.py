from __future__ import annotations

from collections import defaultdict
from decimal import Decimal

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.indicators.comparison import out_agency_comparison
from pipeline.indicators.ratios import out_indicators
from tests.indicators.builders import FORM_2019, FiledReport, check_declared, declared_table, values_of

NAMES = ("甲局", "乙局", "丙局", "丁局")


def compare(catalog: Catalog, *reports: FiledReport) -> pa.Table:
    values = values_of(catalog, reports)
    table = out_agency_comparison(catalog, values, out_indicators(catalog, values))
    check_declared(catalog, "out_agency_comparison", table)
    return table


def of(table: pa.Table, measure: str) -> dict[str, dict[str, object]]:
    return {row["agency_name"]: row for row in table.to_pylist() if row["measure"] == measure}


def test_ranks_ties_percentiles_and_shares(catalog: Catalog) -> None:
    new = dict(zip(NAMES, (30, 10, 30, 0), strict=True))
    table = compare(catalog, *(FiledReport(name, 2023, {("requests.new", "total"): count}) for name, count in new.items()))
    rows = of(table, "requests.new")
    assert {name: row["rank"] for name, row in rows.items()} == {"甲局": 1, "丙局": 1, "乙局": 3, "丁局": 4}
    assert {name: row["percentile"] for name, row in rows.items()} == {"甲局": 1, "丙局": 1, "乙局": 1 / 3, "丁局": 0}
    assert {name: row["share"] for name, row in rows.items()} == {"甲局": 30 / 70, "丙局": 30 / 70, "乙局": 10 / 70, "丁局": 0}
    assert {row["bodies"] for row in rows.values()} == {4}
    assert {row["measure_kind"] for row in rows.values()} == {"field"}
    assert {row["applicant"] for row in rows.values()} == {"total"}


def test_indicators_with_a_ratio_or_a_level_only(catalog: Catalog) -> None:
    figures = [(20, 5), (8, 8), (10, 10), (20, 5)]
    reports = [
        FiledReport(name, 2023, {("requests.handled", "total"): handled, ("requests.granted", "total"): granted})
        for name, (handled, granted) in zip(NAMES, figures, strict=True)
    ]
    rows = of(compare(catalog, *reports), "full_disclosure_rate")
    assert {name: (row["rank"], row["measure_value"]) for name, row in rows.items()} == {
        "丙局": (1, 1.0),
        "甲局": (2, 0.25),
        "丁局": (2, 0.25),
    }
    assert {row["share"] for row in rows.values()} == {None}
    assert {row["label"] for row in rows.values()} == {"全部公开率"}


def test_levels_have_shares(catalog: Catalog) -> None:
    reports = [FiledReport(name, 2023, {"proactive.fees.amount": Decimal(amount)}) for name, amount in (("甲局", "0.5"), ("乙局", "1.5"))]
    rows = of(compare(catalog, *reports), "fee_amount")
    assert (rows["甲局"]["share"], rows["乙局"]["share"]) == (0.25, 0.75)


def test_no_share_of_a_sum_of_zero_or_with_negative_parts(catalog: Catalog) -> None:
    change = "proactive.licensing.items_change"
    table = compare(catalog, FiledReport("甲局", 2020, {change: -24}, FORM_2019), FiledReport("乙局", 2020, {change: 30}, FORM_2019))
    assert {name: (row["rank"], row["share"]) for name, row in of(table, change).items()} == {"甲局": (2, None), "乙局": (1, None)}
    assert {row["share"] for row in of(table, "requests.new").values()} == {None}


def test_a_body_alone_has_no_percentile_and_blanks_do_not_take_part(catalog: Catalog) -> None:
    new = ("requests.new", "total")
    table = compare(catalog, FiledReport("甲局", 2023, {new: 5}), FiledReport("乙局", 2023, {new: "blank"}))
    rows = of(table, "requests.new")
    assert set(rows) == {"甲局"}
    assert (rows["甲局"]["bodies"], rows["甲局"]["percentile"], rows["甲局"]["share"]) == (1, None, 1.0)


def test_amounts_that_no_float_can_tell_apart_still_rank(catalog: Catalog) -> None:
    amounts = (10**17, 10**17 + 1)
    reports = [FiledReport(name, 2023, {"proactive.fees.amount": amount}) for name, amount in zip(NAMES, amounts, strict=False)]
    assert {name: row["rank"] for name, row in of(compare(catalog, *reports), "proactive.fees.amount").items()} == {"甲局": 2, "乙局": 1}


CATALOG = load_catalog(DEFAULT_CATALOG)


@given(st.lists(st.integers(0, 50) | st.none(), min_size=1, max_size=12))
@settings(max_examples=40, deadline=None)
def test_ranks_agree_with_the_values(figures: list[int | None]) -> None:
    rows = [
        {
            "agency_id": f"id-{number}",
            "agency_name": f"单位{number}",
            "report_year": 2023,
            "field": "requests.new",
            "applicant": "total",
            "label": "新收",
            "state": "blank" if figure is None else "number",
            "value": None if figure is None else Decimal(figure),
        }
        for number, figure in enumerate(figures)
    ]
    values = declared_table(CATALOG, "out_values", rows)
    table = out_agency_comparison(CATALOG, values, declared_table(CATALOG, "out_indicators", []))
    ranked = table.to_pylist()
    numbers = [figure for figure in figures if figure is not None]
    assert len(ranked) == len(numbers)
    by_value = defaultdict(set)
    for row in ranked:
        value = row["measure_value"]
        by_value[value].add(row["rank"])
        assert row["rank"] == 1 + sum(other > value for other in numbers)
        if len(numbers) > 1:
            assert row["percentile"] == (sum(other <= value for other in numbers) - 1) / (len(numbers) - 1)
    assert all(len(ranks) == 1 for ranks in by_value.values())
    if sum(numbers):
        assert abs(sum(row["share"] for row in ranked) - 1) < 1e-9
