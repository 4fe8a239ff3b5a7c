"""What a decision on coverage would change, before it is written: which areas count what, and the rules on parent and children."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

import pyarrow as pa

from pipeline.catalog.decisions import CoverageDecision
from pipeline.checks.areas.step import AREA_RULE_TABLES, compared_areas, with_area_rules
from pipeline.checks.model import Finding
from pipeline.normalise.agencies.duties import Roster
from pipeline.orchestration.areas import AREA_TABLES, area_tables
from pipeline.orchestration.foreseen import Foreseen
from pipeline.orchestration.workspace import Workspace


def coverage_foreseen(workspace: Workspace, decision: CoverageDecision) -> tuple[list[str], Foreseen]:
    """Lines on areas whose sums would be made of other reports, and findings of H1-H4 that would come and go."""
    year = decision.report_year
    stored = {table: workspace.store.read(table, [year]) for table in dict.fromkeys((*AREA_RULE_TABLES, *AREA_TABLES))}
    then = {**stored, **area_tables(workspace, year, also=(decision,))}
    before, after = (_found(workspace, year, tables) for tables in (stored, then))
    settled = [(year, finding) for finding_id, finding in before.items() if finding_id not in after]
    caused = [(year, finding) for finding_id, finding in after.items() if finding_id not in before]
    return list(_areas(stored["core_area_bodies"], then["core_area_bodies"])), Foreseen(settled, caused)


def _areas(now: pa.Table, then: pa.Table) -> list[str]:
    counted, will = (Counter(row["area_name"] for row in table.to_pylist() if row["is_counted"]) for table in (now, then))
    changed = [name for name in sorted(counted | will) if counted[name] != will[name]]
    return [f"  “{name}”的合计由 {counted[name]} 份报告变为 {will[name]} 份。" for name in changed]


def _found(workspace: Workspace, year: int, tables: Mapping[str, pa.Table]) -> dict[str, Finding]:
    has_roster = Roster(workspace.catalog, workspace.bodies).covers(year)
    results = workspace.store.read("core_rule_results", [year])
    compared = compared_areas(workspace.catalog, tables)
    _, found = with_area_rules(workspace.catalog, results, [], tables["core_reports"], compared, has_roster=has_roster)
    return {finding.finding_id: finding for _, findings in found for finding in findings}
