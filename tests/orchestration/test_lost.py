"""Files that vanish all at once stop a run before anybody is reminded of reports that we have."""

from __future__ import annotations

import hashlib
from pathlib import Path

import duckdb
import pytest

from pipeline.orchestration.lost import Missed, files_missed
from pipeline.warehouse.schema import from_rows
from tests.installation import Installation


def content(path: str) -> str:
    return hashlib.sha256(path.encode()).hexdigest()


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.at(tmp_path / "installation")


def published(installation: Installation, *paths: str) -> None:
    installation.workspace.database.parent.mkdir(parents=True, exist_ok=True)
    with duckdb.connect(installation.workspace.database) as connection:
        connection.execute("CREATE OR REPLACE TABLE raw_files (path VARCHAR, sha256 VARCHAR, reports INTEGER)")
        connection.executemany("INSERT INTO raw_files VALUES (?, ?, 1)", [(path, content(path)) for path in paths])


def missed(installation: Installation, *rows: tuple[str, str]) -> Missed:
    """What is missed where raw holds these paths and contents now."""
    status = {"size_bytes": 1, "kind": "txt", "read_status": "read", "reports": 1}
    listed = [{"path": path, "sha256": sha256, **status} for path, sha256 in sorted(rows)]
    workspace = installation.workspace
    workspace.store.write("raw_files", from_rows(workspace.catalog, "raw_files", listed), fingerprint="now")
    return files_missed(workspace)


def kept(*paths: str) -> list[tuple[str, str]]:
    return [(path, content(path)) for path in paths]


TWELVE = tuple(f"部门/{number:02}局.docx" for number in range(12))


def test_nothing_is_missed_before_anything_was_published(installation: Installation) -> None:
    assert missed(installation) == Missed([], "")


def test_an_empty_folder_stops_the_run_and_says_what_to_look_at(installation: Installation) -> None:
    published(installation, "甲局.docx")
    assert "1 个不见了（甲局.docx）" in missed(installation).said
    assert str(installation.raw) in missed(installation).said


def test_most_of_the_files_gone_stops_it_and_a_few_do_not(installation: Installation) -> None:
    published(installation, *TWELVE)
    assert "7 个不见了" in missed(installation, *kept(*TWELVE[7:])).said
    assert missed(installation, *kept(*TWELVE[6:])) == Missed(list(TWELVE[:6]), "")


def test_files_that_were_moved_or_replaced_are_there(installation: Installation) -> None:
    published(installation, *TWELVE)
    moved = [(f"归档/{path}", content(path)) for path in TWELVE[:6]]
    assert missed(installation, *moved, *((path, "f" * 64) for path in TWELVE[6:])) == Missed([], "")


def test_a_folder_that_nobody_may_list_stops_it(installation: Installation) -> None:
    published(installation, *TWELVE, "镇街/甲镇.docx")
    assert "文件夹打不开：镇街" in missed(installation, *kept(*TWELVE), ("镇街", "")).said


def test_the_sample_may_go(installation: Installation) -> None:
    published(installation, *(f"示例_某区/{path}" for path in TWELVE))
    assert missed(installation, *kept("甲局.docx")) == Missed([], "")


def test_somebody_who_writes_in_the_published_file_does_not_stop_the_look(installation: Installation) -> None:
    published(installation, "甲局.docx")
    with duckdb.connect(installation.workspace.database):
        assert missed(installation).paths == ["甲局.docx"]
    assert not list(installation.settings.warehouse.rglob("*.tmp"))


def test_a_run_is_stopped_until_somebody_says_that_it_is_right(installation: Installation) -> None:
    published(installation, "甲局.docx")
    run = installation.build_only("core_cells")
    assert not run.success
    (said,) = run.blocked
    assert not run.failures
    assert "不见了" in said
    assert {table for table, _ in installation.stamps()} == {"raw_files", "raw_source_problems"}
    assert installation.build_only("core_cells", accept_fewer_figures=True).success
