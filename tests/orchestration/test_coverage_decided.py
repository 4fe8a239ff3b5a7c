"""People overrule what was judged of a report's coverage, until the report says something else."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.orchestration.areas import area_tables
from pipeline.orchestration.deciding import decision_tables
from pipeline.warehouse.schema import empty_table
from tests.orchestration.area_world import NEW, YEAR, Report, World, world

DISTRICT, BUREAU = "云川市青禾区人民政府", "云川市青禾区水务局"
BODIES = {DISTRICT: ("government", ""), BUREAU: ("department", DISTRICT)}
BELOW = (BUREAU, Report({NEW: 6}))


def decision(place: World) -> tuple[str, str]:
    place.workspace.store.write("core_findings", empty_table(place.catalog, "core_findings"), year=YEAR, fingerprint="1")
    (row,) = decision_tables(place.workspace, YEAR)["core_decisions"].to_pylist()
    return row["decision_state"], row["state_reason"]


def test_a_decision_counts_until_title_or_figures_change(tmp_path: Path, catalog: Catalog) -> None:
    place = world(tmp_path, catalog, BODIES)
    place.reported([BELOW, (DISTRICT, Report({NEW: 70}))])
    before = place.made()
    (told,) = before.coverage
    assert (told["coverage"], before.sum(DISTRICT)["total"], before.sum(DISTRICT)["bodies_missing"]) == (
        *("unknown", 6),
        f"{DISTRICT}（报告范围不明）",
    )
    decided = place.decided(DISTRICT, "政府本级", told["report_digest"])
    after = decided.made()
    (row,) = after.coverage
    assert (row["coverage"], row["coverage_basis"], row["judged_coverage"]) == ("own_office", "decision", "unknown")
    assert row["coverage_reason"].startswith("人工决定：来电说明（王某，2024-03-02）。程序判断为不能判断：")
    assert (after.sum(DISTRICT)["total"], after.sum(DISTRICT)["total_kind"]) == (76, "complete")
    assert decision(decided) == ("in_force", "")
    assert area_tables(decided.workspace, YEAR, as_judged=True)["core_area_bodies"].to_pylist() == before.bodies

    decided.reported([BELOW, (DISTRICT, Report({NEW: 70}, corrects={NEW: 1}))])  # an older version beside it is not the report
    assert decided.made().coverage[0]["coverage"] == "own_office"
    for changed in (Report({NEW: 71}), Report({NEW: 70}, title="政府信息公开年报")):
        decided.reported([BELOW, (DISTRICT, changed)])
        made = decided.made()
        assert (made.coverage[0]["coverage"], made.coverage[0]["decision_id"]) == ("unknown", None)
        state, reason = decision(decided)
        assert state == "lapsed" and "已经改动，决定不起作用" in reason and "程序判断为不能判断" in reason


def test_another_body_that_reports_later_changes_no_decision(tmp_path: Path, catalog: Catalog) -> None:
    place = world(tmp_path, catalog, {**BODIES, "云川市青禾区甲镇人民政府": ("town", DISTRICT)})
    place.reported([BELOW, (DISTRICT, Report({NEW: 70}))])
    decided = place.decided(DISTRICT, "全地区", place.made().coverage[0]["report_digest"])
    decided.reported([BELOW, (DISTRICT, Report({NEW: 70})), ("云川市青禾区甲镇人民政府", Report({NEW: 64}))])
    found = decided.made()
    assert (found.coverage[0]["coverage_basis"], found.sum(DISTRICT)["difference"], decision(decided)[0]) == ("decision", 0, "in_force")


def test_a_decision_on_nobody_or_on_a_body_without_area_is_said(tmp_path: Path, catalog: Catalog) -> None:
    place = world(tmp_path, catalog, BODIES)
    place.reported([BELOW])
    digest = "0123456789abcdef"
    for name, said in ((DISTRICT, "没有编号为"), (BUREAU, "没有范围可言")):
        decided = place.decided(name, "全地区", digest)
        decided.made()
        state, reason = decision(decided)
        assert (state, said in reason) == ("unknown", True)
