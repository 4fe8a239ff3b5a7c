"""The body of a filed report: registered, or known by its name alone; and what is to be said of how it was found."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import dataclass

from pipeline.catalog.agencies import kind_of_agency
from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import agency_name, provisional_id
from pipeline.normalise.model import Problem
from pipeline.normalise.problems import problem


@dataclass(frozen=True)
class Body:
    """A body as of one year. agency_name: the legal one where it is registered, else the one on the report."""

    agency_id: str
    agency_name: str
    agency_kind: str
    agency_level: str | None
    registered: bool = False


def body_of(catalog: Catalog, bodies: Bodies, name: str, year: int | None) -> Body:
    """The body that a name means in a report on `year`; one with a provisional id where the registry does not tell."""
    agency_id = bodies.resolve(name, year).agency_id
    return registered_body(catalog, bodies, agency_id) if agency_id else provisional_body(catalog, name)


def registered_body(catalog: Catalog, bodies: Bodies, agency_id: str) -> Body:
    """A body of the registry; kind and level as registered, else as its name says."""
    row = bodies.registry.agency(agency_id)
    named = kind_of_agency(catalog, row.agency_name)
    return Body(agency_id, agency_name(row.agency_name), row.agency_kind or named.kind, row.agency_level or named.level, registered=True)


def provisional_body(catalog: Catalog, name: str) -> Body:
    """A body that nobody has registered."""
    kind = kind_of_agency(catalog, agency_name(name))
    return Body(provisional_id(name), agency_name(name), kind.kind, kind.level)


def said_of_body(catalog: Catalog, bodies: Bodies, name: str, year: int | None, present: Container[str] = ()) -> list[Problem]:
    """What a person has to look at in how a name was found in the registry; nothing is said where there is no registry.

    present: the bodies that reported on the year under their own names, which this one then is not.
    """
    if not bodies.registry.agencies:
        return []
    found = bodies.resolve(name, year)
    if found.how == "ambiguous":
        return [
            problem(catalog, "agency_ambiguous", f"“{name}”可能是{_listed(bodies, found.candidates)}中的任何一个，未作归并。{_STATE_IT}")
        ]
    if found.how == "unknown":
        similar = tuple(each for each in bodies.mistyped(name, year) if each not in present)
        asked = f"单位登记表中没有“{name}”，名称相近的有{_listed(bodies, similar)}，未作归并。如是同一单位，请登记这一写法或更正。"
        return [problem(catalog, "agency_similar", asked)] if similar else []
    if found.agency_id is None:
        return []
    legal = bodies.registry.agency(found.agency_id).agency_name
    if found.how == "found":
        bare = f"报告上只写“{name}”，没有写行政区划，按单位登记表视为“{legal}”。"
        return [problem(catalog, "agency_bare", bare)] if found.bare else []
    if found.how == "not_then":
        return [problem(catalog, "agency_not_then", f"按单位登记表，“{legal}”在 {year} 年度并不存在，请核对年度、单位和登记的起止日期。")]
    return [problem(catalog, "agency_renamed", f"报告使用的名称“{name}”不是该年度的名称，按沿革归入“{legal}”。")]


_STATE_IT = "请在 sources.csv 中写明全称，或在单位登记表中补充。"


def _listed(bodies: Bodies, ids: tuple[str, ...]) -> str:
    return "、".join(f"“{bodies.registry.agency(agency_id).agency_name}”" for agency_id in ids)
