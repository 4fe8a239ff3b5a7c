"""Series through the years and forms: what may be compared, where the line breaks, and why."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline.catalog.model import Catalog
from pipeline.common.sql import relation
from pipeline.indicators.outcomes import out_harmonised
from pipeline.indicators.quantities import quantities_relation
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.series import YearTables, out_series
from pipeline.indicators.series_definitions import SeriesDefinitions
from pipeline.indicators.succession import Standing, carried_over, standings
from tests.indicators.builders import FORM_2014, FORM_2019, FORM_2021, FiledReport, check_declared, declared_table, values_of

S = "statistics.requests."
NEW, HANDLED, GRANTED = ("requests.new", "total"), ("requests.handled", "total"), ("requests.granted", "total")
BEFORE = {S + "received": 30, S + "closed": 28, S + "answered": 28, S + "answered.already_public": 4, S + "answered.granted": 10}
AFTER = {NEW: 36, HANDLED: 40, GRANTED: 20}
Rows = dict[tuple[str, str], dict[str, object]]


def year_tables(catalog: Catalog, reports: Sequence[FiledReport]) -> YearTables:
    values = values_of(catalog, reports)
    return YearTables(values, out_harmonised(catalog, values), out_indicators(catalog, values))


def series(catalog: Catalog, this: Sequence[FiledReport], last: Sequence[FiledReport] = (), bodies: Sequence[Standing] = ()) -> Rows:
    table = out_series(catalog, year_tables(catalog, this), year_tables(catalog, last), bodies)
    check_declared(catalog, "out_series", table)
    rows = table.to_pylist()
    for row in rows:
        assert row["is_break"] == (row["break_kind"] != "")
        assert (row["break_reason"] == "") == (row["break_kind"] == "")
        assert (row["value"] is None) == (row["value_reason"] != ""), row
        assert (row["previous_value"] is None) == (row["comparable_with_previous"] == "no"), row
        assert row["comparable_with_previous"] == "yes" or row["is_break"], row
    return {(row["agency_name"], row["series"]): row for row in rows}


def shown(rows: Rows, name: str, body: str = "甲局") -> tuple[object, ...]:
    row = rows[body, name]
    return row["value"], row["previous_value"], row["comparable_with_previous"], row["break_kind"]


def test_within_one_form_a_series_goes_on(catalog: Catalog) -> None:
    rows = series(catalog, [FiledReport("甲局", 2023, AFTER)], [FiledReport("甲局", 2022, {NEW: 30, HANDLED: 20, GRANTED: 5})])
    assert shown(rows, "requests.new") == (36, 30, "yes", "")
    assert shown(rows, "outcome.disclosed") == (20, 5, "yes", "")
    assert shown(rows, "disclosure_rate") == (Decimal("0.5"), Decimal("0.25"), "yes", "")
    assert rows["甲局", "requests.new"]["lineage_id"] == rows["甲局", "requests.new"]["agency_id"] == "id-甲局"


def test_at_2019_every_request_series_breaks_and_says_why(catalog: Catalog) -> None:
    rows = series(catalog, [FiledReport("甲局", 2019, AFTER, FORM_2019)], [FiledReport("甲局", 2018, BEFORE, FORM_2014)])
    assert shown(rows, "requests.new") == (36, 30, "yes", "structural")
    assert shown(rows, "requests.handled") == (40, 28, "weakly", "structural")
    assert shown(rows, "requests.granted") == (20, 14, "weakly", "structural")
    assert shown(rows, "outcome.disclosed") == (20, 14, "weakly", "structural")
    assert shown(rows, "disclosure_rate") == (Decimal("0.5"), Decimal("0.5"), "weakly", "structural")
    assert shown(rows, "requests_received") == (36, 30, "yes", "structural")
    assert shown(rows, "statistics.litigation") == (0, 0, "weakly", "structural")
    assert shown(rows, "requests.carried_out") == (0, None, "no", "no_item")
    assert shown(rows, "outcome.other") == (0, None, "no", "no_item")
    outcomes = [row for (_, name), row in rows.items() if name.startswith(("outcome.", "requests."))]
    assert all(row["is_break"] for row in outcomes)
    assert "条例施行" in rows["甲局", "outcome.disclosed"]["break_reason"]
    assert "一件申请可以有几种答复" in rows["甲局", "outcome.disclosed"]["break_reason"]
    assert rows["甲局", "outcome.other"]["break_reason"] == "2014年格式没有“其他处理”"
    assert rows["甲局", "requests.carried_out"]["break_reason"].startswith("2014年格式没有结转下年度")


def test_at_2021_only_what_changed_its_meaning_breaks(catalog: Catalog) -> None:
    documents = "proactive.normative_documents."
    last = {documents + "made": 4, documents + "disclosed_total": 90, ("requests.other", "total"): 6, HANDLED: 20}
    this = {
        documents + "issued": 5,
        documents + "in_force": 80,
        ("requests.other.remaining", "total"): 2,
        ("requests.other.fee_overdue", "total"): 1,
        ("requests.unavailable.still_unclear", "total"): 1,
        HANDLED: 20,
        NEW: 20,
    }
    rows = series(catalog, [FiledReport("甲局", 2021, this)], [FiledReport("甲局", 2020, last, FORM_2019)])
    assert shown(rows, documents + "issued") == (5, 4, "yes", "")
    assert shown(rows, documents + "in_force") == (80, 90, "weakly", "definition")
    assert shown(rows, documents + "repealed") == (0, None, "no", "no_item")
    assert "同一位置含义不同" in rows["甲局", documents + "repealed"]["break_reason"]
    assert shown(rows, "requests.other") == (3, 6, "yes", "")
    assert rows["甲局", "requests.other"]["definition"] == "requests.other@2021"
    assert shown(rows, "requests.other.remaining") == (2, None, "no", "no_item")
    assert shown(rows, "other_rate") == (Decimal("0.15"), Decimal("0.3"), "yes", "")
    assert shown(rows, "outcome.unclear_or_abandoned") == (2, 0, "weakly", "definition")
    assert shown(rows, "outcome.other") == (2, 6, "weakly", "definition")
    assert shown(rows, "outcome.disclosed") == (0, 0, "yes", "")


def test_a_year_without_a_report_or_a_figure_is_a_gap(catalog: Catalog) -> None:
    this = FiledReport("甲局", 2023, {NEW: 36, HANDLED: "blank", GRANTED: 4})
    alone = series(catalog, [this], [FiledReport("乙局", 2022), FiledReport("甲局", 2021)])
    assert shown(alone, "requests.new") == (36, None, "no", "no_report")
    last = FiledReport("甲局", 2022, {NEW: "unreadable", HANDLED: 4, GRANTED: 3})
    rows = series(catalog, [this], [last])
    assert shown(rows, "requests.new") == (36, None, "no", "no_figure")
    assert rows["甲局", "requests.new"]["break_reason"] == "上年该格无法识别"
    assert shown(rows, "requests.handled") == (None, None, "no", "no_figure")
    assert rows["甲局", "requests.handled"]["value_reason"] == "该格空白"
    assert rows["甲局", "requests.handled"]["break_reason"] == "本年该格空白"
    assert shown(rows, "disclosure_rate") == (None, None, "no", "no_figure")
    small = series(catalog, [FiledReport("甲局", 2023, {HANDLED: 9, GRANTED: 4})], [last])
    assert small["甲局", "disclosure_rate"]["value_reason"] == "分母过小，只列件数，不算比率"


def test_a_table_of_another_form_this_year_is_compared_through_the_bridge(catalog: Catalog) -> None:
    """The old form in a new year, and back."""
    last = FiledReport("甲局", 2022, {("requests.other.remaining", "total"): 4, ("requests.other.fee_overdue", "total"): 1})
    rows = series(catalog, [FiledReport("甲局", 2023, {("requests.other", "total"): 7}, FORM_2019)], [last])
    assert shown(rows, "requests.other") == (7, 5, "yes", "")
    mixed = FiledReport("甲局", 2023, {HANDLED: 20}, {**FORM_2021, "requests": "2019"})
    rows = series(catalog, [mixed], [FiledReport("甲局", 2022, {HANDLED: 20})])
    assert shown(rows, "review_rate") == (0, 0, "weakly", "definition")
    assert rows["甲局", "review_rate"]["break_reason"] == "有关几张表格所用的格式不一"


def test_a_renamed_body_goes_on_and_a_merged_one_begins_anew(catalog: Catalog) -> None:
    last = [FiledReport(name, 2022, {NEW: 10}) for name in ("旧名办", "一局", "二局", "大局")]
    this = [FiledReport(name, 2023, {NEW: 15}) for name in ("新名局", "合局", "分局", "转局")]
    rows = [
        {"agency_id": "id-新名局", "previous_agency_id": "id-旧名办", "link": "rename", "group_name": "新名局", "previous_name": "旧名办"},
        {"agency_id": "id-合局", "previous_agency_id": "id-一局", "link": "merge", "group_name": "合局", "previous_name": "一局、二局"},
        {"agency_id": "id-合局", "previous_agency_id": "id-二局", "link": "merge", "group_name": "合局", "previous_name": "一局、二局"},
        {"agency_id": "id-分局", "previous_agency_id": "id-大局", "link": "split", "group_name": "分局、别局", "previous_name": "大局"},
        {"agency_id": "id-转局", "previous_agency_id": "id-一局", "link": "transfer", "group_name": "转局", "previous_name": "一局"},
    ]
    predecessors = declared_table(catalog, "core_agency_predecessors", [{"report_year": 2023, **row} for row in rows])
    bodies = standings(predecessors, lambda agency_id: {"id-新名局": "id-旧名办"}.get(agency_id, agency_id))
    found = series(catalog, this, last, bodies)
    assert shown(found, "requests.new", "新名局") == (15, 10, "yes", "")
    assert found["新名局", "requests.new"]["lineage_id"] == "id-旧名办"
    assert shown(found, "requests.new", "合局") == (15, None, "no", "body")
    assert found["合局", "requests.new"]["break_reason"] == "本年由一局、二局合并而成，上年没有同一单位的数字"
    assert shown(found, "requests.new", "分局") == (15, None, "no", "body")
    assert "分设为分局、别局" in found["分局", "requests.new"]["break_reason"]
    assert shown(found, "requests.new", "转局") == (15, 10, "weakly", "body")
    carried = carried_over(values_of(catalog, last), predecessors)
    assert set(carried["agency_id"].to_pylist()) == {"id-新名局", "id-转局"}


def test_what_needs_no_table_has_a_series_too(catalog: Catalog) -> None:
    def dated(year: int, lag: int) -> YearTables:
        values = values_of(catalog, [])
        quantity = {
            "agency_id": "id-甲局",
            "agency_name": "甲局",
            "report_year": year,
            "source": "publication",
            "quantity": "publication.lag_days",
        }
        schema = quantities_relation(
            catalog, declared_table(catalog, "core_reports", []), declared_table(catalog, "core_rule_results", [])
        ).schema
        quantities = pa.Table.from_pylist([{**quantity, "value": Decimal(lag)}], schema=schema)
        return YearTables(values, out_harmonised(catalog, values), out_indicators(catalog, values, quantities))

    rows = out_series(catalog, dated(2019, 40), dated(2018, 25)).to_pylist()
    assert [(row["series"], row["value"], row["previous_value"], row["is_break"]) for row in rows] == [("publication_lag", 40, 25, False)]


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_every_field_is_in_a_series_and_no_series_doubles_another(catalog: Catalog, form: str) -> None:
    formulas = [row for row in SeriesDefinitions(catalog).formulas if row.form == form]
    assert len({row.series for row in formulas}) == len(formulas)
    alone = [row.cells[0][0] for row in formulas if len(row.cells) == 1]
    assert len(alone) == len(set(alone))
    covered = {field for row in formulas for field, _ in row.cells}
    assert covered == {field.field for field in catalog.fields_of(form)}


def test_links_of_every_series_agree_in_both_directions(catalog: Catalog) -> None:
    links = {(link.series, link.form, link.previous_form): link for link in SeriesDefinitions(catalog).links}
    for (name, form, previous), link in links.items():
        assert links[name, previous, form].comparable == link.comparable, link
        assert link.form or link.previous_form or link.comparable == "yes"
        assert link.reason or link.comparable == "yes", link
        assert form != previous or link.comparable == "yes", link


def test_what_prose_states_compares_only_weakly_with_a_table(catalog: Catalog) -> None:
    links = {(link.series, link.form, link.previous_form): link for link in SeriesDefinitions(catalog).links}
    for way in (("requests_received", "2014", ""), ("disclosed_items", "", "2014")):
        assert links[way].comparable == "weakly" and "取自报告文字" in links[way].reason


def test_the_relation_of_standings_may_be_empty(catalog: Catalog) -> None:
    empty = declared_table(catalog, "core_agency_predecessors", [])
    assert standings(empty, str) == []
    assert carried_over(values_of(catalog, [FiledReport("甲局", 2022)]), empty).num_rows == 0
    assert relation([], name=pa.string()).num_rows == 0
