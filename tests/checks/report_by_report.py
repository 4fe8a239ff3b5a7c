"""The rules run report by report: what the run over whole tables has to agree with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import localcontext

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.between_years import standings
from pipeline.checks.likeness import likenesses
from pipeline.checks.model import ReportFacts, RuleResult
from pipeline.checks.rulebook import EXACT, rule_book


def check_year(
    catalog: Catalog, reports: Sequence[ReportFacts], before: Iterable[ReportFacts], groups: Iterable[Group]
) -> Iterator[tuple[ReportFacts, list[RuleResult]]]:
    """Every report of a year with one result for each row of rules.csv."""
    listed = list(standings(reports, before, groups))
    for standing in (one.knowing(alike) for one, alike in zip(listed, likenesses(listed), strict=True)):
        with localcontext(EXACT):
            results = standing.results(rule_book(catalog))
        yield standing.facts, results
