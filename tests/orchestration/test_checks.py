"""What a run of the sample shows in Dagster: counts and the worst rows of each rule, and what was made."""

from __future__ import annotations

import csv
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from dagster import AssetCheckEvaluation, AssetCheckSeverity, DagsterInstance, ExecuteInProcessResult, TableMetadataValue

from pipeline.catalog import Catalog
from pipeline.orchestration.build import build_definitions
from tests.installation import Installation

PLANTED = Path(__file__).resolve().parents[1] / "sample" / "planted.csv"


@pytest.fixture(scope="module")
def result(sample: Installation) -> ExecuteInProcessResult:
    """A run over the built sample: nothing is left to do, every check speaks."""
    job = build_definitions(sample.settings).resolve_job_def("build")
    with DagsterInstance.ephemeral() as instance:
        return job.execute_in_process(instance=instance, run_config={"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}})


@pytest.fixture(scope="module")
def evaluations(result: ExecuteInProcessResult) -> dict[tuple[str, str], AssetCheckEvaluation]:
    return {(check.asset_key.to_user_string(), check.check_name): check for check in result.get_asset_check_evaluations()}


def value(check: AssetCheckEvaluation, name: str) -> Any:
    return check.metadata[name].value


def planted() -> Counter[str]:
    with PLANTED.open(encoding="utf-8", newline="") as handle:
        return Counter(row["rule"] for row in csv.DictReader(handle) if row["shown_in"] == "findings")


def test_every_check_speaks_and_those_that_block_pass(
    result: ExecuteInProcessResult, evaluations: dict[tuple[str, str], AssetCheckEvaluation], catalog: Catalog
) -> None:
    assert result.success
    expected = {(table.table, "schema") for table in catalog.tables}
    expected |= {("core_cells", "figures_not_lost"), ("core_problems", "labels_known")}
    assert set(evaluations) == expected | {("out_findings", rule.rule) for rule in catalog.rules}
    assert all(check.passed for check in evaluations.values() if check.blocking)


def test_each_rule_counts_its_findings(evaluations: dict[tuple[str, str], AssetCheckEvaluation], catalog: Catalog) -> None:
    counts = {rule.rule: value(evaluations["out_findings", rule.rule], "findings") for rule in catalog.rules}
    assert {rule: count for rule, count in counts.items() if count} == planted()
    for rule, count in counts.items():
        check = evaluations["out_findings", rule]
        assert (check.passed, check.severity) == (count == 0, AssetCheckSeverity.WARN)


def test_findings_are_counted_by_severity(evaluations: dict[tuple[str, str], AssetCheckEvaluation]) -> None:
    shown = evaluations["out_findings", "R3"].metadata  # planted: three sums that fail, and one note on blanks read as 0
    assert {name: shown[name].value for name in ("错误", "提醒", "提示") if name in shown} == {"错误": 3, "提示": 1}


def test_the_worst_rows_come_first_with_their_place_and_message(
    evaluations: dict[tuple[str, str], AssetCheckEvaluation], sample: Installation
) -> None:
    table = evaluations["out_findings", "R1"].metadata["worst"]
    assert isinstance(table, TableMetadataValue)
    rows = [record.data for record in table.records]
    assert len(rows) == planted()["R1"]
    found = {row["message"]: row for row in sample.rows("out_findings") if row["rule"] == "R1"}
    sizes = [abs(found[str(row["message"])]["difference"]) for row in rows]
    assert sizes == sorted(sizes, reverse=True)
    assert rows[0]["agency_name"] == "瀚川市沐云区市场监督管理局"
    assert rows[0]["place"] == "表三“总计”列"


def test_no_more_than_ten_rows_are_shown(evaluations: dict[tuple[str, str], AssetCheckEvaluation]) -> None:
    tables = [check.metadata["worst"] for check in evaluations.values() if "worst" in check.metadata]
    assert len(tables) > 20
    assert all(isinstance(table, TableMetadataValue) and len(table.records) <= 10 for table in tables)


def test_every_table_shows_its_rows_and_what_was_made(result: ExecuteInProcessResult, sample: Installation, catalog: Catalog) -> None:
    shown = {
        event.asset_key.to_user_string(): event.step_materialization_data.materialization.metadata
        for event in result.get_asset_materialization_events()
        if event.asset_key
    }
    for table in catalog.tables:
        assert shown[table.table]["dagster/row_count"].value == sample.workspace.store.count(table.table)
    assert shown["raw_files"]["files_read_now"].value == 0
    assert shown["raw_files"]["unchanged"].value == 78
    assert all(
        shown[table.table]["years_made"].value == "—" for table in catalog.tables if table.table not in ("raw_files", "raw_source_problems")
    )
    assert shown["gongkai_duckdb"]["path"].value == str(sample.workspace.database)
