"""From a rule's expressions to the cells of one combination of forms: `each`, `$`, wildcards and applicant words resolved."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.catalog.expressions import Expression, Term
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.names import Names, common_start, quoted
from pipeline.common.errors import CatalogError

Forms = tuple[str | None, ...]  # the form of each table, in the order of Catalog.table_ids


@dataclass(frozen=True, slots=True)
class CellTerm:
    """coefficient x one cell of this report or the one before; label is how a message names it.

    grouped: it is one of all cells of a group (`path.*`), to which a report may have added some of its own.
    """

    coefficient: Decimal
    field: Field
    applicant: str | None
    previous: bool
    extra: bool
    label: str = ""
    grouped: bool = False

    @property
    def key(self) -> tuple[str, str | None]:
        """Field and applicant, as cells are kept."""
        return self.field.field, self.applicant


@dataclass(frozen=True, slots=True)
class Relation:
    """left relation right, over cells; the constants of each side are summed."""

    left: tuple[CellTerm, ...]
    left_constant: Decimal
    sign: str
    right: tuple[CellTerm, ...]
    right_constant: Decimal

    @property
    def terms(self) -> tuple[CellTerm, ...]:
        """The cells of both sides, as written."""
        return self.left + self.right


@dataclass(frozen=True, slots=True)
class Instance:
    """One instance of a linear rule. holds is None where these forms lack one of its cells: not applicable."""

    place: str = ""
    when: Relation | None = None
    holds: Relation | None = None
    uses_previous: bool = False


class Expander:
    """Resolves expressions against the fields of a catalogue."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog
        self.names = Names(catalog)
        self._applicants = tuple(row.applicant for row in catalog.applicants)
        self._words = {"all": self._applicants, "parts": tuple(row.applicant for row in catalog.applicants if row.in_total)}
        self._fields: dict[Forms, Mapping[str, Field]] = {}

    def forms_due(self, year: int | None) -> Forms | None:
        """The forms of a report on `year` that keeps to the rules; None where no form is known for that year."""
        form = self.catalog.form_due(year) if year is not None else None
        return (form.form,) * len(self.catalog.table_ids) if form else None

    def instances(self, rule: Rule, forms: Forms, previous: Forms | None) -> tuple[Instance, ...]:
        """Every instance of a linear rule in a report of these forms. previous None: nothing is known of the year before."""
        values = [value for word in rule.each for value in self._each(word, forms)] if rule.each else [""]
        return tuple(self._instance(rule, value, forms, previous) for value in values)

    def condition(self, rule: Rule, forms: Forms, previous: Forms | None) -> Instance:
        """The `when` of a rule that is not linear, as an instance of its own."""
        return self._instance(rule, "", forms, previous)

    def _each(self, word: str, forms: Forms) -> tuple[str, ...]:
        if word.startswith("@"):
            return self._words["all" if word == "@applicants" else "parts"]
        return tuple(path for path in self._fields_in(forms) if path.startswith(word[:-1])) if word.endswith("*") else (word,)

    def _instance(self, rule: Rule, value: str, forms: Forms, previous: Forms | None) -> Instance:
        expressions = [(expression.substitute(value) if value else expression) for expression in (rule.when, rule.holds) if expression]
        uses_previous = any(term.previous for expression in expressions for term in expression.terms)
        relations = [self._relation(rule, expression, forms, previous or forms) for expression in expressions]
        known = [relation for relation in relations if relation is not None]
        if len(known) < len(relations):
            return Instance(uses_previous=uses_previous)
        labels = self._labels([term for relation in known for term in relation.terms])
        named = [_named(relation, labels) for relation in known]
        terms = [term for relation in named for term in relation.terms]
        current = [term for term in terms if not term.previous] or terms
        current = [term for term in current if term.field.table == rule.table] or current
        place = self.names.place((term.field, term.applicant) for term in current)
        return Instance(place, named[0] if rule.when else None, named[-1], uses_previous)

    def _relation(self, rule: Rule, expression: Expression, forms: Forms, previous: Forms) -> Relation | None:
        left, right = (self._cells(rule, side, forms, previous) for side in (expression.left, expression.right))
        if left is None or right is None or expression.relation is None:
            return None
        constants = [
            sum((term.coefficient for term in side if term.path is None), Decimal(0)) for side in (expression.left, expression.right)
        ]
        return Relation(left, constants[0], expression.relation, right, constants[1])

    def _cells(self, rule: Rule, side: tuple[Term, ...], forms: Forms, previous: Forms) -> tuple[CellTerm, ...] | None:
        """The cells of one side; None where the forms lack one of them."""
        cells: list[CellTerm] = []
        for term in side:
            if term.path is None:
                continue
            fields = self._fields_in(previous if term.previous else forms)
            matches = (
                [fields[path] for path in fields if path.startswith(term.path[:-1])] if term.path.endswith("*") else [fields.get(term.path)]
            )
            if not matches or matches[0] is None:
                return None
            for field in filter(None, matches):
                if field.by_applicant != bool(term.applicant):
                    raise CatalogError(
                        f"rules.csv 的 {rule.rule}：指标 {field.field} 与申请人类别的写法不符（{term.applicant or '未写'}）。"
                    )
                for applicant in self._words.get(term.applicant or "", (term.applicant,)):
                    extra = applicant is not None and applicant not in self._applicants
                    cells.append(CellTerm(term.coefficient, field, applicant, term.previous, extra, grouped=term.path.endswith("*")))
        return tuple(cells)

    def _fields_in(self, forms: Forms) -> Mapping[str, Field]:
        if forms not in self._fields:
            tables = zip(self.catalog.table_ids, forms, strict=True)
            self._fields[forms] = {row.field: row for table, form in tables if form for row in self.catalog.fields_of(form, table)}
        return self._fields[forms]

    def _labels(self, terms: list[CellTerm]) -> dict[CellTerm, str]:
        """The shortest names that keep the cells of one instance apart."""
        paths = {term.field.field: self.names.path(term.field) for term in terms}
        shared = len(common_start(list(paths.values())))
        several_applicants = len({term.applicant for term in terms} - {None}) > 1
        labels = {}
        for term in terms:
            field = "/".join(paths[term.field.field][shared:])
            applicant = self.names.applicant(term.applicant) if several_applicants else ""
            label = quoted(applicant) if applicant and len(paths) == 1 else quoted(field) + (f"（{applicant}）" if applicant else "")
            labels[term] = f"上一年度报告的{label}" if term.previous else label
        return labels


def _named(relation: Relation, labels: Mapping[CellTerm, str]) -> Relation:
    def named(terms: tuple[CellTerm, ...]) -> tuple[CellTerm, ...]:
        return tuple(replace(term, label=labels[term]) for term in terms)

    return Relation(named(relation.left), relation.left_constant, relation.sign, named(relation.right), relation.right_constant)
