"""What a run leaves behind, in figures: for the terminal at the end of a build."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import pyarrow.compute as pc

from pipeline.catalog.decisions import strays
from pipeline.checks.decided import IN_VAIN
from pipeline.orchestration.decisions_view import stored, told
from pipeline.orchestration.findings_view import STANDING
from pipeline.orchestration.workspace import Workspace

_REPORT_COLUMNS = ["path", "status", "is_current", "report_year", "agency_id"]


@dataclass(frozen=True)
class Summary:
    """Figures of the whole warehouse.

    reports, reports_by_status, reports_by_year: without the refused ones, which are no reports or of which no figure was taken.
    not_read: path and reason of each file that was not read. left_out: path of each report that is in no summary table,
    because its body or year is not known or no figure could be taken, with the reason. sources: what is wrong in the
    sources.csv files. findings: those that are open or confirmed, by severity; settled: the others, by status. decisions: by state;
    decisions_in_vain: what is to be said of each that has lapsed or expired or fits nothing, and of files that are not read.
    """

    files: int
    files_by_kind: dict[str, int]
    not_read: list[tuple[str, str]]
    left_out: list[tuple[str, str]]
    sources: list[str]
    reports: int
    refused: int
    current_reports: int
    reports_by_status: dict[str, int]
    reports_by_year: dict[int | None, int]
    agencies: int
    cells: int
    numbers: int
    problems: dict[str, int]
    findings: dict[str, int]
    settled: dict[str, int]
    decisions: dict[str, int]
    decisions_in_vain: list[str]
    results: list[Path]


def summarise(workspace: Workspace) -> Summary:
    """Count what is in the warehouse now."""
    store = workspace.store
    files = store.read("raw_files", columns=["path", "kind", "read_status", "reason"]).to_pylist()
    reports = store.read("core_reports", columns=_REPORT_COLUMNS).to_pylist()
    taken = [row for row in reports if row["status"] != "refused"]
    cells = store.read("core_cells", columns=["state"])
    findings = store.read("out_findings", columns=["severity", "status"]).to_pylist()
    decisions = stored(workspace)
    return Summary(
        files=len(files),
        files_by_kind=dict(Counter(workspace.catalog.kind_label(row["kind"]) for row in files).most_common()),
        not_read=[(row["path"], row["reason"] or "") for row in files if row["read_status"] == "not_read"],
        left_out=[(row["path"], _why(row)) for row in reports if _why(row)],
        sources=store.read("raw_source_problems", columns=["message"])["message"].to_pylist(),
        reports=len(taken),
        refused=len(reports) - len(taken),
        current_reports=sum(row["is_current"] for row in reports),
        reports_by_status=dict(Counter(row["status"] for row in taken)),
        reports_by_year=dict(sorted(Counter(row["report_year"] for row in taken).items(), key=lambda item: item[0] or 0)),
        agencies=len({row["agency_id"] for row in reports if row["agency_id"] is not None and row["report_year"] is not None}),
        cells=cells.num_rows,
        numbers=pc.sum(pc.equal(cells["state"], "number")).as_py() or 0,
        problems=dict(Counter(store.read("core_problems", columns=["severity"])["severity"].to_pylist())),
        findings=dict(Counter(row["severity"] for row in findings if row["status"] in STANDING)),
        settled=dict(Counter(row["status"] for row in findings if row["status"] not in STANDING)),
        decisions=dict(Counter(row["decision_state"] for row in decisions)),
        decisions_in_vain=[
            *("".join(line.strip() for line in told(row)) for row in decisions if row["decision_state"] in IN_VAIN),
            *strays(workspace.settings.decisions),
        ],
        results=[path for path in (workspace.workbook, workspace.published, workspace.database, store.folder) if path.exists()],
    )


def _why(report: dict[str, object]) -> str:
    """Why a report is in no summary table; "" where it is, or where another one of its body and year counts."""
    if report["status"] == "refused":
        return "不是年度报告，或没有取得任何数字"
    unknown = [name for column, name in (("agency_id", "单位"), ("report_year", "年度")) if report[column] is None]
    return f"{'、'.join(unknown)}不明，请在 sources.csv 中登记" if unknown else ""
