"""Findings as rows of the core tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from pipeline.checks.model import Finding, ReportFacts
from pipeline.readers.records import Record


def finding_rows(facts: ReportFacts, findings: Iterable[Finding]) -> Iterator[Record]:
    """The rows of core_findings for one report."""
    for finding in findings:
        yield {
            "report_id": facts.report_id,
            "report_year": facts.report_year,
            "agency_id": facts.agency_id,
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
