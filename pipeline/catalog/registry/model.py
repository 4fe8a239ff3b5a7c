"""The registry: all rows together, and the ways to ask for bodies."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property

from pipeline.catalog.registry.rows import Agency, AgencyLink, AgencyName, RosterEntry


@dataclass(frozen=True)
class Registry:
    """What an office knows of its bodies. Loaded once, handed down, never changed. The empty one knows nobody."""

    agencies: tuple[Agency, ...] = ()
    names: tuple[AgencyName, ...] = ()
    links: tuple[AgencyLink, ...] = ()
    roster: tuple[RosterEntry, ...] = ()

    def agency(self, agency_id: str) -> Agency:
        """The body with this id. Raises KeyError where it is not registered."""
        return self.by_id[agency_id]

    @cached_property
    def by_id(self) -> dict[str, Agency]:
        """Every body by its id."""
        return {row.agency_id: row for row in self.agencies}

    @cached_property
    def digest(self) -> str:
        """Changes with what is said of bodies, their names and links; not with the roster and not with lines and order of rows."""
        return _digest(self.agencies, self.names, self.links)


def _digest(*tables: tuple[object, ...]) -> str:
    texts = [sorted(_text(row) for row in table) for table in tables]
    return hashlib.sha256(repr(texts).encode()).hexdigest()[:16]


def _text(row: object) -> str:
    return repr({name: value for name, value in vars(row).items() if name not in ("line", "note", "source")})
