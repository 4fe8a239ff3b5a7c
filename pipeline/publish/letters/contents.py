"""What the letters of a year are about: the open findings of each body, from the stored tables."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import PurePosixPath

from pipeline.catalog import Catalog
from pipeline.publish.stored import Tables

SETTLED, WEAK = "corrected", "weak"
PARTS = ("E", "W", SETTLED, "I", WEAK)  # of a letter, in this order; the last for evidence that proves nothing
ANSWERED = ("E", "W")  # to which an answer is asked for
_FINDINGS = """
    SELECT agency_id, agency_name, path,
           CASE WHEN status = 'corrected' THEN 'corrected' WHEN weak THEN 'weak' ELSE severity END,
           rule, part, title_zh, place, message, location, raw, status
    FROM out_findings
    WHERE status <> 'waived'
    ORDER BY agency_name, agency_id, CASE severity WHEN 'E' THEN 1 WHEN 'W' THEN 2 ELSE 3 END, "table" NULLS FIRST, rule, part, place,
             finding_id
"""


@dataclass(frozen=True)
class Item:
    """One finding. raw: what its first cell prints; probable: what probably is right, "" where that is not known."""

    part: str
    title: str
    place: str
    message: str
    definition: str
    location: str
    raw: str
    probable: str = ""
    confirmed: bool = False


@dataclass(frozen=True)
class Letter:
    """What one body is told about its report on a year. file: the name of the file that was checked.

    Findings that the office waived are not in it; those that it corrected itself only have to be put right where they were published.
    """

    agency_id: str
    agency_name: str
    report_year: int
    file: str
    items: tuple[Item, ...]

    @property
    def to_be_answered(self) -> tuple[Item, ...]:
        """The findings to which an answer is asked for."""
        return tuple(item for item in self.items if item.part in ANSWERED)


def letters_of(tables: Tables, catalog: Catalog, year: int) -> Iterator[Letter]:
    """The letter of each body with findings in its current report on `year`, by name; `tables` hold that year alone."""
    definitions = {(rule.rule, rule.part): rule.definition_zh for rule in catalog.rules}
    for (agency_id, name), group in groupby(tables.rows(_FINDINGS), key=lambda row: row[:2]):
        rows = list(group)
        items = (
            Item(part, title, place, message, definitions.get((rule, of), ""), location, raw.strip(), confirmed=status == "confirmed")
            for _, _, _, part, rule, of, title, place, message, location, raw, status in rows
        )
        file = PurePosixPath(rows[0][2].rpartition("!")[2]).name
        yield Letter(agency_id, name, year, file, tuple(sorted(items, key=lambda item: PARTS.index(item.part))))
