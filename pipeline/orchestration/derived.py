"""Every table that is computed from other tables: what it needs, and the function that makes one year of it.

One row of `DERIVED` is one Dagster asset (or one asset for each of its tables, where one pass makes several).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.decisions import CORRECTIONS, DECISIONS
from pipeline.catalog.divisions import directory
from pipeline.catalog.population import FILE as POPULATION
from pipeline.catalog.population import load_population
from pipeline.catalog.registry import REGISTRY, ROSTER
from pipeline.checks.core_facts import CORE_TABLES, COVERAGE, PROBLEMS, facts_from_tables
from pipeline.checks.corrected import check_twice
from pipeline.checks.corrected_rows import corrections_in_force, standing_cell_rows, standing_rows
from pipeline.checks.localisation.step import located_rows
from pipeline.checks.localisation.windows import bodies_needed, windows
from pipeline.checks.model import ReportFacts
from pipeline.checks.outliers import EARLIER
from pipeline.indicators.areas import out_area_indicators
from pipeline.indicators.comparison import out_agency_comparison
from pipeline.indicators.coverage import out_rule_coverage
from pipeline.indicators.coverage_breaks import coverage_breaks, without_breaks
from pipeline.indicators.effects import as_printed, out_decision_effects
from pipeline.indicators.findings import out_findings
from pipeline.indicators.outcomes import out_harmonised
from pipeline.indicators.quantities import quantities_relation
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.rollup import out_rollup
from pipeline.indicators.series import YearTables, out_series
from pipeline.indicators.submission import out_submission_status
from pipeline.indicators.succession import carried_over, standings
from pipeline.indicators.values import out_values
from pipeline.indicators.year_over_year import out_year_over_year
from pipeline.normalise.agencies import records as agency_records
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.registry_check import registry_mistakes
from pipeline.orchestration.areas import AREA_INPUTS, AREA_TABLES, area_tables
from pipeline.orchestration.deciding import DECISION_INPUTS, correction_tables, decision_tables
from pipeline.orchestration.earlier import EARLIER_TABLES, earlier_values
from pipeline.orchestration.filing import areas_of
from pipeline.orchestration.roster_view import mistakes_of
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.dictionary import dictionary_rows
from pipeline.warehouse.schema import from_rows

Year = int | None
Made = dict[str, pa.Table]


@dataclass(frozen=True)
class Derived:
    """A step: its tables, those it reads of the same year, the year before and after, all years before, all years; the files of decisions.

    today: it asks which waivers have expired.
    """

    tables: tuple[str, ...]
    make: Callable[[Workspace, int], Made]
    same_year: tuple[str, ...] = ()
    year_before: tuple[str, ...] = ()
    years_before: tuple[str, ...] = ()
    year_after: tuple[str, ...] = ()
    all_years: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    roster_years: bool = False
    today: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """Every table that the step reads, each once."""
        return tuple(dict.fromkeys((*self.same_year, *self.year_before, *self.years_before, *self.year_after, *self.all_years)))


def _agencies(workspace: Workspace, year: int) -> Made:
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


def _predecessors(workspace: Workspace, year: int) -> Made:
    rows = _of(workspace, "core_reports", year).select(["agency_id", "agency_name"]).to_pylist()
    reported = {row["agency_id"]: row["agency_name"] for row in rows if row["agency_id"] is not None}
    made = agency_records.core_agency_predecessors(workspace.bodies, year, reported)
    return {"core_agency_predecessors": from_rows(workspace.catalog, "core_agency_predecessors", made)}


def _checks(workspace: Workspace, year: int) -> Made:
    """Every rule on every current report of a year, with the current reports of the year before that stand beside it.

    Once more with corrected figures, where there are any.
    """
    groups = agency_records.groups_of(_of(workspace, "core_agency_predecessors", year).to_pylist())
    corrections, printed = corrections_in_force(*(_of(workspace, "core_corrections", each) for each in (year, year - 1)))
    tables, before = _core(workspace, year), {**_core(workspace, year - 1), EARLIER: earlier_values(workspace, year)}
    tables |= {table: _of(workspace, table, year) for table in AREA_TABLES}
    checked = check_twice(workspace.catalog, _roster(workspace), tables, before, groups, corrections)
    findings = [row for facts, found in checked.findings for row in standing_rows(facts, found)]
    cells = [row for facts, found in checked.findings for row in standing_cell_rows(facts, found, corrections, printed)]
    return {
        "core_rule_results": checked.results,
        "core_findings": from_rows(workspace.catalog, "core_findings", findings),
        "core_finding_cells": from_rows(workspace.catalog, "core_finding_cells", cells),
    }


def _located(workspace: Workspace, year: int) -> Made:
    """Which cell is probably wrong, in every report of a year, as far as the reports of the years beside it tell."""
    findings, cells = (_of(workspace, table, year).to_pylist() for table in ("core_findings", "core_finding_cells"))
    findings = [row for row in findings if row["found_in"] == "printed"]  # the figures that are looked at are the printed ones
    groups, after = (agency_records.groups_of(_of(workspace, "core_agency_predecessors", each).to_pylist()) for each in (year, year + 1))
    needed = bodies_needed((row["agency_id"] for row in findings), groups, after)
    now, before, later = (_facts(workspace, each, bodies) for each, bodies in zip((year, year - 1, year + 1), needed, strict=True))
    together = windows(year, now, before, later, groups, after)
    suggestions, parts = located_rows(workspace.catalog, together, findings, cells, workspace.settings.workers)
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
    return list(facts_from_tables(workspace.catalog, _roster(workspace), few))


def _core(workspace: Workspace, year: int) -> dict[str, pa.Table]:
    return {table: _of(workspace, table, year) for table in (*CORE_TABLES, COVERAGE, PROBLEMS)}


def _roster(workspace: Workspace) -> Roster:
    return Roster(workspace.catalog, workspace.bodies)


def _of(workspace: Workspace, table: str, year: int) -> pa.Table:
    return workspace.store.read(table, [year])


def _values(workspace: Workspace, year: int) -> Made:
    inputs = (_of(workspace, table, year) for table in ("core_reports", "core_cells", "core_report_tables", "core_corrections"))
    return {"out_values": out_values(workspace.catalog, *inputs)}


def _indicators(workspace: Workspace, year: int, seen: Callable[[pa.Table], pa.Table] = lambda values: values) -> Made:
    """seen: how out_values of both years are looked at."""
    reports, results = _of(workspace, "core_reports", year), _of(workspace, "core_rule_results", year)
    population, claims = load_population(workspace.settings.decisions), _of(workspace, "core_claims", year)
    quantities = quantities_relation(workspace.catalog, reports, results, population, claims)
    values, before = (seen(_of(workspace, "out_values", each)) for each in (year, year - 1))
    before = without_breaks(carried_over(before, _of(workspace, "core_agency_predecessors", year)), _apart(workspace, year))
    return {"out_indicators": out_indicators(workspace.catalog, values, quantities, before)}


def _areas(workspace: Workspace, year: int) -> Made:
    indicators, status, reports = (_of(workspace, table, year) for table in ("out_indicators", "out_submission_status", "core_reports"))
    return {"out_area_indicators": out_area_indicators(workspace.catalog, indicators, status, reports, areas_of(workspace, year))}


def _harmonised(workspace: Workspace, year: int) -> Made:
    return {"out_harmonised": out_harmonised(workspace.catalog, _of(workspace, "out_values", year))}


def _series(workspace: Workspace, year: int) -> Made:
    this, last = (YearTables(*(_of(workspace, table, each) for table in _OF_SERIES)) for each in (year, year - 1))
    predecessors = _of(workspace, "core_agency_predecessors", year)
    bodies = standings(predecessors, workspace.bodies.history.lineage_id)
    return {"out_series": out_series(workspace.catalog, this, last, bodies, _apart(workspace, year))}


def _apart(workspace: Workspace, year: int) -> pa.Table:
    """Whose reports of a year and the one before cover different things."""
    predecessors = _of(workspace, "core_agency_predecessors", year)
    return coverage_breaks(predecessors, *(_of(workspace, COVERAGE, each) for each in (year, year - 1)))


def _year_over_year(workspace: Workspace, year: int) -> Made:
    values, before = _of(workspace, "out_values", year), _of(workspace, "out_values", year - 1)
    predecessors = _of(workspace, "core_agency_predecessors", year)
    return {"out_year_over_year": out_year_over_year(workspace.catalog, values, before, predecessors, _apart(workspace, year))}


def _comparison(workspace: Workspace, year: int) -> Made:
    inputs = (_of(workspace, table, year) for table in ("out_values", "out_indicators"))
    return {"out_agency_comparison": out_agency_comparison(workspace.catalog, *inputs)}


def _rollup(workspace: Workspace, year: int, seen: Callable[[pa.Table], pa.Table] = lambda values: values) -> Made:
    """seen: how out_values are looked at."""
    values, *others = (_of(workspace, table, year) for table in _OF_ROLLUP)
    return {"out_rollup": out_rollup(workspace.catalog, seen(values), *others)}


def _effects(workspace: Workspace, year: int) -> Made:
    tables = {table: _of(workspace, table, year) for table in _OF_EFFECTS}
    corrected = any(_of(workspace, "core_corrections", each).num_rows for each in (year, year - 1))
    for name, make in (("rollup", _rollup), ("indicators", _indicators)):
        table = f"out_{name}"
        tables[f"printed_{name}"] = make(workspace, year, as_printed)[table] if corrected else tables[table]
    decision = workspace.store.read("core_decisions")
    return {"out_decision_effects": out_decision_effects(workspace.catalog, year, decision=decision, **tables)}


def _submission(workspace: Workspace, year: int) -> Made:
    reports, findings, versions = (_of(workspace, table, year) for table in ("core_reports", "out_findings", "core_report_versions"))
    findings = findings.filter(pc.is_in(findings["status"], pa.array(["open", "confirmed"])))  # what has still to be done
    agencies, bodies = workspace.store.read("core_agencies"), workspace.bodies
    made = out_submission_status(workspace.catalog, bodies, agencies, reports, findings, versions, year)
    return {"out_submission_status": made}


def _roster_problems(workspace: Workspace, year: int) -> Made:
    registered = registry_mistakes(workspace.registry, directory(workspace.settings.catalog))
    mistakes = [*registered, *mistakes_of(workspace, workspace.bodies)]
    found = [{"problem": number, "message": str(mistake)} for number, mistake in enumerate(mistakes)]
    return {"core_roster_problems": from_rows(workspace.catalog, "core_roster_problems", found)}


def _findings(workspace: Workspace, year: int) -> Made:
    findings, cells, reports, parts = (_of(workspace, table, year) for table in _OF_FINDINGS)
    decisions = workspace.store.read("core_decisions")
    return {"out_findings": out_findings(workspace.catalog, findings, cells, reports, parts, decisions)}


def _coverage(workspace: Workspace, year: int) -> Made:
    results, reports = _of(workspace, "core_rule_results", year), _of(workspace, "core_reports", year)
    return {"out_rule_coverage": out_rule_coverage(workspace.catalog, results, reports, year)}


def _dictionary(workspace: Workspace, year: int) -> Made:
    return {"out_dictionary": from_rows(workspace.catalog, "out_dictionary", dictionary_rows(workspace.catalog))}


_OF_SERIES = ("out_values", "out_harmonised", "out_indicators")
_OF_FINDINGS = ("core_findings", "core_finding_cells", "core_reports", "core_finding_parts")
_OF_ROLLUP = ("out_values", "core_reports", "core_report_tables", *AREA_TABLES, "out_findings", "core_finding_cells")
_OF_INDICATORS = ("out_values", "core_reports", "core_rule_results", "core_agency_predecessors", "core_claims", COVERAGE)
_OF_EFFECTS = ("out_findings", "core_finding_cells", "core_area_bodies", "core_agency_predecessors", "out_rollup", "out_indicators")
DERIVED: tuple[Derived, ...] = (
    Derived(("core_agencies", "core_agency_names", "core_agency_links"), _agencies, all_years=("core_reports",), decisions=REGISTRY),
    Derived(("core_agency_predecessors",), _predecessors, same_year=("core_reports",), decisions=REGISTRY),
    Derived(AREA_TABLES, area_tables, same_year=AREA_INPUTS, all_years=("core_agencies",), decisions=(*REGISTRY, ROSTER)),
    Derived(("core_corrections",), correction_tables, same_year=("core_reports", "core_cells"), decisions=(CORRECTIONS,)),
    Derived(
        ("core_rule_results", "core_findings", "core_finding_cells"),
        _checks,
        same_year=(*CORE_TABLES, PROBLEMS, "core_agency_predecessors", "core_corrections", *AREA_TABLES),
        year_before=(*CORE_TABLES, COVERAGE, PROBLEMS, "core_corrections"),
        years_before=EARLIER_TABLES,
        decisions=(*REGISTRY, ROSTER),
    ),
    Derived(
        ("core_suggestions", "core_finding_parts"),
        _located,
        same_year=(*CORE_TABLES, COVERAGE, PROBLEMS, "core_agency_predecessors", "core_findings", "core_finding_cells"),
        year_before=(*CORE_TABLES, COVERAGE, PROBLEMS),
        year_after=(*CORE_TABLES, COVERAGE, PROBLEMS, "core_agency_predecessors"),
        decisions=(*REGISTRY, ROSTER),
    ),
    Derived(("core_decisions",), decision_tables, all_years=DECISION_INPUTS, decisions=DECISIONS, today=True),
    Derived(("out_values",), _values, same_year=("core_reports", "core_cells", "core_report_tables", "core_corrections")),
    Derived(
        ("out_indicators",),
        _indicators,
        same_year=_OF_INDICATORS,
        year_before=("out_values", COVERAGE),
        decisions=(POPULATION,),
    ),
    Derived(
        ("out_area_indicators",),
        _areas,
        same_year=("out_indicators", "out_submission_status", "core_reports"),
        decisions=REGISTRY,
    ),
    Derived(("out_harmonised",), _harmonised, same_year=("out_values",)),
    Derived(
        ("out_series",),
        _series,
        same_year=(*_OF_SERIES, "core_agency_predecessors", COVERAGE),
        year_before=(*_OF_SERIES, COVERAGE),
        decisions=REGISTRY,
    ),
    Derived(
        ("out_year_over_year",),
        _year_over_year,
        same_year=("out_values", "core_agency_predecessors", COVERAGE),
        year_before=("out_values", COVERAGE),
    ),
    Derived(("out_agency_comparison",), _comparison, same_year=("out_values", "out_indicators")),
    Derived(
        ("out_submission_status",),
        _submission,
        same_year=("core_reports", "out_findings", "core_report_versions"),
        all_years=("core_agencies",),
        decisions=(*REGISTRY, ROSTER),
        roster_years=True,
    ),
    Derived(("core_roster_problems",), _roster_problems, all_years=("core_agencies",), decisions=(*REGISTRY, ROSTER)),
    Derived(("out_rollup",), _rollup, same_year=_OF_ROLLUP),
    Derived(("out_findings",), _findings, same_year=(*_OF_FINDINGS, "core_decisions")),
    Derived(
        ("out_decision_effects",),
        _effects,
        same_year=(*dict.fromkeys((*_OF_EFFECTS, *_OF_ROLLUP, *_OF_INDICATORS)), "core_corrections", "core_decisions"),
        year_before=("out_values", "core_corrections", COVERAGE),
        decisions=(POPULATION,),
    ),
    Derived(("out_rule_coverage",), _coverage, same_year=("core_rule_results", "core_reports")),
    Derived(("out_dictionary",), _dictionary),
)
