from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.indicators.rollup import out_rollup
from tests.indicators.builders import (
    FORM_2019,
    FORM_2021,
    FiledReport,
    all_bodies,
    check_declared,
    core_report_tables,
    core_reports,
    declared_table,
    values_of,
)

CATALOG = load_catalog(DEFAULT_CATALOG)
FEE = "proactive.fees.amount"


def roll_up(catalog: Catalog, *reports: FiledReport) -> dict[tuple[str, str, str], dict[str, object]]:
    tables = (core_reports(catalog, reports), core_report_tables(catalog, reports), declared_table(catalog, "core_report_coverage", []))
    findings = (declared_table(catalog, name, []) for name in ("out_findings", "core_finding_cells"))
    table: pa.Table = out_rollup(catalog, values_of(catalog, reports), *tables, all_bodies(catalog, reports), *findings)
    check_declared(catalog, "out_rollup", table)
    return {(row["form"], row["field"], row["applicant"]): row for row in table.to_pylist()}


def test_money_is_added_exactly(catalog: Catalog) -> None:
    amounts = ["0.1", "0.2", "592372449.123456", "99999999999999999.999999"]
    rows = roll_up(catalog, *(FiledReport(f"单位{number}", 2023, {FEE: Decimal(amount)}) for number, amount in enumerate(amounts)))
    total = rows["2021", FEE, ""]
    assert total["total"] == sum(map(Decimal, amounts))
    assert (total["unit"], total["bodies_counted"], total["bodies_blank"]) == ("元", 4, 0)


def test_blank_cells_are_counted_not_added(catalog: Catalog) -> None:
    figures = [{"remedies.review.total": 3}, {"remedies.review.total": "blank"}, {"remedies.review.total": "unreadable"}]
    blank_fee = {FEE: "not_applicable"}
    rows = roll_up(catalog, *(FiledReport(f"单位{number}", 2023, {**row, **blank_fee}) for number, row in enumerate(figures)))
    review = rows["2021", "remedies.review.total", ""]
    assert (review["total"], review["bodies_counted"], review["bodies_blank"]) == (3, 1, 2)
    fee = rows["2021", FEE, ""]
    assert (fee["total"], fee["bodies_counted"], fee["bodies_blank"]) == (None, 0, 3)


def test_forms_stay_apart_and_missing_tables_are_blanks_of_the_form_due(catalog: Catalog) -> None:
    new = ("requests.new", "total")
    reports = [
        FiledReport("甲局", 2022, {new: 5}, FORM_2021),
        FiledReport("乙局", 2022, {new: 7}, FORM_2019),
        FiledReport("丙局", 2022, {}, {"proactive": "2021", "requests": None, "remedies": "2021"}),
        FiledReport("丁局", 2022, {}, dict.fromkeys(FORM_2021)),
        FiledReport("甲局", 2022, {new: 1000}, FORM_2021, current=False, copy=1),
    ]
    rows = roll_up(catalog, *reports)
    assert [rows["2021", *new][name] for name in ("total", "bodies_counted", "bodies_blank")] == [5, 1, 2]
    assert [rows["2019", *new][name] for name in ("total", "bodies_counted", "bodies_blank")] == [7, 1, 0]
    assert [rows["2021", FEE, ""][name] for name in ("total", "bodies_counted", "bodies_blank")] == [0, 2, 1]
    assert len(rows) == 10 + 25 * 7 + 15 + 22 + 23 * 7 + 15


def test_a_sum_that_the_column_cannot_hold_is_empty_not_wrong(catalog: Catalog) -> None:
    rows = roll_up(catalog, *(FiledReport(name, 2023, {FEE: 10**18 - 1}) for name in ("甲局", "乙局")))
    assert (rows["2021", FEE, ""]["total"], rows["2021", FEE, ""]["bodies_counted"]) == (None, 2)


STATES = st.sampled_from(["blank", "not_applicable", "unreadable"])
AMOUNTS = st.decimals(min_value=0, max_value=10**9, places=6, allow_nan=False)


@given(
    st.dictionaries(st.sampled_from([field.field for field in CATALOG.fields_of("2021", "proactive")]), AMOUNTS | STATES), st.integers(1, 4)
)
@settings(max_examples=15, deadline=None)
def test_n_copies_of_a_report_add_up_to_n_times_the_report(figures: dict[str, Decimal | str], copies: int) -> None:
    forms = {"proactive": "2021"}
    once = roll_up(CATALOG, FiledReport("甲局", 2023, figures, forms))
    rows = roll_up(CATALOG, *(FiledReport(f"单位{number}", 2023, figures, forms) for number in range(copies)))
    assert rows.keys() == once.keys()
    for key, row in rows.items():
        assert row["total"] == (None if once[key]["total"] is None else once[key]["total"] * copies)
        assert (row["bodies_counted"], row["bodies_blank"]) == (once[key]["bodies_counted"] * copies, once[key]["bodies_blank"] * copies)
