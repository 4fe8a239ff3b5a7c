"""Every table that is computed from other tables: what it needs, and the function that makes one year of it.

One row of `DERIVED` is one Dagster asset (or one asset for each of its tables, where one pass makes several).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from pipeline.catalog.decisions import CORRECTIONS, COVERAGES_DECIDED, DECISIONS
from pipeline.catalog.population import FILE as POPULATION
from pipeline.catalog.registry import REGISTRY, ROSTER
from pipeline.checks.core_facts import CORE_TABLES, COVERAGE, PROBLEMS
from pipeline.orchestration.areas import AREA_INPUTS, AREA_TABLES, area_tables
from pipeline.orchestration.core_steps import make_agencies, make_checks, make_located, make_predecessors, make_roster_problems
from pipeline.orchestration.deciding import DECISION_INPUTS, correction_tables, decision_tables
from pipeline.orchestration.earlier import EARLIER_TABLES
from pipeline.orchestration.out_steps import (
    OF_EFFECTS,
    OF_FINDINGS,
    OF_INDICATORS,
    OF_ROLLUP,
    OF_SERIES,
    make_areas,
    make_comparison,
    make_coverage,
    make_dictionary,
    make_effects,
    make_findings,
    make_harmonised,
    make_indicators,
    make_rollup,
    make_series,
    make_submission,
    make_values,
    make_year_over_year,
)
from pipeline.orchestration.stored import Made
from pipeline.orchestration.workspace import Workspace

Year = int | None
OF_LOCATED = (*CORE_TABLES, COVERAGE, PROBLEMS, "core_corrections")


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


DERIVED: tuple[Derived, ...] = (
    Derived(("core_agencies", "core_agency_names", "core_agency_links"), make_agencies, all_years=("core_reports",), decisions=REGISTRY),
    Derived(("core_agency_predecessors",), make_predecessors, same_year=("core_reports",), decisions=REGISTRY),
    Derived(
        AREA_TABLES,
        area_tables,
        same_year=AREA_INPUTS,
        all_years=("core_agencies",),
        decisions=(*REGISTRY, ROSTER, COVERAGES_DECIDED),
    ),
    Derived(("core_corrections",), correction_tables, same_year=("core_reports", "core_cells"), decisions=(CORRECTIONS,)),
    Derived(
        ("core_rule_results", "core_findings", "core_finding_cells"),
        make_checks,
        same_year=(*CORE_TABLES, PROBLEMS, "core_agency_predecessors", "core_corrections", *AREA_TABLES),
        year_before=(*CORE_TABLES, COVERAGE, PROBLEMS, "core_corrections"),
        years_before=EARLIER_TABLES,
        decisions=(*REGISTRY, ROSTER),
    ),
    Derived(
        ("core_suggestions", "core_finding_parts"),
        make_located,
        same_year=(*OF_LOCATED, "core_agency_predecessors", "core_findings", "core_finding_cells"),
        year_before=OF_LOCATED,
        year_after=(*OF_LOCATED, "core_agency_predecessors"),
        decisions=(*REGISTRY, ROSTER),
    ),
    Derived(("core_decisions",), decision_tables, all_years=DECISION_INPUTS, decisions=DECISIONS, today=True),
    Derived(("out_values",), make_values, same_year=("core_reports", "core_cells", "core_report_tables", "core_corrections")),
    Derived(
        ("out_indicators",),
        make_indicators,
        same_year=OF_INDICATORS,
        year_before=("out_values", COVERAGE),
        decisions=(POPULATION,),
    ),
    Derived(
        ("out_area_indicators",),
        make_areas,
        same_year=("out_indicators", "out_submission_status", "core_reports"),
        decisions=REGISTRY,
    ),
    Derived(("out_harmonised",), make_harmonised, same_year=("out_values",)),
    Derived(
        ("out_series",),
        make_series,
        same_year=(*OF_SERIES, "core_agency_predecessors", COVERAGE),
        year_before=(*OF_SERIES, COVERAGE),
        decisions=REGISTRY,
    ),
    Derived(
        ("out_year_over_year",),
        make_year_over_year,
        same_year=("out_values", "core_agency_predecessors", COVERAGE),
        year_before=("out_values", COVERAGE),
    ),
    Derived(("out_agency_comparison",), make_comparison, same_year=("out_values", "out_indicators")),
    Derived(
        ("out_submission_status",),
        make_submission,
        same_year=("core_reports", "out_findings", "core_report_versions"),
        all_years=("core_agencies",),
        decisions=(*REGISTRY, ROSTER),
        roster_years=True,
    ),
    Derived(("core_roster_problems",), make_roster_problems, all_years=("core_agencies",), decisions=(*REGISTRY, ROSTER)),
    Derived(("out_rollup",), make_rollup, same_year=OF_ROLLUP),
    Derived(("out_findings",), make_findings, same_year=(*OF_FINDINGS, "core_decisions")),
    Derived(
        ("out_decision_effects",),
        make_effects,
        same_year=(
            *dict.fromkeys((*OF_EFFECTS, *OF_ROLLUP, *CORE_TABLES, PROBLEMS, *AREA_INPUTS, "core_findings")),
            *("core_corrections", "core_decisions"),
        ),
        year_before=(*CORE_TABLES, COVERAGE, PROBLEMS, "out_values", "core_corrections"),
        years_before=EARLIER_TABLES,
        all_years=("core_agencies",),
        decisions=(*REGISTRY, ROSTER),
    ),
    Derived(("out_rule_coverage",), make_coverage, same_year=("core_rule_results", "core_reports")),
    Derived(("out_dictionary",), make_dictionary),
)
