"""Reading many files side by side, each at most once for a version of the code: the one slow step of a night."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial

import msgspec

from pipeline.common.errors import ReadError
from pipeline.common.settings import Limits, Settings
from pipeline.orchestration.reading import FileSummary, Outcome, Task, process
from pipeline.orchestration.workers import run
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.cache import ResultCache
from pipeline.warehouse.readings import encode_reports

_KEPT_AT_ONCE = 200

# The stages of the cache: what the reader made of a file, the reports in it, and what every run has to know of it.
READING = "reading"
REPORTS = "reports"
SUMMARY = "summary"


def cache_key(sha256: str, stated_year: int | None, stated_agency: str | None) -> str:
    """Under which reports are kept: what is stated of a file is part of how it is understood."""
    return f"{sha256}:{stated_year or ''}:{stated_agency or ''}"


def read_all(workspace: Workspace, tasks: list[Task]) -> int:
    """Read and understand every file of `tasks` and keep the results; returns how many had to be opened.

    No file stops another. A file that cannot be opened just now leaves nothing in the cache, so that the next run
    tries again. Memory does not grow with the number of files.
    """
    kept: list[Outcome] = []
    opened = 0
    with workspace.cache() as cache:
        for done, outcome in enumerate(outcomes(workspace.settings, _with_readings(workspace, cache, tasks)), start=1):
            workspace.progress("读取文件", done, len(tasks))
            opened += outcome.opened
            if outcome.summary:
                kept.append(outcome)
            if len(kept) >= _KEPT_AT_ONCE or done == len(tasks):
                cache.put_many(READING, workspace.reader_version, {item.sha256: item.reading for item in kept if item.reading})
                cache.put_many(REPORTS, workspace.report_version, {item.key: item.reports for item in kept})
                cache.put_many(SUMMARY, workspace.report_version, {item.key: item.summary for item in kept})
                kept.clear()
    return opened


def _with_readings(workspace: Workspace, cache: ResultCache, tasks: list[Task]) -> Iterator[Task]:
    """The tasks with what an earlier run made of their files, a few at a time."""
    for start in range(0, len(tasks), _KEPT_AT_ONCE):
        part = tasks[start : start + _KEPT_AT_ONCE]
        readings = cache.get_many(READING, workspace.reader_version, {task.sha256 for task in part})
        yield from (task._replace(reading=readings.get(task.sha256)) for task in part)


def outcomes(settings: Settings, tasks: Iterable[Task]) -> Iterator[Outcome]:
    """What became of each file, as they come. A file that stops its reader gives an outcome that says so."""
    for task, result in run(partial(process, catalog_folder=settings.catalog), tasks, settings.workers, settings.limits):
        yield _lost(task, result, settings.limits) if isinstance(result, ReadError) else result


def _lost(task: Task, error: ReadError, limits: Limits) -> Outcome:
    """The outcome of a file that stopped its reader; nothing is kept as its reading, so that another version of the code tries anew."""
    limit = {"time_limit": limits.seconds, "memory_limit": limits.memory_mb}.get(error.code)
    summary = FileSummary("unknown", error.code, error.message, [], 0, limit)
    return Outcome(task.key, task.sha256, b"", encode_reports([]), msgspec.msgpack.encode(summary), opened=True)
