"""Builds in fresh processes: from nothing, with nothing changed, and with one file changed.

`python -m benchmarks.builds` is such a process: it does what `gongkai build --quiet` does and prints how long it took.
"""

from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path

from benchmarks.files import ROOT
from benchmarks.machine import one_core, peak_megabytes


@dataclass(frozen=True)
class Build:
    """One build. seconds: the whole process; starting: of these, Python and its imports; cpu: processor seconds; peak: megabytes."""

    seconds: float
    starting: float
    cpu: float
    peak: float


@dataclass(frozen=True)
class Builds:
    """The builds of one folder of reports (medians), and what they leave, in kilobytes."""

    name: str
    reports: int
    first: Build
    unchanged: Build
    one_changed: Build
    raw_kilobytes: float
    cache_kilobytes: float
    parquet_kilobytes: float
    database_kilobytes: float


def measure(name: str, raw: Path, work: Path, runs: int) -> Builds:
    """Build `raw`, a folder of ours that may be written to, `runs` times from nothing, then unchanged, then with one file changed."""
    warehouse = work / f"warehouse_{name}"

    def from_nothing() -> Build:
        shutil.rmtree(warehouse, ignore_errors=True)
        return _build(raw, warehouse)

    def one_changed() -> Build:
        _change_one(raw)
        return _build(raw, warehouse)

    with one_core():
        first = _median(from_nothing, runs)
        sizes = [_kilobytes(folder) for folder in (raw, warehouse / "cache", warehouse / "parquet", warehouse / "gongkai.duckdb")]
        unchanged = _median(lambda: _build(raw, warehouse), runs)
        changed = _median(one_changed, runs)
    reports = sum(1 for path in raw.rglob("*") if path.is_file() and path.name != "sources.csv")
    return Builds(name, reports, first, unchanged, changed, *sizes)


def _build(raw: Path, warehouse: Path) -> Build:
    environment = os.environ | {
        "GONGKAI_RAW": str(raw),
        "GONGKAI_WAREHOUSE": str(warehouse),
        "GONGKAI_DECISIONS": str(warehouse.parent / "decisions"),
        "GONGKAI_WORKERS": "1",
    }
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.builds"], cwd=ROOT, env=environment, check=False, stdout=subprocess.PIPE, text=True
    )
    seconds = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(f"the build of {raw} failed:\n{done.stdout}")
    told = json.loads(done.stdout.splitlines()[-1])
    return Build(seconds, seconds - told["build"], told["cpu"], told["peak"])


def _median(build: Callable[[], Build], runs: int) -> Build:
    """The median of several builds, figure by figure."""
    builds = [build() for _ in range(runs)]
    return Build(*(statistics.median(getattr(found, field.name) for found in builds) for field in fields(Build)))


def _change_one(raw: Path) -> None:
    """Give the first text file one more line end: other bytes, hence another file, with the same figures."""
    changed = min(raw.rglob("*.txt"))
    changed.write_bytes(changed.read_bytes() + b"\n")


def _kilobytes(path: Path) -> float:
    files = [path] if path.is_file() else [file for file in path.rglob("*") if file.is_file()]
    return sum(file.stat().st_size for file in files) / 1024


def main() -> int:
    """Build once, quietly, and print seconds and megabytes as the last line."""
    from rich.console import Console

    from pipeline.common.settings import Settings
    from pipeline.orchestration.terminal import build

    started = time.perf_counter()
    success = build(Settings.discover(), [], False, Console(), quiet=True)
    seconds = time.perf_counter() - started
    print(json.dumps({"build": seconds, "cpu": time.process_time(), "peak": peak_megabytes()}))
    return 0 if success else 1


if __name__ == "__main__":
    sys.exit(main())
