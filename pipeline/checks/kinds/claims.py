"""Kinds about the figures that the prose states: they agree with the tables, and do not contradict them outright."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from decimal import Decimal

from pipeline.catalog.row_types import Rule
from pipeline.checks.claimed import Reading, agrees, comparable, has_cells, is_of, place_of, readings, said, stated
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import ReportFacts
from pipeline.common.errors import CatalogError
from pipeline.normalise.claims.model import Claim


def measures_of(rule: Rule, expander: Expander, parameter: str = "measures") -> tuple[str, ...]:
    """The measures that a row names. Raises CatalogError for one that is not in the catalogue."""
    named = tuple(rule.parameters[parameter].split())
    for measure in named:
        if measure not in expander.catalog.claims.measures:
            raise CatalogError(f"rules.csv 的 {rule.rule}：没有文字计数对象 {measure}。")
    return named


def _claim_agrees(rule: Rule, expander: Expander) -> Check:
    """Each measure: a claim that fits any reading of the cells passes for it; different figures that all miss are not assessable.

    about: a section; elsewhere a claim counts only where its sentence speaks of disclosure, or its paragraph of requests.
    A nought against a figure is left to the rule named in `zero_in`, where there is one.
    """
    measures, elsewhere = measures_of(rule, expander), "zero_in" in rule.parameters
    about = rule.parameters.get("about")

    def look(facts: ReportFacts, _: ReportFacts | None) -> Iterator[Assessment]:
        stated_here = {claim.measure for claim in facts.claims}
        for measure in filter(stated_here.__contains__, measures):
            claims = [claim for claim in comparable(facts, (measure,)) if about is None or is_about(facts, claim, about)]
            if not claims:
                continue
            fitting = readings(expander, facts, measure)
            if not fitting:
                yield NOT_ASSESSABLE if has_cells(expander, facts, measure) else NOT_APPLICABLE
            elif any(agrees(claim, reading.value) for claim in (*claims, *of_any_scope(facts, measure)) for reading in fitting):
                yield PASS
            elif len({claim.value for claim in claims}) > 1:
                yield NOT_ASSESSABLE
            elif elsewhere and _is_nought(claims[0], fitting):
                yield NOT_APPLICABLE
            else:
                yield disagreement(expander, facts, claims[0], fitting)

    return Glance(where_stated(measures), look)


def where_stated(measures: Collection[str | None] = (), kinds: Collection[str] = ()) -> Callable[[ReportFacts], Assessment | None]:
    """A glance: a rule does not apply where the prose states none of the measures, and nothing of the kinds, that it is about."""

    def tells(facts: ReportFacts) -> Assessment | None:
        for claim in facts.claims:
            if claim.measure in measures or claim.kind in kinds:
                return None
        return NOT_APPLICABLE

    return tells


def of_any_scope(facts: ReportFacts, measure: str) -> list[Claim]:
    """The claims of this year about a measure: where one of another scope fits the table, the table is of that scope."""
    return [claim for claim in facts.claims if claim.measure == measure and claim.kind in ("figure", "none") and claim.period == "this"]


def is_about(facts: ReportFacts, claim: Claim, section: str) -> bool:
    """Whether reviews and lawsuits are those about disclosure, and not all that a body had to do with."""
    if claim.section == section or "信息公开" in claim.sentence:
        return True
    return any(other.block == claim.block and other.measure.startswith("requests.") for other in facts.claims)


def _is_nought(claim: Claim, fitting: list[Reading]) -> bool:
    return (claim.value == 0) != all(reading.value == 0 for reading in fitting)


def disagreement(expander: Expander, facts: ReportFacts, claim: Claim, fitting: list[Reading]) -> Assessment:
    """A claim that none of the readings fits; the nearest is the one expected."""
    value = claim.value or Decimal(0)
    nearest = min(fitting, key=lambda reading: abs(reading.value - value))
    cells = {(cell.field, cell.applicant): cell for reading in fitting for cell in reading.evidence(expander, facts)}
    return Assessment(
        "fail",
        place=place_of(expander, claim),
        table=nearest.table,
        cells=tuple(cells.values()),
        expected=nearest.value,
        actual=value,
        difference=value - nearest.value,
        details={
            "sentence": said(claim),
            "stated": stated(claim),
            "label": expander.catalog.claims.measures[claim.measure].label_zh,
            "readings": "，".join(reading.text(expander, facts) for reading in fitting),
        },
    )


def _claim_contradicts(rule: Rule, expander: Expander) -> Check:
    """没有收到申请 beside a table above 0, or figures beside a table of noughts; 全部办结 beside requests carried over."""
    measures = measures_of(rule, expander)
    all_of, must_be_none = rule.parameters.get("all_of"), rule.parameters.get("none_left")

    def look(facts: ReportFacts, _: ReportFacts | None) -> Iterator[Assessment]:
        if all_of and must_be_none:
            yield from _all_done(expander, facts, all_of, must_be_none)
            return
        claims = list(comparable(facts, measures))
        if not claims or len({claim.value == 0 for claim in claims}) > 1:
            return
        fitting = readings(expander, facts, claims[0].measure)
        if not fitting:
            yield NOT_ASSESSABLE if has_cells(expander, facts, claims[0].measure) else NOT_APPLICABLE
        elif _is_nought(claims[0], fitting):
            yield disagreement(expander, facts, claims[0], fitting)
        else:
            yield PASS

    return Glance(where_stated((all_of, *measures)), look)


def _all_done(expander: Expander, facts: ReportFacts, all_of: str, must_be_none: str) -> Iterator[Assessment]:
    if any(claim.measure == must_be_none and claim.value for claim in facts.claims):
        return  # the prose itself says what is left: it means all that were due
    for claim in facts.claims:
        whole = claim.kind == "all" and claim.measure == all_of and claim.period == "this"
        if not whole or not is_of(facts, claim.scope, claim) or "结转" in claim.sentence:
            continue
        left = readings(expander, facts, must_be_none)
        if not left:
            yield NOT_ASSESSABLE if has_cells(expander, facts, must_be_none) else NOT_APPLICABLE
        elif left[0].value == 0:
            yield PASS
        else:
            yield disagreement(expander, facts, claim, left)
        return


_SAYS = frozenset({"sentence", "stated", "label", "readings"})
CLAIM_AGREES = Kind(_claim_agrees, needs=frozenset({"measures"}), takes=frozenset({"zero_in", "about"}), says=_SAYS)
CLAIM_CONTRADICTS = Kind(_claim_contradicts, needs=frozenset({"measures"}), takes=frozenset({"all_of", "none_left"}), says=_SAYS)
