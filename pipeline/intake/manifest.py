"""The last scan, kept in a small SQLite file, so that a night costs what changed and not what is there.

It is a cache: without it, or with a broken one, the next scan hashes every file again and writes it anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path

from pipeline.intake.files import FoundFile, KnownFile

_SCHEMA = """CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, sha256 TEXT NOT NULL, is_archive INTEGER NOT NULL,
    ctime_ns INTEGER NOT NULL
) WITHOUT ROWID"""


def load(manifest: Path) -> dict[str, KnownFile]:
    """The files of the last run by path; none where there is no manifest yet, or one that SQLite cannot read."""
    if not manifest.is_file():
        return {}
    try:
        with closing(sqlite3.connect(manifest)) as connection:
            rows = connection.execute("SELECT path, size, mtime_ns, sha256, is_archive, ctime_ns FROM files").fetchall()
    except sqlite3.DatabaseError:
        return {}
    return {path: KnownFile(size, mtime_ns, sha256, bool(archive), ctime_ns) for path, size, mtime_ns, sha256, archive, ctime_ns in rows}


def update(manifest: Path, before: Mapping[str, KnownFile], now: Sequence[FoundFile]) -> int:
    """Make the manifest say `now`, given that it said `before` (from `load`); returns the number of rows written.

    One transaction: a reader or a crash sees the last run or this one. Files that cannot be read are not kept.
    """
    after = {
        file.path: KnownFile(file.size, file.mtime_ns, file.sha256, file.is_archive, file.ctime_ns)
        for file in now
        if file.sha256 is not None
    }
    gone = [(path,) for path in before if path not in after]
    written = [
        (path, file.size, file.mtime_ns, file.sha256, file.is_archive, file.ctime_ns)
        for path, file in after.items()
        if before.get(path) != file
    ]
    manifest.parent.mkdir(parents=True, exist_ok=True)
    if not before:  # nothing in it is worth keeping, and it may be broken
        manifest.unlink(missing_ok=True)
    with closing(sqlite3.connect(manifest)) as connection, connection:
        connection.execute(_SCHEMA)
        connection.executemany("DELETE FROM files WHERE path = ?", gone)
        connection.executemany("INSERT OR REPLACE INTO files VALUES (?, ?, ?, ?, ?, ?)", written)
    return len(gone) + len(written)
