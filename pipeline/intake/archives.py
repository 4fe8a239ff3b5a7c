"""ZIP archives of reports: what is inside, checked before anything is unpacked, and read from the archive itself.

Nothing is ever written to disk. A file inside is addressed `archive.zip!folder/report.docx`; an archive inside an archive
is opened too, once. Names come in UTF-8, or in GBK as Chinese Windows writes them.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of_archive
from pipeline.intake.names import is_left_out, readable_names
from pipeline.intake.openable import MOST_BYTES, too_large

SEPARATOR = "!"  # between an archive and what is inside
_BEGINNINGS = (b"PK\x03\x04", b"PK\x05\x06")
_MOST_DEEP = 2  # archives in one another
_MOST_FILES = 20_000
_MOST_BYTES = 4_000_000_000  # of everything inside, unpacked
_MOST_TIMES = 300  # as large unpacked as packed; documents come to 50
_NEVER_TOO_LARGE = 50_000_000
_MOST_DIRECTORY = 8_000_000  # bytes of the list of contents
_END = b"PK\x05\x06"
_ENCRYPTED = 0x1
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError)


@dataclass(frozen=True, slots=True)
class Content:
    """A file inside an archive. address: below the archive. sha256 is None, and error says why, where it cannot be read.

    is_archive: it was opened in its turn, and what is inside follows.
    """

    address: str
    size: int
    sha256: str | None
    is_archive: bool = False
    error: ReadError | None = None


@dataclass(frozen=True, slots=True)
class _Member:
    info: zipfile.ZipInfo
    error: ReadError | None


Known = Callable[[str, int], tuple[str, bool] | None]  # address and size -> what an earlier run knew: hash, whether it is an archive


def is_archive(stream: BinaryIO) -> bool:
    """Whether this is a ZIP that is no document: a DOCX, XLSX or OFD is a ZIP as well. The stream is left anywhere."""
    stream.seek(0)
    if stream.read(4) not in _BEGINNINGS:
        return False
    if _directory_size(stream) > _MOST_DIRECTORY:
        return True
    try:
        with zipfile.ZipFile(stream) as opened:
            return kind_of_archive(opened) == "zip"
    except _BROKEN:
        return False


def contents(stream: BinaryIO, known: Known = lambda _address, _size: None) -> list[Content]:
    """Everything inside, in the order of the archive; what `known` knows is not unpacked.

    Raises ReadError where the archive as a whole is not to be opened: `damaged`, `empty_file`, or `too_large`.
    """
    return list(_contents(Archive(stream), known, depth=1))


class Archive:
    """An archive held open. Raises ReadError, see `contents`."""

    def __init__(self, stream: BinaryIO) -> None:
        if _directory_size(stream) > _MOST_DIRECTORY:
            raise _too_many()
        try:
            self._opened = zipfile.ZipFile(stream)
        except _BROKEN as error:
            raise ReadError("damaged", "压缩包损坏或不完整，无法解开。请重新压缩后报送，或解压后把里面的文件逐个放入。") from error
        infos = [info for info in self._opened.infolist() if not info.is_dir()]
        _check_extent(infos, size=stream.seek(0, io.SEEK_END))
        self._members: dict[str, _Member] = {}
        for name, info in zip(readable_names(infos), infos, strict=True):
            if not is_left_out(name):
                self._members[_free(name, self._members)] = _Member(info, _why_not(name, info))
        if not self._members:
            raise ReadError("empty_file", "压缩包里没有文件。请核对后重新报送。")

    def __iter__(self) -> Iterator[str]:
        """The names inside."""
        return iter(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def size(self, name: str) -> int:
        """Bytes of a file, unpacked, as the archive says."""
        return self._members[name].info.file_size

    def read(self, name: str) -> bytes:
        """The content of a file; never more than `size`. Raises ReadError where it cannot be unpacked."""
        member = self._members[name]
        if member.error:
            raise member.error
        try:
            return self._opened.read(member.info)
        except NotImplementedError as error:
            raise ReadError("unsupported_kind", "压缩包用了不常见的压缩方法，这个文件无法解开。请用普通 ZIP 重新压缩。") from error
        except RuntimeError as error:  # encrypted, though the flag does not say so
            raise _password() from error
        except _BROKEN as error:
            raise ReadError("damaged", "压缩包中的这个文件已损坏，无法解开。请重新压缩后报送。") from error


@dataclass(frozen=True, slots=True)
class MemberPlace:
    """Where a file inside an archive is to be opened."""

    archive: Path
    address: str

    def read_bytes(self) -> bytes:
        """The content. Raises OSError where the archive cannot be opened now, ReadError where the file cannot be unpacked."""
        status = self.archive.stat()
        archive, address = _archive_at(self.archive, status.st_size, status.st_mtime_ns), self.address
        while address not in archive:
            outer = next((name for name in archive if address.startswith(name + SEPARATOR)), None)
            if outer is None:
                raise FileNotFoundError(2, "压缩包里没有这个文件", str(self))
            archive, address = Archive(io.BytesIO(archive.read(outer))), address[len(outer) + 1 :]
        return archive.read(address)

    def __str__(self) -> str:
        return f"{self.archive}{SEPARATOR}{self.address}"


def place_of(path: Path) -> Path | MemberPlace:
    """Where a file with this address is: itself, or inside the archive that the part before a `!` names."""
    text = str(path)
    with contextlib.suppress(OSError):  # inside an archive, names may be longer than the system has them
        if path.exists():
            return path
    for number, sign in enumerate(text):
        if sign == SEPARATOR and (archive := Path(text[:number])).is_file():
            return MemberPlace(archive, text[number + 1 :].replace("\\", "/"))
    return path


@lru_cache(maxsize=1)
def _archive_at(path: Path, _size: int, _mtime_ns: int) -> Archive:
    """An archive, held open while files out of it are read one after the other, as long as size and time of change are the same."""
    return Archive(path.open("rb"))


def _contents(archive: Archive, known: Known, depth: int, before: str = "") -> Iterator[Content]:
    for name in archive:
        address, size = before + name, archive.size(name)
        data: bytes | None = None
        try:
            if seen := known(address, size):
                sha256, nested = seen
            else:
                data = archive.read(name)
                sha256, nested = hashlib.sha256(data).hexdigest(), is_archive(io.BytesIO(data))
            if not nested:
                yield Content(address, size, sha256)
                continue
            if depth == _MOST_DEEP:
                raise ReadError("unsupported_kind", "压缩包套压缩包，层数过多，里面的文件没有读取。请解压后把里面的文件逐个放入。")
            inner = Archive(io.BytesIO(archive.read(name) if data is None else data))
        except ReadError as error:
            yield Content(address, size, None, error=error)
            continue
        yield Content(address, size, sha256, is_archive=True)
        yield from _contents(inner, known, depth + 1, address + SEPARATOR)


def _directory_size(stream: BinaryIO) -> int:
    """Bytes of the list of contents as the end of the archive says; opening an archive takes many times that in memory."""
    length = stream.seek(0, io.SEEK_END)
    stream.seek(max(0, length - 65_557))
    tail = stream.read()
    end = tail.rfind(_END)
    stream.seek(0)
    return int.from_bytes(tail[end + 12 : end + 16], "little") if end >= 0 else 0


def _check_extent(infos: Sequence[zipfile.ZipInfo], size: int) -> None:
    if len(infos) > _MOST_FILES:
        raise _too_many()
    unpacked = sum(info.file_size for info in infos)
    if unpacked > _MOST_BYTES or (unpacked > _NEVER_TOO_LARGE and unpacked > size * _MOST_TIMES):
        message = f"压缩包解开后有 {unpacked // 1_000_000} MB，大得不合情理，未解开。请解压后只把报告文件放入。"
        raise ReadError("too_large", message)


def _why_not(name: str, info: zipfile.ZipInfo) -> ReadError | None:
    """Why a file inside will not be read."""
    parts = PurePosixPath(name).parts
    if name.startswith("/") or ".." in parts or name[1:2] == ":":
        return ReadError("archive_unsafe", "压缩包中这个文件的路径指向压缩包之外，未读取。请重新压缩后报送。")
    if info.flag_bits & _ENCRYPTED:
        return _password()
    return too_large(info.file_size) if info.file_size > MOST_BYTES else None


def _free(name: str, taken: dict[str, _Member]) -> str:
    """The name, or with a number behind it where two files bear the same."""
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name}（{number}）"
    return free


def _too_many() -> ReadError:
    return ReadError("too_large", f"压缩包里的文件超过 {_MOST_FILES} 个，未解开。请解压后只把报告文件放入。")


def _password() -> ReadError:
    return ReadError("password", "压缩包设有密码，这个文件无法读取。请取消密码后重新压缩报送。")
