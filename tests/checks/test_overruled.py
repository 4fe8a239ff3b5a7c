"""Decisions on what a government's report covers: they hold as long as the report says what it said."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pyarrow as pa

from pipeline.catalog.decisions import CoverageDecision
from pipeline.checks.areas.coverage import Judgement
from pipeline.checks.areas.overruled import decided, digests, overruled, state_of_coverage

JUDGED = Judgement("whole_area", "figures", "各项数字不小于所属单位之和。")
STATED = Judgement("whole_area", "statement", "报告写明：“全区汇总数据”")
DECISION = CoverageDecision("gov", 2023, "own_office", "a" * 16, "电话核实", "区政府办公室", "王某", date(2024, 3, 1))
ABOUT = {"report_digest": "a" * 16, "judged_coverage": "whole_area", "judged_reason": JUDGED.reason}
GOVERNMENT = {("gov", 2023)}


def cells(value: int, *, is_extra: bool = False) -> pa.Table:
    row = {"report_id": "r1", "field": "requests.new", "applicant": "total", "state": "number", "value": value, "is_extra": is_extra}
    return pa.Table.from_pylist([row])


def digest(found: Judgement = JUDGED, title: str = "题目", core_cells: pa.Table | None = None) -> str:
    return digests({"r1": title}, {"r1": found}, cells(10) if core_cells is None else core_cells)["r1"]


def test_a_decision_counts_and_what_was_judged_stands_behind_it() -> None:
    assert overruled(JUDGED, None) is JUDGED
    counts = overruled(JUDGED, DECISION)
    assert counts[:2] == ("own_office", "decision")
    assert counts.reason == "人工决定：电话核实（王某，2024-03-01）。程序判断为全地区：各项数字不小于所属单位之和。"


def test_the_mark_of_a_report_changes_with_title_statement_and_figures_alone() -> None:
    marks = [digest(), digest(STATED), digest(title="另一题目"), digest(core_cells=cells(11)), digest(core_cells=cells(10, is_extra=True))]
    assert len(set(marks)) == len(marks)
    assert {len(mark) for mark in marks} == {16}
    assert digest(replace_reason(JUDGED, "另一种判断")) == digest(), "how figures were judged is ours, and not the report's"
    assert digests({"r1": "题目"}, {}, cells(10)) == {}, "a report that nobody judges has none"


def replace_reason(found: Judgement, reason: str) -> Judgement:
    return found._replace(reason=reason)


def test_of_the_decisions_those_in_force_on_the_report_as_it_is_are_taken() -> None:
    owners, marks = {"r1": "gov", "r2": "other"}, {"r1": "a" * 16}
    assert decided([DECISION], owners, marks) == {"r1": DECISION}
    others = [replace(DECISION, is_withdrawn=True), replace(DECISION, agency_id="other"), replace(DECISION, report_digest="b" * 16)]
    assert decided(others, owners, marks) == {}


def test_each_state_of_a_decision_says_why() -> None:
    assert state_of_coverage(DECISION, ABOUT, GOVERNMENT).state == "in_force"
    assert state_of_coverage(replace(DECISION, is_withdrawn=True), ABOUT, GOVERNMENT).state == "withdrawn"
    assert state_of_coverage(DECISION, ABOUT, set()).state == "unknown"
    assert "不是政府" in state_of_coverage(DECISION, None, GOVERNMENT).reason
    lapsed = state_of_coverage(replace(DECISION, report_digest="b" * 16), ABOUT, GOVERNMENT)
    assert (lapsed.state, "程序判断为全地区" in lapsed.reason) == ("lapsed", True)
