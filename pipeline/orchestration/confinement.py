"""What a worker process may do: so much memory, so much time for one file, no network, no other programs."""

from __future__ import annotations

import contextlib
import importlib
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import PurePath

from pipeline.common.errors import ReadError
from pipeline.common.progress import heard_by
from pipeline.common.settings import Limits

resource = importlib.import_module("resource") if find_spec("resource") else None  # not on every system

OUT_OF_MEMORY = 97  # exit status of a worker that Python told so; any number that nothing else uses
TIME_IS_UP = -signal.SIGALRM if hasattr(signal, "SIGALRM") else None

MOST_EXTENDED = 4  # times the limit for a file: what a scan may take in all
_MEGABYTE = 1024 * 1024
_CONNECTING = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "socket.sendmsg"})
_STARTING = frozenset({"os.system", "os.exec", "os.posix_spawn", "os.startfile", "os.fork", "os.forkpty", "pty.spawn"})
_ALLOWED_PROGRAMS = frozenset({"soffice", "soffice.bin", "libreoffice"})  # converts what no reader reads


def confine(limits: Limits) -> None:
    """Bind this process for good: limits of memory, no network, no other programs, a process group and output of its own."""
    if hasattr(os, "setsid"):
        with contextlib.suppress(OSError):
            os.setsid()
    os.dup2(2, 1)  # standard output belongs to the results
    _bound("RLIMIT_DATA", limits.memory_mb * _MEGABYTE)
    _bound("RLIMIT_CORE", 0)  # the remains of a worker that crashed would fill the disk
    sys.addaudithook(_refuse)


@contextmanager
def time_limit(limits: Limits) -> Iterator[None]:
    """End this process, whatever it is doing, when the block takes longer than `limits.seconds`.

    A scan has that long for each page, so that one of many pages is not lost, and in all MOST_EXTENDED times as long.
    """
    if not hasattr(signal, "setitimer"):
        yield
        return
    signal.signal(signal.SIGALRM, signal.SIG_DFL)  # the default ends the process, also in the middle of a library in C
    last = time.monotonic() + MOST_EXTENDED * limits.seconds

    def begin_anew() -> None:
        signal.setitimer(signal.ITIMER_REAL, max(0.001, min(limits.seconds, last - time.monotonic())))

    begin_anew()
    try:
        with heard_by(begin_anew):
            yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)


def needs_much_memory(limits: Limits) -> bool:
    """Whether this process has come so far that the next file might be stopped for what earlier ones left behind."""
    if resource is None:
        return False
    peak: int = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return peak > limits.memory_mb * _MEGABYTE // 2


def _bound(name: str, value: int) -> None:
    """Lower a limit; systems without it do without."""
    if resource is None:
        return
    with contextlib.suppress(OSError, ValueError, AttributeError):
        kind = getattr(resource, name)
        _, hardest = resource.getrlimit(kind)
        resource.setrlimit(kind, (value if hardest == resource.RLIM_INFINITY else min(value, hardest), hardest))


def _refuse(event: str, arguments: tuple[object, ...]) -> None:
    """An audit hook, which nothing in Python passes by. Raises ReadError("forbidden")."""
    if event in _CONNECTING:
        raise ReadError("forbidden", "读取这个文件时要连接网络，已拒绝，文件未读取。请把文件转交维护人员。")
    if event in _STARTING or (event == "subprocess.Popen" and PurePath(str(arguments[0])).name not in _ALLOWED_PROGRAMS):
        raise ReadError("forbidden", "读取这个文件时要启动其他程序，已拒绝，文件未读取。请把文件转交维护人员。")
