"""What decides, apart from the figures, which rules a report is for and in which instances: so few cases that each is asked once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from pipeline.checks.between_years import Standing
from pipeline.checks.model import ReportFacts

# By the place of a report rows of rules.csv, each with the instances of which something is to be said; None: it is to be looked at whole.
Left = Mapping[int, Mapping[int, tuple[int, ...] | None]]
Tables = tuple[tuple[str, str | None, str], ...]  # the tables of a report with form and state


class Profile(NamedTuple):
    """before: form due and tables of the report before; None where nothing stands before.

    extra: the applicant columns of the report that its form does not have. is_apart: see Standing.
    """

    report_year: int | None
    form_due: str | None
    agency_kind: str | None
    agency_level: str | None
    tables: Tables
    extra: frozenset[str | None]
    before: tuple[str | None, Tables] | None
    is_apart: bool


class Profiles:
    """The profiles of the reports of a year. of: the place in `examples` of the profile of each, None for one that is compared with
    sums of reports or has added rows to its tables, which is looked at by itself; examples: the first report of each profile.
    """

    def __init__(self, listed: Iterable[Standing]) -> None:
        known: dict[Profile, int] = {}
        self.of: list[int | None] = []
        self.examples: list[Standing] = []
        for standing in listed:
            if not standing.is_plain or standing.facts.added_rows:
                self.of.append(None)
                continue
            profile = _profile(standing)
            if profile not in known:
                known[profile] = len(self.examples)
                self.examples.append(standing)
            self.of.append(known[profile])


def _profile(standing: Standing) -> Profile:
    facts, previous = standing.facts, standing.previous
    return Profile(
        facts.report_year,
        facts.form_due,
        facts.agency_kind,
        facts.agency_level,
        _tables(facts),
        frozenset(applicant for _, applicant in facts.extra_cells),
        (previous.form_due, _tables(previous)) if previous else None,
        standing.is_apart,
    )


def _tables(facts: ReportFacts) -> Tables:
    return tuple([(found.table, found.form, found.state) for found in facts.tables.values()])
