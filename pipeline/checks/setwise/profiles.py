"""What decides, apart from the figures, which rules a report is for and in which instances: so few cases that each is asked once."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.checks.between_years import Standing
from pipeline.checks.expand import Forms


class Profile(NamedTuple):
    """forms, found and those before: of each table, in the order of Catalog.table_ids; None and () where nothing stands before.

    extra: the applicant columns of the report that its form does not have. is_apart: see Standing.
    """

    report_year: int | None
    form_due: str | None
    agency_kind: str | None
    agency_level: str | None
    forms: Forms
    found: tuple[bool, ...]
    extra: frozenset[str | None]
    before: Forms | None
    found_before: tuple[bool, ...]
    is_apart: bool


class Profiles:
    """The profiles of the reports of a year. of: the place in `examples` of the profile of each, None for one that is compared with
    sums of reports or has added rows to its tables, which is looked at by itself; examples: the first report of each profile.
    """

    def __init__(self, catalog: Catalog, listed: Iterable[Standing]) -> None:
        known: dict[Profile, int] = {}
        self.of: list[int | None] = []
        self.examples: list[Standing] = []
        for standing in listed:
            if not standing.is_plain or standing.facts.added_rows:
                self.of.append(None)
                continue
            profile = _profile(catalog, standing)
            if profile not in known:
                known[profile] = len(self.examples)
                self.examples.append(standing)
            self.of.append(known[profile])


def _profile(catalog: Catalog, standing: Standing) -> Profile:
    facts, previous = standing.facts, standing.previous
    return Profile(
        facts.report_year,
        facts.form_due,
        facts.agency_kind,
        facts.agency_level,
        tuple(map(facts.form_of, catalog.table_ids)),
        tuple(map(facts.table_found, catalog.table_ids)),
        frozenset(applicant for _, applicant in facts.extra_cells),
        tuple(map(previous.form_of, catalog.table_ids)) if previous else None,
        tuple(map(previous.table_found, catalog.table_ids)) if previous else (),
        standing.is_apart,
    )
