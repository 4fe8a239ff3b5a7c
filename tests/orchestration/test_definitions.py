"""The Dagster definitions: what is there, how it is grouped, what blocks and what does not."""

from __future__ import annotations

from pathlib import Path
from string import digits

import pytest
from dagster import AssetCheckKey, AssetKey, Definitions
from dagster._core.definitions.asset_checks.asset_check_spec import AssetCheckSpec
from dagster._core.definitions.assets.graph.asset_graph import AssetGraph

from pipeline.catalog import Catalog
from pipeline.common.settings import Settings
from pipeline.orchestration.build import build_definitions

PUBLISHED = {"gongkai_duckdb", "workbook", "year_papers"}


@pytest.fixture(scope="module")
def definitions(tmp_path_factory: pytest.TempPathFactory) -> Definitions:
    root = tmp_path_factory.mktemp("definitions")
    return build_definitions(Settings(root / "raw", root / "warehouse", root / "decisions"))


@pytest.fixture(scope="module")
def graph(definitions: Definitions) -> AssetGraph:
    return definitions.resolve_asset_graph()


def checks_of(graph: AssetGraph) -> dict[AssetCheckKey, AssetCheckSpec]:
    return {key: graph.get_check_spec(key) for key in graph.asset_check_keys}


def test_they_load_and_hold_together(definitions: Definitions) -> None:
    Definitions.validate_loadable(definitions)


def test_the_entry_point_has_them(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    from pipeline import definitions as entry

    assert isinstance(entry.defs, Definitions)
    assert entry.defs.resolve_job_def("build")


def test_one_asset_for_each_table_grouped_by_layer(graph: AssetGraph, catalog: Catalog) -> None:
    groups = {key.to_user_string(): graph.get(key).group_name for key in graph.get_all_asset_keys()}
    assert {name: group for name, group in groups.items() if name not in PUBLISHED} == {
        table.table: table.layer for table in catalog.tables
    }
    assert {groups[name] for name in PUBLISHED} == {"publish"}
    assert len(groups) == len(catalog.tables) + len(PUBLISHED)


def test_every_asset_says_in_chinese_what_it_is(graph: AssetGraph, catalog: Catalog) -> None:
    for key in graph.get_all_asset_keys():
        description = graph.get(key).description or ""
        assert any("一" <= character <= "鿿" for character in description), key
    for table in catalog.tables:
        assert table.definition_zh in (graph.get(AssetKey(table.table)).description or "")


def test_every_table_has_a_schema_check_that_blocks(graph: AssetGraph, catalog: Catalog) -> None:
    checks = checks_of(graph)
    for table in catalog.tables:
        assert checks[AssetCheckKey(AssetKey(table.table), "schema")].blocking


def test_one_check_for_each_family_of_rules_and_none_of_them_blocks(graph: AssetGraph, catalog: Catalog) -> None:
    found = {key.name: spec for key, spec in checks_of(graph).items() if key.asset_key == AssetKey("out_findings") and key.name != "schema"}
    assert set(found) == {rule.rule.rstrip(digits) for rule in catalog.rules}
    described = " ".join(spec.description or "" for spec in found.values())
    assert all(f"{rule.rule} " in described and rule.title_zh in described for rule in catalog.rules)
    assert not any(spec.blocking for spec in found.values())


def test_what_blocks_is_about_us_and_not_about_the_reports(graph: AssetGraph, catalog: Catalog) -> None:
    blocking = {(key.asset_key.to_user_string(), key.name) for key, spec in checks_of(graph).items() if spec.blocking}
    lost = {("raw_files", "files_not_lost"), ("core_cells", "figures_not_lost")}
    assert blocking == {(table.table, "schema") for table in catalog.tables} | lost


def test_nothing_is_published_before_every_table_it_holds(graph: AssetGraph, catalog: Catalog) -> None:
    upstream = graph.get_ancestor_asset_keys(AssetKey("workbook"))
    by_year_raw = {table.table for table in catalog.tables if table.layer == "raw" and table.by_year}
    assert {key.to_user_string() for key in upstream} >= {table.table for table in catalog.tables} - by_year_raw | {"gongkai_duckdb"}


def test_names_are_ascii(graph: AssetGraph) -> None:
    assert all(key.to_user_string().isascii() for key in graph.get_all_asset_keys())
