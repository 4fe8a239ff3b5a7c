"""Rules between two years where bodies were renamed, merged or split: whose report of the year before stands beside whose.

A merged body's is the sum of those that went into it. What came out of a split is added up itself and stands beside the one
report before; what is found is said in the report of the first of them.

A government's report on its own office alone and one on its whole area are about different things: no figure of the one is held against
the other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pipeline.catalog.registry.history import Group
from pipeline.checks.model import Against, Alike, Beside, Finding, Outlier, ReportFacts, RuleResult, Unlike
from pipeline.checks.rulebook import PreparedRule, RuleBook
from pipeline.normalise.model import Cell, TableFound


@dataclass(frozen=True, slots=True)
class Standing:
    """A report beside what it is compared with.

    previous: the report of the year before, or a sum of several; None where there is none. together: what stands for the report in
    rules between two years, where its body came out of a split: the sum of all that did.
    """

    facts: ReportFacts
    previous: ReportFacts | None
    together: ReportFacts | None = None

    @property
    def is_plain(self) -> bool:
        """Whether it is one report beside at most one other."""
        return self.together is None and not (self.previous and self.previous.parts)

    @property
    def is_apart(self) -> bool:
        """Whether it is known that the figures of both years are for different things: an own office, a whole area."""
        return self.previous is not None and cover_different_things((self.together or self.facts, self.previous))

    @property
    def comparable(self) -> ReportFacts | None:
        """The report of the year before with which its own figures may be compared."""
        return None if self.together or self.is_apart else self.previous

    def knowing(self, alike: Mapping[Beside, Alike | Unlike], outliers: Mapping[Against, tuple[Outlier, ...]]) -> Standing:
        """The same, where it is known what the prose of the report repeats and which figures are far from usual."""
        return replace(self, facts=replace(self.facts, alike=alike, outliers=outliers))

    def is_for(self, row: PreparedRule) -> bool:
        """Whether a row of rules.csv is for this report, as far as its kind of body, year, forms, and what both years cover tell."""
        return not (row.scope.excludes(self.facts) or (row.looks_back and self.is_apart))

    def results(self, book: RuleBook) -> list[RuleResult]:
        """One result for each row of rules.csv, report by report."""
        return [self.result(book, row) for row in book.rows]

    def result(self, book: RuleBook, row: PreparedRule) -> RuleResult:
        """What becomes of one row; to be called in the context EXACT."""
        if not row.looks_back:
            return book.result(row, self.facts, self.comparable)
        if self.is_apart:
            return row.plain["not_applicable"]
        if self.together is None:
            return _with_remark(book.result(row, self.facts, self.previous), "", _remark(self.facts, self.previous))
        result = book.result(row, self.together, self.previous)
        return _with_remark(result, f"{self.together.agency_name}合计：", _remark(self.together, self.previous))

    def findings(self, book: RuleBook, row: PreparedRule, places: Sequence[int]) -> tuple[Finding, ...]:
        """What is to be said of some instances of a relation of a plain report; to be called in the context EXACT."""
        found = book.findings(row, self.facts, self.previous, places)
        return _remarked(found, "", _remark(self.facts, self.previous)) if row.looks_back else found


def standings(reports: Sequence[ReportFacts], before: Iterable[ReportFacts], groups: Iterable[Group]) -> Iterator[Standing]:
    """Every report of a year beside that of the year before. before: the reports of the year before.

    A body that is in no group stands after itself. Where a report is missing on either side of a group, nothing stands before.
    """
    earlier = {facts.agency_id: facts for facts in before}
    now = {facts.agency_id: facts for facts in reports}
    group_of = {agency_id: group for group in groups for agency_id in group.agencies}
    for facts in reports:
        group = group_of.get(facts.agency_id)
        if group is None or len(group.agencies) == 1:
            yield Standing(facts, _together(earlier, group.previous if group else (facts.agency_id,)))
            continue
        together, previous = _together(now, group.agencies), _together(earlier, group.previous)
        is_first = facts.agency_id == group.agencies[0]
        yield Standing(facts, previous, together) if is_first and together and previous else Standing(facts, None)


def cover_different_things(reports: Iterable[ReportFacts]) -> bool:
    """Whether some of these reports are for an own office and others for a whole area; False where that is not known of each."""
    covered = {part.coverage for facts in reports for part in facts.parts or (facts,)}
    return len(covered) > 1 and "unknown" not in covered


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


def _remark(facts: ReportFacts, previous: ReportFacts | None) -> str:
    """What is to be said of a report before that is not the body's own."""
    if previous is None or previous.agency_id == facts.agency_id:
        return ""
    if previous.parts:
        return f"（上一年度报告为{'、'.join(f'“{part.agency_name}”' for part in previous.parts)}各份之和。）"
    return f"（上一年度报告为“{previous.agency_name}”的报告。）"


def _with_remark(result: RuleResult, start: str, end: str) -> RuleResult:
    return replace(result, findings=_remarked(result.findings, start, end)) if result.findings else result


def _remarked(findings: tuple[Finding, ...], start: str, end: str) -> tuple[Finding, ...]:
    return tuple(replace(found, message=start + found.message + end) for found in findings) if start or end else findings
