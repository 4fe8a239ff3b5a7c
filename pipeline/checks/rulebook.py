"""All rules of a catalogue made ready to run, and the run over one report and the one of the year before."""

from __future__ import annotations

import string
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, localcontext
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Rule
from pipeline.checks.expand import Expander, Forms
from pipeline.checks.findings import plain_result, result_of
from pipeline.checks.kind import NOT_APPLICABLE, SIMPLE, Check, Kind
from pipeline.checks.kinds import KINDS
from pipeline.checks.kinds.relation import RelationCheck
from pipeline.checks.model import Finding, Outcome, ReportFacts, RuleResult
from pipeline.checks.scope import Scope
from pipeline.common.errors import CatalogError

# Sums and products of printed figures stay exact: no figure in a report has hundreds of digits.
EXACT = Context(prec=1000)
_ALWAYS_SAID = frozenset({"place", "agency", "year"})


@dataclass(frozen=True, slots=True)
class PreparedRule:
    """One row: whom it is for, and the check. looks_back, by_profile: see Kind. plain: its results without a finding."""

    rule: Rule
    scope: Scope
    check: Check
    looks_back: bool
    by_profile: bool
    plain: Mapping[Outcome, RuleResult]


class RuleBook:
    """The rules of one catalogue.

    Raises CatalogError for a row of an unknown kind, with an unknown parameter or placeholder, or with an expression whose
    fields no form has.
    """

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.expander = Expander(catalog)
        self.rows = tuple(self._prepare(rule) for rule in catalog.rules)

    def check(self, facts: ReportFacts, previous: ReportFacts | None) -> list[RuleResult]:
        """One result for each row of rules.csv, in its order. See `check_report`."""
        if previous is not None and (facts.report_year is None or previous.report_year != facts.report_year - 1):
            raise ValueError(f"{previous.report_id} is not a report on the year before {facts.report_id}")
        with localcontext(EXACT):
            return [self.result(row, facts, previous) for row in self.rows]

    def result(self, row: PreparedRule, facts: ReportFacts, previous: ReportFacts | None) -> RuleResult:
        """What becomes of one row; to be called in the context EXACT."""
        stopped = row.scope.stops(facts, previous)
        assessments = [stopped] if stopped else list(row.check(facts, previous)) or [NOT_APPLICABLE]
        if len(assessments) == 1 and assessments[0] in SIMPLE:
            return row.plain[assessments[0].outcome]
        for place, assessment in enumerate(assessments):
            if assessment.outcome == "fail" and not assessment.cells:
                assessments[place] = replace(assessment, cells=row.scope.evidence(facts, previous))
        return result_of(row.rule, assessments, facts, self.expander.names)

    def findings(self, row: PreparedRule, facts: ReportFacts, previous: ReportFacts | None, places: Sequence[int]) -> tuple[Finding, ...]:
        """What is to be said of some instances of a relation, by their places; to be called in the context EXACT."""
        assert isinstance(row.check, RelationCheck)
        return result_of(row.rule, row.check(facts, previous, places), facts, self.expander.names).findings

    def _prepare(self, rule: Rule) -> PreparedRule:
        kind = KINDS.get(rule.kind)
        if kind is None:
            raise CatalogError(f"rules.csv 的 {rule.rule}：没有“{rule.kind}”这种规则类型，现有 {'、'.join(KINDS)}。")
        _validate(rule, kind)
        check = kind.prepare(rule, self.expander)
        forms = self._forms_of(rule)
        if kind.linear and not any(instance.holds for form in forms for instance in self.expander.instances(rule, form, form)):
            raise CatalogError(f"rules.csv 的 {rule.rule}：没有一种格式具备其表达式中的全部指标。")
        looks_back = kind.looks_back or any(
            term.previous for expression in (rule.when, rule.holds) if expression for term in expression.terms
        )
        plain = {simple.outcome: plain_result(rule, simple.outcome) for simple in SIMPLE}
        return PreparedRule(rule, Scope(rule, self.expander, condition=not kind.linear), check, looks_back, kind.by_profile, plain)

    def _forms_of(self, rule: Rule) -> list[Forms]:
        known = [form.form for form in self.catalog.forms]
        unknown = set(rule.forms) - set(known)
        if unknown:
            raise CatalogError(f"rules.csv 的 {rule.rule}：没有“{min(unknown)}”这种格式。")
        return [(form,) * len(self.catalog.table_ids) for form in rule.forms or known]


@lru_cache(maxsize=4)
def rule_book(catalog: Catalog) -> RuleBook:
    """The rule book of a catalogue, made once."""
    return RuleBook(catalog)


def check_report(facts: ReportFacts, previous: ReportFacts | None, catalog: Catalog) -> list[RuleResult]:
    """Check one report against every row of rules.csv; one result for each row, in its order.

    previous: the report of the same body on the year before (ValueError for another year), or None where there is none;
    rules between two years are then not assessable.
    """
    return rule_book(catalog).check(facts, previous)


def _validate(rule: Rule, kind: Kind) -> None:
    where = f"rules.csv 的 {rule.rule}"
    missing = kind.needs - set(rule.parameters)
    if missing:
        raise CatalogError(f"{where}：{rule.kind} 类规则缺少参数 {min(missing)}。")
    unknown = set(rule.parameters) - kind.needs - kind.takes
    if unknown:
        raise CatalogError(f"{where}：{rule.kind} 类规则没有参数 {min(unknown)}。")
    if not kind.linear and (rule.holds or rule.each):
        raise CatalogError(f"{where}：{rule.kind} 类规则不使用 each 和 holds。")
    for word in rule.each:
        if word.startswith("@") and word not in ("@applicants", "@parts"):
            raise CatalogError(f"{where}：each 中没有“{word}”这种写法。")
    try:
        placeholders = {name for _, name, _, _ in string.Formatter().parse(rule.message_zh) if name is not None}
    except ValueError:
        raise CatalogError(f"{where}：说明中的花括号不成对。") from None
    unknown = placeholders - kind.says - _ALWAYS_SAID
    if unknown:
        raise CatalogError(f"{where}：{rule.kind} 类规则的说明中不能使用 {{{min(unknown)}}}。")
