"""The state of each decision, and why; none is dropped."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.decisions import Confirmation, Correction, Decisions, Expected, Waiver
from pipeline.checks.decided import Known, correction_rows, finding_decision_rows, unknown_corrections

EIGHT = Expected("number", Decimal(8))
FINDING = "0123456789abcdef"
DAY = date(2024, 3, 1)
REPORT = {"report_id": "r1", "agency_id": "cz", "agency_name": "云泽市财政局", "report_year": 2023, "is_current": True}
WAIVER = Waiver(FINDING, "cz", 2023, "R1", "核实", "王某", DAY, date(2024, 6, 30))
CONFIRMATION = Confirmation(FINDING, "cz", 2023, "R1", "核实", "王某", DAY)
FOUND = {FINDING: Known("cz", 2023, "R1")}
BODIES = {("cz", 2023): "云泽市财政局"}


def correction(printed: Expected = EIGHT, *, withdrawn: bool = False, **more: str) -> Correction:
    values = {"agency_id": "cz", "reason": "核实", "source": "复函", "decided_by": "王某", **more}
    cell = {"table": "requests", "field": "requests.new", "applicant": "total"}
    return Correction(
        report_year=2023, expected=printed, corrected_value=Decimal(6), decided_on=DAY, is_withdrawn=withdrawn, **cell, **values
    )


def cell(state: str = "number", value: int | None = 8) -> dict[str, object]:
    place = {"report_id": "r1", "field": "requests.new", "applicant": "total", "is_extra": False}
    return {**place, "state": state, "value": None if value is None else Decimal(value), "raw": str(value or "")}


@pytest.mark.parametrize(
    ("given", "cells", "state", "said"),
    [
        (correction(), [cell()], "in_force", ""),
        (correction(Expected("blank")), [cell("blank", None)], "in_force", ""),
        (correction(), [cell(value=9)], "lapsed", "登记更正时印的是“8”，现在的报告印的是“9”，更正不起作用"),
        (correction(), [cell("blank", None)], "lapsed", "登记更正时印的是“8”，现在的报告印的是“空白”"),
        (correction(Expected("unreadable")), [cell(value=0)], "lapsed", "登记更正时印的是“无法识别”，现在的报告印的是“0”"),
        (correction(), [cell(value=6)], "lapsed", "与更正后的数字相同，不再需要更正"),
        (correction(), [], "lapsed", "没有这一格"),
        (correction(withdrawn=True), [cell()], "withdrawn", "已撤回"),
    ],
)
def test_a_correction_holds_as_long_as_the_report_prints_what_it_expects(
    catalog: Catalog, given: Correction, cells: list[dict[str, object]], state: str, said: str
) -> None:
    (row,) = correction_rows(catalog, [given], [REPORT], cells)
    assert (row["decision_state"], row["report_id"], row["label"]) == (state, "r1", "表三“本年新收政府信息公开申请数量（总计）”")
    assert said in str(row["state_reason"])
    assert bool(row["state_reason"]) == (state != "in_force")


def test_a_correction_of_no_report_is_unknown_and_not_dropped(catalog: Catalog) -> None:
    other = correction(agency_id="nobody")
    superseded = {**REPORT, "is_current": False}
    assert list(correction_rows(catalog, [other], [REPORT], [cell()])) == []
    assert list(correction_rows(catalog, [correction()], [superseded], [cell()])) == []
    rows = list(unknown_corrections(catalog, [other, correction(), correction(withdrawn=True)], {correction().decision_id}))
    assert [(row["agency_id"], row["decision_state"]) for row in rows] == [("nobody", "unknown")]
    assert "没有编号为“nobody”的单位 2023 年度的报告" in str(rows[0]["state_reason"])


@pytest.mark.parametrize(
    ("row", "expired", "findings", "bodies", "state", "said"),
    [
        (WAIVER, False, FOUND, BODIES, "in_force", ""),
        (CONFIRMATION, False, FOUND, BODIES, "in_force", ""),
        (WAIVER, True, FOUND, BODIES, "expired", "有效期至 2024-06-30，已过期"),
        (WAIVER, False, {}, BODIES, "lapsed", "该问题已不存在"),
        (CONFIRMATION, False, {}, BODIES, "lapsed", "该问题已不存在"),
        (WAIVER, False, {"f" * 16: FOUND[FINDING]}, BODIES, "lapsed", f"R1 现有问题 {'f' * 16}，仍适用的请按新编号重新登记"),
        (WAIVER, False, {"f" * 16: Known("cz", 2023, "R2")}, BODIES, "lapsed", "现在该报告没有 R1 的问题"),
        (WAIVER, False, FOUND, {}, "unknown", "没有编号为“cz”的单位 2023 年度的报告"),
        (WAIVER, False, {FINDING: Known("jy", 2023, "R1")}, BODIES, "unknown", "是“jy”2023 年度规则 R1 的，与本行所写不符"),
        (WAIVER, False, {FINDING: Known("cz", 2023, "R3")}, BODIES, "unknown", "与本行所写不符"),
    ],
)
def test_a_waiver_or_confirmation_holds_as_long_as_its_finding_is_there(
    row: Waiver | Confirmation, expired: bool, findings: dict[str, Known], bodies: dict[tuple[str, int], str], state: str, said: str
) -> None:
    decisions = Decisions(waivers=(row,)) if isinstance(row, Waiver) else Decisions(confirmations=(row,))
    (made,) = finding_decision_rows(decisions, {row.decision_id} if expired else (), findings, bodies)
    assert made["decision_state"] == state
    assert said in str(made["state_reason"])


@pytest.mark.parametrize(
    ("waived_on", "until", "confirmed_on", "waiver_is_past", "states"),
    [
        (date(2024, 3, 2), None, DAY, False, ["in_force", "withdrawn"]),
        (DAY, WAIVER.valid_until, date(2024, 3, 2), False, ["withdrawn", "in_force"]),
        (DAY, None, DAY, False, ["withdrawn", "in_force"]),
        (DAY, WAIVER.valid_until, DAY, False, ["in_force", "withdrawn"]),
        (date(2024, 3, 2), WAIVER.valid_until, DAY, True, ["expired", "in_force"]),
    ],
)
def test_of_a_waiver_and_a_confirmation_the_later_counts(
    waived_on: date, until: date | None, confirmed_on: date, waiver_is_past: bool, states: list[str]
) -> None:
    """On one day the waiver if it has an end, else the confirmation; a waiver that has expired takes nothing back."""
    waiver, confirmation = (
        replace(WAIVER, decided_on=waived_on, valid_until=until),
        replace(CONFIRMATION, decided_on=confirmed_on, decided_by="李某"),
    )
    decisions = Decisions(waivers=(waiver,), confirmations=(confirmation,))
    made = list(finding_decision_rows(decisions, {waiver.decision_id} if waiver_is_past else (), FOUND, BODIES))
    assert [row["decision_state"] for row in made] == states
    if states[0] == "withdrawn":
        assert made[0]["state_reason"] == f"已由李某 {confirmed_on} 的确认代替。"
