"""A body's sum is known by the report on its own office that stands beside it."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.orchestration.areas import area_tables
from pipeline.warehouse.schema import empty_table, from_rows
from tests.installation import Installation

YEAR = 2023


def test_the_report_beside_one_on_the_own_office_covers_the_area(tmp_path: Path, catalog: Catalog) -> None:
    workspace = Installation.at(tmp_path / "installation").workspace
    common = {
        "report_year": YEAR,
        "sha256": "a",
        "path": "甲.docx",
        "status": "parsed",
        "title": "云川市青禾区人民政府2023年年度报告",
        "copies": 1,
    }
    body = {"agency_id": "p-1", "agency_name": "云川市青禾区人民政府", "agency_kind": "government"}
    reports = [
        {**common, **body, "report_id": "a-0", "report_index": 0, "is_current": True, "version_rule": "level"},
        {**common, **body, "report_id": "a-1", "report_index": 1, "is_current": False, "version_rule": "level"},
    ]
    tables = {"core_reports": from_rows(catalog, "core_reports", reports)}
    tables |= {
        name: empty_table(catalog, name) for name in ("core_cells", "core_report_tables", "core_claims", "core_sections", "raw_text")
    }
    for name, table in tables.items():
        workspace.store.write(name, table, year=YEAR, fingerprint="1")
    row = {**body, "lineage_id": "p-1", "registered": False, "first_year": YEAR, "last_year": YEAR}
    workspace.store.write("core_agencies", from_rows(catalog, "core_agencies", [row]), fingerprint="1")
    (told,) = area_tables(workspace, YEAR)["core_report_coverage"].to_pylist()
    assert (told["report_id"], told["coverage"], told["coverage_basis"]) == ("a-0", "whole_area", "statement")
