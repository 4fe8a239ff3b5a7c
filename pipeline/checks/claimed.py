"""Claims of the prose beside the cells that state the same: which can be compared, with what, and whether they agree."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pipeline.catalog.claims import OTHER
from pipeline.catalog.model import Catalog
from pipeline.catalog.numbers import number_text
from pipeline.catalog.row_types import Field
from pipeline.checks.evidence import figure_text, finding_cell, listed
from pipeline.checks.expand import Expander, Forms
from pipeline.checks.model import FindingCell, ReportFacts
from pipeline.checks.names import quoted
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Cell

_TOTAL = "total"
_WHOLES_OF_SOME = "requests.by_"  # a figure about the requests by post alone is not about all requests
_LONGEST_QUOTE = 60
_ITSELF = re.compile(r"[省市区县旗州](?:人民)?政府(?!办|本级|机关)")
_NAMED = re.compile(r"(?:局|委|街道|镇|乡|中心|部门|科室)[^，。；、]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """One way in which cells state what a claim counts: their sum."""

    cells: tuple[tuple[Field, str | None, Cell], ...]

    @property
    def value(self) -> Decimal:
        """The sum of the cells."""
        return sum((cell.value or Decimal(0) for _, _, cell in self.cells), Decimal(0))

    @property
    def table(self) -> str:
        """The table of the first cell."""
        return self.cells[0][0].table

    def evidence(self, expander: Expander, facts: ReportFacts) -> tuple[FindingCell, ...]:
        """The cells as evidence of a finding."""
        return tuple(finding_cell(expander.names, facts, field, applicant, cell, "right") for field, applicant, cell in self.cells)

    def text(self, expander: Expander, facts: ReportFacts) -> str:
        """表三“一、本年新收…（总计）”填报 12 件（第2张表第4行第10列）; a sum says its value first."""
        names = expander.names
        printed = [
            f"{names.table(facts.form_of(field.table), field.table)}{quoted(names.full(field, applicant))}填报"
            f"{figure_text(cell, field.unit)}（{location_text(cell.locator)}）"
            for field, applicant, cell in self.cells
            if len(self.cells) == 1 or cell.value
        ]
        if len(self.cells) == 1:
            return printed[0]
        return f"合计 {number_text(self.value)}（{listed(printed) or '各项均为 0'}）"


def readings(expander: Expander, facts: ReportFacts, measure: str) -> list[Reading]:
    """The readings of a measure in the cells of a report; empty where a cell that it needs is not a number."""
    found: list[Reading] = []
    for alternatives in _readings(expander.catalog, measure, tuple(map(facts.form_of, expander.catalog.table_ids))):
        for sum_of in alternatives:
            cells = [
                (field, applicant, facts.cells.get((field.field, applicant)))
                for field, applicant in sum_of
                if facts.table_found(field.table)
            ]
            known = [(field, applicant, cell) for field, applicant, cell in cells if cell is not None and cell.value is not None]
            if cells and len(known) == len(cells):
                found.append(Reading(tuple(known)))
        if found:
            break
    return found


def has_cells(expander: Expander, facts: ReportFacts, measure: str) -> bool:
    """Whether the forms of a report have cells that state a measure, filled in or not."""
    words = _readings(expander.catalog, measure, tuple(map(facts.form_of, expander.catalog.table_ids)))
    return any(sum_of for alternatives in words for sum_of in alternatives)


@lru_cache(maxsize=4096)
def _readings(catalog: Catalog, measure: str, forms: Forms) -> tuple[tuple[tuple[tuple[Field, str | None], ...], ...], ...]:
    """For each way to state a measure the alternatives, each the cells of a sum, in tables of these forms."""
    words = catalog.claims.measures[measure].fields
    return tuple(tuple(tuple(_sum_of(catalog, forms, text)) for text in word.split("|")) for word in words)


def _sum_of(catalog: Catalog, forms: Forms, text: str) -> Iterator[tuple[Field, str | None]]:
    for table, form in zip(catalog.table_ids, forms, strict=True):
        for term in text.split("+"):
            path, _, column = term.rstrip("]").partition("[")
            for field in catalog.fields_of(form, table) if form else ():
                if field.field == path or (path.endswith("*") and field.field.startswith(path[:-1])):
                    yield field, (column or _TOTAL) if field.by_applicant else None


def comparable(facts: ReportFacts, measures: Sequence[str]) -> Iterator[Claim]:
    """The claims about `measures` of this year and of whom the report is about, not about some of what they count.

    A figure that follows one of another scope in the same paragraph may share its scope, and is left alone.
    """
    scope, block = "unknown", -1
    for claim in facts.claims:
        if claim.block != block:
            scope, block = "unknown", claim.block
        scope = claim.scope if claim.scope != "unknown" else scope
        if claim.measure not in measures or claim.kind not in ("figure", "none") or claim.value_to is not None:
            continue
        of_this_year = claim.period == "this" or (claim.period == "as_of" and claim.measure.endswith(".in_force"))
        if of_this_year and is_of(facts, scope, claim) and not _of_some(facts, claim) and not _is_of_named_body(facts, claim):
            yield claim


def _is_of_named_body(facts: ReportFacts, claim: Claim) -> bool:
    """Whether a government's report names, in the clause of a figure, one body of its area (区教育局收到申请 31 件)."""
    return (
        facts.agency_kind == "government" and claim.scope == "unknown" and _NAMED.search(claim.sentence.partition(claim.raw)[0]) is not None
    )


def is_of(facts: ReportFacts, scope: str, claim: Claim) -> bool:
    """Whether a claim of a scope is of that of the report: a government reports on its area, any other body on itself.

    A government that tells nothing of its area apart means itself and its area alike by 区政府.
    """
    if scope == "unknown":
        return True
    if facts.agency_kind != "government":
        return scope == "own"
    itself = scope == "own" and _ITSELF.search(claim.sentence.partition(claim.raw)[0]) is not None
    return scope == "area" or (itself and not any(each.scope == "area" for each in facts.claims))


def _of_some(facts: ReportFacts, claim: Claim) -> bool:
    """Whether a claim is a part of something that is not compared: of requests by post, of what nobody knows, of another year."""
    while claim.whole is not None:
        part, claim = claim, facts.claims[claim.whole]
        if claim.measure in (OTHER, part.measure) or claim.measure.startswith(_WHOLES_OF_SOME) or claim.period not in ("this", "as_of"):
            return True
    return False


def agrees(claim: Claim, value: Decimal) -> bool:
    """Whether a claim can mean a value; 余, 多 and 约 leave room for the last digit that is not 0, and for a tenth."""
    stated = claim.value or Decimal(0)
    if not claim.approximate:
        return stated == value
    digits = number_text(stated).rstrip("0")
    step = Decimal(10) ** (len(number_text(stated)) - len(digits)) if digits and "." not in digits else Decimal(1)
    room = max(step, stated / 10)
    return abs(value - stated) <= room


def said(claim: Claim) -> str:
    """The sentence of a claim, in quotation marks, shortened around the figure."""
    text = " ".join(claim.sentence.split())
    if len(text) > _LONGEST_QUOTE:
        place = max(text.find(claim.raw), 0)
        start = max(0, min(place - _LONGEST_QUOTE // 2, len(text) - _LONGEST_QUOTE))
        text = ("…" if start else "") + text[start : start + _LONGEST_QUOTE] + ("…" if start + _LONGEST_QUOTE < len(text) else "")
    return quoted(text)


def stated(claim: Claim) -> str:
    """What a claim states: 约 300 件; 没有; 增加 12.5%."""
    if claim.kind == "none":
        return "没有"
    if claim.kind in ("growth", "change"):
        word = {"up": "增加", "down": "减少"}.get(claim.direction or "", "变化")
        return f"{word} {number_text(claim.value or Decimal(0))}{claim.unit}"
    return f"{'约 ' if claim.approximate else ''}{number_text(claim.value or Decimal(0))} {claim.unit}".rstrip()


def place_of(expander: Expander, claim: Claim) -> str:
    """正文“予以公开”8 件: what a finding about a claim is about."""
    label = expander.catalog.claims.measures[claim.measure].label_zh
    return f"正文“{label}”{stated(claim)}"
