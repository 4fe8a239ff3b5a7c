"""From the assessments of one rule on one report to its result and findings."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace

from pipeline.catalog.numbers import number_text
from pipeline.catalog.row_types import Rule
from pipeline.checks.evidence import listed
from pipeline.checks.kind import Assessment
from pipeline.checks.model import Finding, Outcome, ReportFacts, RuleResult
from pipeline.checks.names import Names, quoted

_ORDER: tuple[Outcome, ...] = ("fail", "pass", "not_assessable", "not_applicable")


def result_of(rule: Rule, assessments: list[Assessment], facts: ReportFacts, names: Names) -> RuleResult:
    """The result of a rule: fail where any instance fails, else pass where any passes, else not assessable where any is that.

    One finding for each failure, and one of severity I for all cells that had to be read as 0.
    """
    counts = Counter(assessment.outcome for assessment in assessments)
    findings = [_finding(rule, assessment, facts) for assessment in assessments if assessment.outcome == "fail"]
    read_as_zero = [assessment for assessment in assessments if assessment.read_as_zero]
    if read_as_zero:
        findings.append(_blanks(rule, read_as_zero, facts, names))
    return RuleResult(
        rule=rule.rule,
        part=rule.part,
        outcome=next(outcome for outcome in _ORDER if counts[outcome]),
        passed=counts["pass"],
        failed=counts["fail"],
        not_assessable=counts["not_assessable"],
        not_applicable=counts["not_applicable"],
        blank_read_as_zero=len(read_as_zero),
        findings=tuple(_told_apart(findings)),
    )


def plain_result(rule: Rule, outcome: Outcome) -> RuleResult:
    """The result of a rule that looks at one thing, of which nothing is to be said."""
    counts = {"passed": 0, "failed": 0, "not_assessable": 0, "not_applicable": 0}
    counts["passed" if outcome == "pass" else outcome] = 1
    return RuleResult(rule=rule.rule, part=rule.part, outcome=outcome, **counts, blank_read_as_zero=0, findings=())


def _told_apart(findings: list[Finding]) -> Iterator[Finding]:
    """Findings of one rule whose figures and place are the same (two sentences, two other copies): the next ones get a number."""
    seen: Counter[str] = Counter()
    for finding in findings:
        number = seen[finding.finding_id]
        seen[finding.finding_id] += 1
        yield replace(finding, finding_id=_short(f"{finding.finding_id} {number}")) if number else finding


def _finding(rule: Rule, assessment: Assessment, facts: ReportFacts) -> Finding:
    standing = {"place": assessment.place, "agency": facts.agency_name, "year": str(facts.report_year or "")}
    return Finding(
        finding_id=_digest(rule, "", assessment, facts),
        rule=rule.rule,
        part=rule.part,
        severity=rule.severity,
        weak=rule.weak,
        table=assessment.table or rule.table,
        place=assessment.place,
        expected=assessment.expected,
        actual=assessment.actual,
        difference=assessment.difference,
        message=rule.message_zh.format_map({**standing, **assessment.details}),
        cells=assessment.cells,
    )


def _blanks(rule: Rule, assessments: list[Assessment], facts: ReportFacts, names: Names) -> Finding:
    """One finding for everything that the rule could only accept with empty cells read as 0."""
    cells = tuple({(c.report_id, c.field, c.applicant): c for one in assessments for c in one.read_as_zero}.values())
    place = names.table(facts.form_of(rule.table), rule.table) if rule.table else assessments[0].place
    texts = listed([quoted(cell.label) for cell in cells])
    gathered = Assessment("pass", place=place, cells=cells)
    return Finding(
        finding_id=_digest(rule, "blank_read_as_zero", gathered, facts),
        rule=rule.rule,
        part=rule.part,
        severity="I",
        weak=rule.weak,
        table=rule.table,
        place=place,
        expected=None,
        actual=None,
        difference=None,
        message=f"{place}有 {len(cells)} 个单元格没有填写数字，按 0 计算时“{rule.title_zh}”成立：{texts}。如确为零，请填写 0。",
        cells=cells,
    )


def _digest(rule: Rule, subject: str, assessment: Assessment, facts: ReportFacts) -> str:
    """16 characters over what was found, not over its wording: values of the cells, or the details where there are none."""
    parts = [rule.rule, rule.part, subject, facts.agency_id, str(facts.report_year), assessment.place]
    for cell in assessment.cells:
        value = number_text(cell.value) if cell.value is not None else ""
        parts.append(f"{cell.side}:{cell.field}:{cell.applicant or ''}:{cell.state}:{value}")
    if not assessment.cells:
        parts.extend(f"{name}={text}" for name, text in sorted(assessment.details.items()))
    return _short("\n".join(parts))


def _short(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:16]
