"""Putting the files of one folder in place: those that changed are replaced, those that are no longer made are taken away."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable
from pathlib import Path

from pipeline.common.errors import GongkaiError

Files = Iterable[tuple[str, bytes]]  # the path below the folder, with /, and the content


def put_in_place(
    folder: Path, files: Files, before: Collection[str] = (), announce: Callable[[str], None] = lambda _path: None
) -> dict[str, int]:
    """Write `files` below `folder` and take away those of `before` (paths written earlier) that are not among them.

    Gives the size of each file by its path. A file whose content is the same is not touched, one that is not ours neither.
    announce: hears of each path that is not in `before`, before anything is written there.
    Raises GongkaiError where a file cannot be replaced (on Windows: while Word, Excel or WPS has it open).
    """
    sizes: dict[str, int] = {}
    for path, content in files:
        if path not in before:
            announce(path)
        _write(folder / path, content)
        sizes[path] = len(content)
    for path in sorted(set(before) - set(sizes), reverse=True):
        _remove(folder, folder / path)
    return sizes


def _write(place: Path, content: bytes) -> None:
    if place.is_file() and place.stat().st_size == len(content) and place.read_bytes() == content:
        return
    temporary = place.with_name(f".{os.getpid()}.tmp")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_bytes(content)
        temporary.replace(place)
    except PermissionError as error:
        raise GongkaiError(
            f"无法写入 {place}（{error}）。文件可能正由 Word、Excel 或 WPS 打开，或没有写入权限；请关闭后重新运行。原有文件没有改动。"
        ) from None
    finally:
        temporary.unlink(missing_ok=True)


def _remove(folder: Path, place: Path) -> None:
    try:
        place.unlink(missing_ok=True)
    except PermissionError as error:
        raise GongkaiError(f"无法删除已经作废的 {place}（{error}）。文件可能正被打开；请关闭后重新运行。") from None
    for parent in place.parents:
        if parent == folder.parent or not parent.is_dir() or any(parent.iterdir()):
            return
        parent.rmdir()
