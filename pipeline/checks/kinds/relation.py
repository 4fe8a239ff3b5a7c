"""The kind `relation`: a linear relation between cells, once for each value of `each`.

Parameters: last_year = the last report year for which the row is meant.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from pipeline.catalog.row_types import Rule
from pipeline.checks.evaluate import Evaluation, Weight, cell_of, evaluate
from pipeline.checks.evidence import figure_text, finding_cell, listed, number_text
from pipeline.checks.expand import CellTerm, Expander, Forms, Instance, Relation
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Kind
from pipeline.checks.model import FindingCell, ReportFacts, Side
from pipeline.checks.names import Names
from pipeline.checks.parameters import whole_number_of
from pipeline.common.errors import CatalogError
from pipeline.normalise.model import Cell

_ALL_NAMED = 2  # a side of up to so many cells is spelled out whole, a longer one without its zeros


class RelationCheck:
    """One row of rules.csv that is a relation."""

    def __init__(self, rule: Rule, expander: Expander) -> None:
        if rule.holds is None or rule.holds.relation is None:
            raise CatalogError(f"rules.csv 的 {rule.rule}：relation 类规则的 holds 应写明一个等式或不等式。")
        self._rule, self._expander = rule, expander
        self._last_year = whole_number_of(rule, "last_year", default=9999)
        self._known: dict[tuple[Forms, Forms | None], tuple[Instance, ...]] = {}

    def __call__(self, facts: ReportFacts, previous: ReportFacts | None, places: Sequence[int] | None = None) -> list[Assessment]:
        """How each instance comes out, or those at some places among them."""
        instances = self.instances(facts, previous)
        chosen = instances if places is None else [instances[place] for place in places]
        return [assess(instance, facts, previous, self._expander.names) for instance in chosen]

    def instances(self, facts: ReportFacts, previous: ReportFacts | None) -> tuple[Instance, ...]:
        """The instances in reports of these forms, the same object for the same forms; none after the last year of the row."""
        if facts.report_year is not None and facts.report_year > self._last_year:
            return ()
        tables = self._expander.catalog.table_ids
        forms = tuple(map(facts.form_of, tables))
        before = tuple(map(previous.form_of, tables)) if previous else self._expander.forms_due(_year_before(facts))
        if (forms, before) not in self._known:
            self._known[forms, before] = self._expander.instances(self._rule, forms, before)
        return self._known[forms, before]


RELATION = Kind(
    prepare=RelationCheck,
    takes=frozenset({"last_year"}),
    says=frozenset({"left", "right", "difference", "left_terms", "right_terms", "when_terms"}),
    linear=True,
)


def assess(instance: Instance, facts: ReportFacts, previous: ReportFacts | None, names: Names) -> Assessment:
    """How one instance comes out on a report and the one of the year before."""
    holds, when = instance.holds, instance.when
    if holds is None or lacks_extra_column(holds, facts):
        return NOT_APPLICABLE
    if when is not None:
        condition = evaluate(when, facts, previous).verdict
        if condition is not True:
            return NOT_APPLICABLE if condition is False else NOT_ASSESSABLE
    if instance.uses_previous and previous is None:
        return NOT_ASSESSABLE
    result = evaluate(holds, facts, previous)
    if result.verdict is True:
        return Assessment("pass", read_as_zero=_empty_cells(holds, facts, previous, names)) if result.read_as_zero else PASS
    return NOT_ASSESSABLE if result.verdict is None else _failure(instance, result, facts, previous, names)


def _year_before(facts: ReportFacts) -> int | None:
    return facts.report_year - 1 if facts.report_year is not None else None


def lacks_extra_column(relation: Relation, facts: ReportFacts) -> bool:
    """Whether the relation needs a column that only some reports print, and this one does not."""
    wanted = {term.applicant for term in relation.terms if term.extra}
    return bool(wanted) and not wanted <= {applicant for _, applicant in facts.extra_cells}


def _failure(instance: Instance, result: Evaluation, facts: ReportFacts, previous: ReportFacts | None, names: Names) -> Assessment:
    holds = instance.holds
    assert holds is not None
    left, right = result.left, result.right
    exact = not (left.empty or left.lost or right.empty or right.lost)
    is_bound = holds.sign in ("<", ">") or any(abs(term.coefficient) != 1 for term in holds.terms)
    difference = left.known - right.known
    details = {
        "left": _bound(left),
        "right": _bound(right),
        "difference": number_text(abs(difference)) + ("" if exact else " 以上"),
        "left_terms": _terms(holds.left, facts, previous),
        "right_terms": _terms(holds.right, facts, previous),
        "when_terms": _terms(instance.when.terms, facts, previous) if instance.when else "",
    }
    cells = _all_cells(holds, facts, previous, names)
    if len(holds.left) > _ALL_NAMED and not holds.right:  # a sum against a constant: its zeros are no evidence
        cells = tuple(cell for cell in cells if cell.value != 0) or cells
    return Assessment(
        "fail",
        place=instance.place,
        cells=cells + condition_cells(instance, cells, facts, previous, names),
        expected=None if is_bound or right.empty or right.lost else right.known,
        actual=left.known if not (left.empty or left.lost) else None,
        difference=difference if exact and not is_bound else None,
        details=details,
    )


def condition_cells(
    instance: Instance, named: tuple[FindingCell, ...], facts: ReportFacts, previous: ReportFacts | None, names: Names
) -> tuple[FindingCell, ...]:
    """The cells of the condition (`when`) of an instance that are not among `named`."""
    if instance.when is None:
        return ()
    known = {(cell.report_id, cell.field, cell.applicant) for cell in named}
    cells = [cell for term in instance.when.terms for cell in _evidence(term, "left", facts, previous, names)]
    return tuple(cell for cell in cells if (cell.report_id, cell.field, cell.applicant) not in known)


def _empty_cells(relation: Relation, facts: ReportFacts, previous: ReportFacts | None, names: Names) -> tuple[FindingCell, ...]:
    return tuple(cell for cell in _all_cells(relation, facts, previous, names, only_empty=True) if cell.value is None)


def _all_cells(
    relation: Relation, facts: ReportFacts, previous: ReportFacts | None, names: Names, only_empty: bool = False
) -> tuple[FindingCell, ...]:
    """The cells of both sides. only_empty: those of terms without a number will do."""
    sides: list[tuple[Side, tuple[CellTerm, ...]]] = [("left", relation.left), ("right", relation.right)]
    wanted = [(term, side) for side, terms in sides for term in terms if not (only_empty and _is_number(cell_of(term, facts, previous)))]
    return tuple(cell for term, side in wanted for cell in _evidence(term, side, facts, previous, names))


def _is_number(cell: Cell | None) -> bool:
    return cell is not None and cell.value is not None


def _evidence(term: CellTerm, side: Side, facts: ReportFacts, previous: ReportFacts | None, names: Names) -> Iterator[FindingCell]:
    """The cell of a term; of a sum of reports, the cell of each of them."""
    source = previous if term.previous and previous is not None else facts
    prefix = "上一年度" if term.previous else ""
    if not source.parts:
        yield finding_cell(names, source, term.field, term.applicant, cell_of(term, facts, previous), side, prefix)
    for part in source.parts:
        cell = (part.extra_cells if term.extra else part.cells).get(term.key)
        yield finding_cell(names, part, term.field, term.applicant, cell, side, f"{prefix}{part.agency_name}")


def _bound(weight: Weight) -> str:
    """The sum of a side, or the bound that its known cells set."""
    text = number_text(weight.known)
    if weight.may_rise and weight.may_fall:
        return f"{text}（另有未填写的数）"
    return f"{text} 以上" if weight.may_rise else f"{text} 以下" if weight.may_fall else text


def _terms(terms: tuple[CellTerm, ...], facts: ReportFacts, previous: ReportFacts | None) -> str:
    """“本年新收” 12 件与“上年结转” 1 件; zeros are left out of a long list."""
    texts: list[str] = []
    for term in terms:
        cell = cell_of(term, facts, previous)
        if len(terms) > _ALL_NAMED and cell is not None and cell.value == Decimal(0):
            continue
        texts.append(f"{'减' if term.coefficient < 0 else ''}{term.label} {figure_text(cell, term.field.unit)}")
    if not texts:
        return "各项均为 0" if terms else ""
    return "与".join(texts) if len(texts) == len(terms) == 2 else listed(texts)
