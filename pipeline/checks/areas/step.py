"""The rules on parent and children beside those on single reports: one set of results and findings of a year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.model import Catalog
from pipeline.checks.areas.comparison import Comparison, compare
from pipeline.checks.areas.rules import AreaRules
from pipeline.checks.model import Finding, ReportFacts
from pipeline.checks.names import Names
from pipeline.common.sql import query, relation

AREA_RULE_TABLES = ("core_reports", "core_report_tables", "core_cells", "core_report_versions", "core_report_coverage", "core_area_bodies")
_OF_REPORT = ("report_id", "report_year", "agency_id")
_OF_RULE = ("rule", "part", "outcome", "passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
Found = tuple[ReportFacts, list[Finding]]
_TOGETHER = """
    SELECT * FROM alone ANTI JOIN beside USING (report_id, rule, part) UNION ALL BY NAME SELECT * FROM beside
"""


def compared_areas(catalog: Catalog, tables: Mapping[str, pa.Table]) -> Comparison:
    """The governments of a year beside the bodies of their areas. tables: AREA_RULE_TABLES of the year, and others."""
    return compare(catalog, **{name: tables[name] for name in AREA_RULE_TABLES})


def with_area_rules(
    catalog: Catalog, results: pa.Table, findings: Sequence[Found], core_reports: pa.Table, compared: Comparison, *, has_roster: bool
) -> tuple[pa.Table, list[Found]]:
    """What single reports gave, with what comes out where governments are held beside their bodies in place of `not_applicable`.

    has_roster: whether roster.csv says who owes for the year.
    """
    rules = AreaRules(catalog, Names(catalog), compared, has_roster)
    rows: list[dict[str, Any]] = []
    found = {facts.report_id: (facts, list(listed)) for facts, listed in findings}
    governments = core_reports.filter(pc.field("report_id").isin(pa.array(rules.reports, pa.string())))
    for facts in map(_facts, governments.to_pylist()):
        beside = rules.results(facts).values()
        rows += [
            {**{name: getattr(facts, name) for name in _OF_REPORT}, **{name: getattr(one, name) for name in _OF_RULE}} for one in beside
        ]
        if listed := [finding for result in beside for finding in result.findings]:
            found.setdefault(facts.report_id, (facts, []))[1].extend(listed)
    types = {name: results.schema.field(name).type for name in (*_OF_REPORT, *_OF_RULE)}
    return query(_TOGETHER, alone=results, beside=relation(rows, **types)), list(found.values())


def _facts(row: Mapping[str, Any]) -> ReportFacts:
    """Of a report only whose it is and for which year: its cells are compared in the tables."""
    nothing: Mapping[Any, Any] = {}
    return ReportFacts(
        report_id=row["report_id"],
        agency_id=row["agency_id"] or "",
        agency_name=row["agency_name"] or "",
        agency_kind=row["agency_kind"],
        agency_level=row["agency_level"],
        report_year=row["report_year"],
        form_due=row["form_due"],
        tables=nothing,
        cells=nothing,
        extra_cells=nothing,
        sections=(),
        title="",
        title_agency=None,
        title_year=None,
        period_year=None,
        stated_agency=None,
        published_on=None,
        deadline=None,
        path=row["path"],
    )
