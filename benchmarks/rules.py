"""The rules over many reports: seconds from the core tables in memory to results, findings and their cells, in all and by step."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from benchmarks.many_reports import YEARS, many_tables
from pipeline.catalog import Catalog
from pipeline.catalog.divisions import directory
from pipeline.catalog.registry import Registry
from pipeline.checks.between_years import standings
from pipeline.checks.core_facts import CORE_TABLES, facts_from_tables
from pipeline.checks.likeness import likenesses
from pipeline.checks.rulebook import rule_book
from pipeline.checks.run import run_rules
from pipeline.checks.setwise.screen import Screen
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.warehouse.schema import empty_table


@dataclass(frozen=True)
class RuleRun:
    """What a run over `reports` took, in seconds, and how many of them had something to be said of.

    facts: reading the reports; prose: which are nearly the same (S11); database: what DuckDB tells of cells and texts. What is left of
    `seconds` is looking at single reports and putting findings into words.
    """

    reports: int
    rules: int
    with_findings: int
    seconds: float
    processor_seconds: float
    facts: float
    prose: float
    database: float


def measure(catalog: Catalog, count: int) -> RuleRun:
    """All rules over `count` made reports, year by year as in a build; then its steps once more, each by itself."""
    made = many_tables(catalog, count)
    roster, book = Roster(catalog, Bodies(Registry(), directory(catalog.folder))), rule_book(catalog)
    nothing: Mapping[str, pa.Table] = {table: empty_table(catalog, table) for table in CORE_TABLES}
    pairs = [(made[year], made.get(year - 1, nothing)) for year in YEARS]
    started, processor = time.perf_counter(), time.process_time()
    findings = sum(len(run_rules(catalog, roster, *pair, []).findings) for pair in pairs)
    seconds, processor = time.perf_counter() - started, time.process_time() - processor
    steps = dict.fromkeys(("facts", "prose", "database"), 0.0)
    for pair in pairs:
        marks = [time.perf_counter()]
        listed = list(standings(*(list(facts_from_tables(catalog, roster, each)) for each in pair), []))
        marks.append(time.perf_counter())
        list(likenesses(listed))
        marks.append(time.perf_counter())
        Screen(book, listed, *pair)
        marks.append(time.perf_counter())
        for step, (start, end) in zip(steps, pairwise(marks), strict=True):
            steps[step] += end - start
    reports = sum(tables["core_reports"].num_rows for tables in made.values())
    return RuleRun(reports, len(book.rows), findings, seconds, processor, **steps)
