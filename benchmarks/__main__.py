"""`python -m benchmarks [--quick] [--json FILE]`: measures and prints; some six minutes, or one with --quick."""

from __future__ import annotations

import argparse
import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import NamedTuple

from benchmarks import builds, comparison, containers, display, growth, machine, memory, rules, scans
from benchmarks.files import SAMPLE, Group, groups
from pipeline.catalog import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG


class Extent(NamedTuple):
    """How much is measured: files of each container (None: all), rounds over them, rounds beside other readers, scans, builds, and
    how many reports the rules are run over, one run after the other.
    """

    files: int | None
    rounds: int
    peer_rounds: int
    scans: int
    sample_runs: int
    sizes: tuple[int, ...]
    checked: tuple[int, ...]


FULL = Extent(None, 5, 3, len(scans.DAMAGES), 3, (320, 1280), (1_000, 10_000))
QUICK = Extent(6, 2, 1, 1, 0, (30,), (400,))


def main() -> None:
    """Measure what the call asks for."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer files and rounds, one small folder: to see that it runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the measurements there as well")
    options = parser.parse_args()
    extent = QUICK if options.quick else FULL
    found_machine = machine.describe()
    terminal = display.console()
    terminal.print("; ".join(f"{name} {value}" for name, value in found_machine.items()))

    listed = groups(extent.files)
    catalog = load_catalog(DEFAULT_CATALOG)
    speeds = [containers.measure(group, catalog, extent.rounds) for group in listed if group.container in containers.BARE]
    terminal.print(display.speed_table(speeds))
    compared = [row for group in listed for row in comparison.compare(group, catalog, extent.peer_rounds)]
    terminal.print(display.comparison_table(compared))
    terminal.print(*comparison.not_measured(), sep="\n")
    found_scans = scans.measure(catalog, scans.DAMAGES[: extent.scans])
    terminal.print(display.scans_table(found_scans) if isinstance(found_scans, scans.Scans) else found_scans)
    peaks = _peaks(listed)
    terminal.print(display.memory_table(peaks))
    found_rules = [rules.measure(catalog, count) for count in extent.checked]
    terminal.print(display.rules_table(found_rules))
    found_builds = _builds(extent)
    terminal.print(display.builds_table(found_builds))
    terminal.print(display.growth_table(found_builds))
    if options.json:
        measured = {
            "measured_on": date.today().isoformat(),
            "machine": found_machine,
            "containers": [asdict(speed) for speed in speeds],
            "beside_others": [asdict(row) for row in compared],
            "scans": asdict(found_scans) if isinstance(found_scans, scans.Scans) else found_scans,
            "peak_megabytes": peaks,
            "rules": [asdict(run) for run in found_rules],
            "builds": [asdict(found) for found in found_builds],
        }
        options.json.write_text(json.dumps(measured, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _peaks(listed: list[Group]) -> dict[str, float]:
    peaks = {"none (catalogue and normaliser loaded)": memory.peak("none", ())}
    for container in dict.fromkeys(group.container for group in listed):
        peaks[container] = memory.peak(container, [path for group in listed if group.container == container for path in group.paths])
    return peaks


def _builds(extent: Extent) -> list[builds.Builds]:
    found = []
    with tempfile.TemporaryDirectory(prefix="gongkai-bench-") as folder:
        work = Path(folder)
        if extent.sample_runs:
            shutil.copytree(SAMPLE, work / "sample")
            found.append(builds.measure("sample", work / "sample", work, extent.sample_runs))
        for size in extent.sizes:
            growth.write_reports(work / "made", size)
            found.append(builds.measure(f"made_{size}", work / "made", work, 1))
    return found


if __name__ == "__main__":
    main()
