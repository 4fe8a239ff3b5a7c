"""The identities and limits of the rules (rows of rules.csv that bind), resolved for the forms of a report and written as sums."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.expand import CellTerm, Forms, Instance
from pipeline.checks.localisation.model import Number
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.checks.parameters import whole_number_of
from pipeline.checks.rulebook import rule_book
from pipeline.checks.scope import Scope


@dataclass(frozen=True, slots=True)
class IdentityTerm:
    """coefficient x a cell of the reports (previous: of those of the year before). lone: it alone is one side."""

    coefficient: Number
    field: Field
    applicant: str | None
    previous: bool
    extra: bool
    lone: bool


@dataclass(frozen=True, slots=True)
class Identity:
    """The terms add up to `total`; at_most: or to less; has_exceptions: or, where there is a reason for it, to more.

    grouped: all cells of a group; where a report has added to it, nothing is known of the sum.
    """

    rule: str
    part: str
    place: str
    terms: tuple[IdentityTerm, ...]
    total: Number
    grouped: tuple[CellKey, ...] = ()
    at_most: bool = False
    has_exceptions: bool = False


class Identities:
    """The identities of one catalogue; what was resolved for some forms is kept."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.expander = rule_book(catalog).expander
        rules = [rule for rule in catalog.rules if (rule.binds and rule.holds and rule.holds.relation == "=") or rule.limits]
        self._rules = [(rule, Scope(rule, self.expander, condition=False), whole_number_of(rule, "last_year", 9999)) for rule in rules]
        self._known: dict[tuple[str, str, Forms, Forms | None], tuple[Identity, ...]] = {}

    def within(self, facts: ReportFacts) -> Iterator[Identity]:
        """Those between cells of one report."""
        forms = self.forms(facts)
        for number, (_, scope, last_year) in enumerate(self._rules):
            if not self._looks_back(number) and (facts.report_year or 0) <= last_year and scope.stops(facts, None) is None:
                yield from (each for each in self._resolved(number, forms, None) if not facts.has_added_row(each.grouped))

    def between(self, facts: ReportFacts, before: ReportFacts) -> Iterator[Identity]:
        """Those between a report and the one of the year before."""
        for number, (_, scope, last_year) in enumerate(self._rules):
            if self._looks_back(number) and (facts.report_year or 0) <= last_year and scope.stops(facts, before) is None:
                yield from self._resolved(number, self.forms(facts), self.forms(before))

    def forms(self, facts: ReportFacts) -> Forms:
        """The form of each table, in the order of Catalog.table_ids."""
        return tuple(map(facts.form_of, self.catalog.table_ids))

    def _looks_back(self, number: int) -> bool:
        holds = self._rules[number][0].holds
        return holds is not None and any(term.previous for term in holds.terms)

    def _resolved(self, number: int, forms: Forms, before: Forms | None) -> tuple[Identity, ...]:
        rule = self._rules[number][0]
        key = (rule.rule, rule.part, forms, before)
        if key not in self._known:
            instances = self.expander.instances(rule, forms, before)
            self._known[key] = tuple(_identity(rule, instance) for instance in instances if instance.holds)
        return self._known[key]


@lru_cache(maxsize=4)
def identities(catalog: Catalog) -> Identities:
    """The identities of a catalogue, made once."""
    return Identities(catalog)


def _identity(rule: Rule, instance: Instance) -> Identity:
    holds = instance.holds
    assert holds is not None
    grouped = tuple(term.key for term in holds.terms if term.grouped)
    if rule.limits:
        sign = 1 if holds.sign == "<=" else -1
        sides = ((holds.left, sign), (holds.right, -sign))
        terms = [_term(term, factor, False) for side, factor in sides for term in side]
        total = number_of(Fraction(holds.right_constant - holds.left_constant) * sign)
        return Identity(rule.rule, rule.part, instance.place, tuple(terms), total, grouped, True, rule.severity != "E")
    terms = [_term(term, 1, len(holds.left) == 1) for term in holds.left]
    terms += [_term(term, -1, len(holds.right) == 1 and len(holds.left) > 1) for term in holds.right]
    total = number_of(Fraction(holds.right_constant - holds.left_constant))
    return Identity(rule.rule, rule.part, instance.place, tuple(terms), total, grouped)


def _term(term: CellTerm, sign: int, lone: bool) -> IdentityTerm:
    coefficient = number_of(Fraction(term.coefficient) * sign)
    return IdentityTerm(coefficient, term.field, term.applicant, term.previous, term.extra, lone)


def number_of(value: Fraction) -> Number:
    """A whole number as int, which is faster to reckon with."""
    return value.numerator if value.denominator == 1 else value
