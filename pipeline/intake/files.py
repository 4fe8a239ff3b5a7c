"""The files below data/raw: found under any name in any folder or archive, known by their content, never written to."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Protocol

from pipeline.common.errors import ReadError, in_chinese
from pipeline.intake.archives import SEPARATOR, MemberPlace, contents, is_archive
from pipeline.intake.names import is_left_out
from pipeline.intake.openable import why_not

SOURCES_NAME = "sources.csv"


@dataclass(frozen=True, slots=True)
class KnownFile:
    """What the last run knew of a file: size in bytes, time of its last change in nanoseconds, SHA-256 of its content.

    For a file inside an archive the times are those of the archive. is_archive: it was opened, and what is inside is listed.
    ctime_ns: when anything about the file changed last, which nobody can set: `cp -p` of another file gives back size and time.
    """

    size: int
    mtime_ns: int
    sha256: str
    is_archive: bool = False
    ctime_ns: int = 0


class Place(Protocol):
    """Where a file is opened: on disk or inside an archive."""

    def read_bytes(self) -> bytes:
        """The content. Raises OSError where it cannot be had just now, ReadError where it cannot be unpacked."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file below raw, or inside an archive below raw.

    path: relative to raw, with `/` and, behind an archive, `!`; always valid Unicode (names in GBK are decoded).
    place: where to open it. sha256 is None, and reason says why in Chinese, where the file cannot be read; code is the
    same for programs. is_archive: the files inside are listed as files of their own, unless a reason says why not.
    """

    path: str
    place: Place
    size: int
    mtime_ns: int
    sha256: str | None
    reason: str | None = None
    code: str | None = None
    is_archive: bool = False
    ctime_ns: int = 0


@dataclass(frozen=True)
class Changes:
    """Paths by what became of them since the last run. moved: (old path, new path) of the same content.

    unreadable: there, but cannot be opened now; such a path is in none of the other lists.
    """

    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    moved: tuple[tuple[str, str], ...]
    unreadable: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Entry:
    """A name found below raw, before it is opened. reason: why it will not be."""

    path: str
    place: Path
    reason: str | None = None


def scan(raw: Path, known: Mapping[str, KnownFile]) -> list[FoundFile]:
    """Every file below `raw`, those inside archives included, each archive before what is inside; without any `sources.csv`.

    A file whose size and times of change are those in `known` is not opened again (of an archive, its list of contents is
    read). Nothing is written. A file or folder that cannot be opened is listed with a reason; no file stops the scan. A
    `raw` that does not exist holds no files.
    """
    return [file for file in scan_all(raw, known) if not is_sources(file.path)]


def scan_all(raw: Path, known: Mapping[str, KnownFile]) -> list[FoundFile]:
    """As `scan`, with the `sources.csv` files."""
    entries = walk(raw)
    found = {entry.path: _found(entry, known) for entry in entries}
    for entry in entries:
        for file in list(_contents_of(found[entry.path], entry.place, known)):
            path = file.path
            while path in found and path != entry.path:  # a file that is named like one inside an archive
                path += "（2）"
            found[path] = replace(file, path=path)
    return [found[path] for path in sorted(found)]


def is_sources(path: str) -> bool:
    """Whether a path, of a file or inside an archive, names a sources.csv."""
    return re.split("[/!]", path)[-1].lower() == SOURCES_NAME


def walk(raw: Path) -> list[Entry]:
    """Every name that a person gave below `raw` and that is not a folder, sorted by path; folders that cannot be listed, with the reason.

    Symbolic links are not followed: what they point to inside raw is found in its own place, and what lies outside is
    not part of raw (that is said as a reason).
    """
    root = raw.resolve()
    entries: dict[str, Entry] = {}
    for place, reason in _names(root):
        path = _readable(place.relative_to(root), taken=entries)
        entries[path] = Entry(path, place, reason)
    return [entries[path] for path in sorted(entries)]


def changes(before: Mapping[str, KnownFile], now: Sequence[FoundFile]) -> Changes:
    """How `now` differs from the last run. A path that is new and has the content of a path that is gone counts as moved."""
    present = {file.path: file for file in now}
    gone = {path: known for path, known in before.items() if path not in present}
    gone_by_content: dict[str, list[str]] = {}
    for path in sorted(gone, reverse=True):
        gone_by_content.setdefault(gone[path].sha256, []).append(path)
    lists: dict[str, list[str]] = {"added": [], "changed": [], "unchanged": [], "unreadable": []}
    moved: list[tuple[str, str]] = []
    for path in sorted(present):
        sha256 = present[path].sha256
        if sha256 is None:
            lists["unreadable"].append(path)
        elif path in before:
            lists["unchanged" if before[path].sha256 == sha256 else "changed"].append(path)
        elif gone_by_content.get(sha256):
            moved.append((gone_by_content[sha256].pop(), path))
        else:
            lists["added"].append(path)
    removed = sorted(set(gone) - {old for old, _ in moved})
    return Changes(removed=tuple(removed), moved=tuple(moved), **{name: tuple(paths) for name, paths in lists.items()})


def _names(root: Path) -> Iterator[tuple[Path, str | None]]:
    folders = [root] if root.is_dir() else []
    while folders:
        folder = folders.pop()
        try:
            entries = list(os.scandir(folder))
        except OSError as error:
            yield folder, f"文件夹打不开：{in_chinese(error)}。请检查访问权限。"
            continue
        for entry in entries:
            if is_left_out(entry.name):
                continue
            place = folder / entry.name
            if entry.is_symlink():
                if not place.exists():  # nothing there, or links in a circle
                    yield place, "符号链接指向的文件不存在，未读取。请把文件本身放进来。"
                elif not place.resolve().is_relative_to(root):
                    yield place, "符号链接指向资料文件夹之外，未读取。请把文件本身放进来。"
            elif entry.is_dir(follow_symlinks=False):
                folders.append(place)
            elif entry.is_file(follow_symlinks=False):
                yield place, None
            else:
                yield place, "不是普通文件（如管道、设备），未读取。"


def _readable(relative: Path, taken: Mapping[str, Entry]) -> str:
    path = relative.as_posix()
    try:
        path.encode()
    except UnicodeEncodeError:  # a name in another encoding, as an archive from Windows leaves it
        name = os.fsencode(path)
        try:
            path = name.decode("gb18030")
        except UnicodeDecodeError:
            path = name.decode(errors="backslashreplace")
        if path in taken:
            path = name.decode(errors="backslashreplace")
    return path


def _found(entry: Entry, known: Mapping[str, KnownFile]) -> FoundFile:
    if entry.reason:
        return _cannot_open(entry, entry.reason)
    try:
        status = entry.place.stat(follow_symlinks=False)
        before = known.get(entry.path)
        times = status.st_mtime_ns, status.st_ctime_ns
        if before and (before.size, before.mtime_ns, before.ctime_ns) == (status.st_size, *times):
            return FoundFile(entry.path, entry.place, before.size, times[0], before.sha256, is_archive=before.is_archive, ctime_ns=times[1])
        with entry.place.open("rb") as stream:
            archive = is_archive(stream)
            if not archive and (refusal := why_not(status)):
                return replace(_cannot_open(entry, refusal.message), size=status.st_size, code=refusal.code)
            stream.seek(0)
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
    except FileNotFoundError:
        return _cannot_open(entry, "扫描期间文件被移走或删除，请重新放入后再运行。")
    except OSError as error:
        return _cannot_open(entry, f"文件打不开：{in_chinese(error)}。请检查访问权限。")
    return FoundFile(entry.path, entry.place, status.st_size, times[0], sha256, is_archive=archive, ctime_ns=times[1])


def _cannot_open(entry: Entry, reason: str) -> FoundFile:
    return FoundFile(entry.path, entry.place, 0, 0, None, reason, "cannot_open")


def _contents_of(file: FoundFile, place: Path, known: Mapping[str, KnownFile]) -> Iterator[FoundFile]:
    """What is inside if the file is an archive; the file itself, with the reason, where it is not to be opened."""
    if not file.is_archive:
        return

    def seen(address: str, size: int) -> tuple[str, bool] | None:
        before = known.get(file.path + SEPARATOR + address)
        same = before and (before.size, before.mtime_ns, before.ctime_ns) == (size, file.mtime_ns, file.ctime_ns)
        return (before.sha256, before.is_archive) if before and same else None

    try:
        with place.open("rb") as stream:
            inside = contents(stream, seen)
    except ReadError as error:
        yield replace(file, reason=error.message, code=error.code)
        return
    except OSError as error:
        yield replace(file, sha256=None, reason=f"文件打不开：{in_chinese(error)}。请检查访问权限。", code="cannot_open")
        return
    for item in inside:
        path, where = file.path + SEPARATOR + item.address, MemberPlace(place, item.address)
        reason, code = (item.error.message, item.error.code) if item.error else (None, None)
        yield FoundFile(path, where, item.size, file.mtime_ns, item.sha256, reason, code, item.is_archive, file.ctime_ns)
