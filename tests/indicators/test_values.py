from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.indicators.values import figures_in_force, out_values
from tests.indicators.builders import (
    FORM_2019,
    FORM_2021,
    FiledReport,
    check_declared,
    core_cells,
    core_report_tables,
    core_reports,
    declared_table,
    values_of,
)


def test_every_cell_of_the_form_with_name_unit_and_raw_text(catalog: Catalog) -> None:
    figures = {"proactive.fees.amount": Decimal("592372449.1"), ("requests.new", "enterprise"): 7, "remedies.review.total": "blank"}
    values = values_of(catalog, [FiledReport("甲局", 2023, figures)])
    check_declared(catalog, "out_values", values)
    assert values.num_rows == 10 + 25 * 7 + 15
    rows = {(row["field"], row["applicant"]): row for row in values.to_pylist()}
    fee = rows["proactive.fees.amount", ""]
    assert (fee["value"], fee["unit"], fee["raw"]) == (Decimal("592372449.1"), "元", "592372449.1")
    new = rows["requests.new", "enterprise"]
    assert new["label"] == "一、本年新收政府信息公开申请数量（法人或其他组织·商业企业）"
    assert (new["agency_id"], new["report_year"], new["form"], new["value"]) == ("id-甲局", 2023, "2021", Decimal(7))
    blank = rows["remedies.review.total", ""]
    assert (blank["state"], blank["value"], blank["raw"]) == ("blank", None, "")


def test_each_table_stands_under_its_own_form(catalog: Catalog) -> None:
    mixed = FiledReport("甲局", 2022, forms={"proactive": "2021", "requests": "2019", "remedies": "2021"})
    rows = values_of(catalog, [mixed]).to_pylist()
    assert {(row["table"], row["form"]) for row in rows} == {("proactive", "2021"), ("requests", "2019"), ("remedies", "2021")}
    assert len([row for row in rows if row["field"] == "requests.other"]) == 7


def test_superseded_reports_and_extra_columns_are_left_out(catalog: Catalog) -> None:
    reports = [FiledReport("甲局", 2023, {("requests.new", "total"): 5}), FiledReport("甲局", 2023, current=False, copy=1)]
    cells = core_cells(catalog, reports)
    extra = {
        "report_id": "甲局-2023-0",
        "report_year": 2023,
        "table": "requests",
        "field": "requests.new",
        "applicant": "organizations_subtotal",
        "state": "number",
        "value": Decimal(3),
        "raw": "3",
        "is_extra": True,
    }
    cells = pa.concat_tables([cells, declared_table(catalog, "core_cells", [extra])])
    values = out_values(catalog, core_reports(catalog, reports), cells, core_report_tables(catalog, reports))
    assert set(values["report_id"].to_pylist()) == {"甲局-2023-0"}
    assert "organizations_subtotal" not in values["applicant"].to_pylist()


def test_a_cell_that_the_form_does_not_have_is_refused_not_lost(catalog: Catalog) -> None:
    filed = [FiledReport("甲局", 2020, forms=FORM_2019)]
    said = [FiledReport("甲局", 2020, forms=FORM_2021)]
    with pytest.raises(SchemaError, match="2021"):
        out_values(catalog, core_reports(catalog, filed), core_cells(catalog, filed), core_report_tables(catalog, said))


def test_no_reports_give_an_empty_table(catalog: Catalog) -> None:
    values = values_of(catalog, [])
    check_declared(catalog, "out_values", values)
    assert values.num_rows == 0


def test_a_corrected_value_stands_beside_the_printed_one_and_is_the_one_in_force(catalog: Catalog) -> None:
    new, handled = ("requests.new", "total"), ("requests.handled", "total")
    reports = [FiledReport("甲局", 2023, {new: 5, handled: "blank"})]
    correction = {"report_id": reports[0].report_id, "applicant": "total", "decision_state": "in_force"}
    corrections = pa.Table.from_pylist(
        [{**correction, "field": field, "corrected_value": Decimal(value)} for (field, _), value in ((new, 7), (handled, 7))]
    )
    inputs = (core_reports(catalog, reports), core_cells(catalog, reports), core_report_tables(catalog, reports))
    values = out_values(catalog, *inputs, corrections)
    columns = ("state", "value", "corrected_value", "raw")
    printed = {(row["field"], row["applicant"]): [row[name] for name in columns] for row in values.to_pylist()}
    assert printed[new] == ["number", 5, 7, "5"]
    assert printed[handled] == ["blank", None, 7, ""]
    assert printed["requests.new", "natural_person"] == ["number", 0, None, "0"]
    in_force = {(row["field"], row["applicant"]): row for row in figures_in_force(values).to_pylist()}
    assert [in_force[key][name] for key in (new, handled) for name in ("state", "value", "corrected_cells")] == ["number", 7, 1] * 2
    assert sum(row["corrected_cells"] for row in in_force.values()) == 2
