"""The rules over many reports: seconds from the core tables in memory to results, findings and their cells, in all and by step."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from benchmarks.made_areas import with_areas
from benchmarks.many_reports import YEARS, many_tables
from pipeline.catalog import Catalog
from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import Registry
from pipeline.checks.areas.step import compared_areas, with_area_rules
from pipeline.checks.between_years import standings
from pipeline.checks.core_facts import CORE_TABLES, facts_from_tables
from pipeline.checks.likeness import likenesses
from pipeline.checks.rulebook import rule_book
from pipeline.checks.run import Checked, run_rules, unusual_figures
from pipeline.checks.setwise.profiles import Profiles
from pipeline.checks.setwise.screen import Screen
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.warehouse.schema import empty_table

Tables = Mapping[str, pa.Table]


@dataclass(frozen=True)
class RuleRun:
    """What a run over `reports` took, in seconds, and how many of them had something to be said of.

    one_year: of these, the last year alone, which is what has to be done again where one of its reports has changed. facts, prose,
    database: reading the reports, which of them are nearly the same (S11), and what DuckDB tells of cells and texts, each by itself
    (in the run DuckDB works beside the others). areas: governments beside the bodies of their areas (H1-H4), by itself too.
    """

    reports: int
    rules: int
    with_findings: int
    seconds: float
    processor_seconds: float
    one_year: float
    facts: float
    prose: float
    database: float
    areas: float


def measure(catalog: Catalog, count: int) -> RuleRun:
    """All rules over `count` made reports in their areas, year by year as in a build; then its steps once more, each by itself."""
    made = {year: with_areas(catalog, tables) for year, tables in many_tables(catalog, count).items()}
    roster, book = Roster(catalog, Bodies(Registry(), directory(catalog.folder))), rule_book(catalog)
    nothing: Tables = {table: empty_table(catalog, table) for table in CORE_TABLES}
    pairs = [(made[year], made.get(year - 1, nothing)) for year in YEARS]
    marks, processor = [time.perf_counter()], time.process_time()
    found, areas = 0, 0.0
    for pair in pairs:
        found += len(run_rules(catalog, roster, *pair, []).findings)
        marks.append(time.perf_counter())
    processor = time.process_time() - processor
    steps = dict.fromkeys(("facts", "prose", "database"), 0.0)
    for tables, before in pairs:
        for step, seconds in _steps(catalog, roster, tables, before).items():
            steps[step] += seconds
        areas += _areas(catalog, tables, run_rules(catalog, roster, tables, before, []))
    reports = sum(tables["core_reports"].num_rows for tables in made.values())
    return RuleRun(reports, len(book.rows), found, marks[-1] - marks[0], processor, marks[-1] - marks[-2], **steps, areas=areas)


def _steps(catalog: Catalog, roster: Roster, tables: Tables, before: Tables) -> dict[str, float]:
    """The seconds of each step on a year."""
    marks, book = [time.perf_counter()], rule_book(catalog)
    listed = list(standings(*(list(facts_from_tables(roster, each)) for each in (tables, before)), []))
    marks.append(time.perf_counter())
    list(likenesses(listed))
    marks.append(time.perf_counter())
    unusual_figures(book, listed, tables, before)
    Screen(book, listed, Profiles(listed), tables, before)
    marks.append(time.perf_counter())
    return {step: end - start for step, (start, end) in zip(("facts", "prose", "database"), pairwise(marks), strict=True)}


def _areas(catalog: Catalog, tables: Tables, checked: Checked) -> float:
    started = time.perf_counter()
    with_area_rules(catalog, *checked, tables["core_reports"], compared_areas(catalog, tables), has_roster=False)
    return time.perf_counter() - started
