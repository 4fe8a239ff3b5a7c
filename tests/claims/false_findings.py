"""What the rules about prose would wrongly find: each labelled sentence in a report whose cells say what its labels say.

A finding that is made of what was read, and not of what is stated, is false; one that is made of what is stated alone was missed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal, localcontext
from functools import lru_cache

from msgspec.structs import replace as structs_replace

from pipeline.catalog.model import Catalog
from pipeline.checks.claimed import readings
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.checks.rulebook import EXACT, RuleBook
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.reading import read_paragraph
from pipeline.normalise.model import Cell
from tests.checks.build_report import make_report
from tests.claims.labelled_set import Labelled, Stated

_ELSE = Decimal(7919)  # what cells say of which the sentence says nothing: a figure that no sentence states
_CARRIED_OUT = ("requests.carried_out", "total")
_FORMS = {"2008": "2014"}
_ABOUT_PROSE = "N"
_SECTION = "remedies"  # where reviews and lawsuits are taken for those about disclosure


@dataclass(frozen=True)
class Judged:
    """The findings of a sentence that are false, and those that were missed: rule and place of each."""

    sentence: Labelled
    false: tuple[str, ...]
    missed: tuple[str, ...]


def judged(book: RuleBook, sentence: Labelled) -> Judged:
    """Run the rules about prose on what is read of a sentence and on what it states."""
    report = _report(book, sentence)
    read = [structs_replace(claim, section=_SECTION) for claim in read_paragraph(book.catalog, sentence.text, sentence.report_year)]
    found, true = (set(_findings(book, replace(report, claims=tuple(claims)))) for claims in (read, _claims(sentence)))
    return Judged(sentence, tuple(sorted(found - true)), tuple(sorted(true - found)))


def _findings(book: RuleBook, facts: ReportFacts) -> Iterator[str]:
    with localcontext(EXACT):
        for row in book.rows:
            if row.rule.rule.startswith(_ABOUT_PROSE):
                yield from (f"{row.rule.rule} {finding.place}" for finding in book.result(row, facts, None).findings)


def _claims(sentence: Labelled) -> list[Claim]:
    """The claims of the labels as the rules take them."""
    places = {(stated.measure, stated.value): place for place, stated in reversed(list(enumerate(sentence.claims)))}
    return [
        Claim(
            kind=stated.kind,  # type: ignore[arg-type]
            measure=stated.measure,
            value=stated.value,
            unit=stated.unit,
            raw=f"{stated.value or ''}",
            sentence=sentence.text,
            block=0,
            start=0,
            end=0,
            section=_SECTION,
            value_to=stated.value_to,
            approximate=stated.approximate,
            period=stated.period,  # type: ignore[arg-type]
            scope=stated.scope,  # type: ignore[arg-type]
            base=stated.base,
            direction=stated.direction,  # type: ignore[arg-type]
            whole=places[stated.whole] if stated.whole else None,
        )
        for stated in sentence.claims
    ]


def _report(book: RuleBook, sentence: Labelled) -> ReportFacts:
    """A report whose cells agree with the labels of a sentence, with other figures in all other cells."""
    form = _FORMS.get(sentence.form, sentence.form)
    kind = "government" if any(stated.scope == "area" for stated in sentence.claims) else "department"
    facts = _blank_report(book.catalog, form, sentence.report_year, kind)
    figures = _figures(book, facts, [stated for stated in sentence.claims if _of_report(stated, kind)])
    return replace(facts, cells=facts.cells | {key: _cell(facts.cells[key], value) for key, value in figures.items()})


@lru_cache(maxsize=64)
def _blank_report(catalog: Catalog, form: str, year: int, kind: str) -> ReportFacts:
    facts = make_report(catalog, form, year=year, facts={"agency_kind": kind})
    return replace(facts, claims=(), cells={key: _cell(cell, _ELSE) for key, cell in facts.cells.items()})


def _cell(cell: Cell, value: Decimal) -> Cell:
    return structs_replace(cell, value=value, raw=f"{value}")


def _of_report(stated: Stated, kind: str) -> bool:
    other = "own" if kind == "government" else "area"
    of_now = stated.period in ("this", "as_of")
    return stated.kind in ("figure", "none", "all") and of_now and stated.scope != other and stated.value_to is None


def _figures(book: RuleBook, facts: ReportFacts, told: Iterable[Stated]) -> dict[CellKey, Decimal]:
    """Cells by key: those that a label alone states, then the rest of sums in the first cell that nothing is said of."""
    figures: dict[CellKey, Decimal] = {}
    sums: list[tuple[list[CellKey], Decimal]] = []
    for stated in told:
        if stated.kind == "all":
            figures.setdefault(_CARRIED_OUT, Decimal(0))
        value = stated.value or Decimal(0)
        for reading in readings(book.expander, facts, stated.measure)[:1] if stated.value is not None else ():
            keys = [(field.field, applicant) for field, applicant, _ in reading.cells]
            if len(keys) == 1:
                figures.setdefault(keys[0], value)
            else:
                sums.append((keys, value))
    for keys, value in sums:
        left = [key for key in keys if key not in figures]
        rest = value - sum(figures.get(key, Decimal(0)) for key in keys)
        figures |= {key: rest if key == left[0] else Decimal(0) for key in left}
    return {key: value for key, value in figures.items() if key in facts.cells}
