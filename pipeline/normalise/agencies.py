"""Which body a report is from, and which of several reports of a body and year counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipeline.normalise.model import ReportStatus
from pipeline.normalise.wording import compact, simplified


def agency_name(printed: str) -> str:
    """A body's name as it is compared: without spaces, in simplified characters, with the brackets of Chinese print."""
    return compact(simplified(printed)).replace("(", "（").replace(")", "）")


def same_agency(first: str, second: str) -> bool:
    """Whether two names can be those of one body: equal, or one without the name of the division before it."""
    one, other = agency_name(first), agency_name(second)
    return bool(one and other) and (one.endswith(other) or other.endswith(one))


def provisional_id(name: str) -> str:
    """The id of a body that is in no registry: made from its name alone, so that the same name always has the same id."""
    return "p-" + hashlib.sha256(agency_name(name).encode()).hexdigest()[:10]


class Copy(NamedTuple):
    """One of the reports of a body on a year."""

    report_id: str
    status: ReportStatus
    published_on: date | None
    path: str


def current_copy(copies: Iterable[Copy]) -> str | None:
    """The id of the report that counts: a complete one before one in parts, then the one published last, then the last by path.

    Completeness comes first since only some containers tell a date: a dated fragment must not stand for a whole report.
    A report from which no figure was taken never counts; None where there is no other.
    """
    readable = [copy for copy in copies if copy.status != "refused"]
    best = max(readable, key=lambda copy: (copy.status == "parsed", copy.published_on or date.min, copy.path), default=None)
    return best.report_id if best else None
