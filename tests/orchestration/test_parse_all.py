"""An archive is unpacked in a worker: one that kills it costs itself, and the files after it are read."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest

from pipeline.common.errors import ReadError
from pipeline.common.settings import Limits, Settings
from pipeline.orchestration import parse_all as module
from pipeline.orchestration.unpacking import all_sources_in
from pipeline.orchestration.workers import Done


@pytest.mark.parametrize(("lost", "expected"), [(False, ["a.zip!b.txt", "a.zip!c.txt", "d.txt"]), (True, ["a.zip", "d.txt"])])
def test_an_archive_that_kills_its_worker_costs_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lost: bool, expected: list[str]
) -> None:
    def run(work: Callable[[Any], Any], tasks: Iterable[Any], workers: int, limits: Limits) -> Iterator[Done[Any, Any]]:
        for task in tasks:
            yield Done(task, ReadError("memory_limit", "读取超限。") if lost and work is all_sources_in else work(task))

    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("b.txt", "一、总体情况")
        archive.writestr("c.txt", "二、其他")
    (tmp_path / "d.txt").write_text("三、其他", encoding="utf-8")
    monkeypatch.setattr(module, "run", run)
    settings = Settings(tmp_path, tmp_path, tmp_path, workers=1)
    found = [
        json.loads(line) for lines in module.parse_all(settings, [str(tmp_path / "a.zip"), str(tmp_path / "d.txt")]) for line, _ in lines
    ]
    assert [line["source"].removeprefix(f"{tmp_path}/") for line in found] == expected
    assert ({"memory_limit"} == {item["code"] for item in found[0]["problems"]}) is lost
