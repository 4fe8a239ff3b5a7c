"""Which reports are looked at together: those of a year, and those of the year before and after that carry over from and to them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from pipeline.catalog.registry.history import Group
from pipeline.checks.between_years import cover_different_things
from pipeline.checks.model import ReportFacts


@dataclass(frozen=True, slots=True)
class Link:
    """Reports whose sum goes on from the sum of others of the year before (one and one, unless bodies merged or split)."""

    reports: tuple[ReportFacts, ...]
    before: tuple[ReportFacts, ...]


@dataclass(frozen=True, slots=True)
class Window:
    """Reports of `year` with those that they go on from and that go on from them."""

    year: int
    reports: tuple[ReportFacts, ...]
    links: tuple[Link, ...]


def windows(
    year: int,
    now: Sequence[ReportFacts],
    before: Sequence[ReportFacts] = (),
    after: Sequence[ReportFacts] = (),
    groups: Iterable[Group] = (),
    groups_after: Iterable[Group] = (),
) -> Iterator[Window]:
    """A window for each report of `year`, or for several where bodies merged or split. before, after: reports of the years beside.

    groups: whose figures of the year before stand before whose, in `year` and the year after; a body in none follows itself.
    """
    links = [*_links(now, before, groups), *_links(after, now, groups_after)]
    joined = {facts.report_id: [facts] for facts in now}
    for link in links:
        own: dict[str, ReportFacts] = {}
        for facts in (*link.reports, *link.before):
            own |= {each.report_id: each for each in joined.get(facts.report_id, [facts])}
        together = list(own.values())
        for report_id in own:
            joined[report_id] = together
    seen: set[str] = set()
    for facts in now:
        if facts.report_id not in seen:
            reports = sorted(joined[facts.report_id], key=lambda each: (each.report_year or 0, each.report_id))
            inside = {each.report_id for each in reports}
            seen |= inside
            yield Window(year, tuple(reports), tuple(link for link in links if link.reports[0].report_id in inside))


def bodies_needed(
    found: Iterable[str], groups: Iterable[Group], groups_after: Iterable[Group]
) -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Of which bodies reports are needed to look at those of `found`: on the year, the year before and the year after."""
    now, before_of, after_of = set(found), list(groups), list(groups_after)
    while True:
        wider = now.union(*(group.agencies for group in before_of if not now.isdisjoint(group.agencies)))
        wider = wider.union(*(group.previous for group in after_of if not wider.isdisjoint(group.previous)))
        if wider == now:
            break
        now = wider
    before = now.union(*(group.previous for group in before_of if not now.isdisjoint(group.agencies)))
    after = now.union(*(group.agencies for group in after_of if not now.isdisjoint(group.previous)))
    return frozenset(now), frozenset(before), frozenset(after)


def _links(reports: Sequence[ReportFacts], before: Sequence[ReportFacts], groups: Iterable[Group]) -> Iterator[Link]:
    """Links of which every report on both sides is there, unless some are known to be for an own office and others for a whole area."""
    now, earlier = ({facts.agency_id: facts for facts in each} for each in (reports, before))
    listed = [(group.agencies, group.previous) for group in groups]
    grouped = {agency_id for agencies, _ in listed for agency_id in agencies}
    for agencies, previous in (*listed, *(((agency_id,), (agency_id,)) for agency_id in now if agency_id not in grouped)):
        if agencies and previous and now.keys() >= set(agencies) and earlier.keys() >= set(previous):
            link = Link(tuple(now[each] for each in agencies), tuple(earlier[each] for each in previous))
            if not cover_different_things((*link.reports, *link.before)):
                yield link
