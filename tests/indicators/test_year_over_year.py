from __future__ import annotations

from decimal import Decimal

from pipeline.catalog.model import Catalog
from pipeline.indicators.comparability import pairs
from pipeline.indicators.year_over_year import out_year_over_year
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, check_declared, values_of

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
    assert (rows["requests.other", "total"]["previous_value"], rows["requests.other", "total"]["comparable"]) == (1, "yes")
    gone = rows["proactive.procurement.amount", ""]
    assert (gone["value"], gone["comparable"], gone["comparable_reason"]) == (99, "no", "2021年格式不再填报政府集中采购")


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


def test_a_sum_of_last_years_cells_needs_all_of_them(catalog: Catalog) -> None:
    last = {
        ("requests.other.correction_overdue", "total"): 2,
        ("requests.other.fee_overdue", "total"): 1,
        ("requests.other.remaining", "total"): 4,
        ("requests.other.remaining", "enterprise"): "blank",
    }
    this = {("requests.other", "total"): 9, ("requests.other", "enterprise"): 1}
    rows = compare(catalog, FiledReport("甲局", 2023, this, FORM_2019), FiledReport("甲局", 2022, last, FORM_2021))
    total, enterprise = rows["requests.other", "total"], rows["requests.other", "enterprise"]
    assert (total["previous_value"], total["change"], total["comparable"]) == (7, 2, "yes")
    assert "三种情形" in total["comparable_reason"]
    assert (enterprise["previous_value"], enterprise["change"], enterprise["comparable"]) == (None, None, "no")
    assert enterprise["comparable_reason"] == "上年有关各格不全是数字，不能相加"


def test_from_2018_to_2019_the_table_changes_and_sums_stand_for_parts(catalog: Catalog) -> None:
    answered = "statistics.requests.answered"
    last = {
        "statistics.requests.received": 30,
        f"{answered}.already_public": 4,
        f"{answered}.granted": 11,
        "statistics.requests.denied.trade_secret": 2,
        "statistics.requests.denied.personal_privacy": 3,
        "statistics.litigation": 5,
    }
    this = {
        ("requests.new", "total"): 36,
        ("requests.new", "natural_person"): 30,
        ("requests.granted", "total"): 20,
        ("requests.denied.third_party_rights", "total"): 6,
        ("requests.unavailable.not_held", "total"): 3,
        "remedies.litigation_direct.total": 4,
        "proactive.procurement.items": 1,
    }
    rows = compare(catalog, FiledReport("甲局", 2019, this, FORM_2019), FiledReport("甲局", 2018, last, FORM_2014))

    def shown(field: str, applicant: str = "") -> tuple[object, ...]:
        row = rows[field, applicant]
        return row["previous_value"], row["change"], row["comparable"]

    assert shown("requests.new", "total") == (30, 6, "yes")
    assert shown("requests.new", "natural_person") == (None, None, "no")
    assert rows["requests.new", "natural_person"]["comparable_reason"] == "2014年格式不分申请人类别"
    assert shown("requests.granted", "total") == (15, 5, "weakly")
    assert shown("requests.denied.third_party_rights", "total") == (5, 1, "weakly")
    assert shown("requests.unavailable.not_held", "total") == (None, None, "no")
    assert "只能合并比较" in rows["requests.unavailable.not_held", "total"]["comparable_reason"]
    assert shown("remedies.litigation_direct.total") == (None, None, "no")
    assert shown("proactive.procurement.items") == (None, None, "no")
    back = compare(catalog, FiledReport("甲局", 2020, last, FORM_2014), FiledReport("甲局", 2019, this, FORM_2019))
    assert (back["statistics.litigation", ""]["previous_value"], back["statistics.litigation", ""]["comparable"]) == (4, "weakly")
    assert back["statistics.requests.received", ""]["change"] == -6
    assert back["statistics.complaints", ""]["comparable_reason"] == "2019年格式不再填报举报投诉数量"


def test_every_cell_has_one_pair_for_each_form_and_every_no_a_reason(catalog: Catalog) -> None:
    listed = pairs(catalog)
    cells = {2014: 58, 2019: 22 + 23 * 7 + 15, 2021: 10 + 25 * 7 + 15}
    assert len(listed) == len(catalog.forms) * sum(cells.values())
    known = {(field.form, field.field) for field in catalog.fields}
    for pair in listed:
        if pair.form == pair.previous_form:
            assert (pair.comparable, pair.previous) == ("yes", ((pair.field, pair.applicant),))
        assert pair.reason or pair.comparable == "yes"
        assert pair.previous or pair.comparable == "no"
        assert {(pair.previous_form, field) for field, _ in pair.previous} <= known


def test_a_form_without_applicant_columns_is_compared_by_its_total(catalog: Catalog) -> None:
    pair = {(pair.form, pair.previous_form, pair.field, pair.applicant): pair for pair in pairs(catalog)}
    total = pair["2021", "2014", "requests.new", "total"]
    assert (total.previous, total.comparable) == ((("statistics.requests.received", ""),), "yes")
    enterprise = pair["2021", "2014", "requests.new", "enterprise"]
    assert (enterprise.previous, enterprise.comparable) == ((), "no")
    back = pair["2014", "2021", "statistics.requests.received", ""]
    assert (back.previous, back.comparable) == ((("requests.new", "total"),), "yes")
