"""Bodies as rows of the core tables: who they are, under which names, what became of them, and who stands before whom."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group, Span
from pipeline.normalise.agencies.body import provisional_body, registered_body
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.readers.records import Record


def core_agencies(catalog: Catalog, bodies: Bodies, reports: Iterable[tuple[str, str, int]]) -> Iterator[Record]:
    """Every registered body and every other one that reported. reports: id and name of a body and the year of its report, by year."""
    years: dict[str, list[int]] = {agency_id: [] for agency_id in bodies.registry.by_id}
    names: dict[str, str] = {}  # of several spellings of one id the first by year stands
    for agency_id, name, year in reports:
        years.setdefault(agency_id, []).append(year)
        names.setdefault(agency_id, name)
    for agency_id, reported in years.items():
        registered = bodies.registry.by_id.get(agency_id)
        body = registered_body(catalog, bodies, agency_id) if registered else provisional_body(catalog, names[agency_id])
        first_day, last_day = _days(bodies.history.span(agency_id)) if registered else (None, None)
        yield {
            "agency_id": agency_id,
            "agency_name": body.agency_name,
            "agency_kind": body.agency_kind,
            "agency_level": body.agency_level,
            "lineage_id": bodies.history.lineage_id(agency_id),
            "registered": body.registered,
            "division_code": registered.division_code if registered else None,
            "parent_id": registered.parent_id if registered else None,
            "valid_from": first_day,
            "valid_to": last_day,
            "first_year": min(reported, default=None),
            "last_year": max(reported, default=None),
        }


def core_agency_names(bodies: Bodies, agencies: Iterable[Record]) -> Iterator[Record]:
    """Every name under which a body can be asked for. agencies: the rows of core_agencies."""
    filed = {(row.agency_id, row.name): row for row in bodies.registry.names}
    for agency in agencies:
        agency_id = str(agency["agency_id"])
        if not agency["registered"]:
            yield {"agency_id": agency_id, "name": agency["agency_name"], "name_kind": "printed"}
            continue
        row = bodies.registry.agency(agency_id)
        first_day, last_day = _days(bodies.history.span(agency_id))
        for name in bodies.names_of(agency_id):
            other = filed.get((agency_id, name))
            kind = "legal" if name == row.agency_name else "filed" if other else "short"
            yield {
                "agency_id": agency_id,
                "name": name,
                "name_kind": kind,
                "valid_from": (other.valid_from if other else None) or first_day,
                "valid_to": (other.valid_to if other else None) or last_day,
                "source": (other.source if other else None) or None,
            }


def core_agency_links(bodies: Bodies) -> Iterator[Record]:
    """What became of bodies, as registered."""
    for number, row in enumerate(sorted(bodies.registry.links, key=lambda row: (row.date, row.link, row.from_id, row.to_id or ""))):
        yield {
            "position": number,
            "link": row.link,
            "from_id": row.from_id,
            "to_id": row.to_id,
            "date": row.date,
            "source": row.source or None,
            "note": row.note or None,
        }


def core_agency_predecessors(bodies: Bodies, year: int, reports: Mapping[str, str]) -> Iterator[Record]:
    """Whose figures of the year before stand before whose, for every group of which a body reported on the year.

    reports: names by id of the bodies that reported on the year. A body without a row of the registry for that year is before itself,
    unless its figures of the year before already stand before another body: then it should not have reported any more (`ended`).
    """
    groups = [group for group in bodies.history.groups(year) if not reports.keys().isdisjoint(group.agencies)]
    grouped = {agency_id for group in groups for agency_id in group.agencies}
    taken = {agency_id for group in groups for agency_id in group.previous}
    alone = sorted(reports.keys() - grouped)
    groups += [Group(year, (each,), (), "ended") if each in taken else Group(year, (each,), (each,), "same") for each in alone]
    for group in groups:
        for agency_id in group.agencies:
            for previous in group.previous or (None,):
                yield {
                    "report_year": year,
                    "agency_id": agency_id,
                    "previous_agency_id": previous,
                    "link": group.succession,
                    "group_id": group.group_id,
                    "group_name": "、".join(_name(bodies, each, reports) for each in group.agencies),
                    "previous_name": "、".join(_name(bodies, each, reports) for each in group.previous) or None,
                }


def groups_of(rows: Iterable[Mapping[str, Any]]) -> list[Group]:
    """The groups of which rows of core_agency_predecessors tell."""
    groups: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in rows:
        groups[row["group_id"]].append(row)
    return [
        Group(
            report_year=listed[0]["report_year"],
            agencies=tuple(dict.fromkeys(row["agency_id"] for row in listed)),
            previous=tuple(dict.fromkeys(row["previous_agency_id"] for row in listed if row["previous_agency_id"])),
            succession=listed[0]["link"],
        )
        for listed in groups.values()
    ]


def _name(bodies: Bodies, agency_id: str, reports: Mapping[str, str]) -> str:
    row = bodies.registry.by_id.get(agency_id)
    return row.agency_name if row else reports[agency_id]


def _days(span: Span) -> tuple[date | None, date | None]:
    return (None if span.first == date.min else span.first), (None if span.last == date.max else span.last)
