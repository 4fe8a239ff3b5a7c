"""Scanning raw: everything is seen, nothing is opened twice, nothing stops the scan."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.intake import manifest
from pipeline.intake.files import FoundFile, KnownFile, changes, scan


def known_of(found: list[FoundFile]) -> dict[str, KnownFile]:
    return {file.path: KnownFile(file.size, file.mtime_ns, file.sha256, file.is_archive, file.ctime_ns) for file in found if file.sha256}


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_scan_finds_every_file_under_any_name(tmp_path: Path) -> None:
    for name in ("b.html", "甲区/2023/年报.DOC", "甲区/README.md", "甲区/无后缀", "a/sources.csv", "a/.gitkeep", ".hidden/x.html"):
        write(tmp_path / name, name)
    found = scan(tmp_path, {})
    assert [file.path for file in found] == ["b.html", "甲区/2023/年报.DOC", "甲区/README.md", "甲区/无后缀"]
    assert found[0].sha256 == hashlib.sha256(b"b.html").hexdigest()
    assert (found[0].size, found[0].reason) == (6, None)


def test_a_raw_that_does_not_exist_holds_nothing(tmp_path: Path) -> None:
    assert scan(tmp_path / "raw", {}) == []
    assert not (tmp_path / "raw").exists()


def test_unchanged_files_are_not_opened_again(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "一")
    status = path.stat()
    known = {"a.txt": KnownFile(status.st_size, status.st_mtime_ns, "remembered", ctime_ns=status.st_ctime_ns)}
    assert scan(tmp_path, known)[0].sha256 == "remembered"
    os.utime(path, ns=(status.st_mtime_ns, status.st_mtime_ns + 1))
    assert scan(tmp_path, known)[0].sha256 == hashlib.sha256("一".encode()).hexdigest()


def test_another_file_of_the_same_size_and_time_is_noticed(tmp_path: Path) -> None:
    path = write(tmp_path / "a.txt", "予以公开 12 件")
    before = path.stat()
    known = known_of(scan(tmp_path, {}))
    other = write(tmp_path / "b.txt", "予以公开 21 件")
    os.utime(other, ns=(before.st_atime_ns, before.st_mtime_ns))
    other.replace(path)
    assert (path.stat().st_size, path.stat().st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    (found,) = scan(tmp_path, known)
    assert found.sha256 == hashlib.sha256("予以公开 21 件".encode()).hexdigest()


def test_a_file_that_cannot_be_opened_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.txt", "1")
    write(tmp_path / "b.txt", "2")
    opened = Path.open

    def refuse(self: Path, *arguments: object, **options: object) -> object:
        if self.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return opened(self, *arguments, **options)  # type: ignore[arg-type, call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    first, second = scan(tmp_path, {})
    assert first.sha256 is None
    assert "打不开" in (first.reason or "")
    assert second.sha256


def test_links_out_of_raw_are_not_followed(tmp_path: Path) -> None:
    outside = write(tmp_path / "outside" / "secret.txt", "x").parent
    raw = tmp_path / "raw"
    write(raw / "a.txt", "1")
    (raw / "folder").symlink_to(outside)
    (raw / "file.txt").symlink_to(outside / "secret.txt")
    (raw / "again.txt").symlink_to(raw / "a.txt")
    (raw / "loop").symlink_to(raw)
    found = {file.path: file for file in scan(raw, {})}
    assert set(found) == {"a.txt", "folder", "file.txt"}
    assert found["folder"].sha256 is None
    assert "之外" in (found["file.txt"].reason or "")


def test_names_in_gbk_are_readable(tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode("年报.txt".encode("gbk"))).write_text("1", encoding="utf-8")
    except OSError:
        return  # a file system that takes Unicode names only cannot hold such a file
    (found,) = scan(tmp_path, {})
    assert found.path == "年报.txt"
    assert found.place.read_text(encoding="utf-8") == "1"


def test_changes_since_the_last_run(tmp_path: Path) -> None:
    for name in ("same", "changed", "removed", "moved"):
        write(tmp_path / name, name)
    before = known_of(scan(tmp_path, {}))
    write(tmp_path / "changed", "other content")
    write(tmp_path / "new", "new")
    (tmp_path / "removed").unlink()
    write(tmp_path / "folder" / "x", "")
    (tmp_path / "moved").rename(tmp_path / "folder" / "renamed")
    seen = changes(before, scan(tmp_path, before))
    assert seen.added == ("folder/x", "new")
    assert (seen.changed, seen.removed, seen.unchanged) == (("changed",), ("removed",), ("same",))
    assert seen.moved == (("moved", "folder/renamed"),)
    assert seen.unreadable == ()


NAMES = st.dictionaries(st.sampled_from("abcdef"), st.sampled_from(["1", "2", "3", None]), max_size=6)


@given(NAMES, NAMES)
def test_every_path_is_told_exactly_once(before: dict[str, str | None], now: dict[str, str | None]) -> None:
    known = {path: KnownFile(1, 1, sha256) for path, sha256 in before.items() if sha256}
    found = [FoundFile(path, Path(path), 1, 1, sha256) for path, sha256 in now.items()]
    seen = changes(known, found)
    told_now = [*seen.added, *seen.changed, *seen.unchanged, *seen.unreadable, *(new for _, new in seen.moved)]
    told_before = [*seen.removed, *(old for old, _ in seen.moved)]
    assert sorted(told_now) == sorted(now)
    assert sorted(told_before) == sorted(set(known) - set(now))
    assert all(known[old].sha256 == now[new] for old, new in seen.moved)


def test_manifest_keeps_the_last_scan_and_writes_only_what_changed(tmp_path: Path) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "warehouse" / "manifest.sqlite"
    for number in range(20):
        write(raw / f"{number}.txt", str(number))
    assert manifest.load(kept) == {}
    first = scan(raw, {})
    assert manifest.update(kept, {}, first) == 20
    before = manifest.load(kept)
    assert before == known_of(first)
    assert manifest.update(kept, before, scan(raw, before)) == 0
    write(raw / "3.txt", "changed")
    (raw / "4.txt").unlink()
    second = scan(raw, before)
    assert manifest.update(kept, before, second) == 2
    assert manifest.load(kept) == known_of(second)


def test_a_broken_manifest_is_made_anew(tmp_path: Path) -> None:
    write(tmp_path / "raw" / "a", "1")
    kept = tmp_path / "manifest.sqlite"
    kept.write_bytes(b"not a database at all" * 100)
    assert manifest.load(kept) == {}
    found = scan(tmp_path / "raw", {})
    assert manifest.update(kept, {}, found) == 1
    assert manifest.load(kept) == known_of(found)
