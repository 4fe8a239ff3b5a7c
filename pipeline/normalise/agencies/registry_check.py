"""What a registry of bodies says that cannot be so: beside what keeps it from being loaded, what makes names or years uncertain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from pipeline.catalog.divisions import Directory
from pipeline.catalog.registry import Mistake, Registry
from pipeline.catalog.registry.history import Span
from pipeline.catalog.registry.rows import Agency, AgencyLink
from pipeline.catalog.registry.structure import AGENCIES, LINKS, NAMES
from pipeline.normalise.agencies.codes import organisation_code
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.agencies.names import agency_name

_FIRST_REPORT = 2008  # the year from which reports were due
_DAY = timedelta(days=1)


def registry_mistakes(registry: Registry, divisions: Directory) -> list[Mistake]:
    """Every mistake of a registry that can be loaded, in the order of files and lines."""
    bodies = Bodies(registry, divisions)
    found = [*_names(bodies), *_name_days(bodies), *_links(bodies), *_parents(bodies), *_codes(bodies), *_divisions(registry, divisions)]
    return sorted(set(found), key=lambda mistake: ((AGENCIES, NAMES, LINKS).index(mistake.file), mistake.line, mistake.column))


def _names(bodies: Bodies) -> Iterator[Mistake]:
    """One name of two bodies at a time."""
    borne: dict[str, list[tuple[str, Span, str, int, str]]] = defaultdict(list)
    for row in bodies.registry.agencies:
        span = bodies.history.span(row.agency_id)
        for name in (row.agency_name, *row.short_names):
            column = "agency_name" if name == row.agency_name else "short_names"
            borne[agency_name(name)].append((row.agency_id, span, AGENCIES, row.line, column))
    for each in bodies.registry.names:
        whole = bodies.history.span(each.agency_id)
        span = Span(each.valid_from or whole.first, each.valid_to or whole.last)
        borne[agency_name(each.name)].append((each.agency_id, span, NAMES, each.line, "name"))
    for name, rows in borne.items():
        for number, (agency_id, span, file, line, column) in enumerate(rows):
            for other, other_span, _, _, _ in rows[:number]:
                if other != agency_id and span.meets(other_span):
                    yield Mistake(file, line, column, f"“{name}”同一时间也是“{other}”的名称；请更正，或用起止日期分开。")


def _name_days(bodies: Bodies) -> Iterator[Mistake]:
    for each in bodies.registry.names:
        whole = bodies.history.span(each.agency_id)
        if not Span(each.valid_from or whole.first, each.valid_to or whole.last).meets(whole):
            yield Mistake(NAMES, each.line, "valid_from", f"“{each.name}”的起止日期在单位“{each.agency_id}”存在的时间以外。")


def _links(bodies: Bodies) -> Iterator[Mistake]:
    """Gaps and overlaps along a change: the old body up to the day before, the new one from the day on."""
    for link in bodies.registry.links:
        before = bodies.registry.agency(link.from_id)
        ends = link.link in ("rename", "abolish") or (link.link == "merge" and link.to_id != link.from_id and not _goes_on(bodies, link))
        if ends and before.valid_to and before.valid_to not in (link.date, link.date - _DAY):
            kind = "重叠" if before.valid_to > link.date else "空档"
            yield Mistake(LINKS, link.line, "date", f"原单位“{link.from_id}”止于 {before.valid_to}，与变更日期 {link.date} 之间有{kind}。")
        elif not ends and not bodies.history.span(link.from_id).holds(link.date - _DAY):
            yield Mistake(LINKS, link.line, "from_id", f"“{link.from_id}”在变更前一天（{link.date - _DAY}）不存在。")
        if link.to_id and link.to_id != link.from_id:
            yield from _arrival(bodies, link, bodies.registry.agency(link.to_id))


def _goes_on(bodies: Bodies, link: AgencyLink) -> bool:
    """Whether what is merged is itself what comes out of the merger of that day."""
    return any((other.link, other.date, other.to_id) == ("merge", link.date, link.from_id) for other in bodies.registry.links)


def _arrival(bodies: Bodies, link: AgencyLink, after: Agency) -> Iterator[Mistake]:
    first = after.valid_from
    if link.link == "rename" and first and first != link.date:
        kind = "重叠" if first < link.date else "空档"
        yield Mistake(LINKS, link.line, "date", f"新单位“{link.to_id}”始于 {first}，与变更日期 {link.date} 之间有{kind}。")
    elif link.link in ("merge", "split") and first is None:
        yield Mistake(
            AGENCIES, after.line, "valid_from", f"合并或分设后的单位应写明起日；{link.date} 成立的写 {link.date}，原已存在的写成立之日。"
        )
    elif not bodies.history.span(after.agency_id).holds(link.date):
        yield Mistake(LINKS, link.line, "to_id", f"“{link.to_id}”在变更当天（{link.date}）不存在。")


def _parents(bodies: Bodies) -> Iterator[Mistake]:
    for row in bodies.registry.agencies:
        if row.parent_id and not bodies.history.span(row.agency_id).meets(bodies.history.span(row.parent_id)):
            yield Mistake(AGENCIES, row.line, "parent_id", f"上级“{row.parent_id}”与该单位没有同时存在过。")


def _codes(bodies: Bodies) -> Iterator[Mistake]:
    """Codes with a wrong check digit, and one code of two bodies that are not one lineage."""
    owners: dict[str, Agency] = {}
    for row in bodies.registry.agencies:
        if not row.organisation_code:
            continue
        code = organisation_code(row.organisation_code)
        if code is None:
            yield Mistake(AGENCIES, row.line, "organisation_code", f"“{row.organisation_code}”的校验码不对，请对照原件。")
            continue
        owner = owners.setdefault(code, row)
        one_lineage = bodies.history.lineage_id(owner.agency_id) == bodies.history.lineage_id(row.agency_id)
        if not one_lineage and bodies.history.span(owner.agency_id).meets(bodies.history.span(row.agency_id)):
            yield Mistake(
                AGENCIES, row.line, "organisation_code", f"“{row.organisation_code}”与单位“{owner.agency_id}”（第 {owner.line} 行）的相同。"
            )


def _divisions(registry: Registry, divisions: Directory) -> Iterator[Mistake]:
    """Codes that did not exist in every year of a body; where it has no first or last day, in the years that the code allows."""
    for row in registry.agencies:
        if not row.division_code:
            continue
        first = max(row.valid_from.year, _FIRST_REPORT) if row.valid_from else _FIRST_REPORT
        last = min(row.valid_to.year, divisions.latest_year) if row.valid_to else divisions.latest_year
        there = [year for year in range(first, last + 1) if divisions.existed_in(row.division_code, year)]
        lacking = [year for year in range(first, last + 1) if year not in there and (row.valid_from or not there or year > there[0])]
        if lacking:
            went = [
                change.to_code
                for change in divisions.changes(row.division_code)
                if change.to_code and change.from_code == row.division_code
            ]
            now = f"，改为 {'、'.join(dict.fromkeys(went))}" if went else ""
            years = f"{lacking[0]}—{lacking[-1]}" if len(lacking) > 1 else str(lacking[0])
            yield Mistake(AGENCIES, row.line, "division_code", f"代码 {row.division_code} 在 {years} 年不存在{now}。")
