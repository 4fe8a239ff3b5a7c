"""Printed figures beside those in force: whatever is worked out is there twice where something is corrected."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa

from pipeline.catalog import Catalog
from pipeline.indicators.comparison import out_agency_comparison
from pipeline.indicators.printed import as_printed, beside_printed, is_corrected
from pipeline.indicators.ratios import out_indicators
from tests.indicators.builders import FiledReport, declared_table, values_of

FIGURE = ("requests.new", "total")


def corrected(catalog: Catalog, values: pa.Table, agency: str, value: int | None) -> pa.Table:
    """The values with requests.new of one body corrected."""
    rows = values.to_pylist()
    for row in rows:
        if row["agency_name"] == agency and (row["field"], row["applicant"]) == FIGURE:
            row["corrected_value"] = None if value is None else Decimal(value)
    return declared_table(catalog, "out_values", rows)


def compared(catalog: Catalog, values: pa.Table) -> pa.Table:
    return out_agency_comparison(catalog, values, out_indicators(catalog, values))


def test_a_rank_that_moves_because_another_body_is_corrected_shows_both(catalog: Catalog) -> None:
    plain = values_of(catalog, [FiledReport("甲局", 2023, {FIGURE: 5}), FiledReport("乙局", 2023, {FIGURE: 7})])
    values = corrected(catalog, plain, "甲局", 9)
    assert not is_corrected(plain) and is_corrected(values)
    assert as_printed(catalog, "out_values", values) == plain
    both = beside_printed(catalog, "out_agency_comparison", compared(catalog, values), compared(catalog, plain))
    found = {row["agency_name"]: row for row in both.to_pylist() if row["measure"] == "requests.new"}
    names = ("measure_value", "printed_measure_value", "rank", "printed_rank", "corrected_cells")
    assert [found["甲局"][name] for name in names] == [9, 5, 1, 2, 1]
    assert [found["乙局"][name] for name in names] == [7, 7, 2, 1, 0]
    of_whole = ("share", "printed_share", "percentile", "printed_percentile")
    assert [found["乙局"][name] for name in of_whole] == [7 / 16, 7 / 12, 0, 1]
    again = {
        row["agency_name"]: row
        for row in as_printed(catalog, "out_agency_comparison", both).to_pylist()
        if row["measure"] == "requests.new"
    }
    assert (again["甲局"]["measure_value"], again["乙局"]["rank"]) == (5, 1)


def test_what_is_not_printed_as_a_number_has_no_printed_figure(catalog: Catalog) -> None:
    plain = values_of(catalog, [FiledReport("甲局", 2023, {FIGURE: "blank"}), FiledReport("乙局", 2023, {FIGURE: 7})])
    values = corrected(catalog, plain, "甲局", 9)
    both = beside_printed(catalog, "out_agency_comparison", compared(catalog, values), compared(catalog, plain))
    (row,) = [row for row in both.to_pylist() if (row["agency_name"], row["measure"]) == ("甲局", "requests.new")]
    assert (row["measure_value"], row["printed_measure_value"], row["printed_rank"]) == (9, None, None)
    indicators = beside_printed(catalog, "out_indicators", out_indicators(catalog, values), out_indicators(catalog, plain))
    (row,) = [row for row in indicators.to_pylist() if (row["agency_name"], row["indicator"]) == ("甲局", "requests_received")]
    assert (row["level"], row["printed_level"], row["shown_as"], row["printed_shown_as"]) == (9, None, "level", "missing")
