"""What the checks take and give: the facts of one report, the result of each rule, and findings with their cells."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Literal

from pipeline.normalise.agencies.area_bodies import Coverage
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.model import Cell, Locator, Section, TableFound

Outcome = Literal["pass", "fail", "not_assessable", "not_applicable"]
RuleSeverity = Literal["E", "W", "I"]
Side = Literal["left", "right"]
Beside = Literal["previous", "sibling"]  # the body's own report of the year before, or one of another body on the same year
Against = Literal["own", "peers"]  # the figures of the body's own earlier years, or the growth of bodies of its kind
Unlike = Literal["unlike", "short", "alone"]  # no other is like it, it is too short to tell, there is no other
CellKey = tuple[str, str | None]  # field, applicant


def _place(cell: Cell) -> tuple[str, int, int] | None:
    """Table, grid and row of a cell; None where it was not found."""
    place = cell.locator
    return (cell.table, place.table, place.row) if place and place.table is not None and place.row is not None else None


@dataclass(frozen=True, slots=True)
class CopyDifference:
    """A cell in which another report of the same body and year differs. kind: see normalise/filing/versions.py; "absent": no such cell."""

    kind: str
    table: str
    field: str
    applicant: str | None
    state: str
    value: Decimal | None
    raw: str
    location: str
    other_state: str
    other_value: Decimal | None
    other_raw: str
    other_location: str


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """Another report of the same body and year. rule: the one by which the current one counts and not this."""

    report_id: str
    path: str
    rule: str
    differences: tuple[CopyDifference, ...] = ()


@dataclass(frozen=True, slots=True)
class Alike:
    """A report whose prose is nearly the same. percent: so much of what stands in either stands in both, rounded down."""

    agency_name: str
    report_year: int | None
    percent: int


@dataclass(frozen=True, slots=True)
class Outlier:
    """A figure far from what is usual; usual: what would have been, rounded."""

    field: str
    applicant: str | None
    usual: int


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """One report as the rules see it; `facts.py` makes it.

    agency_name is the body to which the report was ascribed, title_agency the one that its title names, stated_agency
    the one that the sender named (sources.csv); title_agency_id: the registered body that the title means. cells: the cells
    of the form; extra_cells: known columns that the form does not have (法人小计). A key that is not there is a cell that the
    report lacks.
    claims: the figures that its prose states, in the order of the text.
    parts: the reports of which this is the sum. deadline: the day by which this body had to publish; None where no deadline is known.
    copies: the other reports of the body on the year, where that is known. only_tables: it is a workbook without prose.
    on_roster: None where no roster says who owes. coverage: whether a government's figures are those of its own office or of its whole
    area; of other bodies it is unknown. added_rows: table, grid and row of what stands in the tables and is not of the form.
    alike, outliers: what its prose repeats and which figures are far from usual, as far as other reports were at hand.
    """

    report_id: str
    agency_id: str
    agency_name: str
    agency_kind: str | None
    agency_level: str | None
    report_year: int | None
    form_due: str | None
    tables: Mapping[str, TableFound]
    cells: Mapping[CellKey, Cell]
    extra_cells: Mapping[CellKey, Cell]
    sections: Sequence[Section]
    title: str
    title_agency: str | None
    title_year: int | None
    period_year: int | None
    stated_agency: str | None
    published_on: date | None
    deadline: date | None
    path: str
    title_agency_id: str | None = None
    parts: tuple[ReportFacts, ...] = ()
    copies: tuple[CopyFacts, ...] = ()
    claims: Sequence[Claim] = ()
    only_tables: bool = False
    on_roster: bool | None = None
    coverage: Coverage = "unknown"
    added_rows: frozenset[tuple[str, int, int]] = frozenset()
    alike: Mapping[Beside, Alike | Unlike] = field(default_factory=dict)
    outliers: Mapping[Against, tuple[Outlier, ...]] = field(default_factory=dict)

    def form_of(self, table: str) -> str | None:
        """The form in which a table is filled in; the form due where the table was not found or read."""
        found = self.tables.get(table)
        return found.form if found and found.form else self.form_due

    def table_found(self, table: str) -> bool:
        """Whether the table is there and could be read."""
        found = self.tables.get(table)
        return found is not None and found.state == "found"

    def has_added_row(self, keys: Iterable[CellKey]) -> bool:
        """Whether a row that is not of the form stands among the rows of these cells, or right below the last of them."""
        places = [place for key in keys if self.added_rows and (cell := self.cells.get(key)) and (place := _place(cell))]
        for table, grid, row in self.added_rows if places else ():
            rows = [place[2] for place in places if place[:2] == (table, grid)]
            if rows and min(rows) < row < self._row_below(table, grid, max(rows)):
                return True
        return False

    def _row_below(self, table: str, grid: int, row: int) -> float:
        places = filter(None, map(_place, self.cells.values()))
        return min((place[2] for place in places if place[:2] == (table, grid) and place[2] > row), default=math.inf)

    def section(self, section: str) -> Section | None:
        """The section of that id (the first one, where it stands twice); None where the report has none."""
        return next((row for row in self.sections if row.section == section), None)


@dataclass(frozen=True, slots=True)
class FindingCell:
    """A cell that a finding is about. label and location are Chinese; value in yuan or pieces; state "absent" = not in the report."""

    side: Side
    report_id: str
    field: str
    applicant: str | None
    label: str
    state: str
    value: Decimal | None
    raw: str
    location: str
    locator: Locator | None


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not hold in one report.

    finding_id: digest of rule, part, body, year, place and the values involved; it stays the same from run to run and
    lapses when the figures change. difference: actual minus expected. message: one sentence that can be forwarded.
    """

    finding_id: str
    rule: str
    part: str
    severity: RuleSeverity
    weak: bool
    table: str | None
    place: str
    expected: Decimal | None
    actual: Decimal | None
    difference: Decimal | None
    message: str
    cells: tuple[FindingCell, ...]


@dataclass(frozen=True, slots=True)
class RuleResult:
    """What became of one row of rules.csv on one report: its outcome, and in how many places it came out how."""

    rule: str
    part: str
    outcome: Outcome
    passed: int
    failed: int
    not_assessable: int
    not_applicable: int
    blank_read_as_zero: int
    findings: tuple[Finding, ...]
