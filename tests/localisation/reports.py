"""Reports of one invented body over three years that keep every rule, as facts for the checks: no file is written or read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from random import Random
from typing import Any

import msgspec

from pipeline.catalog.model import Catalog
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.reading import read_paragraph
from pipeline.normalise.model import Cell, Locator, TableFound
from tests.reports.figures import Size, consistent_figures

AGENCY = "瀚川市沐云区财政局"
SIZES = (Size(4, 3), Size(14, 6, licensing=12), Size(60, 12, licensing=300), Size(400, 30, licensing=2000), Size(9000, 60, licensing=9000))
FIRST_YEARS = {"2014": (2015, 2016, 2017), "2019": (2019, 2020, 2021), "2021": (2022, 2023, 2024)}
_UNREAD: dict[str, Any] = {"state": "unreadable", "value": None, "raw": "?", "confidence": 0.3}
Values = Mapping[CellKey, Decimal]


@dataclass(frozen=True)
class Years:
    """The reports of three years, right in every figure; the one in the middle is looked at."""

    form: str
    reports: tuple[ReportFacts, ReportFacts, ReportFacts]

    @property
    def middle(self) -> ReportFacts:
        """The report in which errors are planted."""
        return self.reports[1]


def three_years(catalog: Catalog, form: str, random: Random) -> Years:
    """Three reports that go on from each other. Those of the form of 2019 end with one of 2021."""
    size, previous, made = random.choice(SIZES), None, []
    for year in FIRST_YEARS[form]:
        due = catalog.form_due(year)
        assert due is not None
        previous = consistent_figures(catalog, due.form, random, previous, size)
        made.append(report_facts(catalog, due.form, year, previous, prose=random.random() < 0.5))
    return Years(form, (made[0], made[1], made[2]))


def report_facts(catalog: Catalog, form: str, year: int, values: Values, prose: bool) -> ReportFacts:
    """A report with these figures; `prose`: its text states how many requests came in and how many were answered."""
    tables = {table.table: TableFound(table.table, form, "found") for table in catalog.tables_of(form)}
    return ReportFacts(
        report_id=f"{year}",
        agency_id="muyun-finance",
        agency_name=AGENCY,
        agency_kind="department",
        agency_level="county",
        report_year=year,
        form_due=form,
        tables=tables,
        cells={key: _cell(catalog, form, key, value) for key, value in values.items()},
        extra_cells={},
        sections=(),
        title=f"{AGENCY}{year}年政府信息公开工作年度报告",
        title_agency=AGENCY,
        title_year=year,
        period_year=year,
        stated_agency=None,
        published_on=date(year + 1, 1, 20),
        deadline=None,
        path="",
        claims=_claims(catalog, year, values) if prose else (),
    )


def with_cells(facts: ReportFacts, changed: Mapping[CellKey, Decimal | None]) -> ReportFacts:
    """The report with other figures printed; None: nothing is."""
    cells = dict(facts.cells)
    for key, value in changed.items():
        cells[key] = _printed(cells[key], value)
    return replace(facts, cells=cells)


def unread(facts: ReportFacts, keys: Iterable[CellKey]) -> ReportFacts:
    """The report with cells in which something stands that was not recognised."""
    return replace(facts, cells={**facts.cells, **{key: msgspec.structs.replace(facts.cells[key], **_UNREAD) for key in keys}})


def doubtful(facts: ReportFacts, keys: Iterable[CellKey], confidence: float = 0.6) -> ReportFacts:
    """The report with cells that were recognised, without certainty or with as much as there is."""
    return replace(facts, cells={**facts.cells, **{key: msgspec.structs.replace(facts.cells[key], confidence=confidence) for key in keys}})


def _cell(catalog: Catalog, form: str, key: CellKey, value: Decimal) -> Cell:
    field = catalog.field(form, key[0])
    table = catalog.table_ids.index(field.table)
    return Cell(field.table, field.field, key[1], "number", value, f"{value:f}", Locator(table, field.position, 1))


def _printed(cell: Cell, value: Decimal | None) -> Cell:
    state, raw = ("blank", "") if value is None else ("number", f"{value:f}")
    return Cell(cell.table, cell.field, cell.applicant, state, value, raw, cell.locator)  # type: ignore[arg-type]


def _claims(catalog: Catalog, year: int, values: Values) -> tuple[Claim, ...]:
    new, handled = (values.get((f"requests.{row}", "total")) for row in ("new", "handled"))
    if new is None or handled is None or new == 0:
        return ()
    claims: list[Claim] = []
    read_paragraph(catalog, f"{year}年，本机关收到政府信息公开申请{new}件，办结{handled}件。", year, None, claims)
    return tuple(claims)
