"""What is named or lies in raw and is no file of a size that anybody reads: refused at once, and said, in raw as in a call."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from pipeline.common.errors import ReadError
from pipeline.intake.files import scan
from pipeline.intake.openable import MOST_BYTES
from pipeline.orchestration.unpacking import all_sources_in, read_source
from tests.intake.zips import packed


def refusal(path: Path | str) -> str:
    with pytest.raises(ReadError) as raised:
        read_source(str(path))
    return raised.value.code


def sparse(path: Path, beginning: bytes) -> Path:
    """A file that takes no room on the disk and all the memory of whoever reads it."""
    with path.open("wb") as file:
        file.write(beginning)
        file.truncate(MOST_BYTES + 1)
    return path


@pytest.mark.parametrize("beginning", [b"", b"%PDF-1.4\n", b"PK\x03\x04", b"<html>"])
def test_a_file_larger_than_any_report_is_not_read(beginning: bytes, tmp_path: Path) -> None:
    path = sparse(tmp_path / "大.docx", beginning)
    assert [source.name for source in all_sources_in(str(path))] == [str(path)]
    assert refusal(path) == "too_large"
    (found,) = scan(tmp_path, {})
    assert (found.code, found.sha256, found.size) == ("too_large", None, MOST_BYTES + 1)
    assert "300 MB" in (found.reason or "")


def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "管道.docx")
    assert refusal(tmp_path / "管道.docx") == "cannot_open"
    assert [file.code for file in scan(tmp_path, {})] == ["cannot_open"]


def test_links_to_nothing_are_said_and_stop_nothing(tmp_path: Path) -> None:
    (tmp_path / "甲.docx").symlink_to(tmp_path / "乙.docx")
    (tmp_path / "乙.docx").symlink_to(tmp_path / "甲.docx")
    (tmp_path / "丙.docx").symlink_to(tmp_path / "没有.docx")
    assert refusal(tmp_path / "甲.docx") == "cannot_open"
    found = scan(tmp_path, {})
    assert [file.path for file in found] == ["丙.docx", "乙.docx", "甲.docx"]
    assert all("不存在" in (file.reason or "") for file in found)


def test_a_name_in_an_archive_may_be_longer_than_the_system_has_them(tmp_path: Path) -> None:
    name = "政府信息公开工作年度报告" * 20 + ".html"
    (tmp_path / "全区.zip").write_bytes(packed({name: b"<p>1</p>"}))
    assert read_source(f"{tmp_path / '全区.zip'}!{name}") == b"<p>1</p>"
