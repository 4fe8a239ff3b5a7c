"""The measurements as tables on the terminal."""

from __future__ import annotations

import sys

from rich import box
from rich.console import Console
from rich.table import Table

from benchmarks.builds import Build, Builds
from benchmarks.comparison import OURS, Compared
from benchmarks.containers import ASIDE, Speed
from benchmarks.rules import RuleRun
from benchmarks.scans import Scans

_WIDTH = 132  # where nobody says how wide the terminal is


def console() -> Console:
    """A terminal that is wide enough for the tables."""
    return Console(width=None if sys.stdout.isatty() else _WIDTH)


def speed_table(speeds: list[Speed]) -> Table:
    """Milliseconds a file and files a second for each container. A text dump has no container: there is nothing to compare with."""
    table = _table(
        "One core: ms a file (files a second)",
        ("container", "files", "KB a file", "a bare library", "b reader", "c to report", "b / a", "c / a"),
    )
    for speed in speeds:
        table.add_row(
            f"{speed.container}, {speed.source}",
            str(speed.files),
            f"{speed.kilobytes:.0f}",
            *map(_rate, (speed.bare, speed.reader, speed.report)),
            *(("", "") if speed.container == "text" else map(_ratio, (speed.reader / speed.bare, speed.report / speed.bare))),
        )
        if speed.aside is not None:
            table.add_row(f"  {ASIDE[speed.container][0]}", "", "", _rate(speed.aside), "", "", _ratio(speed.reader / speed.aside), "")
    return table


def rules_table(runs: list[RuleRun]) -> Table:
    """The rules over many reports at once, in seconds."""
    columns = ("reports", "rows of rules", "with findings", "seconds", "of processor", "last year alone", "facts", "likeness of prose")
    table = _table("All rules over many reports, seconds", (*columns, "DuckDB", "areas"))
    for run in runs:
        times = (run.seconds, run.processor_seconds, run.one_year, run.facts, run.prose, run.database, run.areas)
        table.add_row(f"{run.reports:,}", str(run.rules), f"{run.with_findings:,}", *(f"{seconds:.1f}" for seconds in times))
    return table


def comparison_table(compared: list[Compared]) -> Table:
    """Reading alone, by each reader that is installed: time, and how many cells our normaliser finds in what it returned."""
    table = _table(
        "Beside other readers, one core: ms a file to read (files a second); cells that our normaliser then gets right and wrong",
        ("container", "files", "reader", "read", "times ours", "right", "wrong", "not found"),
    )
    ours = {(row.source, row.container): row.milliseconds for row in compared if row.reader == OURS}
    for row in compared:
        times = row.milliseconds / ours[row.source, row.container]
        shares = (row.right, row.wrong, row.known - row.right - row.wrong)
        table.add_row(
            f"{row.container}, {row.source}",
            str(row.files),
            row.reader,
            _rate(row.milliseconds),
            "" if row.reader == OURS else f"{times:.1f}",
            *(f"{100 * share / row.known:.1f} %" for share in shares),
        )
    return table


def scans_table(measured: Scans) -> Table:
    """Seconds a page, and how the cells come out."""
    table = _table(
        f"Scans, one worker: seconds a page. Start and models take {measured.starting:.1f} s, the peak is {measured.peak:.0f} MB",
        ("scan", "processor", "wall clock", "right", "wrong", "not found"),
    )
    for scan in measured.scans:
        shares = (scan.right, scan.wrong, scan.known - scan.right - scan.wrong)
        table.add_row(scan.damage, f"{scan.processor:.2f}", f"{scan.wall:.2f}", *(f"{100 * share / scan.known:.1f} %" for share in shares))
    return table


def memory_table(peaks: dict[str, float]) -> Table:
    """Peak memory by container."""
    table = _table("Peak memory of a process that reads the files of one container to reports", ("container", "MB"))
    for container, megabytes in peaks.items():
        table.add_row(container, f"{megabytes:.0f}")
    return table


def builds_table(found: list[Builds]) -> Table:
    """Seconds of each sort of build; in brackets the part that is the start of Python and its imports, and processor time."""
    table = _table(
        "Builds on one core, each in a fresh process: seconds (of these start and imports; processor time)",
        ("folder", "reports", "from nothing", "peak MB", "nothing changed", "one file changed"),
    )
    for builds in found:
        table.add_row(
            builds.name,
            str(builds.reports),
            _seconds(builds.first),
            f"{builds.first.peak:.0f}",
            *map(_seconds, (builds.unchanged, builds.one_changed)),
        )
    return table


def growth_table(found: list[Builds]) -> Table:
    """What one report costs: processor time beyond that of a build with nothing changed, and space."""
    table = _table(
        "What a report costs: ms of processor time beyond a build with nothing changed; KB",
        ("folder", "reports", "ms", "file", "cache", "Parquet", "DuckDB"),
    )
    for builds in found:
        sizes = (builds.raw_kilobytes, builds.cache_kilobytes, builds.parquet_kilobytes, builds.database_kilobytes)
        milliseconds = (builds.first.cpu - builds.unchanged.cpu) * 1000
        table.add_row(
            builds.name, str(builds.reports), f"{milliseconds / builds.reports:.0f}", *(f"{size / builds.reports:.1f}" for size in sizes)
        )
    return table


def _table(title: str, columns: tuple[str, ...]) -> Table:
    table = Table(title=title, title_justify="left", box=box.SIMPLE_HEAD)
    for place, column in enumerate(columns):
        table.add_column(column, justify="right" if place else "left", no_wrap=True)
    return table


def _rate(milliseconds: float) -> str:
    return f"{milliseconds:.2f} ({1000 / milliseconds:,.0f})"


def _ratio(ratio: float) -> str:
    return f"{ratio:.1f}" if ratio < 100 else "> 100"


def _seconds(build: Build) -> str:
    return f"{build.seconds:.1f} ({build.starting:.1f}; {build.cpu:.1f})"
