"""Reading files side by side, each at most once for a version of the code: the one slow step of a night."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from functools import lru_cache
from itertools import chain, islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import Struct

from pipeline.catalog import Catalog, load_catalog
from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.orchestration.workspace import Workspace
from pipeline.readers.registry import read
from pipeline.warehouse.cache import ResultCache
from pipeline.warehouse.readings import Reading, decode_reading, encode_reading, encode_reports

_log = logging.getLogger(__name__)
_FEW = 8  # files that are read sooner here than worker processes have started
_KEPT_AT_ONCE = 200
_HANDED_OUT = 4  # files handed out ahead to each worker process

# The stages of the cache: what the reader made of a file, the reports in it, and what every run has to know of it.
READING = "reading"
REPORTS = "reports"
SUMMARY = "summary"


class Task(NamedTuple):
    """A file to read. reading: what an earlier run made of it, where only the understanding is to be redone."""

    key: str
    sha256: str
    place: Path
    stated_year: int | None
    stated_agency: str | None
    reading: bytes | None = None


class Summary(Struct, frozen=True):
    """The little that every run has to know of every file: its kind, why it was not read, the years it reports on.

    reports: how many reports it holds from which figures were taken.
    """

    kind: str
    error_code: str | None
    error_message: str | None
    years: list[int | None]
    reports: int


class Outcome(NamedTuple):
    """What became of a file, as payloads for the cache; empty where the file could not be opened just now.

    opened: whether the file itself was read, and not just what an earlier run made of it understood again.
    """

    key: str
    sha256: str
    reading: bytes
    reports: bytes
    summary: bytes
    opened: bool


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
        for done, outcome in enumerate(_outcomes(workspace, _with_readings(workspace, cache, tasks)), start=1):
            workspace.progress("读取文件", done, len(tasks))
            opened += outcome.opened
            if outcome.reading:
                kept.append(outcome)
            if len(kept) >= _KEPT_AT_ONCE or done == len(tasks):
                cache.put_many(READING, workspace.reader_version, {item.sha256: item.reading for item in kept})
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


def _outcomes(workspace: Workspace, tasks: Iterable[Task]) -> Iterator[Outcome]:
    folder, workers = workspace.settings.catalog, workspace.settings.workers
    waiting = iter(tasks)
    first = list(islice(waiting, _FEW + 1))
    if len(first) <= _FEW or workers == 1:
        yield from (process(task, folder) for task in chain(first, waiting))
        return
    waiting = chain(first, waiting)
    while True:
        in_flight: dict[Future[Outcome], Task] = {}
        try:
            yield from _pooled(waiting, folder, workers, in_flight)
            return
        except BrokenProcessPool:
            # A worker died, and nobody knows on which of these files: each is read again in a process of its own.
            for task in in_flight.values():
                yield from _alone(task, folder)


def _pooled(tasks: Iterator[Task], folder: Path, workers: int, in_flight: dict[Future[Outcome], Task]) -> Iterator[Outcome]:
    """Outcomes as they come; `in_flight` holds what was handed out and has not come back."""
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        for task in tasks:
            in_flight[pool.submit(process, task, folder)] = task
            if len(in_flight) >= workers * _HANDED_OUT:
                yield from _come_back(in_flight)
        while in_flight:
            yield from _come_back(in_flight)


def _come_back(in_flight: dict[Future[Outcome], Task]) -> Iterator[Outcome]:
    for future in wait(in_flight, return_when=FIRST_COMPLETED).done:
        outcome = future.result()
        del in_flight[future]
        yield outcome


def _alone(task: Task, folder: Path) -> Iterator[Outcome]:
    try:
        yield from _pooled(iter((task,)), folder, 1, {})
    except BrokenProcessPool:
        message = "读取程序在这个文件上异常退出，文件未读取。请用原软件打开并另存后重新报送。"
        yield _outcome(task, Reading.failed(ReadError("reader_crashed", message), "unknown"), folder)


def process(task: Task, catalog_folder: Path) -> Outcome:
    """Read one file and take its reports out (runs in a worker process)."""
    if task.reading is not None:
        return _outcome(task, decode_reading(task.reading), catalog_folder)
    try:
        data = task.place.read_bytes()
    except OSError:
        return Outcome(task.key, task.sha256, b"", b"", b"", opened=False)
    return _outcome(task, read_bytes(data), catalog_folder)


def read_bytes(data: bytes) -> Reading:
    """Tell the kind of a file and read it; a file that cannot be read gives a reading that says why."""
    kind = kind_of(data)
    try:
        return Reading(read(kind, data), kind=kind)
    except ReadError as error:
        return Reading.failed(error, kind)


def _outcome(task: Task, reading: Reading, catalog_folder: Path) -> Outcome:
    reports: list[Report] = []
    code, message = reading.error_code, reading.error_message
    if reading.document is not None:
        try:
            reports = normalise(_catalog(catalog_folder), reading.document, task.stated_year, task.stated_agency)
        except Exception as error:  # a defect of ours: it may cost this file, never the night
            _log.exception("%s", task.place)
            code, message = not_understood(error)
    years = sorted({report.report_year for report in reports}, key=lambda year: year or 0)
    summary = msgspec.msgpack.encode(Summary(reading.kind, code, message, years, sum(report.status != "refused" for report in reports)))
    return Outcome(task.key, task.sha256, encode_reading(reading), encode_reports(reports), summary, opened=task.reading is None)


def not_understood(error: Exception) -> tuple[str, str]:
    """Code and message for a file on which our own code failed."""
    return "internal_error", f"程序在理解这个文件时出错（{type(error).__name__}），未采用任何数字。请把文件转交维护人员。"


@lru_cache(maxsize=1)
def _catalog(folder: Path) -> Catalog:
    return load_catalog(folder)
