"""The out tables: what is compared, added up and handed out; each function makes one year of a table from stored ones."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.population import load_population
from pipeline.checks.core_facts import COVERAGE
from pipeline.indicators.areas import out_area_indicators
from pipeline.indicators.comparison import out_agency_comparison
from pipeline.indicators.coverage import out_rule_coverage
from pipeline.indicators.coverage_breaks import coverage_breaks, without_breaks
from pipeline.indicators.coverage_effects import are_overruled, as_judged, coverage_effects
from pipeline.indicators.effects import out_decision_effects
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
from pipeline.orchestration.areas import AREA_TABLES, area_tables
from pipeline.orchestration.both_figures import Read, with_printed
from pipeline.orchestration.core_steps import findings_on
from pipeline.orchestration.filing import areas_of
from pipeline.orchestration.stored import Made, of_year
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.dictionary import dictionary_rows
from pipeline.warehouse.schema import conform, from_rows

OF_SERIES = ("out_values", "out_harmonised", "out_indicators")
OF_FINDINGS = ("core_findings", "core_finding_cells", "core_reports", "core_finding_parts")
_ADDED_UP = ("out_values", "core_reports", "core_report_tables", *AREA_TABLES, "out_findings", "core_finding_cells")
OF_ROLLUP = (*_ADDED_UP, "core_cells")
OF_INDICATORS = ("out_values", "core_reports", "core_rule_results", "core_agency_predecessors", "core_claims", COVERAGE)
OF_EFFECTS = ("out_findings", "core_finding_cells", "core_area_bodies", "core_agency_predecessors", "out_rollup", "out_indicators")


def make_values(workspace: Workspace, year: int) -> Made:
    """out_values of a year."""
    inputs = (of_year(workspace, table, year) for table in ("core_reports", "core_cells", "core_report_tables", "core_corrections"))
    return {"out_values": out_values(workspace.catalog, *inputs)}


@with_printed
def make_indicators(workspace: Workspace, year: int, read: Read) -> Made:
    """out_indicators of a year."""
    reports, results = read("core_reports", year), read("core_rule_results", year)
    population, claims = load_population(workspace.settings.decisions), read("core_claims", year)
    quantities = quantities_relation(workspace.catalog, reports, results, population, claims)
    values, before = (read("out_values", each) for each in (year, year - 1))
    before = without_breaks(carried_over(before, read("core_agency_predecessors", year)), _apart(read, year))
    return {"out_indicators": out_indicators(workspace.catalog, values, quantities, before)}


@with_printed
def make_areas(workspace: Workspace, year: int, read: Read) -> Made:
    """out_area_indicators of a year."""
    indicators, status, reports = (read(table, year) for table in ("out_indicators", "out_submission_status", "core_reports"))
    return {"out_area_indicators": out_area_indicators(workspace.catalog, indicators, status, reports, areas_of(workspace, year))}


@with_printed
def make_harmonised(workspace: Workspace, year: int, read: Read) -> Made:
    """out_harmonised of a year."""
    return {"out_harmonised": out_harmonised(workspace.catalog, read("out_values", year))}


@with_printed
def make_series(workspace: Workspace, year: int, read: Read) -> Made:
    """out_series of a year."""
    this, last = (YearTables(*(read(table, each) for table in OF_SERIES)) for each in (year, year - 1))
    bodies = standings(read("core_agency_predecessors", year), workspace.bodies.history.lineage_id)
    return {"out_series": out_series(workspace.catalog, this, last, bodies, _apart(read, year))}


def _apart(read: Read, year: int) -> pa.Table:
    """Whose reports of a year and the one before cover different things."""
    return coverage_breaks(read("core_agency_predecessors", year), *(read(COVERAGE, each) for each in (year, year - 1)))


@with_printed
def make_year_over_year(workspace: Workspace, year: int, read: Read) -> Made:
    """out_year_over_year of a year."""
    values, before = read("out_values", year), read("out_values", year - 1)
    return {
        "out_year_over_year": out_year_over_year(
            workspace.catalog, values, before, read("core_agency_predecessors", year), _apart(read, year)
        )
    }


@with_printed
def make_comparison(workspace: Workspace, year: int, read: Read) -> Made:
    """out_agency_comparison of a year."""
    inputs = (read(table, year) for table in ("out_values", "out_indicators"))
    return {"out_agency_comparison": out_agency_comparison(workspace.catalog, *inputs)}


def _rollup(workspace: Workspace, year: int, read: Read) -> Made:
    values, reports, tables, coverage, bodies, *findings = (read(table, year) for table in _ADDED_UP)
    copies = _own_office_copies(reports, bodies)
    if copies.num_rows:
        beside = conform(workspace.catalog, "out_values", out_values(workspace.catalog, copies, read("core_cells", year), tables))
        values = pa.concat_tables([values, beside])
    return {"out_rollup": out_rollup(workspace.catalog, values, reports, tables, coverage, bodies, *findings)}


def _own_office_copies(reports: pa.Table, bodies: pa.Table) -> pa.Table:
    """The reports that are in a sum though another one of the same body counts, as if they counted."""
    added = bodies.filter(pc.field("is_counted"))["report_id"].combine_chunks()
    found = reports.filter(pc.and_(pc.is_in(reports["report_id"], added), pc.invert(reports["is_current"])))
    return found.set_column(
        found.schema.get_field_index("is_current"), found.schema.field("is_current"), pa.array([True] * found.num_rows, pa.bool_())
    )


@with_printed
def make_rollup(workspace: Workspace, year: int, read: Read) -> Made:
    """out_rollup of a year."""
    return _rollup(workspace, year, read)


def make_effects(workspace: Workspace, year: int) -> Made:
    """out_decision_effects of a year."""
    tables = {table: of_year(workspace, table, year) for table in OF_EFFECTS}
    decision = workspace.store.read("core_decisions")
    overruled = _overruled(workspace, year, decision, tables)
    return {"out_decision_effects": out_decision_effects(workspace.catalog, year, overruled=overruled, decision=decision, **tables)}


def _overruled(workspace: Workspace, year: int, decision: pa.Table, tables: Mapping[str, pa.Table]) -> pa.Table | None:
    """What decisions on coverage changed: rules and sums are worked out once more as if nobody had made them."""
    covered, covered_before = (of_year(workspace, COVERAGE, each) for each in (year, year - 1))
    if not are_overruled((covered, covered_before)):
        return None
    areas = area_tables(workspace, year, as_judged=True)

    def read(table: str, of: int) -> pa.Table:
        return areas[table] if table in areas else of_year(workspace, table, of)

    findings = of_year(workspace, "core_findings", year)
    return coverage_effects(
        workspace.catalog,
        year,
        decision=decision,
        core_report_coverage=covered,
        core_findings=findings.filter(pc.equal(findings["found_in"], "printed")),
        judged_area_bodies=areas["core_area_bodies"],
        judged_rollup=_rollup(workspace, year, read)["out_rollup"],
        judged_findings=findings_on(workspace, year, areas, as_judged(covered_before)),
        **{table: tables[table] for table in ("core_area_bodies", "out_rollup", "core_agency_predecessors")},
    )


def make_submission(workspace: Workspace, year: int) -> Made:
    """out_submission_status of a year."""
    reports, findings, versions = (of_year(workspace, table, year) for table in ("core_reports", "out_findings", "core_report_versions"))
    findings = findings.filter(pc.is_in(findings["status"], pa.array(["open", "confirmed"])))  # what has still to be done
    agencies, bodies = workspace.store.read("core_agencies"), workspace.bodies
    made = out_submission_status(workspace.catalog, bodies, agencies, reports, findings, versions, year)
    return {"out_submission_status": made}


def make_findings(workspace: Workspace, year: int) -> Made:
    """out_findings of a year."""
    findings, cells, reports, parts = (of_year(workspace, table, year) for table in OF_FINDINGS)
    decisions = workspace.store.read("core_decisions")
    return {"out_findings": out_findings(workspace.catalog, findings, cells, reports, parts, decisions)}


def make_coverage(workspace: Workspace, year: int) -> Made:
    """out_rule_coverage of a year."""
    results, reports = of_year(workspace, "core_rule_results", year), of_year(workspace, "core_reports", year)
    return {"out_rule_coverage": out_rule_coverage(workspace.catalog, results, reports, year)}


def make_dictionary(workspace: Workspace, year: int) -> Made:
    """out_dictionary of a year."""
    return {"out_dictionary": from_rows(workspace.catalog, "out_dictionary", dictionary_rows(workspace.catalog))}
