"""A build of some tables makes those, all that they are made of, and nothing else; one that fails says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.installation import Installation


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    installation = Installation.at(tmp_path / "installation")
    installation.put("说明.txt", "这不是报告。".encode())
    return installation


def made(installation: Installation) -> set[str]:
    return {table for table, _ in installation.stamps()}


def test_it_makes_what_is_asked_for_and_all_that_it_is_made_of(installation: Installation) -> None:
    run = installation.build_only("core_cells")
    assert run.success and run.intake["files_read_now"] == 1
    first = made(installation)
    assert {"raw_files", "core_cells", "core_reports"} <= first
    assert not {name for name in first if name.startswith("out_")} and "core_findings" not in first
    assert not installation.workspace.database.exists()
    assert installation.build_tables().success
    assert made(installation) > first
    assert not installation.workspace.database.exists() and not installation.workspace.workbook.exists()


def test_a_failure_in_it_is_told_as_in_a_whole_build(installation: Installation) -> None:
    installation.settings.decisions.mkdir()
    (installation.settings.decisions / "agencies.csv").write_text("agency_id\nx\n", encoding="utf-8")
    assert not installation.build_only("core_cells").success
