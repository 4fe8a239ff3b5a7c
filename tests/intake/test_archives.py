"""Archives: every file inside is found under the name it was given, and nothing is unpacked that should not be."""

from __future__ import annotations

import hashlib
import io
import os
import struct
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.intake import archives, manifest
from pipeline.intake.archives import Archive, MemberPlace, contents, is_archive, place_of
from pipeline.intake.files import scan, scan_all
from pipeline.intake.sources import read_sources
from tests.intake.test_files import known_of
from tests.intake.zips import Names, packed

PAGE = "<html><body><p>一、总体情况</p></body></html>".encode()


def listed(data: bytes) -> list[tuple[str, str | None]]:
    """Addresses with the code of what is wrong with each."""
    return [(item.address, item.error.code if item.error else None) for item in contents(io.BytesIO(data))]


def refused(data: bytes) -> str:
    with pytest.raises(ReadError) as raised:
        contents(io.BytesIO(data))
    assert raised.value.message.endswith("。")
    return raised.value.code


@pytest.mark.parametrize("names", ["utf-8", "utf-8 unflagged", "gbk", "unicode path"])
@pytest.mark.parametrize(
    "given", [["县财政局/年报.docx", "乡镇/石桥镇（2023）.html"], ["一.html", "二.html"], ["plain.html"], ["機關\\乗.html"]]
)
def test_names_come_back_as_they_were_given(names: Names, given: list[str]) -> None:
    data = packed(dict.fromkeys(given, PAGE), names)
    assert [address for address, _ in listed(data)] == [name.replace("\\", "/") for name in given]


CHINESE = st.text(st.sampled_from("县区财政局年报石桥镇乡公开工作〇一二三（）0aB-_"), min_size=1, max_size=12)


@given(st.lists(CHINESE, min_size=1, max_size=5, unique=True), st.sampled_from(["utf-8", "gbk", "unicode path"]))
def test_any_chinese_name_comes_back(given: list[str], names: Any) -> None:
    named = [f"各单位/{name}.html" for name in given]
    assert [address for address, _ in listed(packed(dict.fromkeys(named, PAGE), names))] == named


def test_names_that_nobody_gave_are_left_out_and_the_empty_file_is_kept() -> None:
    others = ["__MACOSX/._a.html", "甲/.DS_Store", "甲/Thumbs.db", "甲/~$年报.docx", "desktop.ini"]
    data = packed({**dict.fromkeys(others, b"x"), "甲/": b"", "甲/年报.html": PAGE, "甲/空.docx": b""})
    assert listed(data) == [("甲/年报.html", None), ("甲/空.docx", None)]


def test_an_archive_in_an_archive_is_opened_once() -> None:
    inner = packed({"年报.html": PAGE}, "gbk")
    data = packed({"甲.zip": inner, "乙.html": PAGE, "丙.zip": packed({"丁.zip": inner, "戊.html": PAGE})})
    assert listed(data) == [
        *(("甲.zip", None), ("甲.zip!年报.html", None), ("乙.html", None)),
        *(("丙.zip", None), ("丙.zip!丁.zip", "unsupported_kind"), ("丙.zip!戊.html", None)),
    ]


def test_a_document_is_no_archive() -> None:
    document = packed({"[Content_Types].xml": b"x", "word/document.xml": b"x"})
    assert not is_archive(io.BytesIO(document))
    assert is_archive(io.BytesIO(packed({"a.docx": document})))
    assert not is_archive(io.BytesIO(b"PK\x03\x04 and nothing else"))
    assert not is_archive(io.BytesIO(PAGE))


@pytest.mark.parametrize("name", ["/etc/年报.html", "../年报.html", "甲/../../年报.html", "C:\\年报.html", "..\\年报.html"])
def test_a_path_out_of_the_archive_is_refused_and_the_rest_is_read(name: str) -> None:
    assert [code for _, code in listed(packed({name: PAGE, "好.html": PAGE}))] == ["archive_unsafe", None]


def test_an_encrypted_file_is_said(tmp_path: Path) -> None:
    data = bytearray(packed({"密.html": PAGE, "明.html": PAGE}))
    for place in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):  # the flags of the first file, in both its heads
        data[place] |= 1
    assert listed(bytes(data)) == [("密.html", "password"), ("明.html", None)]


def test_what_unpacks_to_too_much_is_not_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    def never(self: zipfile.ZipFile, *_: object) -> bytes:
        raise AssertionError("unpacked")

    bomb = packed({"零.html": bytes(60_000_000)})
    many = packed({f"{number}": b"" for number in range(archives._MOST_FILES + 1)})
    monkeypatch.setattr(zipfile.ZipFile, "read", never)
    assert refused(bomb) == "too_large"
    assert refused(many) == "too_large"


def test_a_list_of_contents_that_is_too_long_is_not_even_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "_MOST_DIRECTORY", 100)
    data = packed({f"{number}.html": b"x" for number in range(9)})
    assert is_archive(io.BytesIO(data))
    assert refused(data) == "too_large"


def test_a_file_that_is_larger_than_it_says_is_damaged_and_read_no_further() -> None:
    data = bytearray(packed({"大.html": bytes(10_000), "好.html": PAGE}))
    for place in (data.index(b"PK\x03\x04") + 22, data.index(b"PK\x01\x02") + 24):
        data[place : place + 4] = struct.pack("<I", 100)
    assert listed(bytes(data)) == [("大.html", "damaged"), ("好.html", None)]


def test_nothing_inside_and_a_broken_end() -> None:
    assert refused(packed({"空文件夹/": b"", ".DS_Store": b"x"})) == "empty_file"
    assert refused(packed({"a.html": PAGE})[:-30]) == "damaged"


def test_two_files_of_one_name_are_two_files() -> None:
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w") as archive:
        archive.writestr("a.html", b"1")
        with pytest.warns(UserWarning, match="Duplicate name"):
            archive.writestr("a.html", b"2")
    archive_again = Archive(io.BytesIO(saved.getvalue()))
    assert [archive_again.read(name) for name in archive_again] == [b"1", b"2"]


def test_a_scan_lists_what_is_inside_and_each_place_opens(tmp_path: Path) -> None:
    inner = packed({"年报.html": PAGE + b"2"}, "gbk")
    (tmp_path / "各镇").mkdir()
    (tmp_path / "各镇" / "报送.zip").write_bytes(packed({"石桥镇/年报.html": PAGE, "更多.zip": inner, "sources.csv": b"file\n"}, "gbk"))
    (tmp_path / "各镇" / "后.html").write_bytes(PAGE)
    found = scan(tmp_path, {})
    archive = "各镇/报送.zip"
    assert [file.path for file in found] == sorted(
        ["各镇/后.html", archive, f"{archive}!更多.zip", f"{archive}!更多.zip!年报.html", f"{archive}!石桥镇/年报.html"]
    )
    for file in found:
        assert hashlib.sha256(file.place.read_bytes()).hexdigest() == file.sha256
        assert place_of(tmp_path / file.path).read_bytes() == file.place.read_bytes()
    assert {file.path for file in found if file.is_archive} == {archive, f"{archive}!更多.zip"}


def test_what_is_inside_an_unchanged_archive_is_not_unpacked_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    raw, kept = tmp_path / "raw", tmp_path / "manifest.sqlite"
    raw.mkdir()
    (raw / "a.zip").write_bytes(packed({"甲.html": PAGE, "..\\乙.html": PAGE}))
    first = scan(raw, {})
    assert manifest.update(kept, {}, first) == 2
    before = manifest.load(kept)
    assert before == known_of(first)
    reads: list[str] = []
    read = Archive.read
    monkeypatch.setattr(Archive, "read", lambda self, name: reads.append(name) or read(self, name))
    assert [(file.path, file.sha256, file.code) for file in scan(raw, before)] == [(file.path, file.sha256, file.code) for file in first]
    assert reads == ["../乙.html"]  # refused before it is unpacked
    os.utime(raw / "a.zip", ns=(1, 1))
    scan(raw, before)
    assert "甲.html" in reads


def test_an_archive_that_is_refused_is_one_file_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "bomb.zip").write_bytes(packed({"零": bytes(60_000_000)}))
    (file,) = scan(tmp_path, {})
    assert (file.code, file.is_archive) == ("too_large", True)
    assert file.sha256


def test_a_file_named_like_one_inside_an_archive_is_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"b.html": PAGE}))
    (tmp_path / "a.zip!b.html").write_bytes(PAGE + b"2")
    found = scan(tmp_path, {})
    assert sorted(file.path for file in found) == ["a.zip", "a.zip!b.html", "a.zip!b.html（2）"]
    assert len({file.sha256 for file in found}) == 3


def test_a_place_inside_an_archive_that_is_gone_cannot_be_opened(tmp_path: Path) -> None:
    (tmp_path / "a.zip").write_bytes(packed({"b.html": PAGE}))
    for place in (MemberPlace(tmp_path / "a.zip", "c.html"), MemberPlace(tmp_path / "none.zip", "b.html")):
        with pytest.raises(FileNotFoundError):
            place.read_bytes()


def test_files_inside_are_stated_beside_the_archive_or_within(tmp_path: Path) -> None:
    within = "文件,单位,年度\n石桥镇/年报.html,云岭县石桥镇人民政府,2023\n../外.html,某局,2023\n"
    (tmp_path / "县").mkdir()
    (tmp_path / "县" / "a.zip").write_bytes(
        packed({"石桥镇/年报.html": PAGE, "子/sources.csv": "文件,单位\n年报.html,某局\n".encode()}, "gbk")
    )
    (tmp_path / "县" / "b.zip").write_bytes(packed({"石桥镇/年报.html": PAGE, "sources.csv": within.encode("gbk")}))
    (tmp_path / "县" / "sources.csv").write_text("文件,单位\na.zip!石桥镇\\年报.html,云岭县财政局\n", encoding="utf-8")
    sources = read_sources(scan_all(tmp_path, {}))
    assert {path: statement.agency for path, statement in sources.statements.items()} == {
        "县/a.zip!石桥镇/年报.html": "云岭县财政局",
        "县/b.zip!石桥镇/年报.html": "云岭县石桥镇人民政府",
    }
    assert [problem.partition("：")[0] for problem in sources.problems] == [
        "县/a.zip!子/sources.csv 第 2 行",
        "县/b.zip!sources.csv 第 3 行",
    ]


@given(st.binary(max_size=60), st.floats(0, 1))
def test_a_broken_archive_is_read_or_refused(rest: bytes, share: float) -> None:
    whole = packed({"甲.html": PAGE, "乙.html": PAGE * 50})
    place = int(share * len(whole))
    data = whole[:place] + rest + whole[place + len(rest) :]
    if is_archive(io.BytesIO(data)):
        try:
            contents(io.BytesIO(data))
        except ReadError as error:
            assert error.code in {"damaged", "too_large", "empty_file"}
