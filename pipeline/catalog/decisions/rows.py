"""Decisions as typed, immutable objects. `line` is where a row stands in its file, for messages."""

from __future__ import annotations

import dataclasses
import hashlib
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from pipeline.catalog.numbers import number_text

COVERAGES = {"whole_area": "全地区", "own_office": "政府本级", "unknown": "不能判断"}  # what a government's report covers
STATES = {"blank": "空白", "not_applicable": "不适用", "unreadable": "无法识别"}  # what is written in place of a number


class Expected(NamedTuple):
    """What a cell has to say for a correction to hold: a number, or one of the states without one."""

    state: str
    value: Decimal | None = None

    def __str__(self) -> str:
        return number_text(self.value) if self.value is not None else STATES.get(self.state, self.state)


@dataclass(frozen=True)
class Correction:
    """Another value for one cell (corrections.csv), as long as the report prints `expected`. applicant None: the cell has no columns.

    corrected_value: in yuan or pieces. is_withdrawn: it stays as a record and does nothing.
    """

    agency_id: str
    report_year: int
    table: str
    field: str
    applicant: str | None
    expected: Expected
    corrected_value: Decimal
    reason: str
    source: str
    decided_by: str
    decided_on: date
    is_withdrawn: bool = False
    line: int = dataclasses.field(default=0, compare=False)

    @property
    def decision_id(self) -> str:
        """16 characters over cell, expected and new value, person and day: the same wherever the row stands."""
        parts = ("correction", self.agency_id, self.report_year, self.field, self.applicant or "")
        return _digest(*parts, self.expected, number_text(self.corrected_value), self.decided_by, self.decided_on)


@dataclass(frozen=True)
class AboutAFinding:
    """What somebody decided about a finding."""

    finding_id: str
    agency_id: str
    report_year: int
    rule: str
    reason: str
    decided_by: str
    decided_on: date
    line: int = dataclasses.field(default=0, compare=False, kw_only=True)


@dataclass(frozen=True)
class Waiver(AboutAFinding):
    """A finding that needs no correction (waivers.csv). valid_until: the last day of it; None: as long as the figures stand."""

    valid_until: date | None = None

    @property
    def decision_id(self) -> str:
        """16 characters over finding, person, day and end."""
        return _digest("waiver", self.finding_id, self.decided_by, self.decided_on, self.valid_until or "")


@dataclass(frozen=True)
class Confirmation(AboutAFinding):
    """A finding that somebody has looked up and found to be right (confirmations.csv)."""

    @property
    def decision_id(self) -> str:
        """16 characters over finding, person and day."""
        return _digest("confirmation", self.finding_id, self.decided_by, self.decided_on)


@dataclass(frozen=True)
class CoverageDecision:
    """What a government's report covers (coverage.csv), as long as it is the report that it was: `report_digest`.

    coverage: one of COVERAGES. is_withdrawn: it stays as a record and does nothing.
    """

    agency_id: str
    report_year: int
    coverage: str
    report_digest: str
    reason: str
    source: str
    decided_by: str
    decided_on: date
    is_withdrawn: bool = False
    line: int = dataclasses.field(default=0, compare=False)

    @property
    def decision_id(self) -> str:
        """16 characters over report, coverage, person and day."""
        parts = ("coverage", self.agency_id, self.report_year, self.report_digest, self.coverage)
        return _digest(*parts, self.decided_by, self.decided_on)


Decision = Correction | Waiver | Confirmation | CoverageDecision


@dataclass(frozen=True)
class Decisions:
    """All decisions of an office. Loaded once, handed down, never changed."""

    corrections: tuple[Correction, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    confirmations: tuple[Confirmation, ...] = ()
    coverage: tuple[CoverageDecision, ...] = ()

    @property
    def ids(self) -> frozenset[str]:
        """The id of every decision."""
        rows: tuple[Decision, ...] = (*self.corrections, *self.waivers, *self.confirmations, *self.coverage)
        return frozenset(row.decision_id for row in rows)

    def expired(self, today: date) -> frozenset[str]:
        """The ids of the waivers whose last day is past."""
        return frozenset(row.decision_id for row in self.waivers if row.valid_until is not None and row.valid_until < today)


def _digest(*parts: object) -> str:
    return hashlib.sha256("\n".join(map(str, parts)).encode()).hexdigest()[:16]
