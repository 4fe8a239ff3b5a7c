"""What earlier runs made of a file, under its content hash and the version of the code that made it, in one SQLite file."""

from __future__ import annotations

import logging
import sqlite3
import struct
import zlib
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import Self, TypeVar

import pyarrow as pa

_LAYOUT = 1
_KEYS_IN_A_QUERY = 500
_PREFIX = struct.Struct("<QI")
_DAMAGE = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)
_SCHEMA = """
CREATE TABLE results (stage TEXT NOT NULL, key TEXT NOT NULL, version TEXT NOT NULL, payload BLOB NOT NULL, PRIMARY KEY (stage, key));
CREATE INDEX results_by_version ON results (stage, version, key);
"""
_log = logging.getLogger(__name__)
_Result = TypeVar("_Result")


class _LayoutError(sqlite3.DatabaseError):
    """The file is an SQLite database of another layout (raised while opening it)."""


class ResultCache:
    """Payloads under (stage, key); an entry that was written under another version counts as absent.

    It holds a million entries in one file; several processes may use it (WAL), a connection belongs to one thread.
    A damaged file is put aside as `<name>.damaged` and made anew with a logged warning: nothing is lost but time.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        self._connection = self._open_or_renew()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the file; the cache cannot be used afterwards."""
        self._connection.close()

    def get_many(self, stage: str, version: str, keys: Iterable[str]) -> dict[str, bytes]:
        """The payloads of those keys that are there under `version`; a damaged one is removed, so that it is made anew."""
        listed = list(keys)

        def select(connection: sqlite3.Connection) -> dict[str, bytes]:
            found: dict[str, bytes] = {}
            for start in range(0, len(listed), _KEYS_IN_A_QUERY):
                part = listed[start : start + _KEYS_IN_A_QUERY]
                marks = ",".join("?" * len(part))
                query = f"SELECT key, payload FROM results WHERE stage = ? AND version = ? AND key IN ({marks})"
                found.update(connection.execute(query, (stage, version, *part)))
            return found

        unpacked = {key: _unpack(payload) for key, payload in self._run(select).items()}
        damaged = [key for key, payload in unpacked.items() if payload is None]
        if damaged:
            _log.warning("缓存 %s 中有 %d 条结果已损坏，将重新读取相应文件。", self.path, len(damaged))
            self.remove(stage, damaged)
        return {key: payload for key, payload in unpacked.items() if payload is not None}

    def put_many(self, stage: str, version: str, payloads: Mapping[str, bytes]) -> None:
        """Keep the payloads, all or none, in place of what the keys had under any version."""
        rows = [(stage, key, version, _pack(payload)) for key, payload in payloads.items()]

        def insert(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("INSERT OR REPLACE INTO results VALUES (?, ?, ?, ?)", rows)

        self._run(insert)

    def remove(self, stage: str, keys: Iterable[str]) -> None:
        """Remove the entries of these keys, whatever their version."""
        rows = [(stage, key) for key in keys]

        def delete(connection: sqlite3.Connection) -> None:
            with connection:
                connection.executemany("DELETE FROM results WHERE stage = ? AND key = ?", rows)

        self._run(delete)

    def known(self, stage: str, version: str) -> set[str]:
        """The keys of a stage that are there under `version`."""
        query = "SELECT key FROM results WHERE stage = ? AND version = ?"
        return self._run(lambda connection: {key for (key,) in connection.execute(query, (stage, version))})

    def _run(self, action: Callable[[sqlite3.Connection], _Result]) -> _Result:
        try:
            return action(self._connection)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._connection.close()
            self._put_aside(error)
        self._connection = self._open_or_renew()
        return action(self._connection)

    def _open_or_renew(self) -> sqlite3.Connection:
        try:
            return _open(self.path)
        except sqlite3.DatabaseError as error:
            if not _is_damage(error):
                raise
            self._put_aside(error)
        return _open(self.path)

    def _put_aside(self, error: sqlite3.DatabaseError) -> None:
        aside = self.path.with_name(f"{self.path.name}.damaged")
        self.path.replace(aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)
        _log.warning("缓存 %s 已损坏（%s），已改名为 %s 并重新建立；本次将重新读取全部文件。", self.path, error, aside.name)


def _open(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=60)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        with connection:
            connection.execute("BEGIN IMMEDIATE")
            layout = connection.execute("PRAGMA user_version").fetchone()[0]
            objects = connection.execute("SELECT count(*) FROM sqlite_schema").fetchone()[0]
            if layout == 0 and objects == 0:
                for statement in _SCHEMA.strip().splitlines():
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {_LAYOUT}")
            elif layout != _LAYOUT:
                raise _LayoutError(f"layout {layout}")
    except BaseException:
        connection.close()
        raise
    return connection


def _is_damage(error: sqlite3.DatabaseError) -> bool:
    """True where the file itself is bad; a lock or a full disk is not damage."""
    return isinstance(error, _LayoutError) or (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF in _DAMAGE


def _pack(payload: bytes) -> bytes:
    """Length and checksum (zstd by way of Arrow writes neither), then the payload, compressed."""
    return _PREFIX.pack(len(payload), zlib.crc32(payload)) + bytes(pa.compress(payload, codec="zstd", asbytes=True))


def _unpack(packed: bytes) -> bytes | None:
    """The payload, or None where it is not what was packed."""
    try:
        length, checksum = _PREFIX.unpack_from(packed)
        payload = bytes(pa.decompress(packed[_PREFIX.size :], decompressed_size=length, codec="zstd", asbytes=True))
    except (struct.error, pa.ArrowException, OSError, MemoryError, OverflowError, ValueError):
        return None
    return payload if len(payload) == length and zlib.crc32(payload) == checksum else None
