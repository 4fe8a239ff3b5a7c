"""Work that kills, hangs or bloats the worker that does it, as a reader can at a hostile file."""

from __future__ import annotations

import ctypes
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

ROOM = 100 * 1024 * 1024


def work(task: str) -> str:
    """Do what the task says; a harmless one gives itself back."""
    match task.split()[0]:
        case "sleep":
            time.sleep(600)
        case "spin":
            while True:
                pass
        case "regex":  # inside the regular expressions written in C, where no Python code runs
            import re

            re.match(r"(a+)+b", "a" * 64)
        case "swell":
            kept = [bytearray(ROOM) for _ in range(100)]
            return str(len(kept))
        case "segfault":
            ctypes.string_at(0)
        case "exit":
            os._exit(3)
        case "kill":
            os.kill(os.getpid(), signal.SIGKILL)
        case "raise":
            raise ValueError(task)
        case "deep":
            return str(_deep(0))
    return task


def bind_and_name(task: str) -> tuple[str, int]:
    """The task and the process that did it."""
    return task, os.getpid()


def reach_out(task: str) -> str:
    """Try what no reader may do, and say what came of it."""
    try:
        match task:
            case "connect":
                socket.socket().connect(("127.0.0.1", 9))
            case "resolve":
                socket.getaddrinfo("example.invalid", 80)
            case "shell":
                os.system("true")
            case "program":
                subprocess.run([sys.executable, "-c", ""], check=False)
            case "office":
                subprocess.run([str(Path(os.devnull).parent / "soffice")], check=False)
    except Exception as error:  # noqa: BLE001 - whatever it is, it is told
        return f"{type(error).__name__} {getattr(error, 'code', '')}".strip()
    return "done"


def note(task: str) -> str:
    """Write one line for each time that a task is begun, then do it. task: a file, a space, what to do."""
    path, _, doing = task.partition(" ")
    with Path(path).open("a", encoding="utf-8") as file:
        file.write(doing + "\n")
    return work(doing)


def leave_number(task: str) -> str:
    """Write the number of this process into the file `task` and sleep; "fine" is no file."""
    if task != "fine":
        Path(f"{task}.new").write_text(str(os.getpid()), encoding="utf-8")
        Path(f"{task}.new").rename(task)
        time.sleep(600)
    return task


def _deep(depth: int) -> int:
    return _deep(depth + 1) + 1
