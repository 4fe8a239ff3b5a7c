"""Reports that come in archives: each is a file of its own, in the warehouse and in `gongkai parse`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from pipeline.cli import main
from pipeline.intake.archives import Archive
from tests.end_to_end.strange_files import news_page
from tests.end_to_end.test_damage import settings_in_environment
from tests.installation import Installation, copy_sample, sample_files
from tests.intake.zips import packed

BODIES = ("财政局", "教育局", "卫生健康局")
FIGURES = ("agency_name", "report_year", "field", "applicant", "state", "value", "raw")
ARCHIVE = "报送/全区.zip"


def inside() -> dict[str, bytes]:
    return {file.path: file.data() for file in sample_files(*BODIES, years=(2020, 2021))}


def figures(installation: Installation) -> set[tuple[Any, ...]]:
    return {tuple(row[name] for name in FIGURES) for row in installation.rows("out_values")}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Six reports in an archive, two of them in an archive inside it, with what comes along; not to be changed."""
    installation = Installation.at(tmp_path_factory.mktemp("archives") / "installation")
    files = list(inside().items())
    others = {
        "说明.html": news_page("瀚川市沐云区财政局", 2021),
        "空.docx": b"",
        "__MACOSX/._说明.html": b"x",
        "旧.rar": b"Rar!\x1a\x07\x00",
    }
    data = packed({**dict(files[:4]), **others, "乡镇.zip": packed(dict(files[4:]), "gbk"), "../外.html": b"x"}, "gbk")
    installation.put(ARCHIVE, data)
    installation.put("报送/坏.zip", data[: len(data) // 2])
    installation.put("报送/零.zip", packed({"零": bytes(60_000_000)}))
    assert installation.build().success
    return installation


def test_the_figures_are_those_of_the_files_themselves(built: Installation, tmp_path: Path) -> None:
    loose = Installation.at(tmp_path / "installation")
    copy_sample(loose, sample_files(*BODIES, years=(2020, 2021)))
    assert loose.build_only("out_values").success
    assert figures(built) == figures(loose)


def test_every_file_inside_has_a_row_under_its_address(built: Installation) -> None:
    rows = {row["path"]: row for row in built.rows("raw_files")}
    found = {path: (row["kind"], row["read_status"], row["reason_code"], row["reports"]) for path, row in rows.items()}
    names = list(inside())
    reports = {f"{ARCHIVE}!{name}" for name in names[:4]} | {f"{ARCHIVE}!乡镇.zip!{name}" for name in names[4:]}
    assert {path for path, (_, status, _, count) in found.items() if (status, count) == ("read", 1)} == reports
    assert {path: row for path, row in found.items() if path not in reports} == {
        ARCHIVE: ("zip", "unpacked", None, 0),
        f"{ARCHIVE}!乡镇.zip": ("zip", "unpacked", None, 0),
        f"{ARCHIVE}!../外.html": ("unknown", "not_read", "archive_unsafe", 0),
        f"{ARCHIVE}!空.docx": ("empty", "not_read", "empty_file", 0),
        f"{ARCHIVE}!旧.rar": ("rar", "not_read", "unsupported_kind", 0),
        f"{ARCHIVE}!说明.html": ("html", "read", None, 0),
        "报送/坏.zip": ("zip", "not_read", "damaged", 0),
        "报送/零.zip": ("zip", "not_read", "too_large", 0),
    }
    assert "11 个文件" in rows[ARCHIVE]["reason"] and "2 个文件" in rows[f"{ARCHIVE}!乡镇.zip"]["reason"]
    assert {row["path"] for row in built.rows("core_reports") if row["status"] != "refused"} == reports
    assert {row["path"] for row in built.rows("out_findings")} <= reports


def test_nothing_is_unpacked_or_read_a_second_time(built: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    again = built.copied(tmp_path / "installation")
    reads: list[str] = []
    read = Archive.read
    monkeypatch.setattr(Archive, "read", lambda self, name: reads.append(name) or read(self, name))
    run = again.build_only("out_values")
    assert run.success and run.intake["files_read_now"] == 0
    assert set(reads) == {"乡镇.zip", "../外.html"}  # opened to list it; refused at once
    assert figures(again) == figures(built)


def test_parse_gives_a_line_for_each_report(built: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    source = str(built.raw / ARCHIVE)
    assert main(["parse", source, str(built.raw / "报送" / "坏.zip"), str(built.raw / "报送" / "零.zip"), "--json"]) == 1
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    beginning = f"{built.raw}/"
    refused = [line for line in lines if line["status"] != "parsed"]
    said = {line["source"].removeprefix(beginning): (line["status"], line["report"], line["problems"][0]["code"]) for line in refused}
    assert said == {
        f"{ARCHIVE}!../外.html": ("refused", 0, "archive_unsafe"),
        f"{ARCHIVE}!空.docx": ("refused", 0, "empty_file"),
        f"{ARCHIVE}!旧.rar": ("refused", 0, "unsupported_kind"),
        f"{ARCHIVE}!说明.html": ("refused", 0, said[f"{ARCHIVE}!说明.html"][2]),
        "报送/坏.zip": ("refused", 0, "damaged"),
        "报送/零.zip": ("refused", 0, "too_large"),
    }
    parsed = [line for line in lines if line["status"] == "parsed"]
    expected = [f"{source}!{'乡镇.zip!' if number >= 4 else ''}{name}" for number, name in enumerate(inside())]
    assert [line["source"] for line in parsed] == expected
    shas = {row["path"]: row["sha256"] for row in built.rows("raw_files")}
    assert all(shas[line["source"].removeprefix(beginning)] == line["sha256"] for line in parsed)


def test_a_file_inside_can_be_named(built: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    source = f"{built.raw / ARCHIVE}!{next(iter(inside()))}"
    with settings_in_environment(built):
        assert main(["parse", source, "--json"]) == 0
    (line,) = map(json.loads, capsys.readouterr().out.splitlines())
    assert (line["source"], line["status"]) == (source, "parsed")


def test_a_file_that_leaves_the_archive_for_a_folder_is_not_read_again(built: Installation, tmp_path: Path) -> None:
    moved = built.copied(tmp_path / "installation")
    (moved.raw / ARCHIVE).unlink()
    for name, data in inside().items():
        moved.put(f"解开/{name}", data)
    run = moved.build_only("out_values", accept_fewer_figures=True)
    assert run.success and run.intake["files_read_now"] == 0
    assert figures(moved) == figures(built)
