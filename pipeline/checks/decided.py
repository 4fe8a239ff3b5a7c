"""The state of each decision: whether it holds today, and if not, why. None is ever dropped.

`in_force`; `lapsed`: what it was about has changed; `withdrawn`; `expired`; `unknown`: no such report or finding.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from pipeline.catalog.decisions import Confirmation, Correction, Decisions, Expected, Waiver
from pipeline.catalog.decisions.rows import STATES as CELL_STATES
from pipeline.catalog.model import Catalog
from pipeline.catalog.numbers import number_text
from pipeline.checks.names import Names
from pipeline.readers.records import Record

KINDS = {"correction": "更正", "waiver": "豁免", "confirmation": "确认", "coverage": "范围"}
STATES = {"in_force": "起作用", "lapsed": "失效", "expired": "过期", "withdrawn": "撤回", "unknown": "对不上"}
_NAMED = 3  # findings by which a lapsed decision is told where to look
IN_VAIN = ("lapsed", "expired", "unknown")  # somebody has to look at these
Row = Mapping[str, Any]
BodyYear = tuple[str, int]  # agency_id, report_year


class State(NamedTuple):
    """A state and the sentence that explains it; "" for `in_force`."""

    state: str
    reason: str = ""


class Known(NamedTuple):
    """A finding as the last run found it."""

    agency_id: str
    report_year: int
    rule: str


def correction_rows(catalog: Catalog, corrections: Iterable[Correction], reports: Iterable[Row], cells: Iterable[Row]) -> Iterator[Record]:
    """Rows of core_corrections: those about current reports of one year, each with what its cell says now.

    reports, cells: rows of core_reports and core_cells of that year.
    """
    current = {row["agency_id"]: row for row in reports if row["is_current"] and row["agency_id"] is not None}
    wanted = {row.agency_id for row in corrections}
    ids = {row["report_id"] for agency_id, row in current.items() if agency_id in wanted}
    by_key = {(row["report_id"], row["field"], row["applicant"]): row for row in cells if row["report_id"] in ids and not row["is_extra"]}
    names = Names(catalog)
    for correction in corrections:
        report = current.get(correction.agency_id)
        if report is None or report["report_year"] != correction.report_year:
            continue
        cell = by_key.get((report["report_id"], correction.field, correction.applicant or ""))
        state = state_of_correction(correction, cell)
        now = {name: cell[name] for name in ("state", "value", "raw")} if cell else {}
        yield {
            **_of_correction(names, correction),
            **{name: report[name] for name in ("report_id", "agency_name")},
            **now,
            "decision_state": state.state,
            "state_reason": state.reason,
        }


def state_of_correction(correction: Correction, cell: Row | None) -> State:
    """Whether a correction holds for its cell in the report that counts now; None: the report has no such cell."""
    if correction.is_withdrawn:
        return State("withdrawn", "已撤回。")
    if cell is None:
        return State("lapsed", "现在的报告中没有这一格（没有找到该表，或者格式不同），更正不起作用。请核对后撤回或重新登记。")
    printed = Expected(cell["state"], cell["value"] if cell["state"] == "number" else None)
    if printed == correction.expected:
        return State("in_force")
    now = f"登记更正时印的是“{correction.expected}”，现在的报告印的是“{printed}”"
    if printed.value == correction.corrected_value:
        return State("lapsed", f"{now}，与更正后的数字相同，不再需要更正。请撤回。")
    return State("lapsed", f"{now}，更正不起作用。请对照原件，撤回或按现在的数字重新登记。")


def unknown_corrections(catalog: Catalog, corrections: Iterable[Correction], known: Collection[str]) -> Iterator[Record]:
    """Rows of core_decisions for corrections that are in no year of core_corrections (known: the ids of those that are)."""
    names = Names(catalog)
    for row in corrections:
        if row.decision_id not in known:
            state = State("withdrawn", "已撤回。") if row.is_withdrawn else State("unknown", no_report(row.agency_id, row.report_year))
            yield {**_of_correction(names, row), "decision_state": state.state, "state_reason": state.reason}


def finding_decision_rows(
    decisions: Decisions, expired: Collection[str], findings: Mapping[str, Known], bodies: Mapping[BodyYear, str]
) -> Iterator[Record]:
    """Rows of core_decisions for waivers and confirmations. bodies: the name of each body by id and year of its current reports."""
    listed: tuple[Waiver | Confirmation, ...] = (*decisions.waivers, *decisions.confirmations)
    states = {row.decision_id: _state_about_a_finding(row, row.decision_id in expired, findings, bodies) for row in listed}
    last = _last_of_each([row for row in listed if states[row.decision_id].state == "in_force"])
    for row in listed:
        state = states[row.decision_id]
        if state.state == "in_force" and type(last[row.finding_id]) is not type(row):
            state = _replaced_by(last[row.finding_id])
        yield {
            "decision_id": row.decision_id,
            "decision_kind": "waiver" if isinstance(row, Waiver) else "confirmation",
            "decision_state": state.state,
            "state_reason": state.reason,
            "agency_id": row.agency_id,
            "agency_name": bodies.get((row.agency_id, row.report_year)),
            "report_year": row.report_year,
            "finding_id": row.finding_id,
            "rule": row.rule,
            "decision_reason": row.reason,
            "decided_by": row.decided_by,
            "decided_on": row.decided_on,
            "valid_until": row.valid_until if isinstance(row, Waiver) else None,
        }


def no_report(agency_id: str, year: int) -> str:
    """Why a decision about a body and year without a current report does nothing."""
    return f"没有编号为“{agency_id}”的单位 {year} 年度的报告。请核对单位编号和年度；报告尚未收到的，收到后自动起作用。"


def _state_about_a_finding(
    row: Waiver | Confirmation, expired: bool, findings: Mapping[str, Known], bodies: Mapping[BodyYear, str]
) -> State:
    found = findings.get(row.finding_id)
    if (row.agency_id, row.report_year) not in bodies:
        return State("unknown", no_report(row.agency_id, row.report_year))
    if found is not None and found != Known(row.agency_id, row.report_year, row.rule):
        said = f"问题 {row.finding_id} 是“{found.agency_id}”{found.report_year} 年度规则 {found.rule} 的，与本行所写不符。请改正本行。"
        return State("unknown", said)
    if expired and isinstance(row, Waiver):
        return State("expired", f"有效期至 {row.valid_until}，已过期。")
    if found is None:
        alike = [finding_id for finding_id, known in findings.items() if known == Known(row.agency_id, row.report_year, row.rule)]
        now = f"{row.rule} 现有问题 {'、'.join(alike[:_NAMED])}{'等' if len(alike) > _NAMED else ''}，仍适用的请按新编号重新登记。"
        none = f"现在该报告没有 {row.rule} 的问题。"
        return State("lapsed", f"该问题已不存在：有关数字已经改动，或者已不再不符。{now if alike else none}")
    return State("in_force")


def _last_of_each(rows: Iterable[Waiver | Confirmation]) -> dict[str, Waiver | Confirmation]:
    """The decision on each finding that counts: the one of the latest day. Of one day a waiver that has an end (a mistake that may be
    mended later), else the confirmation, which hides nothing.
    """
    return {row.finding_id: row for row in sorted(rows, key=lambda row: (row.decided_on, _weight(row)))}


def _weight(row: Waiver | Confirmation) -> int:
    return 1 if isinstance(row, Confirmation) else 2 if row.valid_until else 0


def _replaced_by(row: Waiver | Confirmation) -> State:
    kind = "waiver" if isinstance(row, Waiver) else "confirmation"
    return State("withdrawn", f"已由{row.decided_by} {row.decided_on} 的{KINDS[kind]}代替。")


def _of_correction(names: Names, row: Correction) -> Record:
    return {
        "decision_id": row.decision_id,
        "agency_id": row.agency_id,
        "report_year": row.report_year,
        "table": row.table,
        "field": row.field,
        "applicant": row.applicant or "",
        "label": label_of(names, row.field, row.applicant),
        "expected_state": row.expected.state,
        "expected_value": row.expected.value,
        "corrected_value": row.corrected_value,
        "decision_reason": row.reason,
        "source": row.source,
        "decided_by": row.decided_by,
        "decided_on": row.decided_on,
    }


def label_of(names: Names, field: str, applicant: str | None) -> str:
    """表三“本年度办理结果/予以公开（总计）”, in the wording of the latest form that has the field."""
    row = names.latest(field)
    return f"{names.table(row.form, row.table)}“{names.full(row, applicant)}”"


def spoken(state: str, value: object) -> str:
    """What a cell says, in a word: its number, 空白, 不适用, 无法识别."""
    return number_text(value) if state == "number" else CELL_STATES.get(state, state)  # type: ignore[arg-type]
