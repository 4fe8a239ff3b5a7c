"""Which body a report is from, and which of several reports of a body and year counts."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from pipeline.normalise.model import ReportStatus
from pipeline.normalise.wording import compact, simplified


def agency_name(printed: str) -> str:
    """A body's name as it is compared: without spaces, in simplified characters."""
    return compact(simplified(printed))


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
    """The id of the report that counts: the one published last, then the more complete one, then the last by path.

    A report from which no figure was taken never counts; None where there is no other.
    """
    readable = [copy for copy in copies if copy.status != "refused"]
    best = max(readable, key=lambda copy: (copy.published_on or date.min, copy.status == "parsed", copy.path), default=None)
    return best.report_id if best else None
