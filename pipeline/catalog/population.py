"""Inhabitants of the areas that bodies serve, as the office states them in `population.csv` of the folder of decisions."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.kept_files import kept_rows

FILE = "population.csv"


@dataclass(frozen=True)
class Population:
    """residents: people who live in the area of `body` (an agency_id or the name in the report's title) at the end of the year."""

    body: str
    report_year: int
    residents: int


def load_population(decisions: Path) -> tuple[Population, ...]:
    """The rows of population.csv (agency, report_year, residents, source); none where there is no such file.

    Raises CatalogError, naming file, line and column, where a cell does not fit or a body and year stand twice.
    """
    seen: set[tuple[str, int]] = set()

    def made(row: Row, _: int) -> Population:
        entry = Population(row.required("agency"), row.integer("report_year"), row.integer("residents"))
        if entry.residents <= 0:
            raise row.error("residents", f"应为大于 0 的整数，现为“{row.text('residents')}”。")
        if (entry.body, entry.report_year) in seen:
            raise row.error("agency", f"{entry.body} {entry.report_year} 年度的人口重复，请只保留一行。")
        seen.add((entry.body, entry.report_year))
        return entry

    return tuple(kept_rows(decisions / FILE, ("agency", "report_year", "residents"), made))
