"""All rules over all reports of a year: from the core tables to what stands in core_rule_results, core_findings, core_finding_cells."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from decimal import localcontext
from typing import NamedTuple

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.areas.step import AREA_RULE_TABLES, with_area_rules
from pipeline.checks.between_years import Standing, standings
from pipeline.checks.core_facts import facts_from_tables
from pipeline.checks.likeness import likenesses
from pipeline.checks.model import Finding, ReportFacts, RuleResult
from pipeline.checks.outliers import EARLIER, outliers
from pipeline.checks.rulebook import EXACT, RuleBook, rule_book
from pipeline.checks.setwise.screen import Screen
from pipeline.normalise.agencies.duties import Roster


class Checked(NamedTuple):
    """core_rule_results as a table, and each report of which there is something to say with its findings."""

    results: pa.Table
    findings: list[tuple[ReportFacts, list[Finding]]]


def run_rules(
    catalog: Catalog, roster: Roster, tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table], groups: Iterable[Group]
) -> Checked:
    """Every rule on every current report of a year. tables, before: CORE_TABLES (core_facts.py) of the year and of the year before;
    with AREA_RULE_TABLES (areas/step.py) governments are held beside the bodies of their areas too.

    DuckDB tells where nothing is to be said; there, and where a rule costs next to nothing, the report itself is looked at.
    """
    with _without_pauses(), localcontext(EXACT):
        book = rule_book(catalog)
        reports, earlier = (list(facts_from_tables(catalog, roster, each)) for each in (tables, before))
        listed = list(standings(reports, earlier, groups))
        listed = with_evidence(book, listed, tables, before)
        screen = Screen(book, listed, tables, before)
        looked_at: list[tuple[int, int, RuleResult]] = []
        found = []
        for place, (standing, left) in enumerate(zip(listed, screen.left, strict=True)):
            findings: list[Finding] = []
            for number, instances in left:
                if instances is not None:
                    findings.extend(standing.findings(book, book.rows[number], instances))
                    continue
                result = standing.result(book, book.rows[number])
                looked_at.append((place, number, result))
                findings.extend(result.findings)
            if findings:
                found.append((standing.facts, findings))
        results = screen.results(looked_at)
        if not tables.keys() >= {*AREA_RULE_TABLES}:
            return Checked(results, found)
        year = next((facts.report_year for facts in reports if facts.report_year is not None), None)
        return Checked(*with_area_rules(catalog, results, found, tables, has_roster=year is not None and roster.covers(year)))


def with_evidence(
    book: RuleBook, listed: Sequence[Standing], tables: Mapping[str, pa.Table], before: Mapping[str, pa.Table]
) -> list[Standing]:
    """The reports, where it is known what only all of them together tell: whose prose is alike, which figures are unusual."""
    fields = dict.fromkeys(path for row in book.rows if row.rule.kind == "outlier" for path in row.rule.parameters["fields"].split())
    unusual = outliers(listed, list(fields), tables["core_cells"], before["core_cells"], before.get(EARLIER))
    return [standing.knowing(alike, far) for standing, alike, far in zip(listed, likenesses(listed), unusual, strict=True)]


@contextmanager
def _without_pauses() -> Iterator[None]:
    """Without the collector of cycles, which looks again and again through a million small objects that have none."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
