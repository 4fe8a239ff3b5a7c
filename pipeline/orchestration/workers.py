"""Worker processes that do one task at a time under limits: what kills or hangs a worker costs the task it was at.

A worker is forked from a small server that has the readers loaded already, so that replacing one costs milliseconds.
"""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from multiprocessing import get_all_start_methods, get_context
from multiprocessing.connection import Connection, wait
from multiprocessing.context import ForkServerContext, SpawnContext
from typing import Generic, NamedTuple, TypeVar

from pipeline.common.errors import ReadError
from pipeline.common.settings import Limits
from pipeline.orchestration.confinement import OUT_OF_MEMORY, TIME_IS_UP, confine, needs_much_memory, time_limit

Task = TypeVar("Task")
Result = TypeVar("Result")

_PRELOADED = [
    "pipeline.orchestration.parsing",
    "pipeline.readers.doc",
    "pipeline.readers.docx",
    "pipeline.readers.html",
    "pipeline.readers.pdf",
    "pipeline.readers.xlsx",
]
_LESS_OR_MORE = "请只保留报告内容，另存后重新报送，或请维护人员放宽上限后重新运行。"


class Done(NamedTuple, Generic[Task, Result]):
    """A task with what came of it: the result, or the error that says why its worker was lost."""

    task: Task
    result: Result | ReadError


def run(work: Callable[[Task], Result], tasks: Iterable[Task], workers: int, limits: Limits) -> Iterator[Done[Task, Result]]:
    """Do `work`, a function that can be pickled, on every task in one of `workers` processes; results in the order in which they come.

    Each task is begun once. One that takes longer than `limits.seconds` gives ReadError("time_limit"), one that needs more
    than `limits.memory_mb` ReadError("memory_limit"), one that ends its worker in any other way ReadError("reader_crashed").
    """
    waiting = iter(tasks)
    busy: dict[object, tuple[_Worker[Task, Result], Task]] = {}  # by connection
    idle: list[_Worker[Task, Result]] = []

    def hand_out() -> None:
        while len(busy) < workers:
            for task in waiting:
                worker = idle.pop() if idle else _Worker(work, limits)
                worker.begin(task)
                busy[worker.connection] = worker, task
                break
            else:
                return

    try:
        hand_out()
        while busy:
            for connection in wait([worker.connection for worker, _ in busy.values()]):
                worker, task = busy.pop(connection)
                result = worker.result()
                if worker.is_usable:
                    idle.append(worker)
                hand_out()  # before our caller takes its time over the result
                yield Done(task, result)
    finally:
        for worker in (*idle, *(worker for worker, _ in busy.values())):
            worker.end()


def warm_up() -> None:
    """Begin to load the readers in the server of the workers, while this process does something else."""
    if "forkserver" in get_all_start_methods():
        from multiprocessing.forkserver import ensure_running

        _context()
        ensure_running()


@cache
def _context() -> ForkServerContext | SpawnContext:
    if "forkserver" not in get_all_start_methods():
        return get_context("spawn")
    context = get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


class _Worker(Generic[Task, Result]):
    """The parent's end of one worker process."""

    def __init__(self, work: Callable[[Task], Result], limits: Limits) -> None:
        self.connection, far_end = _context().Pipe()
        self.limits = limits
        self.is_usable = True
        self.process = _context().Process(target=_serve, args=(far_end, work, limits), daemon=True)
        self.process.start()
        far_end.close()

    def begin(self, task: Task) -> None:
        """Hand out a task. A worker that died while it was idle fails to take it, which `result` tells like any other death."""
        with contextlib.suppress(OSError):
            self.connection.send(task)

    def result(self) -> Result | ReadError:
        """What came of the task, once the connection has something to say."""
        try:
            answer: tuple[Result | ReadError, bool] = self.connection.recv()
            result, self.is_usable = answer
        except (EOFError, OSError):
            self.is_usable = False
            self.process.join()
            return _reason(self.process.exitcode, self.limits)
        finally:
            if not self.is_usable:
                self.end()
        return result

    def end(self) -> None:
        """Stop the worker with all that it started; it holds nothing that could be lost."""
        self.connection.close()
        with contextlib.suppress(OSError):
            os.killpg(self.process.pid or 0, signal.SIGKILL)
        self.process.kill()
        self.process.join()


def _serve(connection: Connection, work: Callable[[Task], Result], limits: Limits) -> None:
    """Do the tasks that come until nobody sends any more (runs in the worker)."""
    confine(limits)
    while True:
        try:
            task = connection.recv()
        except EOFError:
            return
        try:
            with time_limit(limits):
                result = work(task)
            tired = needs_much_memory(limits)
            connection.send((result, not tired))
        except MemoryError:
            os._exit(OUT_OF_MEMORY)


def _reason(exit_code: int | None, limits: Limits) -> ReadError:
    """Why a worker ended in the middle of a task."""
    if exit_code == TIME_IS_UP:
        message = f"读取这个文件超过 {limits.seconds} 秒，已停止，未采用任何数字。{_LESS_OR_MORE}"
        return ReadError("time_limit", message)
    if exit_code in (OUT_OF_MEMORY, -signal.SIGKILL):
        message = f"读取这个文件所需内存超过 {limits.memory_mb} MB，已停止，未采用任何数字。{_LESS_OR_MORE}"
        return ReadError("memory_limit", message)
    return ReadError("reader_crashed", "读取程序在这个文件上异常退出，文件未读取。请用原软件打开并另存后重新报送。")
