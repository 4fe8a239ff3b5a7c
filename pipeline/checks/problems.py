"""Findings of one report in the shape in which `gongkai parse` gives what it noticed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from pipeline.checks.model import RuleResult, RuleSeverity
from pipeline.normalise.model import Problem, Severity

_SEVERITIES: Mapping[RuleSeverity, Severity] = {"E": "error", "W": "warning", "I": "info"}


def problems_of(results: Iterable[RuleResult]) -> tuple[Problem, ...]:
    """One problem for each finding: code = the rule's id, field and locator of the first cell that is in the report."""
    return tuple(
        Problem(
            code=finding.rule,
            severity=_SEVERITIES[finding.severity],
            message=finding.message,
            table=finding.table,
            field=finding.cells[0].field if finding.cells else None,
            locator=next((cell.locator for cell in finding.cells if cell.locator), None),
        )
        for result in results
        for finding in result.findings
    )
