"""Files of a folder put in place: what changed is replaced, what is gone is taken away, what is not ours stays."""

from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.common.errors import GongkaiError
from pipeline.publish.folder import put_in_place


def test_what_is_the_same_is_not_touched_and_what_is_gone_is_taken_away(tmp_path: Path) -> None:
    folder = tmp_path / "2024"
    first = put_in_place(folder, [("a.docx", b"one"), ("letters/b.docx", b"two"), ("letters/c.docx", b"three")])
    assert first == {"a.docx": 3, "letters/b.docx": 3, "letters/c.docx": 5}
    (folder / "笔记.txt").write_text("mine")
    kept = (folder / "letters/b.docx").stat().st_ino
    second = put_in_place(folder, [("a.docx", b"ONE"), ("letters/b.docx", b"two")], first)
    assert (folder / "a.docx").read_bytes() == b"ONE"
    assert (folder / "letters/b.docx").stat().st_ino == kept
    assert not (folder / "letters/c.docx").exists()
    assert put_in_place(folder, [], second) == {}
    assert [path.name for path in folder.rglob("*")] == ["笔记.txt"]
    (folder / "笔记.txt").unlink()
    put_in_place(folder, [("x/y.csv", b"")])
    put_in_place(folder, [], {"x/y.csv": 0})
    assert not folder.exists()


def test_a_file_that_somebody_has_open_stays_and_the_office_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put_in_place(tmp_path, [("甲局.docx", b"old")])

    def in_use(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(target))

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(GongkaiError, match="请关闭后重新运行"):
        put_in_place(tmp_path, [("甲局.docx", b"new")])
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("甲局.docx", b"old")]
