"""Small core tables from figures that a test states; every cell of the forms named that it does not state is 0."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.ratios import out_indicators
from pipeline.indicators.values import out_values

TYPES = {
    "text": pa.string(),
    "integer": pa.int64(),
    "year": pa.int32(),
    "date": pa.date32(),
    "boolean": pa.bool_(),
    "amount": pa.decimal128(24, 6),
    "decimal_number": pa.float64(),
}
FORM_2014 = {"statistics": "2014"}
FORM_2019 = {"proactive": "2019", "requests": "2019", "remedies": "2019"}
FORM_2021 = {"proactive": "2021", "requests": "2021", "remedies": "2021"}
Key = str | tuple[str, str]


@dataclass(frozen=True)
class FiledReport:
    """forms: table -> form, None where the table was not found. figures: a number, or the state of a cell without one."""

    agency: str
    year: int
    figures: Mapping[Key, int | str | Decimal] = field(default_factory=dict)
    forms: Mapping[str, str | None] = field(default_factory=lambda: FORM_2021)
    current: bool = True
    status: str = "parsed"
    published_on: date | None = None
    copies: int = 1
    copy: int = 0

    @property
    def report_id(self) -> str:
        return f"{self.agency}-{self.year}-{self.copy}"


def declared_table(catalog: Catalog, name: str, rows: Sequence[Mapping[str, object]]) -> pa.Table:
    """`rows` as the declared table `name`; columns not stated are null."""
    columns = catalog.table(name).columns
    stray = {key for row in rows for key in row} - set(columns)
    assert not stray, stray
    schema = pa.schema([(column, TYPES[catalog.column(column).type]) for column in columns])
    return pa.Table.from_pylist([{column: row.get(column) for column in columns} for row in rows], schema=schema)


def core_reports(catalog: Catalog, reports: Sequence[FiledReport]) -> pa.Table:
    return declared_table(
        catalog,
        "core_reports",
        [
            {
                "report_id": report.report_id,
                "report_year": report.year,
                "path": f"{report.report_id}.docx",
                "agency_id": f"id-{report.agency}",
                "agency_name": report.agency,
                "status": report.status,
                "published_on": report.published_on,
                "is_current": report.current,
                "copies": report.copies,
            }
            for report in reports
        ],
    )


def core_report_tables(catalog: Catalog, reports: Sequence[FiledReport]) -> pa.Table:
    return declared_table(
        catalog,
        "core_report_tables",
        [
            {
                "report_id": report.report_id,
                "report_year": report.year,
                "table": table,
                "form": form,
                "table_state": "found" if form else "absent",
            }
            for report in reports
            for table, form in report.forms.items()
        ],
    )


def core_cells(catalog: Catalog, reports: Sequence[FiledReport]) -> pa.Table:
    return declared_table(catalog, "core_cells", [cell for report in reports for cell in _cells(catalog, report)])


def _cells(catalog: Catalog, report: FiledReport) -> list[dict[str, object]]:
    cells: dict[Key, dict[str, object]] = {}
    for table, form in report.forms.items():
        for row in catalog.fields_of(form, table) if form else ():
            for applicant in [entry.applicant for entry in catalog.applicants] if row.by_applicant else [""]:
                key = (row.field, applicant) if applicant else row.field
                cells[key] = {"table": table, "field": row.field, "applicant": applicant, **_content(report.figures.get(key, 0))}
    assert not set(report.figures) - set(cells), set(report.figures) - set(cells)
    return [{"report_id": report.report_id, "report_year": report.year, "is_extra": False, **cell} for cell in cells.values()]


def _content(figure: int | str | Decimal) -> dict[str, object]:
    if isinstance(figure, str):
        return {"state": figure, "value": None, "raw": {"blank": "", "not_applicable": "/"}.get(figure, "1?")}
    return {"state": "number", "value": Decimal(figure), "raw": str(figure)}


def all_bodies(catalog: Catalog, reports: Sequence[FiledReport]) -> pa.Table:
    """core_area_bodies where nobody knows of any area: the group of all bodies, each counted."""
    rows = [
        {
            "report_year": report.year,
            "area_id": "",
            "area_name": "全部单位",
            "agency_id": f"id-{report.agency}",
            "agency_name": report.agency,
            "report_id": report.report_id,
            "body_role": "body",
            "is_counted": True,
            "is_expected": True,
            "body_reason": "",
        }
        for report in reports
        if report.current
    ]
    return declared_table(catalog, "core_area_bodies", rows)


def values_of(catalog: Catalog, reports: Sequence[FiledReport]) -> pa.Table:
    return out_values(catalog, core_reports(catalog, reports), core_cells(catalog, reports), core_report_tables(catalog, reports))


def indicators_of(
    catalog: Catalog, *reports: FiledReport, quantities: pa.Table | None = None, last_year: Sequence[FiledReport] = ()
) -> dict[tuple[str, str], dict[str, object]]:
    """The rows of out_indicators by (agency, indicator)."""
    rows = out_indicators(catalog, values_of(catalog, reports), quantities, values_of(catalog, last_year)).to_pylist()
    found = {(row["agency_name"], row["indicator"]): row for row in rows}
    assert len(found) == len(rows)
    return found


def check_declared(catalog: Catalog, name: str, table: pa.Table) -> None:
    """The columns, their types, the key and the required columns are as tables.csv says."""
    declared = catalog.table(name)
    assert tuple(table.column_names) == declared.columns
    for column in declared.columns:
        assert table.schema.field(column).type == TYPES[catalog.column(column).type], column
    keys = [tuple(row[column] for column in declared.key) for row in table.to_pylist()]
    assert len(keys) == len(set(keys))
    for column in declared.required:
        assert table[column].null_count == 0, column
