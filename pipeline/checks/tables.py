"""The core tables as facts for the rules, and results as rows of the core tables."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.model import CopyDifference, CopyFacts, Finding, ReportFacts, RuleResult
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.model import Cell, Locator, Section, TableFound
from pipeline.readers.records import Record

Row = dict[str, Any]
_SIDE = ("state", "value", "raw", "location")
_COMPARED = ("table", "field", *_SIDE, *(f"other_{name}" for name in _SIDE))


def facts_from_tables(
    catalog: Catalog,
    roster: Roster,
    core_reports: pa.Table,
    core_report_tables: pa.Table,
    core_cells: pa.Table,
    core_sections: pa.Table,
    core_report_versions: pa.Table,
    core_claims: pa.Table,
) -> Iterator[ReportFacts]:
    """The facts of every current report whose body and year are known and from which figures were taken.

    core_reports: those of a year, of which the ones that do not count are the copies of the others.
    """
    tables, cells, sections = _by_report(core_report_tables), _by_report(core_cells), _by_report(core_sections)
    copies = _copies(core_reports, core_report_versions)
    claims = _by_report(core_claims)
    for row in core_reports.to_pylist():
        if not row["is_current"] or row["agency_id"] is None or row["report_year"] is None or row["status"] == "refused":
            continue
        report_id = row["report_id"]
        read = [_cell(cell) for cell in cells[report_id]]
        yield ReportFacts(
            report_id=report_id,
            agency_id=row["agency_id"],
            agency_name=row["agency_name"],
            agency_kind=row["agency_kind"],
            agency_level=row["agency_level"],
            report_year=row["report_year"],
            form_due=row["form_due"],
            tables={found["table"]: TableFound(found["table"], found["form"], found["table_state"]) for found in tables[report_id]},
            cells={(cell.field, cell.applicant): cell for cell in read if not cell.extra},
            extra_cells={(cell.field, cell.applicant): cell for cell in read if cell.extra},
            sections=tuple(map(_section, sections[report_id])),
            title=row["title"],
            title_agency=row["title_agency"],
            title_year=row["title_year"],
            period_year=row["period_year"],
            stated_agency=row["stated_agency"],
            published_on=row["published_on"],
            deadline=roster.deadline(row["agency_id"], row["agency_name"], row["agency_kind"], row["report_year"]),
            path=row["path"],
            title_agency_id=row["title_agency_id"],
            copies=copies.get(row["agency_id"], ()),
            claims=tuple(map(_claim, claims[report_id])),
            on_roster=row["agency_id"] in roster.entries(row["report_year"]) if roster.covers(row["report_year"]) else None,
        )


def _copies(core_reports: pa.Table, core_report_versions: pa.Table) -> dict[str, tuple[CopyFacts, ...]]:
    """By body the reports that do not count, each with its differences from the one that does."""
    differing: dict[str, list[CopyDifference]] = defaultdict(list)
    for row in core_report_versions.to_pylist():
        values = {name: row[name] for name in _COMPARED}
        differing[row["other_report_id"]].append(CopyDifference(row["difference_kind"], applicant=row["applicant"] or None, **values))
    found: dict[str, list[CopyFacts]] = defaultdict(list)
    for row in core_reports.to_pylist():
        if row["agency_id"] and not row["is_current"] and row["version_rule"]:
            copy = CopyFacts(row["report_id"], row["path"], row["version_rule"], tuple(differing[row["report_id"]]))
            found[row["agency_id"]].append(copy)
    return {agency: tuple(copies) for agency, copies in found.items()}


def rule_result_rows(facts: ReportFacts, results: Iterable[RuleResult]) -> Iterator[Record]:
    """The rows of core_rule_results for one report."""
    for result in results:
        yield {
            **_key(facts),
            "rule": result.rule,
            "part": result.part,
            "outcome": result.outcome,
            "passed": result.passed,
            "failed": result.failed,
            "not_assessable": result.not_assessable,
            "not_applicable": result.not_applicable,
            "blank_read_as_zero": result.blank_read_as_zero,
        }


def finding_rows(facts: ReportFacts, findings: Iterable[Finding]) -> Iterator[Record]:
    """The rows of core_findings for one report."""
    for finding in findings:
        yield {
            **_key(facts),
            "agency_name": facts.agency_name,
            "finding_id": finding.finding_id,
            "rule": finding.rule,
            "part": finding.part,
            "severity": finding.severity,
            "weak": finding.weak,
            "table": finding.table,
            "place": finding.place,
            "expected": finding.expected,
            "actual": finding.actual,
            "difference": finding.difference,
            "message": finding.message,
        }


def finding_cell_rows(facts: ReportFacts, findings: Iterable[Finding]) -> Iterator[Record]:
    """The rows of core_finding_cells for one report; report_id is that of the report in which the cell stands."""
    for finding in findings:
        for position, cell in enumerate(finding.cells):
            yield {
                "finding_id": finding.finding_id,
                "report_year": facts.report_year,
                "position": position,
                "report_id": cell.report_id,
                "field": cell.field,
                "applicant": cell.applicant or "",
                "side": cell.side,
                "label": cell.label,
                "state": cell.state,
                "value": cell.value,
                "raw": cell.raw,
                "location": cell.location,
            }


def _key(facts: ReportFacts) -> Record:
    return {"report_id": facts.report_id, "report_year": facts.report_year, "agency_id": facts.agency_id}


def _by_report(table: pa.Table) -> dict[str, list[Row]]:
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in table.to_pylist():
        grouped[row["report_id"]].append(row)
    return grouped


def _cell(row: Row) -> Cell:
    edges = (row["left"], row["top"], row["right"], row["bottom"])
    box = edges if None not in edges else None
    place = Locator(row["grid"], row["row"], row["column"], row["page"], box) if row["grid"] is not None else None
    return Cell(
        table=row["table"],
        field=row["field"],
        applicant=row["applicant"] or None,
        state=row["state"],
        value=row["value"],
        raw=row["raw"],
        locator=place,
        confidence=row["confidence"],
        extra=row["is_extra"],
    )


def _section(row: Row) -> Section:
    return Section(row["section"], row["section_position"], row["section_number"], row["heading"], row["text"])


def _claim(row: Row) -> Claim:
    return Claim(
        kind=row["claim_kind"],
        measure=row["claim_measure"],
        value=row["value"],
        unit=row["unit"],
        raw=row["raw"],
        sentence=row["sentence"],
        block=row["block"],
        start=row["claim_start"],
        end=row["claim_end"],
        section=row["section"],
        page=row["page"],
        value_to=row["value_to"],
        approximate=row["approximate"],
        period=row["claim_period"],
        scope=row["claim_scope"],
        base=row["base_measure"],
        direction=row["direction"],
        whole=row["whole_claim"],
        rule=row["claim_rule"],
    )
