"""Which bodies make up the area of a government in a year: by the parent that the registry names, else by the division code."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pipeline.catalog.agencies import governs_an_area
from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.lookup import Bodies


class AreaTree:
    """The areas of one year.

    agencies: the rows of core_agencies. present: bodies that reported on the year, which are placed even where the registry says
    that they no longer existed.
    """

    def __init__(
        self, catalog: Catalog, bodies: Bodies, agencies: Iterable[Mapping[str, Any]], year: int, present: Iterable[str] = ()
    ) -> None:
        self._bodies, self._year = bodies, year
        self._rows = {row["agency_id"]: row for row in agencies}
        present = set(present)
        self._governing = {
            agency_id for agency_id, row in self._rows.items() if governs_an_area(catalog, row["agency_kind"], row["agency_name"])
        }
        self._governments: dict[str, str] = {
            row["division_code"]: agency_id
            for agency_id, row in self._rows.items()
            if row["agency_kind"] == "government" and row["division_code"] and self.exists(agency_id)
        }
        self._members: dict[str, list[str]] = {}
        self._children: dict[str, list[str]] = defaultdict(list)
        there = [agency_id for agency_id in sorted(self._rows) if agency_id in present or self.exists(agency_id)]
        above = {agency_id: parent for agency_id in there if (parent := self.parent(agency_id))}
        for agency_id, parent in above.items():
            if not _comes_back(agency_id, above):
                self._children[parent].append(agency_id)

    def exists(self, agency_id: str) -> bool:
        """Whether a body is registered and existed on the last day of the year."""
        return agency_id in self._bodies.registry.by_id and self._bodies.history.exists(agency_id, self._year)

    def has(self, agency_id: str) -> bool:
        """Whether a body is known at all; the roster may name others."""
        return agency_id in self._rows

    def governs(self, agency_id: str) -> bool:
        """Whether a body is a government (of a town or a zone, too) below which there are bodies."""
        return agency_id in self._governing and bool(self.members(agency_id))

    def kind(self, agency_id: str) -> str:
        """The kind of a body, as registered or by its name."""
        return str(self._rows[agency_id]["agency_kind"])

    @property
    def governments(self) -> list[str]:
        """Every body that governs an area, by id."""
        return [agency_id for agency_id in sorted(self._children) if self.governs(agency_id)]

    def members(self, government: str) -> list[str]:
        """The bodies right below a government, those below its departments among them; those below a government among them are its own."""
        if government in self._members:
            return self._members[government]
        found: dict[str, None] = {}
        waiting = list(self._children.get(government, ()))
        while waiting:
            agency_id = waiting.pop(0)
            if agency_id == government or agency_id in found:
                continue
            found[agency_id] = None
            if agency_id not in self._governing:
                waiting.extend(self._children.get(agency_id, ()))
        return self._members.setdefault(government, list(found))

    def parent(self, agency_id: str) -> str | None:
        """The body above one; None where nobody said."""
        row = self._rows[agency_id]
        if row["parent_id"]:
            return self._then(row["parent_id"])
        code = row["division_code"]
        if not code:
            return None
        if (own := self._governments.get(code)) and own != agency_id:
            return own
        if row["agency_kind"] != "government":
            return None
        division = self._bodies.divisions.as_of(code, self._year)
        above = [self._governments[each.code] for each in (division.parents if division else ()) if each.code in self._governments]
        return above[-1] if above else None

    def _then(self, agency_id: str) -> str | None:
        """The body that a parent was in the year: the one of its lineage that existed, or what that was merged into."""
        history, seen = self._bodies.history, set[str]()
        while agency_id not in seen:
            seen.add(agency_id)
            if then := history.member(agency_id, self._year):
                return then
            last = history.lineage(agency_id)[-1]
            merged = [link.to_id for link in history.links_of(last) if link.link == "merge" and link.from_id == last and link.to_id]
            if not merged:
                return None
            agency_id = merged[0]
        return None


def _comes_back(agency_id: str, above: Mapping[str, str]) -> bool:
    """Whether a body stands above itself: mergers can make it so, though no row of the registry says it."""
    seen, at = set[str](), above.get(agency_id)
    while at is not None and at not in seen:
        if at == agency_id:
            return True
        seen.add(at)
        at = above.get(at)
    return False
