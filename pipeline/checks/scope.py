"""Whom a row of rules.csv is for: kind of body, year, form, and the condition of a rule that is not linear."""

from __future__ import annotations

from pipeline.catalog.row_types import Rule
from pipeline.checks.evaluate import evaluate
from pipeline.checks.expand import Expander, Forms, Instance
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, Assessment
from pipeline.checks.kinds.relation import condition_cells
from pipeline.checks.model import FindingCell, ReportFacts


class Scope:
    """Decides, before a check, whether a row applies to a report. `condition`: the row's `when` is for the whole row."""

    def __init__(self, rule: Rule, expander: Expander, condition: bool) -> None:
        self._rule = rule
        self._expander = expander
        self.has_condition = condition and rule.when is not None
        self._conditions: dict[Forms, Instance] = {}

    def stops(self, facts: ReportFacts, previous: ReportFacts | None) -> Assessment | None:
        """Not applicable or not assessable, where that is settled without looking further; None where the check has to run."""
        return self.excludes(facts) or (self._judge(facts, previous) if self.has_condition else None)

    def excludes(self, facts: ReportFacts) -> Assessment | None:
        """The same, as far as kind of body, year and form tell."""
        rule = self._rule
        if rule.agency_kinds and not any(_is_kind(facts, word) for word in rule.agency_kinds):
            return NOT_APPLICABLE
        if rule.first_year is not None and facts.report_year is not None and facts.report_year < rule.first_year:
            return NOT_APPLICABLE
        if rule.forms:
            form = facts.form_of(rule.table) if rule.table else facts.form_due
            if form is None:
                return NOT_ASSESSABLE if facts.report_year is None else NOT_APPLICABLE
            if form not in rule.forms:
                return NOT_APPLICABLE
        return None

    def evidence(self, facts: ReportFacts, previous: ReportFacts | None) -> tuple[FindingCell, ...]:
        """The cells of the condition, for findings that have no cells of their own."""
        return condition_cells(self.condition(facts), (), facts, previous, self._expander.names) if self.has_condition else ()

    def _judge(self, facts: ReportFacts, previous: ReportFacts | None) -> Assessment | None:
        relation = self.condition(facts).when
        if relation is None:
            return NOT_APPLICABLE
        verdict = evaluate(relation, facts, previous).verdict
        return None if verdict else NOT_APPLICABLE if verdict is False else NOT_ASSESSABLE

    def condition(self, facts: ReportFacts) -> Instance:
        """The condition in reports of these forms; its `when` is None where they lack one of the cells."""
        forms = tuple(map(facts.form_of, self._expander.catalog.table_ids))
        if forms not in self._conditions:
            self._conditions[forms] = self._expander.condition(self._rule, forms, forms)
        return self._conditions[forms]


def _is_kind(facts: ReportFacts, word: str) -> bool:
    """Whether a body is of the kind or of the level that `word` names, or of both (department/city)."""
    kind, both, level = word.partition("/")
    return (facts.agency_kind == kind and facts.agency_level == level) if both else word in (facts.agency_kind, facts.agency_level)
