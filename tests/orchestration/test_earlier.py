"""What bodies reported long before a year (Y3): under the name they bear now, and only where the report covered the same."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.orchestration.earlier import earlier_values
from pipeline.warehouse.schema import from_rows
from tests.orchestration.area_world import World, world

YEAR = 2023
DISTRICT, OLD, NEW, SCHOOL = "云川市青禾区人民政府", "云川市青禾区水务局", "云川市青禾区水利局", "云川市青禾区教育局"
BODIES = {DISTRICT: ("government", ""), OLD: ("", DISTRICT), NEW: ("", DISTRICT), SCHOOL: ("", DISTRICT)}


def put(place: World, year: int, reports: dict[str, int | None], coverage: str | None = None) -> None:
    """Reports of a year that print one figure (None: unreadable); of the district also what its report covers."""
    named = {name: f"{name}-{year}" for name in reports}
    core = [
        {"report_id": named[name], "report_year": year, "sha256": "0", "path": "", "report_index": 0, "agency_id": f"id-{name}",
         "status": "parsed", "title": "", "is_current": True, "copies": 1}
        for name in reports
    ]  # fmt: skip
    cells = [
        {"report_id": named[name], "report_year": year, "table": "requests", "field": "requests.new", "applicant": "total",
         "state": "unreadable" if value is None else "number", "value": value, "raw": "", "confidence": 1.0, "is_extra": False}
        for name, value in reports.items()
    ]  # fmt: skip
    told = [
        {"report_id": named[DISTRICT], "report_year": year, "agency_id": f"id-{DISTRICT}", "coverage": coverage, "report_digest": "",
         **{f"{of}_{what}": "" for of in ("coverage", "judged") for what in ("basis", "reason")}, "judged_coverage": coverage}
    ] if coverage else []  # fmt: skip
    for table, rows in (("core_reports", core), ("core_cells", cells), ("core_report_coverage", told)):
        place.workspace.store.write(table, from_rows(place.catalog, table, rows), year=year, fingerprint="1")


def values(place: World) -> dict[str, list[int]]:
    """By body, the figures that are told of it."""
    found: dict[str, list[int]] = {}
    for row in earlier_values(place.workspace, YEAR).to_pylist():
        found.setdefault(row["agency_id"].removeprefix("id-"), []).append(int(row["value"]))
    return found


def test_reports_that_cover_something_else_are_left_out(tmp_path: Path, catalog: Catalog) -> None:
    place = world(tmp_path, catalog, BODIES)
    for year, value, coverage in ((2017, 10, None), (2018, 20, "unknown"), (2019, 30, "own_office"), (2020, 900, "whole_area")):
        put(place, year, {DISTRICT: value, SCHOOL: year}, coverage)
    put(place, 2021, {DISTRICT: 40, SCHOOL: 2021}, "own_office")
    for now, expected in (("own_office", [10, 20, 30, 40]), ("whole_area", [10, 20, 900]), ("unknown", [10, 20, 30, 40, 900])):
        put(place, YEAR, {DISTRICT: 50, SCHOOL: 2023}, now)
        assert values(place) == {DISTRICT: expected, SCHOOL: [2017, 2018, 2019, 2020, 2021]}


def test_figures_go_under_the_name_of_the_year_and_neither_last_year_nor_long_ago_is_among_them(tmp_path: Path, catalog: Catalog) -> None:
    place = world(tmp_path, catalog, BODIES, [("rename", OLD, NEW)])
    for year in (2012, 2013, 2021, 2022):
        put(place, year, {OLD: year, SCHOOL: year})
    put(place, YEAR, {NEW: 5})
    assert values(place) == {NEW: [2013, 2021]}
    put(place, YEAR, {NEW: 5, OLD: 5})  # one of them is late with a report under the old name
    assert values(place) == {NEW: [2013, 2021], OLD: [2013, 2021]}
    put(place, 2021, {OLD: None})
    assert values(place)[NEW] == [2013]
