"""Who owes a report for a year, and by when: told by roster.csv, else by the registry, else by who has reported before."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from pipeline.catalog.agencies import deadline_of_kind, owes_to_its_area
from pipeline.catalog.kept_files import Mistake
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.rows import RosterEntry
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import agency_name, provisional_id

Basis = Literal["roster", "registry", "reports"]


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether a body owes a report for a year. basis: what tells so; expected: False for one that should not be there at all."""

    agency_id: str
    agency_name: str
    owed: bool
    expected: bool
    basis: Basis
    deadline: date


class Roster:
    """roster.csv as of any year."""

    def __init__(self, catalog: Catalog, bodies: Bodies) -> None:
        self._catalog, self._bodies = catalog, bodies
        self._entries = bodies.registry.roster
        self._by_year: dict[int, dict[str, RosterEntry]] = {}

    def covers(self, year: int) -> bool:
        """Whether the roster says who owes for a year: at least one of its rows is about it."""
        return any(_holds(entry, year) for entry in self._entries)

    def years(self, reported: Collection[int]) -> list[int]:
        """The years of which its rows say who owes, up to the last one that any row begins with or on which somebody reported.

        No row says where the years end: 2019 without a last year goes on until something is known of a later one.
        """
        starts = [entry.first_year or entry.last_year for entry in self._entries]
        known = [*reported, *(start for start in starts if start)]
        if not known:
            return []
        earliest, latest = min(known), max(known)
        return [year for year in range(earliest, latest + 1) if self.covers(year)]

    def entries(self, year: int) -> dict[str, RosterEntry]:
        """The bodies on the roster for a year, by id; of two rows on one body the first counts."""
        if year not in self._by_year:
            named = ((self._agency_id(entry, year), entry) for entry in reversed(self._entries) if _holds(entry, year))
            self._by_year[year] = {agency_id: entry for agency_id, entry in named if agency_id}
        return self._by_year[year]

    def deadline(self, agency_id: str, name: str, kind: str | None, year: int) -> date:
        """The day by which a body has to publish: as the roster has it, else by its kind."""
        entry = self.entries(year).get(agency_id)
        if entry and entry.deadline:
            month, day = entry.deadline
            return date(year + 1, month, min(day, monthrange(year + 1, month)[1]))
        return deadline_of_kind(self._catalog, name, kind, year)

    def _agency_id(self, entry: RosterEntry, year: int) -> str | None:
        """The body that a row means in a year: that of its lineage which existed then. A name that nobody registered stands for itself."""
        if entry.agency_id:
            return self._bodies.history.member(entry.agency_id, year)
        name = entry.agency_name or ""
        return self._bodies.resolve(name, year).agency_id or provisional_id(name)

    def mistakes(self, known: Iterable[str]) -> Iterator[Mistake]:
        """What is doubtful in the roster. known: names of bodies that have reported."""
        names = {agency_name(name) for name in known}
        seen: dict[str, RosterEntry] = {}
        for entry in self._entries:
            said = self._doubt(entry, names)
            if said:
                yield Mistake("roster.csv", entry.line, "agency_id" if entry.agency_id else "agency_name", said)
            for year in _years(entry):
                agency_id = self._agency_id(entry, year)
                if agency_id and (first := seen.setdefault(f"{agency_id} {year}", entry)) is not entry:
                    yield Mistake("roster.csv", entry.line, "", f"与第 {first.line} 行重复（{year} 年度），以第 {first.line} 行为准。")
                    break

    def _doubt(self, entry: RosterEntry, known: set[str]) -> str:
        if entry.agency_id:
            return "" if any(self._agency_id(entry, year) for year in _years(entry)) else "该单位在这些年度并不存在，此行不起作用。"
        name = entry.agency_name or ""
        candidates = {each for year in _years(entry) for each in self._bodies.resolve(name, year).candidates}
        if candidates:
            return f"“{name}”可能是几个登记的单位，请改写编号：{'、'.join(sorted(candidates))}。"
        if self._bodies.named(name) or agency_name(name) in known:
            return ""
        similar = [self._bodies.registry.agency(each).agency_name for each in self._bodies.similar(name, None)]
        hint = f"名称相近的有{'、'.join(f'“{each}”' for each in similar)}。" if similar else ""
        return f"“{name}”没有登记，也没有报送过报告，请核对名称。{hint}"


def duties(catalog: Catalog, bodies: Bodies, agencies: Iterable[Mapping[str, Any]], year: int) -> list[Duty]:
    """One duty for each body of which something is to be said for a year. agencies: the rows of core_agencies.

    Without roster and registry a body owes from its first report to the last year of the data.
    """
    rows = {row["agency_id"]: row for row in agencies}
    roster = Roster(catalog, bodies)
    listed = roster.entries(year)
    last_year = max((row["last_year"] for row in rows.values() if row["last_year"] is not None), default=year)
    found = []
    for agency_id in sorted({*rows, *listed}):
        row = rows.get(agency_id, {})
        name = row.get("agency_name") or agency_name(listed[agency_id].agency_name or "")
        owed, expected, basis = _owes(catalog, bodies, row, agency_id in listed, roster.covers(year), year, last_year)
        found.append(Duty(agency_id, name, owed, expected, basis, roster.deadline(agency_id, name, row.get("agency_kind"), year)))
    return found


def _owes(
    catalog: Catalog, bodies: Bodies, row: Mapping[str, Any], is_listed: bool, has_roster: bool, year: int, last_year: int
) -> tuple[bool, bool, Basis]:
    """Whether a body owes, whether its report is one that is expected, and what tells so."""
    if has_roster:
        return is_listed, is_listed, "roster"
    if row.get("registered"):
        exists = bodies.history.exists(row["agency_id"], year)
        return exists and owes_to_its_area(catalog, row.get("agency_kind")), exists, "registry"
    first = row.get("first_year")
    return first is not None and first <= year <= last_year, True, "reports"


def _holds(entry: RosterEntry, year: int) -> bool:
    return (entry.first_year or year) <= year <= (entry.last_year or year)


def _years(entry: RosterEntry) -> range:
    """The years of a row, for looking through it; an open end is looked at for one year beyond the other."""
    first = entry.first_year or entry.last_year or 2024
    return range(first, (entry.last_year or first) + 1)
