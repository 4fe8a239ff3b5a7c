"""Rows for the tests of the warehouse: small, invented, and complete as the declared tables ask."""

import csv
import shutil
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pyarrow as pa

from pipeline.catalog import Catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.warehouse.schema import from_rows

BODY = "云泽市测试局"
Change = Callable[[list[dict[str, str]]], list[dict[str, str]]]


def cell_keys(catalog: Catalog, form: str, table: str) -> list[tuple[str, str]]:
    """(field, applicant) of every cell of a printed table, in printed order."""
    applicants = [row.applicant for row in catalog.applicants]
    return [
        (field.field, applicant) for field in catalog.fields_of(form, table) for applicant in (applicants if field.by_applicant else [""])
    ]


def values(catalog: Catalog, form: str, year: int, agency_id: str = "a1", name: str = BODY) -> pa.Table:
    """out_values of one report in which the cells of each printed table are numbered 1, 2, 3 … in printed order."""
    rows: list[dict[str, object]] = []
    for table in catalog.tables_of(form):
        for number, (field, applicant) in enumerate(cell_keys(catalog, form, table.table), start=1):
            declared = catalog.field(form, field)
            common = {"agency_id": agency_id, "agency_name": name, "report_year": year, "report_id": f"{agency_id}-{year}", "form": form}
            cell = {"table": table.table, "field": field, "applicant": applicant, "label": declared.label_zh, "unit": declared.unit}
            rows.append({**common, **cell, "state": "number", "value": Decimal(number), "raw": str(number)})
    return from_rows(catalog, "out_values", rows)


def agency(number: int, **changes: object) -> dict[str, object]:
    """A row of core_agencies."""
    names = {"agency_id": f"a{number}", "agency_name": f"云泽市第{number}局", "agency_kind": "department", "agency_level": None}
    return {**names, "lineage_id": f"a{number}", "registered": True, "first_year": 2019, "last_year": 2021, **changes}


def section(report: str, year: int | None, position: int = 1, **changes: object) -> dict[str, object]:
    """A row of core_sections."""
    row = {"report_id": report, "report_year": year, "section": "overview", "section_position": position, "section_number": position}
    return {**row, "heading": "总体情况", "text": "略", **changes}


def copy_of_rows(folder: Path) -> Path:
    """The catalogue's folder of rows, copied to where a test may change it."""
    return Path(shutil.copytree(DEFAULT_CATALOG, folder))


def change_csv(path: Path, change: Change) -> None:
    """Rewrite a CSV file through a function from its rows to its rows."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, names = list(reader), list(reader.fieldnames or [])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names)
        writer.writeheader()
        writer.writerows(change(rows))
