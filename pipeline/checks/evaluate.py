"""Does a linear relation hold? Exact, and in three values: a cell that is not a number may be anything that it could be.

A count or an amount that is not known lies between 0 and infinity, a change (本年增/减) anywhere. A relation is true or
false where every such value makes it so; otherwise it is tried once more with empty cells and signs such as `/` read
as 0. Cells that are unreadable or not in the report are never read as 0. Where a report has added rows of its own to
a group, no sum of its rows is known whole.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.checks.evidence import is_absent
from pipeline.checks.expand import CellTerm, Relation
from pipeline.checks.model import ReportFacts
from pipeline.normalise.model import Cell


@dataclass(slots=True)
class Weight:
    """One side: the sum of what is known, whether what is not known could raise or lower it, and what that is."""

    known: Decimal
    may_rise: bool = False
    may_fall: bool = False
    numbers: int = 0
    empty: int = 0
    lost: int = 0


@dataclass(frozen=True, slots=True)
class Evaluation:
    """verdict None: not to be told. read_as_zero: true only with the empty cells read as 0."""

    verdict: bool | None
    left: Weight
    right: Weight
    read_as_zero: bool = False


def cell_of(term: CellTerm, facts: ReportFacts, previous: ReportFacts | None) -> Cell | None:
    """The cell that a term names; None where the report (or the whole report of the year before) lacks it."""
    source = previous if term.previous else facts
    if source is None:
        return None
    return (source.extra_cells if term.extra else source.cells).get(term.key)


def evaluate(relation: Relation, facts: ReportFacts, previous: ReportFacts | None) -> Evaluation:
    """Weigh both sides of a relation on a report and the one of the year before."""
    result = _evaluate(relation, facts, previous, ())
    if result.verdict is not False or not (added := added_to(relation, facts)):
        return result
    told = _evaluate(relation, facts, previous, added)
    return told if told.verdict is False else replace(told, verdict=None, read_as_zero=False)


def added_to(relation: Relation, facts: ReportFacts) -> tuple[CellTerm, ...]:
    """The cells of groups to which the report has added rows of its own."""
    grouped = tuple(term for term in relation.terms if term.grouped and not term.previous) if facts.added_rows else ()
    return grouped if grouped and facts.has_added_row(term.key for term in grouped) else ()


def _evaluate(relation: Relation, facts: ReportFacts, previous: ReportFacts | None, added: Collection[CellTerm]) -> Evaluation:
    left = _weigh(relation.left, relation.left_constant, facts, previous, added)
    right = _weigh(relation.right, relation.right_constant, facts, previous, added)
    difference = left.known - right.known
    verdict = _compare(relation.sign, difference, left.may_rise or right.may_fall, left.may_fall or right.may_rise)
    lost = left.lost + right.lost
    if verdict is True and lost:
        verdict = None
    if verdict is None and not lost and left.numbers + right.numbers and _compare(relation.sign, difference, False, False):
        return Evaluation(True, left, right, read_as_zero=True)
    return Evaluation(verdict, left, right)


def _weigh(
    terms: tuple[CellTerm, ...], constant: Decimal, facts: ReportFacts, previous: ReportFacts | None, added: Collection[CellTerm]
) -> Weight:
    weight = Weight(constant)
    for term in terms:
        cell = cell_of(term, facts, previous)
        if cell is not None and cell.value is not None:
            weight.known += term.coefficient * cell.value
            weight.numbers += 1
            if term in added:
                weight.may_rise |= term.coefficient > 0
                weight.may_fall |= term.coefficient < 0
            continue
        if is_absent(cell) or (cell is not None and cell.state == "unreadable"):
            weight.lost += 1
        else:
            weight.empty += 1
        signed = term.field.kind == "signed_count"
        weight.may_rise |= signed or term.coefficient > 0
        weight.may_fall |= signed or term.coefficient < 0
    return weight


def _compare(sign: str, difference: Decimal, may_rise: bool, may_fall: bool) -> bool | None:
    """Whether `difference sign 0` holds for every value that the difference can take (None: for some)."""
    if sign == "=":
        if (difference > 0 and not may_fall) or (difference < 0 and not may_rise):
            return False
        return None if may_rise or may_fall else difference == 0
    if sign in (">", ">="):
        difference, may_rise, may_fall = -difference, may_fall, may_rise
    strict = sign in ("<", ">")
    holds = difference < 0 if strict else difference <= 0
    if holds:
        return None if may_rise else True
    return None if may_fall else False
