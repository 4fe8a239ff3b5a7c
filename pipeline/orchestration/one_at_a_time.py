"""One run at a time over a warehouse: the nightly one, the one that new files start, and one from the command meet there.

Two at once would each write tables that the other is reading, and note them as made of what is no longer there.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pipeline.common.errors import GongkaiError, in_chinese

if sys.platform != "win32":  # there nobody waits for anybody
    import fcntl

NAME = "running"  # the file that is held, in the folder of the cache; it holds the number of the process
_HALF_WRITTEN = ".*.tmp*"


@contextmanager
def alone(warehouse: Path, waiting: Callable[[str], None]) -> Iterator[None]:
    """Be the only run over `warehouse` within the block; `waiting` hears, once, that another one has to end first.

    Whatever ends the process ends its hold. What a process that was killed left half written is taken away. Where the file system
    knows no locks (some network shares) nobody waits. Raises GongkaiError where the folder cannot be written to.
    """
    place = warehouse / "cache" / NAME
    try:
        held = _held(place, waiting)
    except OSError as error:
        raise GongkaiError(f"不能写入 {warehouse}：{in_chinese(error)}。请检查该文件夹的访问权限和磁盘空间后重新运行。") from None
    try:
        for left in list(warehouse.rglob(_HALF_WRITTEN)):
            if left.is_dir():  # what a database spilled
                shutil.rmtree(left, ignore_errors=True)
            else:
                left.unlink(missing_ok=True)
        yield
    finally:
        os.close(held)


def _held(place: Path, waiting: Callable[[str], None]) -> int:
    told = False
    while True:
        place.parent.mkdir(parents=True, exist_ok=True)
        file = os.open(place, os.O_RDWR | os.O_CREAT, 0o666)
        try:
            if not told and not _taken(file, wait=False):
                other = os.read(file, 20).decode(errors="replace").strip()
                waiting(f"另一次运行（进程 {other or '不明'}）正在更新 {place.parent.parent}，等它结束后继续。")
                told = True
            _taken(file, wait=True)
            if place.exists() and os.path.samestat(os.fstat(file), place.stat()):  # else the warehouse was deleted while we waited
                os.ftruncate(file, 0)
                os.pwrite(file, str(os.getpid()).encode(), 0)
                return file
        except BaseException:
            os.close(file)
            raise
        os.close(file)


def _taken(file: int, *, wait: bool) -> bool:
    """Whether the file is ours now; without `wait` False where somebody else has it."""
    if sys.platform == "win32":
        return True
    try:
        fcntl.flock(file, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # no locks on this file system
        pass
    return True
