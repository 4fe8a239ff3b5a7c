"""All rules over all reports of a year: from the core tables to what stands in core_rule_results, core_findings, core_finding_cells."""

from __future__ import annotations

import gc
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from decimal import localcontext, setcontext
from operator import itemgetter
from typing import NamedTuple

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.areas.step import AREA_RULE_TABLES, compared_areas, with_area_rules
from pipeline.checks.between_years import Standing, standings
from pipeline.checks.core_facts import facts_from_tables
from pipeline.checks.likeness import likenesses
from pipeline.checks.model import Against, Finding, Outlier, ReportFacts, RuleResult
from pipeline.checks.outliers import EARLIER, outliers
from pipeline.checks.rulebook import EXACT, RuleBook, rule_book
from pipeline.checks.setwise.glances import Glances
from pipeline.checks.setwise.profiles import Left, Profiles
from pipeline.checks.setwise.screen import Screen
from pipeline.normalise.agencies.duties import Roster

_TURN = 0.0002  # seconds; Python's own are 0.005
Unusual = Sequence[Mapping[Against, tuple[Outlier, ...]]]


class Checked(NamedTuple):
    """core_rule_results as a table, and each report of which there is something to say with its findings."""

    results: pa.Table
    findings: list[tuple[ReportFacts, list[Finding]]]


def run_rules(
    catalog: Catalog, roster: Roster, tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table], groups: Iterable[Group]
) -> Checked:
    """Every rule on every current report of a year. tables, before: CORE_TABLES (core_facts.py) of the year and of the year before;
    with AREA_RULE_TABLES (areas/step.py) governments are held beside the bodies of their areas too.

    Where nothing is to be said, DuckDB tells it of the cells, on a core of its own, and a glance of the rest. What is left is looked at.
    """
    beside = ThreadPoolExecutor(1, initializer=setcontext, initargs=(EXACT.copy(),))
    with _without_pauses(), localcontext(EXACT), beside:
        book = rule_book(catalog)
        reports, earlier = (list(facts_from_tables(roster, each)) for each in (tables, before))
        listed = list(standings(reports, earlier, groups))
        profiles = Profiles(listed)
        unusual = beside.submit(unusual_figures, book, listed, tables, before)
        screen = beside.submit(Screen, book, listed, profiles, tables, before)
        areas = beside.submit(compared_areas, catalog, tables) if tables.keys() >= {*AREA_RULE_TABLES} else None
        listed = with_evidence(listed, unusual.result)
        glances = Glances(book, listed, profiles)
        looked_at = _Look(book, listed)
        looked_at.at(glances.left)
        looked_at.at(screen.result().left)
        results, found = screen.result().results(glances.tables(), looked_at.results), looked_at.found()
        if areas is None:
            return Checked(results, found)
        year = next((facts.report_year for facts in reports if facts.report_year is not None), None)
        has_roster = year is not None and roster.covers(year)
        return Checked(*with_area_rules(catalog, results, found, tables["core_reports"], areas.result(), has_roster=has_roster))


def unusual_figures(book: RuleBook, listed: Sequence[Standing], tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table]) -> Unusual:
    """For each report which of the figures that some rule asks for are far from usual."""
    fields = dict.fromkeys(path for row in book.rows if row.rule.kind == "outlier" for path in row.rule.parameters["fields"].split())
    return outliers(listed, list(fields), tables["core_cells"], before["core_cells"], before.get(EARLIER))


def with_evidence(listed: Sequence[Standing], unusual: Callable[[], Unusual]) -> list[Standing]:
    """The reports, where it is known what only all of them together tell: whose prose is alike, which figures are unusual."""
    alike = list(likenesses(listed))
    return [standing.knowing(text, figures) for standing, text, figures in zip(listed, alike, unusual(), strict=True)]


class _Look:
    """Looks at what is left, report by report."""

    def __init__(self, book: RuleBook, listed: Sequence[Standing]) -> None:
        self._book, self._listed = book, listed
        self._said: dict[int, list[tuple[int, tuple[Finding, ...]]]] = defaultdict(list)
        self.results: list[tuple[int, int, RuleResult]] = []

    def at(self, left: Left) -> None:
        """Look at some rows of rules.csv in some reports."""
        book, rows = self._book, self._book.rows
        for subject, numbers in left.items():
            standing = self._listed[subject]
            for number, instances in numbers.items():
                if instances is None:
                    result = standing.result(book, rows[number])
                    self.results.append((subject, number, result))
                    findings = result.findings
                else:
                    findings = standing.findings(book, rows[number], instances)
                if findings:
                    self._said[subject].append((number, findings))

    def found(self) -> list[tuple[ReportFacts, list[Finding]]]:
        """The reports of which something is to be said, with everything, in the order of rules.csv."""
        in_order = ((self._listed[subject].facts, sorted(said, key=itemgetter(0))) for subject, said in sorted(self._said.items()))
        return [(facts, [finding for _, findings in said for finding in findings]) for facts, said in in_order]


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Without the collector of cycles, which looks again and again through a million small objects that have none.

    And with turns of Python that are short: DuckDB needs Python for each batch of rows, and its core stood still until the other's turn
    was over, a fifth of the run by the clock.
    """
    was_on, turn = gc.isenabled(), sys.getswitchinterval()
    gc.disable()
    sys.setswitchinterval(_TURN)
    try:
        yield
    finally:
        sys.setswitchinterval(turn)
        if was_on:
            gc.enable()
