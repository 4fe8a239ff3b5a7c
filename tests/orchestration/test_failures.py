"""Why a run failed is told in words for the morning, with the English record only where the defect is ours."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path
from typing import NamedTuple

import pytest
from dagster import DagsterEvent, DagsterInstance, job, op
from dagster._core.errors import DagsterExecutionInterruptedError
from dagster_shared.error import SerializableErrorInfo

from pipeline.common.errors import SchemaError
from pipeline.orchestration.failures import Failed, _failed, failures_of
from tests.installation import Installation


def failed(error: Exception, tmp_path: Path) -> Failed:
    @op
    def breaking() -> None:
        raise error

    @job
    def one() -> None:
        breaking()

    with DagsterInstance.ephemeral() as instance:
        quiet = {"loggers": {"console": {"config": {"log_level": "CRITICAL"}}}}
        events: list[DagsterEvent] = one.execute_in_process(instance=instance, run_config=quiet, raise_on_error=False).all_events
    (found,) = failures_of(events, tmp_path)
    assert found.step == "breaking"
    return found


def test_what_we_raise_on_purpose_is_told_as_it_stands(tmp_path: Path) -> None:
    assert failed(SchemaError("表 甲 没有列 乙。"), tmp_path) == Failed("breaking", "表 甲 没有列 乙。")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(28, "Error writing bytes to file"), "磁盘空间不足"),
        (sqlite3.OperationalError("database or disk is full"), "磁盘空间不足"),
        (PermissionError(13, "Permission denied", "汇总.xlsx"), "没有写入权限"),
        (OSError(30, "Read-only file system"), "没有写入权限"),
    ],
)
def test_what_the_disk_refuses_is_told_with_what_to_do(tmp_path: Path, error: Exception, said: str) -> None:
    found = failed(error, tmp_path)
    assert found.reason.startswith(said) and str(tmp_path) in found.reason and not found.record


def test_an_error_of_a_disk_with_nothing_left_is_that_of_a_full_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Usage(NamedTuple):
        free: int

    monkeypatch.setattr(shutil, "disk_usage", lambda _: Usage(1_000_000))
    assert "只剩 1 MB" in failed(sqlite3.OperationalError("disk I/O error"), tmp_path).reason


def test_who_stops_a_run_is_told_to_run_it_again(tmp_path: Path) -> None:
    error = SerializableErrorInfo("", [], DagsterExecutionInterruptedError.__name__)
    assert _failed("raw_files", error, tmp_path) == Failed(
        "raw_files", "运行被中断（按了 Ctrl-C，或者被系统停止）。重新运行即可，已读取的不会重读。"
    )


def test_a_defect_of_ours_comes_with_its_record(tmp_path: Path) -> None:
    found = failed(ZeroDivisionError("division by zero"), tmp_path)
    assert "程序出错（breaking：ZeroDivisionError）" in found.reason
    assert "test_failures.py" in found.record and "division by zero" in found.record


def test_a_warehouse_that_cannot_be_written_is_told_before_any_work(tmp_path: Path) -> None:
    installation = Installation.at(tmp_path / "installation")
    installation.settings.warehouse.write_text("a file where the folder should be")
    run = installation.build_only("core_cells")
    assert not run.success and run.intake == {}
    (told,) = run.failures
    assert told.reason.startswith(f"不能写入 {installation.settings.warehouse}")
