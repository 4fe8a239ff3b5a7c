from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Comparability
from pipeline.common.errors import CatalogError
from pipeline.indicators.comparability import comparability_relation
from pipeline.indicators.year_over_year import out_year_over_year
from tests.indicators.builders import FORM_2019, FORM_2021, FiledReport, check_declared, values_of

Rows = dict[tuple[str, str], dict[str, object]]


def compare(catalog: Catalog, this_year: FiledReport, *last_year: FiledReport) -> Rows:
    table = out_year_over_year(catalog, values_of(catalog, [this_year]), values_of(catalog, last_year))
    check_declared(catalog, "out_year_over_year", table)
    return {(row["field"], row["applicant"]): row for row in table.to_pylist()}


def test_change_and_per_cent_within_one_form(catalog: Catalog) -> None:
    last = {("requests.new", "total"): 40, "proactive.fees.amount": Decimal("0.3"), "remedies.review.total": 0}
    this = {("requests.new", "total"): 50, "proactive.fees.amount": Decimal("0.1"), "remedies.review.total": 3}
    rows = compare(catalog, FiledReport("甲局", 2023, this), FiledReport("甲局", 2022, last))
    new = rows["requests.new", "total"]
    assert (new["value"], new["previous_value"], new["change"], new["percent_change"]) == (50, 40, 10, 25.0)
    assert (new["comparable"], new["comparable_reason"]) == ("yes", "")
    assert rows["proactive.fees.amount", ""]["change"] == Decimal("-0.2")
    review = rows["remedies.review.total", ""]
    assert (review["change"], review["percent_change"], review["comparable"]) == (3, None, "yes")
    assert len(rows) == 10 + 25 * 7 + 15


def test_no_per_cent_of_a_negative_base(catalog: Catalog) -> None:
    field = "proactive.licensing.items_change"
    rows = compare(catalog, FiledReport("甲局", 2020, {field: 6}, FORM_2019), FiledReport("甲局", 2019, {field: -24}, FORM_2019))
    assert (rows[field, ""]["change"], rows[field, ""]["percent_change"]) == (30, None)


def test_from_2020_to_2021_the_form_changes(catalog: Catalog) -> None:
    last = {
        "proactive.normative_documents.made": 4,
        "proactive.normative_documents.newly_disclosed": 3,
        "proactive.normative_documents.disclosed_total": 100,
        "proactive.licensing.decisions": 200,
        ("requests.new", "natural_person"): 8,
        ("requests.other", "total"): 2,
    }
    this = {
        "proactive.normative_documents.issued": 5,
        "proactive.normative_documents.repealed": 1,
        "proactive.normative_documents.in_force": 90,
        "proactive.licensing.decisions": 300,
        "proactive.fees.amount": 1000,
        ("requests.new", "natural_person"): 10,
        ("requests.other.remaining", "total"): 2,
    }
    rows = compare(catalog, FiledReport("甲局", 2021, this, FORM_2021), FiledReport("甲局", 2020, last, FORM_2019))

    def shown(field: str, applicant: str = "") -> tuple[object, ...]:
        row = rows[field, applicant]
        return row["value"], row["previous_value"], row["change"], row["percent_change"], row["comparable"]

    assert shown("proactive.normative_documents.issued") == (5, 4, 1, 25.0, "yes")
    assert shown("proactive.normative_documents.repealed") == (1, 3, None, None, "no")
    assert shown("proactive.normative_documents.in_force") == (90, 100, -10, -10.0, "weakly")
    assert shown("proactive.licensing.decisions") == (300, 200, 100, 50.0, "yes")
    assert shown("requests.new", "natural_person") == (10, 8, 2, 25.0, "yes")
    assert shown("proactive.fees.amount") == (1000, None, None, None, "no")
    assert shown("requests.other.remaining", "total") == (2, None, None, None, "no")
    assert "本年新公开数量" in rows["proactive.normative_documents.repealed", ""]["comparable_reason"]
    assert "现行有效件数" in rows["proactive.normative_documents.in_force", ""]["comparable_reason"]


def test_a_body_that_goes_back_to_the_old_form(catalog: Catalog) -> None:
    this = {"proactive.normative_documents.made": 4, "proactive.procurement.amount": 99, ("requests.other", "total"): 1}
    last = {"proactive.normative_documents.issued": 8, ("requests.other.remaining", "total"): 1}
    rows = compare(catalog, FiledReport("甲局", 2023, this, FORM_2019), FiledReport("甲局", 2022, last, FORM_2021))
    assert rows["proactive.normative_documents.made", ""]["change"] == -4
    assert rows["requests.other", "total"]["comparable"] == "no"
    gone = rows["proactive.procurement.amount", ""]
    assert (gone["value"], gone["comparable"], gone["comparable_reason"]) == (99, "no", "上年所用的2021年格式没有这一项")


def test_only_the_table_whose_form_changed_is_compared_across_forms(catalog: Catalog) -> None:
    mixed = {"proactive": "2021", "requests": "2019", "remedies": "2021"}
    this, last = {("requests.other", "total"): 3}, {("requests.other", "total"): 2}
    rows = compare(catalog, FiledReport("甲局", 2021, this, mixed), FiledReport("甲局", 2020, last, FORM_2019))
    assert (rows["requests.other", "total"]["change"], rows["requests.other", "total"]["comparable"]) == (1, "yes")


def test_why_nothing_can_be_compared(catalog: Catalog) -> None:
    blank = {("requests.new", "total"): "blank", ("requests.handled", "total"): "unreadable", ("requests.granted", "total"): 5}
    last = {("requests.new", "total"): 5, ("requests.handled", "total"): 5, ("requests.granted", "total"): "not_applicable"}
    without_remedies = {**FORM_2021, "remedies": None}
    rows = compare(catalog, FiledReport("甲局", 2023, blank), FiledReport("甲局", 2022, last, without_remedies))
    reasons = {
        ("requests.new", "total"): ("本年该格空白", None, 5),
        ("requests.handled", "total"): ("本年该格无法识别", None, 5),
        ("requests.granted", "total"): ("上年该格填的是“无”一类的符号", 5, None),
        ("remedies.review.total", ""): ("上年报告中没有读到这张表", 0, None),
    }
    for key, (reason, value, previous) in reasons.items():
        row = rows[key]
        assert (row["comparable"], row["comparable_reason"], row["change"]) == ("no", reason, None), key
        assert (row["value"], row["previous_value"], row["percent_change"]) == (value, previous, None), key


def test_no_report_last_year_and_none_this_year(catalog: Catalog) -> None:
    others = [FiledReport("乙局", 2022), FiledReport("甲局", 2021)]
    rows = compare(catalog, FiledReport("甲局", 2023, {("requests.new", "total"): 5}), *others)
    assert {row["agency_name"] for row in rows.values()} == {"甲局"}
    assert {(row["comparable"], row["comparable_reason"]) for row in rows.values()} == {("no", "上年没有可用的报告")}
    assert rows["requests.new", "total"]["value"] == 5


def test_every_cell_has_one_counterpart_and_every_no_a_reason(catalog: Catalog) -> None:
    rows = comparability_relation(catalog).to_pylist()
    cells = {2014: 58, 2019: 22 + 23 * 7 + 15, 2021: 10 + 25 * 7 + 15}
    assert len(rows) == len(catalog.forms) * sum(cells.values())
    known = {(field.form, field.field) for field in catalog.fields}
    for row in rows:
        if row["form"] == row["previous_form"]:
            assert (row["comparable"], row["previous_field"], row["previous_applicant"]) == ("yes", row["field"], row["applicant"])
        if row["comparable"] != "yes":
            assert row["reason"]
        if row["previous_field"] is not None:
            assert (row["previous_form"], row["previous_field"]) in known
    no = {(row["form"], row["field"]) for row in rows if row["comparable"] == "no" and row["previous_form"] in ("2019", "2021")}
    assert ("2021", "requests.other.fee_overdue") in no
    assert ("2021", "requests.new") not in no


def test_a_form_without_applicant_columns_is_compared_by_its_total(catalog: Catalog) -> None:
    link = Comparability("2019", "requests.new", "2014", "statistics.requests.received", "weakly", "口径不同")
    changed = replace(catalog, comparability=(link,))
    rows = {
        row["applicant"]: row
        for row in comparability_relation(changed).to_pylist()
        if row["field"] == "requests.new" and row["form"] == "2019" and row["previous_form"] == "2014"
    }
    assert (rows["total"]["previous_applicant"], rows["total"]["comparable"]) == ("", "weakly")
    assert (rows["enterprise"]["previous_applicant"], rows["enterprise"]["comparable"]) == (None, "no")


@pytest.mark.parametrize(
    "row",
    [
        Comparability("2021", "requests.other", "2019", "requests.other", "yes", ""),
        Comparability("2021", "requests.new", "2019", "requests.other.remaining", "yes", ""),
    ],
)
def test_a_row_that_names_a_field_of_another_form_is_refused(catalog: Catalog, row: Comparability) -> None:
    with pytest.raises(CatalogError, match="年格式没有指标"):
        comparability_relation(replace(catalog, comparability=(row,)))
