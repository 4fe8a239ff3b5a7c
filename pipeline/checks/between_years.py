"""Rules between two years where bodies were renamed, merged or split: whose report of the year before stands beside whose.

A merged body's is the sum of those that went into it. What came out of a split is added up itself and stands beside the one
report before; what is found is said in the report of the first of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group
from pipeline.checks.model import ReportFacts, RuleResult
from pipeline.checks.rulebook import check_report, rule_book
from pipeline.normalise.model import Cell, TableFound

Checked = tuple[ReportFacts, list[RuleResult]]


def check_year(
    catalog: Catalog, reports: Sequence[ReportFacts], before: Iterable[ReportFacts], groups: Iterable[Group]
) -> Iterator[Checked]:
    """Every report of a year with one result for each row of rules.csv. before: the reports of the year before.

    A body that is in no group stands after itself. Rules between two years cannot be assessed where a report is missing on
    either side of a group.
    """
    earlier = {facts.agency_id: facts for facts in before}
    now = {facts.agency_id: facts for facts in reports}
    group_of = {agency_id: group for group in groups for agency_id in group.agencies}
    for facts in reports:
        group = group_of.get(facts.agency_id)
        if group is None or len(group.agencies) == 1:
            previous = _together(earlier, group.previous if group else (facts.agency_id,))
            results = check_report(facts, previous, catalog)
            yield facts, _with_remark(catalog, results, "", _remark(facts, previous))
            continue
        results = check_report(facts, None, catalog)
        if facts.agency_id == group.agencies[0]:
            results = _with_those_of_group(catalog, results, _together(now, group.agencies), _together(earlier, group.previous))
        yield facts, results


def added_up(parts: Sequence[ReportFacts]) -> ReportFacts:
    """Several reports as one: the sum of each cell that is a number in all of them. Tables in different forms are left out.

    A cell that is empty in all is empty; one that is empty in some only is not there, so that it can be neither a number nor 0.
    """
    first = parts[0]
    tables = {name: found for name, found in first.tables.items() if all(_form(part, name) == (found.form, found.state) for part in parts)}
    keys = [key for key, cell in first.cells.items() if cell.table in tables]
    sums = {key: _sum([part.cells.get(key) for part in parts]) for key in keys}
    return replace(
        first,
        agency_id="+".join(part.agency_id for part in parts),
        agency_name="、".join(part.agency_name for part in parts),
        tables={name: tables.get(name, TableFound(name, None, "absent")) for name in first.tables},
        cells={key: cell for key, cell in sums.items() if cell is not None},
        extra_cells={},
        sections=(),
        parts=tuple(parts),
    )


def _together(known: Mapping[str, ReportFacts], ids: Sequence[str]) -> ReportFacts | None:
    """The report of one body, or the sum of several; None where one of them is missing."""
    parts = [known[agency_id] for agency_id in ids if agency_id in known]
    if not parts or len(parts) < len(ids):
        return None
    return parts[0] if len(parts) == 1 else added_up(parts)


def _sum(cells: Sequence[Cell | None]) -> Cell | None:
    there = [cell for cell in cells if cell is not None]
    values = [cell.value for cell in there if cell.value is not None]
    if len(there) < len(cells) or 0 < len(values) < len(cells):
        return None
    if not values:
        return there[0]
    raw = " + ".join(cell.raw.strip() for cell in there)
    return Cell(there[0].table, there[0].field, there[0].applicant, "number", sum(values, Decimal(0)), raw, there[0].locator)


def _form(facts: ReportFacts, table: str) -> tuple[str | None, str]:
    found = facts.tables.get(table)
    return (found.form, found.state) if found else (None, "absent")


def _with_those_of_group(
    catalog: Catalog, results: list[RuleResult], group: ReportFacts | None, previous: ReportFacts | None
) -> list[RuleResult]:
    """The results of the first body of a split, those between two years replaced by what comes out for all of them together."""
    if group is None or previous is None:
        return results
    together = _with_remark(catalog, check_report(group, previous, catalog), f"{group.agency_name}合计：", _remark(group, previous))
    between = [_is_between_years(catalog, place) for place in range(len(results))]
    return [of_group if is_between else own for own, of_group, is_between in zip(results, together, between, strict=True)]


def _remark(facts: ReportFacts, previous: ReportFacts | None) -> str:
    """What is to be said of a report before that is not the body's own."""
    if previous is None or previous.agency_id == facts.agency_id:
        return ""
    if previous.parts:
        return f"（上一年度报告为{'、'.join(f'“{part.agency_name}”' for part in previous.parts)}各份之和。）"
    return f"（上一年度报告为“{previous.agency_name}”的报告。）"


def _with_remark(catalog: Catalog, results: list[RuleResult], start: str, end: str) -> list[RuleResult]:
    if not start and not end:
        return results
    return [
        replace(result, findings=tuple(replace(found, message=start + found.message + end) for found in result.findings))
        if _is_between_years(catalog, place)
        else result
        for place, result in enumerate(results)
    ]


def _is_between_years(catalog: Catalog, place: int) -> bool:
    """Whether a row of rules.csv looks at the year before."""
    return rule_book(catalog).looks_back[place]
