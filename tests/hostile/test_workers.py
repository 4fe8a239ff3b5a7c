"""What kills, hangs or bloats a worker costs the task it was at, and that task alone."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from pipeline.common.errors import ReadError
from pipeline.common.settings import Limits
from pipeline.orchestration.workers import run
from tests.hostile import deadly

TIGHT = Limits(seconds=1, memory_mb=400)
LITTLE_MEMORY = Limits(seconds=120, memory_mb=400)


def codes(tasks: list[str], workers: int = 2, limits: Limits = LITTLE_MEMORY) -> dict[str, str]:
    """What came of each task: itself, or the code of the error."""
    return {task: result.code if isinstance(result, ReadError) else result for task, result in run(deadly.work, tasks, workers, limits)}


@pytest.mark.parametrize("workers", [1, 2])
def test_each_loss_has_its_reason_and_the_others_go_on(workers: int) -> None:
    expected = {
        "swell": "memory_limit",
        "segfault": "reader_crashed",
        "exit": "reader_crashed",
        "kill": "memory_limit",
        "raise": "reader_crashed",
        "deep": "reader_crashed",
    }
    tasks = [task for number, deadly_task in enumerate(expected) for task in (f"fine {number}", deadly_task)]
    found = codes([*tasks, "last"], workers)
    assert found == {task: expected.get(task, task) for task in [*tasks, "last"]}


@pytest.mark.parametrize("hanging", ["sleep", "spin", "regex"])
def test_what_hangs_is_stopped_at_its_time_even_inside_a_library(hanging: str) -> None:
    assert codes([hanging, "one", "two"], workers=1, limits=TIGHT) == {hanging: "time_limit", "one": "one", "two": "two"}


def test_reasons_are_said_in_chinese_with_the_limit() -> None:
    done = [*run(deadly.work, ["sleep"], 1, TIGHT), *run(deadly.work, ["swell", "exit"], 2, LITTLE_MEMORY)]
    found = {task: result for task, result in done if isinstance(result, ReadError)}
    assert "1 秒" in found["sleep"].message and "400 MB" in found["swell"].message and "异常退出" in found["exit"].message
    assert all(error.message.endswith("。") for error in found.values())


def test_each_task_is_begun_once(tmp_path: Path) -> None:
    log = tmp_path / "begun"
    doings = ["exit", "a", "segfault", "b", "c", "swell", "d"]
    assert len(list(run(deadly.note, [f"{log} {doing}" for doing in doings], 2, LITTLE_MEMORY))) == len(doings)
    assert sorted(log.read_text(encoding="utf-8").split()) == sorted(doings)


def test_many_tasks_share_few_processes() -> None:
    done = list(run(deadly.bind_and_name, [str(number) for number in range(200)], 2, LITTLE_MEMORY))
    assert {task for task, _ in done} == {str(number) for number in range(200)}
    assert len({result[1] for _, result in done if not isinstance(result, ReadError)}) <= 2


def test_one_task_starts_one_process_and_none_starts_none() -> None:
    assert list(run(deadly.work, [], 8, TIGHT)) == []
    ((_, result),) = run(deadly.bind_and_name, ["x"], 8, LITTLE_MEMORY)
    assert not isinstance(result, ReadError) and result[0] == "x"


@pytest.mark.parametrize("trying", ["connect", "resolve", "shell", "program"])
def test_a_worker_reaches_nothing_outside(trying: str) -> None:
    ((_, result),) = run(deadly.reach_out, [trying], 1, LITTLE_MEMORY)
    assert result == "ReadError forbidden"


def test_only_the_converter_may_be_started() -> None:
    ((_, result),) = run(deadly.reach_out, ["office"], 1, LITTLE_MEMORY)
    assert result in {"FileNotFoundError", "NotADirectoryError"}  # allowed, and not there


def test_what_a_reader_prints_is_no_output(capfd: pytest.CaptureFixture[str]) -> None:
    assert [result for _, result in run(print, ["text of a library"], 1, LITTLE_MEMORY)] == [None]
    assert capfd.readouterr().out == ""


def test_nobody_is_left_when_the_caller_loses_interest(tmp_path: Path) -> None:
    place = tmp_path / "process"
    results = run(deadly.leave_number, ["fine", f"{place}"], 2, Limits(seconds=60, memory_mb=400))
    next(results)
    while not place.exists():
        time.sleep(0.01)
    results.close()  # type: ignore[attr-defined]
    with pytest.raises(ProcessLookupError):
        os.kill(int(place.read_text(encoding="utf-8")), 0)
