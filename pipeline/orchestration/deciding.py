"""core_corrections and core_decisions: what people decided, with what became of it."""

from __future__ import annotations

import pyarrow as pa

from pipeline.checks.areas.overruled import coverage_decision_rows
from pipeline.checks.core_facts import COVERAGE
from pipeline.checks.decided import Known, correction_rows, finding_decision_rows, unknown_corrections
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import from_rows

DECISION_INPUTS = ("core_reports", "core_findings", "core_corrections", COVERAGE)


def correction_tables(workspace: Workspace, year: int) -> dict[str, pa.Table]:
    """core_corrections of a year: the corrections of current reports, each with what its cell says now."""
    corrections = [row for row in workspace.decisions.corrections if row.report_year == year]
    tables = ("core_reports", "core_cells") if corrections else ()
    reports, cells = (workspace.store.read(table, [year]).to_pylist() for table in tables) if tables else ([], [])
    return {
        "core_corrections": from_rows(
            workspace.catalog, "core_corrections", correction_rows(workspace.catalog, corrections, reports, cells)
        )
    }


def decision_tables(workspace: Workspace, year: int) -> dict[str, pa.Table]:
    """core_decisions: every decision of every year with its state, also those that are about no report that is there."""
    store, decisions = workspace.store, workspace.decisions
    findings = {
        row["finding_id"]: Known(row["agency_id"], row["report_year"], row["rule"])
        for row in store.read("core_findings", columns=["finding_id", "agency_id", "report_year", "rule"]).to_pylist()
    }
    reports = store.read("core_reports", columns=["agency_id", "agency_name", "report_year", "is_current"]).to_pylist()
    bodies = {(row["agency_id"], row["report_year"]): row["agency_name"] for row in reports if row["is_current"]}
    corrections = [{**row, "decision_kind": "correction"} for row in store.read("core_corrections").to_pylist()]
    known = {row["decision_id"] for row in corrections}
    rows = [
        *corrections,
        *({**row, "decision_kind": "correction"} for row in unknown_corrections(workspace.catalog, decisions.corrections, known)),
        *coverage_decision_rows(decisions.coverage, store.read(COVERAGE).to_pylist() if decisions.coverage else (), bodies),
        *finding_decision_rows(decisions, workspace.expired_waivers, findings, bodies),
    ]
    return {"core_decisions": from_rows(workspace.catalog, "core_decisions", rows)}
