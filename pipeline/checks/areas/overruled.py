"""People overrule the judgement on what a government's report covers, as long as the report says of itself what it said then."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, cast

import pyarrow as pa

from pipeline.catalog.decisions import COVERAGES, CoverageDecision
from pipeline.checks.areas.coverage import Coverage, Judgement
from pipeline.checks.decided import BodyYear, State, no_report
from pipeline.common.sql import query, relation
from pipeline.readers.records import Record

Row = Mapping[str, Any]
_FIGURES = """
    SELECT report_id,
           string_agg(concat_ws('|', field, applicant, state, coalesce(CAST(value AS VARCHAR), '')), ';' ORDER BY field, applicant) AS said
    FROM core_cells SEMI JOIN asked USING (report_id) WHERE NOT is_extra GROUP BY report_id
"""


def digests(titles: Mapping[str, str], judged: Mapping[str, Judgement], core_cells: pa.Table) -> dict[str, str]:
    """16 characters over what each report says that bears on its coverage: its title, the sentence that states it, all its figures.

    Whatever else changes in a file (a counter on a web page) leaves decisions as they are.
    """
    asked = relation([{"report_id": report_id} for report_id in titles], report_id=pa.string())
    figures = {row["report_id"]: row["said"] for row in query(_FIGURES, core_cells=core_cells, asked=asked).to_pylist()}
    return {
        report_id: _digest(title, found.reason if found.basis == "statement" else "", figures.get(report_id, ""))
        for report_id, title in titles.items()
        if (found := judged.get(report_id))
    }


def decided(decisions: Iterable[CoverageDecision], owners: Mapping[str, str], digests: Mapping[str, str]) -> dict[str, CoverageDecision]:
    """The decision in force on each report. decisions: those of the year; owners: agency id by report id."""
    by_report = {(agency_id, digests[report_id]): report_id for report_id, agency_id in owners.items() if report_id in digests}
    return {
        by_report[key]: each for each in decisions if not each.is_withdrawn and (key := (each.agency_id, each.report_digest)) in by_report
    }


def overruled(judged: Judgement, decision: CoverageDecision | None) -> Judgement:
    """What counts: the decision where there is one, with what was judged behind it."""
    if decision is None:
        return judged
    said = f"{decision.reason}（{decision.decided_by}，{decision.decided_on}）"
    was = f"程序判断为{COVERAGES[judged.coverage]}：{judged.reason}"
    return Judgement(cast(Coverage, decision.coverage), "decision", f"人工决定：{said}。{was}")


def coverage_rows(
    judged: Mapping[str, Judgement],
    decisions: Mapping[str, CoverageDecision],
    owners: Mapping[str, str],
    digests: Mapping[str, str],
    year: int,
) -> Iterator[Record]:
    """The rows of core_report_coverage, with what counts and what was judged. All by report id; owners: agency ids."""
    for report_id, found in sorted(judged.items()):
        decision = decisions.get(report_id)
        counts = overruled(found, decision)
        yield {
            "report_id": report_id,
            "report_year": year,
            "agency_id": owners[report_id],
            "coverage": counts.coverage,
            "coverage_basis": counts.basis,
            "coverage_reason": counts.reason,
            "judged_coverage": found.coverage,
            "judged_basis": found.basis,
            "judged_reason": found.reason,
            "report_digest": digests[report_id],
            "decision_id": decision.decision_id if decision else None,
        }


def coverage_decision_rows(
    decisions: Iterable[CoverageDecision], core_report_coverage: Iterable[Row], bodies: Mapping[BodyYear, str]
) -> Iterator[Record]:
    """Rows of core_decisions. bodies: the name of each body by id and year of its current reports."""
    covered = {(row["agency_id"], row["report_year"]): row for row in core_report_coverage}
    for row in decisions:
        about = covered.get((row.agency_id, row.report_year))
        state = state_of_coverage(row, about, bodies)
        yield {
            "decision_id": row.decision_id,
            "decision_kind": "coverage",
            "decision_state": state.state,
            "state_reason": state.reason,
            "agency_id": row.agency_id,
            "agency_name": bodies.get((row.agency_id, row.report_year)),
            "report_year": row.report_year,
            "report_id": about["report_id"] if about else None,
            "label": f"报告范围：{COVERAGES[row.coverage]}",
            "decision_reason": row.reason,
            "source": row.source,
            "decided_by": row.decided_by,
            "decided_on": row.decided_on,
        }


def state_of_coverage(row: CoverageDecision, about: Row | None, bodies: Collection[BodyYear]) -> State:
    """Whether a decision holds. about: the row of core_report_coverage of that body and year."""
    if row.is_withdrawn:
        return State("withdrawn", "已撤回。")
    if (row.agency_id, row.report_year) not in bodies:
        return State("unknown", no_report(row.agency_id, row.report_year))
    if about is None:
        return State("unknown", "该单位不是政府，也没有所属单位，其报告没有范围可言。请核对单位编号。")
    if about["report_digest"] != row.report_digest:
        now = f"程序判断为{COVERAGES[about['judged_coverage']]}：{about['judged_reason']}"
        return State(
            "lapsed", f"登记之后，报告的题目、写明范围的句子或数字已经改动，决定不起作用。现在的报告，{now}。请核对后撤回或重新登记。"
        )
    return State("in_force")


def _digest(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
