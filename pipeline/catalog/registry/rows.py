"""The rows of the registry as typed, immutable objects. `line` is where a row stands in its file, for messages."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Literal

LinkKind = Literal["rename", "merge", "split", "transfer", "abolish"]


@dataclass(frozen=True)
class Agency:
    """A body (agencies.csv). agency_kind, agency_level: None where its name is to tell; dates None: open on that side."""

    agency_id: str
    agency_name: str
    short_names: tuple[str, ...] = ()
    agency_kind: str | None = None
    agency_level: str | None = None
    division_code: str | None = None
    parent_id: str | None = None
    organisation_code: str | None = None
    valid_from: date | None = None
    valid_to: date | None = None
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class AgencyName:
    """Another name under which a body filed (agency_names.csv)."""

    agency_id: str
    name: str
    valid_from: date | None = None
    valid_to: date | None = None
    source: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class AgencyLink:
    """What became of a body (agency_links.csv). date: the first day on which it is so; to_id is None for `abolish` alone.

    A merger has one row for each body that went into `to_id`, a split one for each that came out of `from_id`.
    """

    link: LinkKind
    from_id: str
    to_id: str | None
    date: date
    source: str = ""
    note: str = ""
    line: int = field(default=0, compare=False)


@dataclass(frozen=True)
class RosterEntry:
    """Who owes a report for which years (roster.csv): a body by id or by name; deadline (month, day) where it has one of its own."""

    agency_id: str | None
    agency_name: str | None
    first_year: int | None = None
    last_year: int | None = None
    deadline: tuple[int, int] | None = None
    note: str = ""
    line: int = field(default=0, compare=False)
