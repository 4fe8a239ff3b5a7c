"""The rules run report by report: what the run over whole tables has to agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import localcontext

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.between_years import standings
from pipeline.checks.model import ReportFacts, RuleResult
from pipeline.checks.rulebook import EXACT, rule_book
from pipeline.checks.run import unusual_figures, with_evidence


def check_year(
    catalog: Catalog,
    reports: Sequence[ReportFacts],
    before: Iterable[ReportFacts],
    groups: Iterable[Group],
    *tables: Mapping[str, pa.Table],
) -> Iterator[tuple[ReportFacts, list[RuleResult]]]:
    """Every report of a year with one result for each row of rules.csv. tables: of the year and the one before, for Y3 and S11."""
    book, listed = rule_book(catalog), list(standings(reports, before, groups))
    for standing in with_evidence(listed, lambda: unusual_figures(book, listed, *tables)) if tables else listed:
        with localcontext(EXACT):
            results = standing.results(book)
        yield standing.facts, results
