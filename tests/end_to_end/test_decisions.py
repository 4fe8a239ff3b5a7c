"""The decisions of the sample, end to end: what they change, what they settle, what they cause, and what has become of them."""

from __future__ import annotations

from typing import Any

from pipeline.indicators.relations import printed_columns
from tests.installation import Installation
from tests.sample.decisions import CARRIED_OVER_WAITS, HANDLED_OF_NOTHING, NOTHING_WRITTEN

MARKET = "瀚川市沐云区市场监督管理局"


def test_every_decision_is_there_with_its_state_and_why(sample: Installation) -> None:
    decisions = {(row["decision_kind"], row["agency_id"]): row for row in sample.rows("core_decisions")}
    assert {key: row["decision_state"] for key, row in decisions.items()} == {
        ("correction", "muyun-market"): "in_force",
        ("correction", "muyun-finance"): "lapsed",
        ("waiver", "muyun-transport"): "in_force",
        ("waiver", "muyun-wanglan"): "expired",
        ("confirmation", "muyun-songjian"): "in_force",
    }
    lapsed = decisions["correction", "muyun-finance"]
    assert [lapsed[name] for name in ("expected_value", "value", "corrected_value")] == [9, 11, 11]
    assert lapsed["state_reason"] == "登记更正时印的是“9”，现在的报告印的是“11”，与更正后的数字相同，不再需要更正。请撤回。"
    assert decisions["waiver", "muyun-wanglan"]["state_reason"] == "有效期至 2023-06-30，已过期。"


def test_printed_and_corrected_values_stand_apart_and_sums_take_the_corrected_one(sample: Installation) -> None:
    (corrected,) = [row for row in sample.rows("out_values") if row["corrected_value"] is not None]
    assert [corrected[name] for name in ("agency_name", "report_year", "field", "applicant")] == [
        *(MARKET, 2020, "requests.carried_out", "total")
    ]
    assert [corrected[name] for name in ("state", "value", "raw", "corrected_value")] == ["number", 8, "8", 6]
    indicators = {row["indicator"]: row for row in sample.rows("out_indicators") if _is(row, MARKET, 2020)}
    rate = indicators["carry_over_rate"]
    assert [rate[name] for name in ("numerator", "denominator", "corrected_cells")] == [6, 88, 1]
    assert {name for name, row in indicators.items() if row["corrected_cells"]} == {"carry_over_rate"}
    series = {row["report_year"]: row for row in sample.rows("out_series") if row["agency_name"] == MARKET}
    (carried,) = [row for row in sample.rows("out_series") if _is(row, MARKET, 2020) and row["series"] == "requests.carried_out"]
    assert series and [carried["value"], carried["corrected_cells"]] == [6, 1]
    compared = {
        row["report_year"]: row
        for row in sample.rows("out_year_over_year")
        if row["agency_name"] == MARKET and (row["field"], row["applicant"]) == ("requests.carried_out", "total")
    }
    assert [compared[2020][name] for name in ("value", "corrected_cells")] == [6, 1]
    assert [compared[2021][name] for name in ("previous_value", "corrected_cells")] == [6, 1]
    assert compared[2022]["corrected_cells"] == 0
    assert [rate["printed_numerator"], rate["printed_denominator"]] == [8, 88]
    assert carried["printed_value"] == 8
    assert [compared[2020]["printed_value"], compared[2021]["printed_previous_value"]] == [8, 8]


def test_every_table_that_is_worked_out_shows_what_was_printed_beside_what_holds(sample: Installation) -> None:
    catalog = sample.workspace.catalog
    sums = [row for row in sample.rows("out_rollup") if row["total"] != row["printed_total"]]
    assert {(row["report_year"], row["field"], row["applicant"], row["printed_total"] - row["total"]) for row in sums} == {
        (2020, "requests.carried_out", "total", 2)
    }
    worked_out = [table.table for table in catalog.tables if "corrected_cells" in table.columns]
    assert {table for table in worked_out if not printed_columns(catalog, table)} == set()
    for table in worked_out:
        apart = [row for row in sample.rows(table) if any(row[f"printed_{name}"] != row[name] for name in printed_columns(catalog, table))]
        assert all(row["corrected_cells"] or table == "out_agency_comparison" for row in apart), table  # a rank moves with others
    told = {(row["effect_kind"], row["before_text"], row["after_text"]) for row in sample.rows("out_decision_effects")}
    assert ("indicator", "0.090909", "0.068182") in told or ("indicator", "8/88", "6/88") in told


def test_a_correction_settles_what_it_mends_in_this_year_and_the_next_and_causes_what_it_breaks(sample: Installation) -> None:
    findings = [row for row in sample.rows("out_findings") if row["agency_name"] == MARKET and row["report_year"] in (2020, 2021)]
    assert {(row["report_year"], row["rule"], row["status"], row["found_in"]) for row in findings} == {
        (2020, "R1", "corrected", "printed"),
        (2020, "R3", "corrected", "printed"),
        (2021, "Y1", "corrected", "printed"),
        (2020, "N2", "open", "corrected"),  # its prose says 8 as its table does
    }
    settled = next(row for row in findings if row["rule"] == "Y1")
    assert settled["decision_reason"].startswith("表三“结转下年度继续办理（总计）”由“8”更正为“6”（总计多计 2 件")
    assert (settled["decided_by"], str(settled["decided_on"])) == ("示例：区政务公开科", "2022-01-21")
    caused = next(row for row in findings if row["rule"] == "N2")
    assert caused["decision_reason"].startswith("按更正后的数字核对才出现：")
    cells = [row for row in sample.rows("core_finding_cells") if row["corrected_value"] is not None]
    assert {row["finding_id"] for row in cells} == {row["finding_id"] for row in findings}
    assert {(row["value"], row["raw"], row["corrected_value"]) for row in cells} == {(8, "8", 6)}


def test_waivers_and_confirmations_are_told_beside_the_finding(sample: Installation) -> None:
    findings = {row["finding_id"]: row for row in sample.rows("out_findings")}
    assert (findings[CARRIED_OVER_WAITS]["status"], findings[CARRIED_OVER_WAITS]["decision_reason"]) == (
        *("waived", "12 月集中收到同一项目的申请，均在办理期限之内"),
    )
    assert findings[HANDLED_OF_NOTHING]["status"] == "confirmed"
    assert findings[NOTHING_WRITTEN]["status"] == "open"
    assert findings[NOTHING_WRITTEN]["decision_reason"].startswith("豁免已于 2023-06-30 到期：")
    decided = {CARRIED_OVER_WAITS, HANDLED_OF_NOTHING, NOTHING_WRITTEN}
    others = {row["finding_id"] for row in findings.values() if row["status"] != "open"} - decided
    assert {row["rule"] for row in findings.values() if row["finding_id"] in others} == {"R1", "R3", "Y1"}


def _is(row: dict[str, Any], name: str, year: int) -> bool:
    return (row["agency_name"], row["report_year"]) == (name, year)
