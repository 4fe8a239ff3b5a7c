"""Bodies through time: from when to when each existed, which are one lineage, and whose figures stand before whose.

A body reports on a year if it existed on the last day of it. A lineage is what renames alone join.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Literal, NamedTuple, TypeVar

from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import Agency, AgencyLink

Succession = Literal["same", "transfer", "rename", "merge", "split", "regroup", "established", "ended"]
Key = TypeVar("Key")
CARRIES_ON = ("rename", "merge", "split")
_DAY = timedelta(days=1)


class Span(NamedTuple):
    """The first and the last day; date.min and date.max where nobody said."""

    first: date = date.min
    last: date = date.max

    def holds(self, day: date) -> bool:
        """Whether a day lies in it."""
        return self.first <= day <= self.last

    def meets(self, other: Span) -> bool:
        """Whether the two share a day."""
        return self.first <= other.last and other.first <= self.last


@dataclass(frozen=True)
class Group:
    """Bodies of a year that are compared as one with bodies of the year before: the sum of the ones with the sum of the others.

    Every body of either year is in exactly one group of it, or was abolished. `same` and `transfer` (a part of the tasks came or
    went) are one body, `rename` one body under two ids, `merge` several before, `split` several after, `regroup` several on both
    sides, `established` none before; `ended`: reports though it went into another body.
    """

    report_year: int
    agencies: tuple[str, ...]
    previous: tuple[str, ...]
    succession: Succession

    @property
    def group_id(self) -> str:
        """The id of the body, or the ids joined by +."""
        return "+".join(self.agencies)


def year_span(year: int) -> Span:
    """The days of a year."""
    return Span(date(year, 1, 1), date(year, 12, 31))


class History:
    """What the dates and links of a registry say."""

    def __init__(self, registry: Registry) -> None:
        self.registry = registry

    def span(self, agency_id: str) -> Span:
        """From when to when a registered body existed. Where its row leaves a date open, its links close it."""
        return self._spans[agency_id]

    def exists(self, agency_id: str, year: int) -> bool:
        """Whether a registered body existed on the last day of a year."""
        return self._spans[agency_id].holds(year_span(year).last)

    def lineage_id(self, agency_id: str) -> str:
        """The id of the first of the bodies that renames join with this one; the id itself where it is not registered."""
        while before := self._renamed_from.get(agency_id):
            agency_id = before
        return agency_id

    def lineage(self, agency_id: str) -> tuple[str, ...]:
        """The bodies of a lineage, the first one first."""
        members = [self.lineage_id(agency_id)]
        while after := self._renamed_to.get(members[-1]):
            members.append(after)
        return tuple(members)

    def member(self, agency_id: str, year: int) -> str | None:
        """The body of the same lineage that existed on the last day of a year; None where there was none."""
        return next((each for each in self.lineage(agency_id) if self.exists(each, year)), None)

    def links_of(self, agency_id: str) -> tuple[AgencyLink, ...]:
        """The links from and to a body, by date."""
        links = dict.fromkeys((*self._links_from.get(agency_id, ()), *self._links_to.get(agency_id, ())))
        return tuple(sorted(links, key=lambda link: link.date))

    def groups(self, year: int) -> tuple[Group, ...]:
        """How the registered bodies of a year stand to those of the year before."""
        return tuple(self._group(year, members) for members in self._joined_in(year) if any(self.exists(each, year) for each in members))

    def _group(self, year: int, members: Iterable[str]) -> Group:
        now = tuple(sorted(each for each in members if self.exists(each, year)))
        before = tuple(sorted(each for each in members if self.exists(each, year - 1)))
        return Group(year, now, before, self._succession(year, now, before))

    def _succession(self, year: int, now: tuple[str, ...], before: tuple[str, ...]) -> Succession:
        if not before:
            return "established"
        if len(now) > 1:
            return "split" if len(before) == 1 else "regroup"
        if len(before) > 1:
            return "merge"
        if now != before:
            return "rename"
        return (
            "transfer" if any(link.link == "transfer" for link in self._links_in[year] if now[0] in (link.from_id, link.to_id)) else "same"
        )

    def _joined_in(self, year: int) -> list[list[str]]:
        """The bodies, those together that a link of the year joins."""
        joined = {agency_id: agency_id for agency_id in self.registry.by_id}

        def first(agency_id: str) -> str:
            while joined[agency_id] != agency_id:
                agency_id = joined[agency_id]
            return agency_id

        for link in self._links_in[year]:
            if link.link in CARRIES_ON and link.to_id:
                joined[first(link.to_id)] = first(link.from_id)
        groups: dict[str, list[str]] = defaultdict(list)
        for agency_id in joined:
            groups[first(agency_id)].append(agency_id)
        return list(groups.values())

    @cached_property
    def _links_in(self) -> dict[int, list[AgencyLink]]:
        return defaultdict(list, _by(self.registry.links, lambda link: link.date.year))

    @cached_property
    def _by_kind_and_day(self) -> dict[tuple[str, date], list[AgencyLink]]:
        return _by(self.registry.links, lambda link: (link.link, link.date))

    @cached_property
    def _links_from(self) -> dict[str | None, list[AgencyLink]]:
        return _by(self.registry.links, lambda link: link.from_id)

    @cached_property
    def _links_to(self) -> dict[str | None, list[AgencyLink]]:
        return _by(self.registry.links, lambda link: link.to_id)

    @cached_property
    def _renamed_from(self) -> dict[str, str]:
        return {link.to_id: link.from_id for link in self.registry.links if link.link == "rename" and link.to_id}

    @cached_property
    def _renamed_to(self) -> dict[str, str]:
        return {before: after for after, before in self._renamed_from.items()}

    @cached_property
    def _spans(self) -> dict[str, Span]:
        return {row.agency_id: Span(self._first_day(row), self._last_day(row)) for row in self.registry.agencies}

    def _first_day(self, row: Agency) -> date:
        """A new name begins with its link. A merger of several, and a split into several, make new bodies unless a date says otherwise."""
        for link in self._links_to.get(row.agency_id, ()):
            if link.from_id != row.agency_id:
                if link.link == "rename":
                    return link.date
                if row.valid_from is None and link.link in ("merge", "split") and self._makes_new(link):
                    return link.date
        return row.valid_from or date.min

    def _last_day(self, row: Agency) -> date:
        """An old name ends with its link, and so does a body that was merged into another, abolished or split up altogether."""
        ends = [link.date - _DAY for link in self._links_from.get(row.agency_id, ()) if self._ends(link, row)]
        return min(ends, default=row.valid_to or date.max)

    def _makes_new(self, link: AgencyLink) -> bool:
        """Whether what `link` leads to did not exist before: it is none of several that it comes from."""
        if link.link == "merge":
            sources = {other.from_id for other in self._like(link) if other.to_id == link.to_id}
            return len(sources) > 1 and link.to_id not in sources
        return True

    def _ends(self, link: AgencyLink, row: Agency) -> bool:
        if link.link in ("rename", "abolish"):
            return True
        if link.link == "merge":
            return link.to_id != row.agency_id and not any(other.to_id == row.agency_id for other in self._like(link))
        if link.link == "split" and row.valid_to is None:
            targets = {other.to_id for other in self._like(link) if other.from_id == row.agency_id}
            return len(targets) > 1 and row.agency_id not in targets
        return False

    def _like(self, link: AgencyLink) -> list[AgencyLink]:
        """The links of the same kind and day."""
        return self._by_kind_and_day[link.link, link.date]


def _by(links: Iterable[AgencyLink], key: Callable[[AgencyLink], Key]) -> dict[Key, list[AgencyLink]]:
    found: dict[Key, list[AgencyLink]] = defaultdict(list)
    for link in links:
        found[key(link)].append(link)
    return dict(found)
