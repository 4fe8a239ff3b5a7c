"""`gongkai correct`, `waive`, `confirm`, `cover`: a decision looked at from all sides, told, and added to its file, as lines of text."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from pipeline.catalog.decisions import (
    CONFIRMATIONS,
    CORRECTIONS,
    COVERAGES,
    COVERAGES_DECIDED,
    WAIVERS,
    Correction,
    CoverageDecision,
    Expected,
)
from pipeline.catalog.decisions.append import append_row
from pipeline.catalog.numbers import number_text
from pipeline.catalog.severities import FINDINGS
from pipeline.checks.core_facts import COVERAGE
from pipeline.checks.model import Finding
from pipeline.common.errors import DecisionError
from pipeline.orchestration.coverage_foreseen import coverage_foreseen
from pipeline.orchestration.foreseen import Foreseen, foreseen
from pipeline.orchestration.values_typed import amount
from pipeline.orchestration.wanted import Row, body_ids, cell_meant, finding_meant
from pipeline.orchestration.workspace import Workspace

_THEN = "运行 gongkai build 后起作用。"

_THEN_ADDED_UP = {
    "whole_area": "起作用后：该报告与所属单位之和相比（规则 H1—H3），不再计入合计；与只含本级的年度不再比较。",
    "own_office": "起作用后：该报告作为政府本级计入合计，不与所属单位之和相比；与全地区的年度不再比较。",
    "unknown": "起作用后：该报告不计入合计，也不与所属单位之和相比，在“缺少的单位”中列出。",
}


@dataclass(frozen=True)
class Decided:
    """Who decided when and why; only_look: nothing is written."""

    reason: str
    decided_by: str
    decided_on: date
    source: str = ""
    only_look: bool = False


def correct(workspace: Workspace, body: str, year: int, cell: str, column: str | None, value: str, decided: Decided) -> list[str]:
    """Add a correction of one cell. Raises DecisionError where body, cell or value are not clear or nothing would be corrected."""
    (agency_id,) = body_ids(workspace, body, year)
    report = next(
        row for row in workspace.store.read("core_reports", [year]).to_pylist() if row["is_current"] and row["agency_id"] == agency_id
    )
    meant = cell_meant(workspace, report["report_id"], year, cell, column)
    printed = _printed(workspace, report, meant.field.field, meant.applicant)
    correction = Correction(
        agency_id=agency_id,
        report_year=year,
        table=meant.field.table,
        field=meant.field.field,
        applicant=meant.applicant,
        expected=printed,
        corrected_value=amount(value, meant.field),
        reason=decided.reason,
        source=decided.source,
        decided_by=decided.decided_by,
        decided_on=decided.decided_on,
    )
    now, then = (_with_unit(each, meant.field.unit) for each in (printed, Expected("number", correction.corrected_value)))
    said = f"{report['agency_name']} {year} 年度 {meant.label}：印的是“{now}”，更正为“{then}”。"
    new = {(report["report_id"], (correction.field, correction.applicant)): correction.corrected_value}
    lines = [said, f"  文件：{report['path']}", *_told(foreseen(workspace, year, agency_id, new))]
    return [*lines, _written(workspace, CORRECTIONS, _correction_row(correction), decided.only_look)]


def waive(workspace: Workspace, finding_id: str, decided: Decided, valid_until: date | None) -> list[str]:
    """Add a waiver of one finding. Raises DecisionError where there is no such finding, it is settled, or the end is past."""
    row = finding_meant(workspace, finding_id)
    if row["status"] in ("waived", "corrected"):
        state = "已经豁免" if row["status"] == "waived" else "按更正后的数字已不存在，不需要豁免"
        raise DecisionError(f"问题 {row['finding_id']} {state}：{row['decision_reason']}。没有写入。")
    if valid_until is not None and valid_until < workspace.settings.day():
        raise DecisionError(f"有效期 {valid_until} 已经过去。没有写入。")
    values = {**_about(row, decided), "valid_until": str(valid_until or "")}
    until = f"有效期至 {valid_until}，到期后重新列为待处理。" if valid_until else "没有限期；数字改动后自动失效。"
    return [*_named(row), f"  豁免：{decided.reason}。{until}", _written(workspace, WAIVERS, values, decided.only_look)]


def confirm(workspace: Workspace, finding_id: str, decided: Decided) -> list[str]:
    """Add a confirmation of one finding. Raises DecisionError where there is no such finding, or it is settled or confirmed."""
    row = finding_meant(workspace, finding_id)
    if row["status"] in ("confirmed", "corrected"):
        state = "已经确认" if row["status"] == "confirmed" else "按更正后的数字已不存在，不需要确认"
        raise DecisionError(f"问题 {row['finding_id']} {state}：{row['decision_reason']}。没有写入。")
    return [*_named(row), f"  确认：{decided.reason}。", _written(workspace, CONFIRMATIONS, _about(row, decided), decided.only_look)]


def cover(workspace: Workspace, body: str, year: int, coverage: str, decided: Decided) -> list[str]:
    """Add a decision on what a government's report covers (one of COVERAGES). Raises DecisionError where there is nothing to decide."""
    (agency_id,) = body_ids(workspace, body, year)
    told = next((row for row in workspace.store.read(COVERAGE, [year]).to_pylist() if row["agency_id"] == agency_id), None)
    if told is None:
        raise DecisionError(f"“{body}”不是政府，也没有所属单位，其报告没有范围可言。没有写入。")
    if told["coverage_basis"] == "decision":
        raise DecisionError(
            f"已有决定：{told['coverage_reason']}。要改变的，先在 {COVERAGES_DECIDED} 中把该行的 status 改为 withdrawn。没有写入。"
        )
    decision = CoverageDecision(
        agency_id, year, coverage, told["report_digest"], decided.reason, decided.source, decided.decided_by, decided.decided_on
    )
    same = "（与决定相同，登记后不随其他单位的数字改变）" if told["judged_coverage"] == coverage else ""
    areas, change = coverage_foreseen(workspace, decision)
    return [
        f"{body} {year} 年度报告的范围：{COVERAGES[coverage]}。",
        f"  程序判断为{COVERAGES[told['judged_coverage']]}{same}：{told['judged_reason']}。",
        f"  {_THEN_ADDED_UP[coverage]}",
        *areas,
        *_settled(change),
        *_caused(change, "起作用"),
        _written(workspace, COVERAGES_DECIDED, _coverage_row(decision), decided.only_look),
    ]


def _printed(workspace: Workspace, report: Row, field: str, applicant: str | None) -> Expected:
    for row in workspace.store.read("core_cells", [report["report_year"]]).to_pylist():
        if (row["report_id"], row["field"], row["applicant"]) == (report["report_id"], field, applicant or "") and not row["is_extra"]:
            return Expected(row["state"], row["value"])
    raise DecisionError("该报告中没有读到这一格，更正不会起作用。没有写入。")


def _told(change: Foreseen) -> list[str]:
    return [*(_settled(change) or ["  不解决任何问题，请确认格名和数字没有写错。"]), *_caused(change, "更正")]


def _settled(change: Foreseen) -> list[str]:
    return _listed(f"  解决 {len(change.settled)} 处问题：", change.settled)


def _caused(change: Foreseen, after: str) -> list[str]:
    return _listed(f"  注意：{after}后会新出现 {len(change.caused)} 处问题：", change.caused)


def _listed(heading: str, findings: list[tuple[int, Finding]]) -> list[str]:
    return [heading, *(f"    {_spoken(year, finding)}" for year, finding in findings)] if findings else []


def _spoken(year: int, finding: Finding) -> str:
    return f"{year} 年度 {FINDINGS[finding.severity]} {finding.rule} {finding.message}"


def _with_unit(printed: Expected, unit: str) -> str:
    return f"{printed} {unit}" if printed.value is not None else str(printed)


def _correction_row(row: Correction) -> dict[str, str]:
    return {
        "agency_id": row.agency_id,
        "report_year": str(row.report_year),
        "table": row.table,
        "field": row.field,
        "applicant": row.applicant or "",
        "printed_value": str(row.expected),
        "corrected_value": number_text(row.corrected_value),
        "reason": row.reason,
        "source": row.source,
        "decided_by": row.decided_by,
        "decided_on": str(row.decided_on),
        "status": "active",
    }


def _coverage_row(row: CoverageDecision) -> dict[str, str]:
    return {
        "agency_id": row.agency_id,
        "report_year": str(row.report_year),
        "coverage": COVERAGES[row.coverage],
        "report_digest": row.report_digest,
        "reason": row.reason,
        "source": row.source,
        "decided_by": row.decided_by,
        "decided_on": str(row.decided_on),
        "status": "active",
    }


def _about(row: Row, decided: Decided) -> dict[str, str]:
    return {
        "finding_id": row["finding_id"],
        "agency_id": row["agency_id"],
        "report_year": str(row["report_year"]),
        "rule": row["rule"],
        "reason": decided.reason,
        "decided_by": decided.decided_by,
        "decided_on": str(decided.decided_on),
    }


def _named(row: Row) -> list[str]:
    degree = FINDINGS[row["severity"]]
    return [f"{row['agency_name']} {row['report_year']} 年度 {degree} {row['rule']}（{row['finding_id']}）", f"  {row['message']}"]


def _written(workspace: Workspace, file: str, values: dict[str, str], only_look: bool) -> str:
    if only_look:
        return "只看不写：没有登记。"
    line = append_row(workspace.settings.decisions, file, values, workspace.catalog)
    return f"已登记：{workspace.settings.decisions / file} 第 {line} 行。{_THEN}"
