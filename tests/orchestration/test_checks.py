"""What a run of the sample shows in Dagster: counts and the worst rows of each rule, and what was made."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from string import digits
from typing import Any

import pytest
from dagster import AssetCheckEvaluation, AssetCheckSeverity, DagsterInstance, ExecuteInProcessResult, TableMetadataValue

from pipeline.catalog import Catalog
from pipeline.catalog.severities import FINDINGS
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


def rows_of(check: AssetCheckEvaluation, name: str) -> list[Mapping[str, object]]:
    table = check.metadata[name]
    assert isinstance(table, TableMetadataValue)
    return [record.data for record in table.records]


def family_of(rule: str) -> str:
    return rule.rstrip(digits)


def planted() -> Counter[str]:
    with PLANTED.open(encoding="utf-8", newline="") as handle:
        return Counter(row["rule"] for row in csv.DictReader(handle) if row["shown_in"] == "findings")


def test_every_check_speaks_and_those_that_block_pass(
    result: ExecuteInProcessResult, evaluations: dict[tuple[str, str], AssetCheckEvaluation], catalog: Catalog
) -> None:
    assert result.success
    expected = {(table.table, "schema") for table in catalog.tables}
    expected |= {
        ("raw_files", "files_not_lost"),
        ("core_cells", "figures_not_lost"),
        ("core_problems", "labels_known"),
        ("core_decisions", "decisions_hold"),
    }
    expected.add(("core_roster_problems", "registers_right"))
    assert set(evaluations) == expected | {("out_findings", family_of(rule.rule)) for rule in catalog.rules}
    assert all(check.passed for check in evaluations.values() if check.blocking)


def standing(sample: Installation) -> list[dict[str, Any]]:
    """The findings that still ask for something."""
    return [row for row in sample.rows("out_findings") if row["status"] in ("open", "confirmed")]


def test_each_family_counts_the_findings_that_stand_by_rule(
    evaluations: dict[tuple[str, str], AssetCheckEvaluation], sample: Installation, catalog: Catalog
) -> None:
    rows = sample.rows("out_findings")
    # What corrections bring about, and what is far from usual, is not planted; see test_deciding.py and test_findings.py
    expected = planted() + Counter(row["rule"] for row in rows if row["found_in"] == "corrected" or row["rule"] == "Y3")
    expected -= Counter(row["rule"] for row in rows if row["status"] in ("waived", "corrected"))
    for family in {family_of(rule.rule) for rule in catalog.rules}:
        check = evaluations["out_findings", family]
        counts: Counter[str] = Counter()  # parts of a rule may have titles of their own
        for record in rows_of(check, "rules"):
            counts[str(record["rule"])] += int(str(record["count_all"]))
        assert counts == {rule: count for rule, count in expected.items() if family_of(rule) == family}
        assert value(check, "findings") == sum(counts.values())
        assert (check.passed, check.severity) == (not counts, AssetCheckSeverity.WARN)


def test_findings_are_counted_by_severity(evaluations: dict[tuple[str, str], AssetCheckEvaluation], sample: Installation) -> None:
    found = Counter(row["severity"] for row in standing(sample) if family_of(row["rule"]) == "R")
    shown = evaluations["out_findings", "R"].metadata
    assert len(found) == 3
    assert {name: shown[name].value for name in FINDINGS.values() if name in shown} == {
        FINDINGS[key]: count for key, count in found.items()
    }


def test_the_worst_rows_come_first_with_their_place_and_message(
    evaluations: dict[tuple[str, str], AssetCheckEvaluation], sample: Installation
) -> None:
    rows = rows_of(evaluations["out_findings", "R"], "worst")
    found = {row["message"]: row for row in sample.rows("out_findings") if family_of(row["rule"]) == "R"}
    sizes = [abs(found[str(row["message"])]["difference"]) for row in rows]
    assert len(rows) == 10
    assert sizes == sorted(sizes, reverse=True)
    assert all(row["place"] == found[str(row["message"])]["place"] for row in rows)


def test_no_more_than_ten_rows_are_shown(evaluations: dict[tuple[str, str], AssetCheckEvaluation]) -> None:
    tables = [check.metadata["worst"] for check in evaluations.values() if "worst" in check.metadata]
    assert len(tables) > 5
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
    assert shown["raw_files"]["unchanged"].value == len(sample.rows("raw_files"))
    assert all(
        shown[table.table]["years_made"].value == "—" for table in catalog.tables if table.table not in ("raw_files", "raw_source_problems")
    )
    assert shown["gongkai_duckdb"]["path"].value == str(sample.workspace.database)


def test_decisions_that_do_nothing_warn_with_the_reason(evaluations: dict[tuple[str, str], AssetCheckEvaluation]) -> None:
    check = evaluations["core_decisions", "decisions_hold"]
    assert not check.passed
    assert check.severity == AssetCheckSeverity.WARN
    assert check.metadata["decisions"].value == 2
    said = str(check.metadata["said"].value)
    assert "更正【失效】" in said
    assert "豁免【过期】" in said
    assert "有效期至 2023-06-30，已过期。" in said
