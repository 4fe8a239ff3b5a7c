"""Mistakes between rows that leave no way to use the registry: ids that stand twice or nowhere, dates the wrong way round, cycles."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Iterator, Mapping

from pipeline.catalog.kept_files import Mistake
from pipeline.catalog.registry.model import Registry
from pipeline.catalog.registry.rows import AgencyLink

AGENCIES, NAMES, LINKS = "agencies.csv", "agency_names.csv", "agency_links.csv"
_CARRIES_ON = ("rename", "merge", "split")


def structural_mistakes(registry: Registry) -> Iterator[Mistake]:
    """Each mistake that would make a look-up in the registry ambiguous or endless."""
    yield from _twice(registry)
    yield from _unknown(registry)
    yield from _dates(registry)
    yield from _parents(registry)
    yield from _renames(registry)
    yield from _circles(registry)


def _twice(registry: Registry) -> Iterator[Mistake]:
    rows: list[tuple[str, int, str, tuple[Hashable, ...]]]
    rows = [(AGENCIES, row.line, "agency_id", (row.agency_id,)) for row in registry.agencies]
    rows += [(LINKS, row.line, "from_id", (row.link, row.from_id, row.to_id, row.date)) for row in registry.links]
    seen: dict[Hashable, int] = {}
    for file, line, column, key in rows:
        first = seen.setdefault((file, *key), line)
        if first != line:
            what = f"编号“{key[0]}”" if file == AGENCIES else "这一变更"
            yield Mistake(file, line, column, f"{what}在第 {first} 行已经登记过。")


def _unknown(registry: Registry) -> Iterator[Mistake]:
    named = [(AGENCIES, row.line, "parent_id", row.parent_id) for row in registry.agencies]
    named += [(NAMES, row.line, "agency_id", row.agency_id) for row in registry.names]
    named += [(LINKS, row.line, "from_id", row.from_id) for row in registry.links]
    named += [(LINKS, row.line, "to_id", row.to_id) for row in registry.links]
    named += [("roster.csv", row.line, "agency_id", row.agency_id) for row in registry.roster]
    for file, line, column, agency_id in named:
        if agency_id and agency_id not in registry.by_id:
            yield Mistake(file, line, column, f"agencies.csv 中没有编号“{agency_id}”。")


def _dates(registry: Registry) -> Iterator[Mistake]:
    rows = [(AGENCIES, row.line, row.valid_from, row.valid_to) for row in registry.agencies]
    rows += [(NAMES, row.line, row.valid_from, row.valid_to) for row in registry.names]
    for file, line, first, last in rows:
        if first and last and last < first:
            yield Mistake(file, line, "valid_to", f"止日 {last} 早于起日 {first}。")
    for entry in registry.roster:
        if entry.first_year and entry.last_year and entry.last_year < entry.first_year:
            yield Mistake("roster.csv", entry.line, "last_year", f"末年 {entry.last_year} 早于首年 {entry.first_year}。")


def _parents(registry: Registry) -> Iterator[Mistake]:
    above = {row.agency_id: {row.parent_id} for row in registry.agencies if row.parent_id}
    for row in registry.agencies:
        if _reaches(above, row.agency_id):
            yield Mistake(AGENCIES, row.line, "parent_id", f"“{row.agency_id}”的上级关系转了一圈又回到自己。")


def _renames(registry: Registry) -> Iterator[Mistake]:
    """A name changes into one other: anything else is a merger or a split."""
    renames = [row for row in registry.links if row.link == "rename"]
    leaving, coming = Counter(row.from_id for row in renames), Counter(row.to_id for row in renames)
    for row in renames:
        if row.from_id == row.to_id:
            yield Mistake(LINKS, row.line, "to_id", "更名后的单位应有新的编号；只换写法的名称登记在 agency_names.csv。")
        elif leaving[row.from_id] > 1:
            yield Mistake(LINKS, row.line, "from_id", f"“{row.from_id}”更名为多个单位；分设应写作 split。")
        elif coming[row.to_id] > 1:
            yield Mistake(LINKS, row.line, "to_id", f"多个单位更名为“{row.to_id}”；合并应写作 merge。")


def _circles(registry: Registry) -> Iterator[Mistake]:
    """Renames that lead back, and changes of one day that do; over the years a part may well be split off and come back."""
    groups: dict[Hashable, list[AgencyLink]] = defaultdict(list)
    for row in registry.links:
        if row.link in _CARRIES_ON and row.from_id != row.to_id:
            groups[row.date].append(row)
            if row.link == "rename":
                groups["rename"].append(row)
    said = set()
    for rows in groups.values():
        further: dict[str, set[str | None]] = defaultdict(set)
        for row in rows:
            further[row.from_id].add(row.to_id)
        for row in rows:
            if row.line not in said and _reaches(further, row.from_id):
                said.add(row.line)
                yield Mistake(LINKS, row.line, "from_id", f"“{row.from_id}”的变更转了一圈又回到自己。")


def _reaches(further: Mapping[str, Iterable[str | None]], start: str) -> bool:
    """Whether following `further` from `start` leads back to it."""
    seen: set[str] = set()
    open_ends = list(further.get(start, ()))
    while open_ends:
        place = open_ends.pop()
        if place == start:
            return True
        if place is not None and place not in seen:
            seen.add(place)
            open_ends.extend(further.get(place, ()))
    return False
