"""Areas of a year out of the store: sums are known by what stands beside them, and no figure counts twice."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.orchestration.areas import area_tables
from pipeline.warehouse.schema import empty_table, from_rows
from tests.installation import Installation
from tests.orchestration.area_world import NEW, Report, world

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


def test_corrected_reports_mergers_and_bodies_of_any_depth_count_once(tmp_path: Path, catalog: Catalog) -> None:
    city, district, town, zone = "云川市人民政府", "云川市青禾区人民政府", "云川市青禾区甲镇人民政府", "青禾经济开发区管理委员会"
    works, water, parks, both = "青禾经济开发区建设局", "云川市青禾区水务局", "云川市青禾区园林局", "云川市青禾区水务和园林局"
    bodies = {
        **{city: ("government", ""), district: ("government", city), town: ("town", district), zone: ("", district)},
        **{works: ("", zone), water: ("", district), parks: ("", district), both: ("", district)},
    }
    place = world(tmp_path, catalog, bodies, [("merge", water, both), ("merge", parks, both)])
    place.reported([
        (town, Report({NEW: 1}, corrects={NEW: 1000})),
        (zone, Report({NEW: 30}, title="（汇总）年度报告")),
        (works, Report({NEW: 10})),
        (water, Report({NEW: 200})),
        (both, Report({NEW: 400})),
        (district, Report({NEW: 431}, title="（汇总）年度报告")),
        (city, Report({NEW: 400}, title="（汇总）年度报告")),
    ])  # fmt: skip
    made = place.made()
    assert made.counted(district) == {town: "body", zone: "whole", both: "body"}
    assert made.counted(city) == {district: "whole"} and made.counted(zone) == {works: "body"}
    assert {area: made.sum(area)["total"] for area in (city, district, zone, "")} == {city: 431, district: 431, zone: 10, "": 411}
    assert (made.sum(city)["difference"], made.sum(city)["bodies_larger"]) == (-31, f"{district}（431）")
    assert made.sum(district)["difference"] == 0
