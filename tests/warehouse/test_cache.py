import logging
import os
import sqlite3
from pathlib import Path

import pytest

from pipeline.warehouse.cache import ResultCache


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "warehouse" / "cache.sqlite"


def test_payloads_come_back_after_closing(path: Path) -> None:
    payloads = {f"key{number}": os.urandom(number) for number in range(1200)}
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", payloads)
    with ResultCache(path) as cache:
        assert cache.get_many("read", "v1", [*payloads, "absent"]) == payloads
        assert cache.known("read", "v1") == payloads.keys()
        assert cache.get_many("read", "v1", []) == {}


def test_another_version_or_stage_counts_as_absent(path: Path) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": b"1", "b": b"2"})
        assert cache.get_many("read", "v2", ["a"]) == {}
        assert cache.known("read", "v2") == set()
        assert cache.known("normalise", "v1") == set()
        cache.put_many("read", "v2", {"a": b"3"})
        assert cache.get_many("read", "v2", ["a", "b"]) == {"a": b"3"}
        assert cache.known("read", "v1") == {"b"}


def test_entries_can_be_removed(path: Path) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": b"1", "b": b"2", "c": b"3"})
        cache.put_many("read", "v2", {"d": b"4"})
        cache.put_many("normalise", "v1", {"a": b"5"})
        cache.remove("read", ["b", "c", "never seen"])
        assert cache.known("read", "v1") == {"a"}
        assert cache.known("read", "v2") == {"d"}
        assert cache.known("normalise", "v1") == {"a"}


def test_payloads_are_put_together_or_not_at_all(path: Path) -> None:
    with ResultCache(path) as cache:
        with pytest.raises(sqlite3.IntegrityError):
            cache.put_many("read", "v1", {"a": b"1", None: b"2"})  # type: ignore[dict-item]
        assert cache.known("read", "v1") == set()


def test_two_connections_see_each_other(path: Path) -> None:
    with ResultCache(path) as first, ResultCache(path) as second:
        first.put_many("read", "v1", {"a": b"1"})
        second.put_many("read", "v1", {"b": b"2"})
        assert first.known("read", "v1") == second.known("read", "v1") == {"a", "b"}


def test_what_repeats_is_compressed(path: Path) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": "政府信息公开".encode() * 100_000})
    assert path.stat().st_size < 100_000


@pytest.mark.parametrize("content", [b"not a database, by any means " * 200, b"SQLite format 3\0" + b"\xff" * 5000])
def test_a_file_that_is_no_database_is_put_aside(path: Path, content: bytes, caplog: pytest.LogCaptureFixture) -> None:
    path.parent.mkdir()
    path.write_bytes(content)
    with caplog.at_level(logging.WARNING), ResultCache(path) as cache:
        assert cache.known("read", "v1") == set()
        cache.put_many("read", "v1", {"a": b"1"})
        assert cache.get_many("read", "v1", ["a"]) == {"a": b"1"}
    assert path.with_name("cache.sqlite.damaged").read_bytes() == content
    assert "已损坏" in caplog.text


def test_damage_that_shows_only_in_use_is_put_aside(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {f"key{number}": os.urandom(2000) for number in range(300)})
    with path.open("r+b") as file:
        for start in range(4096, path.stat().st_size, 4096):
            file.seek(start)
            file.write(b"\xff" * 64)
    with caplog.at_level(logging.WARNING), ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": b"1"})
        assert cache.known("read", "v1") == {"a"}
    assert "已损坏" in caplog.text


def test_a_database_of_another_layout_is_put_aside(path: Path) -> None:
    path.parent.mkdir()
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE results (key TEXT)")
    connection.close()
    with ResultCache(path) as cache:
        assert cache.known("read", "v1") == set()
    assert path.with_name("cache.sqlite.damaged").exists()


def test_a_damaged_payload_counts_as_absent(path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": b"1" * 100, "b": b"2" * 100, "c": b"3" * 100})
    connection = sqlite3.connect(path)
    connection.execute("UPDATE results SET payload = x'ff' WHERE key = 'a'")
    connection.execute("UPDATE results SET payload = substr(payload, 1, length(payload) - 3) WHERE key = 'b'")
    connection.commit()
    connection.close()
    with caplog.at_level(logging.WARNING), ResultCache(path) as cache:
        assert cache.get_many("read", "v1", ["a", "b", "c"]) == {"c": b"3" * 100}
    assert "2 条" in caplog.text


def test_a_locked_file_is_not_taken_for_damage(path: Path) -> None:
    with ResultCache(path) as cache:
        cache.put_many("read", "v1", {"a": b"1"})
        cache._connection.execute("PRAGMA busy_timeout = 1")
        other = sqlite3.connect(path)
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            cache.put_many("read", "v1", {"b": b"2"})
        other.close()
        assert cache.known("read", "v1") == {"a"}
    assert not path.with_name("cache.sqlite.damaged").exists()
