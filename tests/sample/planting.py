"""What a planted mistake is: a change to one report, and the findings that have to follow."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

Outcome = Literal["fail", "blank_read_as_zero"]


@dataclass(frozen=True)
class Expected:
    """A finding: rule, its part, and place (applicant, field, group, table or section), in the report of `year` (None: the mistake's own).

    shown_in: findings, or submission_status for a report that is missing or late.
    """

    rule: str
    place: str = ""
    outcome: Outcome = "fail"
    year: int | None = None
    shown_in: Literal["findings", "submission_status"] = "findings"
    part: str = ""


@dataclass(frozen=True)
class Mistake:
    """One change to one report. add and put change values; change names a function of changes.py; printed sets text and value.

    carries_on: the next year's report was written on the basis of the changed figures. corrected: the change stands in a first
    version only, beside which a corrected one was published later. A text of `sections` may have the braces of prose.py.
    """

    body: str
    year: int
    chinese: str
    english: str
    expected: tuple[Expected, ...] = ()
    put: Mapping[str, int] = field(default_factory=dict)
    add: Mapping[str, int | str] = field(default_factory=dict)
    printed: Mapping[str, tuple[str, str | None]] = field(default_factory=dict)
    change: str | None = None
    sections: Mapping[str, str | None] = field(default_factory=dict)
    period_year: int | None = None
    published_on: date | None = None
    form: str | None = None
    carries_on: bool = False
    corrected: bool = False
