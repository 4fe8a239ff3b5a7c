"""What the letters of a year are about: the open findings of each body, from the stored tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath
from typing import Literal

from pipeline.catalog import Catalog
from pipeline.catalog.numbers import number_text
from pipeline.publish.stored import PERHAPS_MISREAD, Tables

SETTLED, WEAK = "corrected", "weak"
PARTS = ("E", "W", SETTLED, "I", WEAK)  # of a letter, in this order; the last for evidence that proves nothing
Kind = Literal["answered", "settled", "hints"]
ANSWERED = ("E", "W")  # to which an answer is asked for
_FINDINGS = f"""
    SELECT agency_id, agency_name, path,
           CASE WHEN status = 'corrected' THEN 'corrected' WHEN weak THEN 'weak' ELSE severity END,
           rule, part, title_zh, place, message, coalesce(probable, ''), location, raw, status,
           coalesce(decision_reason, '')
    FROM out_findings
    WHERE status <> 'waived' AND NOT {PERHAPS_MISREAD}
    ORDER BY agency_name, agency_id, CASE severity WHEN 'E' THEN 1 WHEN 'W' THEN 2 ELSE 3 END, "table" NULLS FIRST, rule, part, place,
             finding_id
"""

_CORRECTIONS = """
    SELECT agency_id, CASE WHEN cell_year = report_year THEN '' ELSE CAST(cell_year AS VARCHAR) END, label, raw, proposed_value,
           "table" IS NOT NULL, field, suggestion
    FROM core_suggestions WHERE determined ORDER BY agency_id, suggestion_part, solution, position
"""


@dataclass(frozen=True)
class Correction:
    """A figure that is very probably wrong, and what the others make it; text: the sentence that the findings about it carry."""

    place: str
    raw: str
    proposed: str
    text: str


@dataclass(frozen=True)
class Item:
    """One finding. raw: what its first cell prints; probable: what probably is wrong, "" where nothing can be said.

    confirmed: the office has looked into it; decision: what it found.
    """

    part: str
    title: str
    place: str
    message: str
    definition: str
    location: str
    raw: str
    probable: str = ""
    confirmed: bool = False
    decision: str = ""


@dataclass(frozen=True)
class Letter:
    """What one body is told about its report on a year. file: the name of the file that was checked.

    Findings that the office waived are not in it, nor those that may come from a figure that we misread. Those that the office
    corrected itself only have to be put right where they were published.
    """

    agency_id: str
    agency_name: str
    report_year: int
    file: str
    items: tuple[Item, ...]
    corrections: tuple[Correction, ...] = ()

    @property
    def to_be_answered(self) -> tuple[Item, ...]:
        """The findings to which an answer is asked for."""
        return tuple(item for item in self.items if item.part in ANSWERED)

    @property
    def kind(self) -> Kind:
        """`answered`: it asks for an answer; `settled`: the office corrected all of it; `hints`: it asks for nothing."""
        if self.to_be_answered:
            return "answered"
        return "settled" if any(item.part == SETTLED for item in self.items) else "hints"


def letters_of(tables: Tables, catalog: Catalog, year: int) -> Iterator[Letter]:
    """The letter of each body with findings in its current report on `year`, by name; `tables` hold that year alone."""
    definitions = {(rule.rule, rule.part): rule.definition_zh for rule in catalog.rules}
    corrections = _corrections(tables, catalog)
    for (agency_id, name), group in groupby(tables.rows(_FINDINGS), key=lambda row: row[:2]):
        rows = list(group)
        items = (
            Item(
                *(part, title, place, message, definitions.get((rule, of), ""), location, raw.strip()),
                probable="" if part == SETTLED else probable,
                confirmed=status == "confirmed",
                decision=decision if status in ("confirmed", "corrected") else "",
            )
            for _, _, _, part, rule, of, title, place, message, probable, location, raw, status, decision in rows
        )
        file = PurePosixPath(rows[0][2].rpartition("!")[2]).name
        ordered = tuple(sorted(items, key=lambda item: PARTS.index(item.part)))
        yield Letter(agency_id, name, year, file, ordered, tuple(corrections.get(agency_id, ())))


def _corrections(tables: Tables, catalog: Catalog) -> dict[str, list[Correction]]:
    money = {field.field for field in catalog.fields if field.kind == "money"}
    found: dict[str, list[Correction]] = {}
    for agency_id, other_year, label, raw, proposed, in_table, field, text in tables.rows(_CORRECTIONS):
        place = catalog.wordings("letter.other_year", year=other_year, place=label) if other_year else label
        unit = "元" if in_table and field in money else ""
        shown = "" if proposed is None else number_text(proposed) + unit
        found.setdefault(agency_id, []).append(Correction(place, raw.strip(), shown, text))
    return found
