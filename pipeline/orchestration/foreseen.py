"""What a correction would change, before it is written: the findings that it settles and those that it causes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.registry.history import Group
from pipeline.checks.areas.step import AREA_RULE_TABLES, compared_areas, with_area_rules
from pipeline.checks.core_facts import CORE_TABLES, COVERAGE, PROBLEMS
from pipeline.checks.corrected import Corrections, compared, with_corrections
from pipeline.checks.corrected_rows import corrections_in_force
from pipeline.checks.model import Finding
from pipeline.checks.run import Checked, run_rules
from pipeline.normalise.agencies import records as agency_records
from pipeline.normalise.agencies.duties import Roster
from pipeline.orchestration.workspace import Workspace


@dataclass(frozen=True)
class Foreseen:
    """Each with the year of the report in which it is, or would be, found."""

    settled: list[tuple[int, Finding]]
    caused: list[tuple[int, Finding]]


def foreseen(workspace: Workspace, year: int, agency_id: str, new: Corrections) -> Foreseen:
    """What `new` corrections of a body's report on `year` would change: in it, in the report on the year after, in governments' sums."""
    settled, caused = [], []
    for each in (year, year + 1):
        groups = agency_records.groups_of(workspace.store.read("core_agency_predecessors", [each]).to_pylist())
        concerned = _concerned(groups, agency_id, looking_back=each > year)
        known, _ = corrections_in_force(*(workspace.store.read("core_corrections", [other]) for other in (each, each - 1)))
        whole = agency_id if each == year else None
        before, after = (_found(workspace, each, groups, concerned, values, whole) for values in (known, {**known, **new}))
        for standing in compared(before, after):
            if standing.settled:
                settled.append((each, standing.finding))
            elif standing.found_in == "corrected":
                caused.append((each, standing.finding))
    return Foreseen(settled, caused)


def _concerned(groups: Iterable[Group], agency_id: str, *, looking_back: bool) -> frozenset[str]:
    """The body, those that are compared together with it, and who is compared with it a year later."""
    found = {agency_id}
    for group in groups:
        if agency_id in (group.previous if looking_back else group.agencies):
            found |= {*group.agencies, *group.previous}
    return frozenset(found)


def _found(
    workspace: Workspace, year: int, groups: list[Group], bodies: frozenset[str], corrections: Corrections, whole: str | None
) -> list[Finding]:
    """What the rules find in the reports of some bodies; whole: and in the sums of the areas of that body."""
    tables, before = (_tables(workspace, each, bodies, groups) for each in (year, year - 1))
    roster = Roster(workspace.catalog, workspace.bodies)
    checked = run_rules(workspace.catalog, roster, with_corrections(tables, corrections), with_corrections(before, corrections), groups)
    alone = [finding for facts, findings in checked.findings if facts.agency_id in bodies for finding in findings]
    return alone if whole is None else alone + _found_in_sums(workspace, year, whole, corrections, checked, roster)


def _found_in_sums(
    workspace: Workspace, year: int, agency_id: str, corrections: Corrections, checked: Checked, roster: Roster
) -> list[Finding]:
    """What the rules on parent and children find in the reports of the governments whose areas hold a body, or which is the government."""
    tables = {table: workspace.store.read(table, [year]) for table in AREA_RULE_TABLES}
    members = tables["core_area_bodies"]
    areas = members.filter(pc.equal(members["agency_id"], agency_id))["area_id"].combine_chunks()
    tables["core_area_bodies"] = members.filter(pc.is_in(members["area_id"], areas))
    parts = tables["core_area_bodies"]["report_id"].combine_chunks()
    tables["core_cells"] = tables["core_cells"].filter(pc.is_in(tables["core_cells"]["report_id"], parts))
    compared = compared_areas(workspace.catalog, with_corrections(tables, corrections))
    _, found = with_area_rules(workspace.catalog, checked.results, (), tables["core_reports"], compared, has_roster=roster.covers(year))
    return [finding for _, findings in found for finding in findings]


def _tables(workspace: Workspace, year: int, bodies: frozenset[str], groups: Iterable[Group]) -> dict[str, pa.Table]:
    """The core tables of a year, of some bodies and those that stand before them."""
    wanted = bodies | {each for group in groups if bodies & set(group.agencies) for each in group.previous}
    tables = {table: workspace.store.read(table, [year]) for table in (*CORE_TABLES, COVERAGE, PROBLEMS)}
    reports = tables["core_reports"].filter(pc.is_in(tables["core_reports"]["agency_id"], pa.array(sorted(wanted), pa.string())))
    ids = reports["report_id"].combine_chunks()
    return {table: reports if table == "core_reports" else rows.filter(pc.is_in(rows["report_id"], ids)) for table, rows in tables.items()}
