"""Figures that the prose of a report states exactly of this year and its own scope, and the cells that state the same."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.claimed import comparable, place_of, readings
from pipeline.checks.expand import Expander
from pipeline.checks.kinds.claims import is_about, measures_of, of_any_scope
from pipeline.checks.model import ReportFacts
from pipeline.checks.names import quoted
from pipeline.checks.rulebook import rule_book
from pipeline.normalise.model import Cell

CellRead = tuple[Field, str | None, Cell]


@dataclass(frozen=True, slots=True)
class Stated:
    """A figure of the prose with the sums of cells that it may mean, under the rule that compares them."""

    rule: str
    part: str
    measure: str
    value: Decimal
    raw: str
    label: str
    place: str
    location: str
    readings: tuple[tuple[CellRead, ...], ...]


def stated_figures(catalog: Catalog, facts: ReportFacts) -> Iterator[Stated]:
    """Each measure of which the prose states one exact figure; where it states several, or one of another scope that fits, none binds."""
    if not facts.claims:
        return
    expander = rule_book(catalog).expander
    for rule in catalog.rules:
        if rule.binds and rule.kind == "claim_agrees" and (not rule.forms or facts.form_due in rule.forms):
            yield from _of_rule(expander, rule, facts)


def _of_rule(expander: Expander, rule: Rule, facts: ReportFacts) -> Iterator[Stated]:
    about = rule.parameters.get("about")
    for measure in measures_of(rule, expander):
        claims = [claim for claim in comparable(facts, (measure,)) if about is None or is_about(facts, claim, about)]
        if not claims or any(claim.approximate or claim.value is None for claim in claims) or len({claim.value for claim in claims}) > 1:
            continue
        found = [reading for reading in readings(expander, facts, measure) if all(not cell.extra for _, _, cell in reading.cells)]
        elsewhere = [claim for claim in of_any_scope(facts, measure) if claim.value != claims[0].value]
        if not found or any(reading.value == claim.value for reading in found for claim in elsewhere):
            continue
        first = claims[0]
        where = f"第{first.page}页" if first.page is not None else f"第{first.block + 1}段"
        label = f"正文{quoted(expander.catalog.claims.measures[measure].label_zh)}"
        yield Stated(
            rule.rule,
            rule.part,
            measure,
            first.value or Decimal(0),
            first.raw,
            label,
            place_of(expander, first),
            where,
            tuple(reading.cells for reading in found),
        )
