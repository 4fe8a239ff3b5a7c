"""The core tables that are computed from other core tables: bodies, rules, which cell is wrong; each function makes one year."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.divisions import directory
from pipeline.checks.core_facts import CORE_TABLES, COVERAGE, PROBLEMS, facts_from_tables
from pipeline.checks.corrected import CheckedTwice, Corrections, check_twice
from pipeline.checks.corrected_rows import corrections_in_force, standing_cell_rows, standing_rows
from pipeline.checks.localisation.step import located_rows
from pipeline.checks.localisation.windows import bodies_needed, windows
from pipeline.checks.model import ReportFacts
from pipeline.checks.outliers import EARLIER
from pipeline.normalise.agencies import records as agency_records
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.registry_check import registry_mistakes
from pipeline.orchestration.areas import AREA_TABLES
from pipeline.orchestration.earlier import earlier_values
from pipeline.orchestration.roster_view import mistakes_of
from pipeline.orchestration.stored import Made, of_year
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import from_rows


def make_agencies(workspace: Workspace, year: int) -> Made:
    """core_agencies with names and links: the registry, and every body that reported."""
    catalog, bodies = workspace.catalog, workspace.bodies
    rows = workspace.store.read("core_reports", columns=["agency_id", "agency_name", "report_year"]).to_pylist()
    reports = [tuple(row.values()) for row in rows if None not in row.values()]
    agencies = list(agency_records.core_agencies(catalog, bodies, reports))
    tables = {
        "core_agencies": agencies,
        "core_agency_names": agency_records.core_agency_names(bodies, agencies),
        "core_agency_links": agency_records.core_agency_links(bodies),
    }
    return {table: from_rows(catalog, table, listed) for table, listed in tables.items()}


def make_predecessors(workspace: Workspace, year: int) -> Made:
    """core_agency_predecessors: whose reports of the year before stand before whose."""
    rows = of_year(workspace, "core_reports", year).select(["agency_id", "agency_name"]).to_pylist()
    reported = {row["agency_id"]: row["agency_name"] for row in rows if row["agency_id"] is not None}
    made = agency_records.core_agency_predecessors(workspace.bodies, year, reported)
    return {"core_agency_predecessors": from_rows(workspace.catalog, "core_agency_predecessors", made)}


def make_roster_problems(workspace: Workspace, year: int) -> Made:
    """core_roster_problems: what is wrong in registry and roster."""
    registered = registry_mistakes(workspace.registry, directory(workspace.settings.catalog))
    mistakes = [*registered, *mistakes_of(workspace, workspace.bodies)]
    found = [{"problem": number, "message": str(mistake)} for number, mistake in enumerate(mistakes)]
    return {"core_roster_problems": from_rows(workspace.catalog, "core_roster_problems", found)}


def make_checks(workspace: Workspace, year: int) -> Made:
    """Every rule on every current report of a year, with the current reports of the year before that stand beside it.

    Once more with corrected figures, where there are any.
    """
    corrections, printed = corrections_in_force(*(of_year(workspace, "core_corrections", each) for each in (year, year - 1)))
    covered = {table: of_year(workspace, table, year) for table in AREA_TABLES}
    checked = _checked(workspace, year, covered, of_year(workspace, COVERAGE, year - 1), corrections)
    findings = [row for facts, found in checked.findings for row in standing_rows(facts, found)]
    cells = [row for facts, found in checked.findings for row in standing_cell_rows(facts, found, corrections, printed)]
    return {
        "core_rule_results": checked.results,
        "core_findings": from_rows(workspace.catalog, "core_findings", findings),
        "core_finding_cells": from_rows(workspace.catalog, "core_finding_cells", cells),
    }


def findings_on(workspace: Workspace, year: int, covered: Mapping[str, pa.Table], covered_before: pa.Table) -> pa.Table:
    """core_findings in the printed figures of a year, if AREA_TABLES of it, and what reports on the year before cover, were these."""
    checked = _checked(workspace, year, covered, covered_before, {})
    findings = [row for facts, found in checked.findings for row in standing_rows(facts, found)]
    return from_rows(workspace.catalog, "core_findings", findings)


def _checked(
    workspace: Workspace, year: int, covered: Mapping[str, pa.Table], covered_before: pa.Table, corrections: Corrections
) -> CheckedTwice:
    groups = agency_records.groups_of(of_year(workspace, "core_agency_predecessors", year).to_pylist())
    before = {**_core(workspace, year - 1), EARLIER: earlier_values(workspace, year), COVERAGE: covered_before}
    return check_twice(workspace.catalog, _roster(workspace), {**_core(workspace, year), **covered}, before, groups, corrections)


def make_located(workspace: Workspace, year: int) -> Made:
    """Which cell is probably wrong, in every report of a year, as far as the reports of the years beside it tell."""
    findings, cells = (of_year(workspace, table, year).to_pylist() for table in ("core_findings", "core_finding_cells"))
    findings = [row for row in findings if row["found_in"] == "printed"]  # the figures that are looked at are the printed ones
    groups, after = (
        agency_records.groups_of(of_year(workspace, "core_agency_predecessors", each).to_pylist()) for each in (year, year + 1)
    )
    needed = bodies_needed((row["agency_id"] for row in findings), groups, after)
    now, before, later = (_facts(workspace, each, bodies) for each, bodies in zip((year, year - 1, year + 1), needed, strict=True))
    together = windows(year, now, before, later, groups, after)
    corrections, _ = corrections_in_force(*(of_year(workspace, "core_corrections", each) for each in (year - 1, year, year + 1)))
    suggestions, parts = located_rows(workspace.catalog, together, findings, cells, workspace.settings.workers, corrections)
    catalog = workspace.catalog
    return {
        "core_suggestions": from_rows(catalog, "core_suggestions", suggestions),
        "core_finding_parts": from_rows(catalog, "core_finding_parts", parts),
    }


def _facts(workspace: Workspace, year: int, bodies: frozenset[str]) -> list[ReportFacts]:
    """The current reports of some bodies on a year."""
    core = _core(workspace, year)
    wanted = core["core_reports"].filter(pc.is_in(pc.field("agency_id"), pa.array(sorted(bodies), pa.string())))["report_id"]
    few = {table: data.filter(pc.is_in(pc.field("report_id"), wanted.combine_chunks())) for table, data in core.items()}
    return list(facts_from_tables(_roster(workspace), few))


def _core(workspace: Workspace, year: int) -> dict[str, pa.Table]:
    return {table: of_year(workspace, table, year) for table in (*CORE_TABLES, COVERAGE, PROBLEMS)}


def _roster(workspace: Workspace) -> Roster:
    return Roster(workspace.catalog, workspace.bodies)
