"""The gongkai command: exit codes, the JSON lines that other programs rely on, and real reports with known figures."""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.cli import main
from tests.end_to_end.strange_files import JPEG
from tests.reports import render_text
from tests.reports.layout import printed_tables
from tests.sample.__main__ import ROOT
from tests.sample.files import SampleFile, report_files
from tests.sample.files import catalog as sample_catalog

LINE_KEYS = {"source", "sha256", "report", "status", "agency", "report_year", "tables", "cells", "problems"}
CELL_KEYS = {"field", "applicant", "state", "value", "raw", "confidence", "locator"}
PROBLEM_KEYS = {"code", "severity", "table", "field", "message", "locator"}
TABLES = {"proactive", "requests", "remedies", "statistics"}
Line = dict[str, Any]
ENGLISH = re.compile("usage|options|positional|arguments|required|invalid")  # argparse's own words


def sample_file(container: str, form: str = "2021") -> SampleFile:
    return next(file for file in report_files() if (file.container, file.content.form) == (container, form))


def committed(file: SampleFile) -> str:
    return str(ROOT / "data" / "raw" / file.path)


def parse(capsys: pytest.CaptureFixture[str], *files: str | Path) -> tuple[int, list[Line]]:
    status = main(["parse", *map(str, files), "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


@pytest.mark.parametrize("form", ["2019", "2021"])
@pytest.mark.parametrize("container", ["txt", "html", "docx", "pdf", "xlsx"])
def test_a_whole_report_gives_one_line_of_the_promised_shape(
    container: str, form: str, capsys: pytest.CaptureFixture[str], catalog: Catalog
) -> None:
    file = sample_file(container, form)
    status, (line,) = parse(capsys, committed(file))
    assert status == 0
    assert set(line) == LINE_KEYS
    assert (line["source"], line["report"], line["status"]) == (committed(file), 0, "parsed")
    assert line["sha256"] == hashlib.sha256(Path(committed(file)).read_bytes()).hexdigest()
    assert (line["agency"], line["report_year"]) == (file.content.agency, file.content.report_year)
    assert set(line["tables"]) == TABLES
    assert line["tables"]["proactive"] == {"form": form, "status": "found"}
    assert line["tables"]["statistics"] == {"form": None, "status": "absent"}
    known = {(field.field, field.by_applicant) for field in catalog.fields_of(form)}
    assert {(cell["field"], cell["applicant"] is not None) for cell in line["cells"]} == known
    for cell in line["cells"]:
        check_cell(cell, container)
    truth = {(field, applicant): (state, value) for field, applicant, value, state in file.content.truth("", sample_catalog())["cells"]}
    assert {(cell["field"], cell["applicant"]): (cell["state"], cell["value"]) for cell in line["cells"]} == truth


def check_cell(cell: Line, container: str) -> None:
    assert set(cell) == CELL_KEYS
    assert cell["state"] in ("number", "blank", "not_applicable", "unreadable")
    if cell["state"] == "number":
        assert isinstance(cell["value"], str) and re.fullmatch(r"-?\d+(\.\d+)?", cell["value"])
    else:
        assert cell["value"] is None
    assert isinstance(cell["raw"], str) and 0 <= cell["confidence"] <= 1
    place = cell["locator"]
    assert {"table", "row", "column"} <= set(place) <= {"table", "row", "column", "page", "bbox"}
    if container == "pdf":
        assert place["page"] >= 1
        left, top, right, bottom = place["bbox"]
        assert 0 <= left < right <= 596 and 0 <= top < bottom <= 842


def test_rules_that_fail_are_problems_under_their_id(capsys: pytest.CaptureFixture[str]) -> None:
    """市场监督管理局 2020: the total of 结转下年度 is 2 too high."""
    wanted = ("瀚川市沐云区市场监督管理局", 2020)
    file = next(file for file in report_files() if (file.content.agency, file.content.report_year) == wanted)
    status, (line,) = parse(capsys, committed(file))
    assert status == 0  # read whole: what is wrong in it is the office's matter
    assert [(problem["code"], problem["severity"], problem["table"]) for problem in line["problems"]] == [
        ("R1", "error", "requests"),
        ("R3", "error", "requests"),
    ]
    for problem in line["problems"]:
        assert set(problem) == PROBLEM_KEYS
        assert "相差 2" in problem["message"]


def test_lines_come_in_the_order_of_the_files(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    picture = tmp_path / "照片.docx"
    picture.write_bytes(JPEG)
    named = [committed(sample_file("pdf")), str(picture), committed(sample_file("txt")), committed(sample_file("pdf"))]
    status, lines = parse(capsys, *named)
    assert status == 1
    assert [line["source"] for line in lines] == named
    assert [line["status"] for line in lines] == ["parsed", "refused", "parsed", "parsed"]


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("空.docx", b"", "empty_file"),
        ("照片.pdf", JPEG, "unsupported_kind"),
        ("坏.docx", b"PK\x03\x04" + b"word/document.xml" * 20, "damaged"),
        ("便条.txt", "这不是报告。".encode(), "not_a_report"),
        ("便条.html", "<html><body><p>这不是报告。</p></body></html>".encode(), "not_a_report"),
        ("通讯录.html", "<table><tr><td>姓名</td></tr><tr><td>某人</td></tr><tr><td>12</td></tr></table>".encode(), "not_a_report"),
    ],
    ids=("empty", "picture", "broken archive", "note", "page", "page with a table"),
)
def test_what_is_no_report_is_refused_with_the_reason(
    name: str, data: bytes, code: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / name).write_bytes(data)
    status, (line,) = parse(capsys, tmp_path / name)
    assert (status, line["status"], line["cells"], set(line["tables"])) == (1, "refused", [], TABLES)
    assert set(line) == LINE_KEYS
    assert line["sha256"] == hashlib.sha256(data).hexdigest()
    found = {problem["code"]: problem for problem in line["problems"]}
    assert code in found, line["problems"]
    assert not {"agency_unknown", "year_unknown"} & set(found)  # nobody asks whose report it is that is none
    assert found[code]["severity"] == "error" and found[code]["message"].endswith("。")


def test_a_missing_file_is_said_and_those_after_it_are_read(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, lines = parse(capsys, tmp_path / "没有.docx", committed(sample_file("txt")))
    assert (status, [line["status"] for line in lines]) == (1, ["refused", "parsed"])
    assert [problem["code"] for problem in lines[0]["problems"]] == ["cannot_open"]


def test_a_folder_is_refused_as_a_file(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    status, (line,) = parse(capsys, tmp_path)
    assert (status, line["status"]) == (1, "refused")


def test_a_report_without_a_table_is_partial(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    content = sample_file("txt").content
    tables = printed_tables(sample_catalog(), content)
    (tmp_path / "一.txt").write_bytes(render_text.render(content, tables[:2]))
    status, (line,) = parse(capsys, tmp_path / "一.txt")
    assert (status, line["status"]) == (1, "partial")
    assert line["tables"]["remedies"] == {"form": None, "status": "absent"}
    assert ("table_absent", "remedies") in {(problem["code"], problem["table"]) for problem in line["problems"]}


def test_parse_writes_no_warehouse(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    monkeypatch.chdir(tmp_path)
    assert parse(capsys, committed(sample_file("xlsx")))[0] == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        ([], "缺少：命令"),
        (["parse"], "缺少：文件"),
        (["lesen", "x.docx"], "没有“lesen”这个命令"),
        (["parse", "x.docx", "--xml"], "多余或不认识的参数：--xml"),
        (["build", "--year", "去年"], "--year 后面应为整数，现为“去年”"),
        (["build", "--year"], "--year 后面缺少内容"),
        (["build", "x.docx"], "多余或不认识的参数：x.docx"),
    ],
)
def test_a_wrong_call_ends_with_2_and_says_so_in_chinese(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    said = capsys.readouterr()
    assert (ended.value.code, said.out) == (2, "")
    assert f"命令不完整或有误。{says}" in said.err and "--help" in said.err
    assert said.err.startswith("用法：") and not ENGLISH.search(said.err)


@pytest.mark.parametrize(("arguments", "says"), [([], "年度报告"), (["parse"], "退出码"), (["build"], "data/warehouse")])
def test_help_is_in_chinese(arguments: list[str], says: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main([*arguments, "--help"])
    assert ended.value.code == 0
    said = capsys.readouterr().out
    assert says in said and "用法：" in said and not ENGLISH.search(said)


def test_a_wrong_setting_is_said_in_chinese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_WORKERS", "很多")
    assert main(["build", "--quiet"]) != 0
    assert "GONGKAI_WORKERS" in capsys.readouterr().err


def test_a_broken_catalogue_is_said_in_chinese(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_CATALOG", str(tmp_path))
    assert main(["parse", committed(sample_file("txt"))]) != 0
    assert "forms.csv" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["findings"], ["findings", "--csv"], ["coverage", "list"], ["decisions", "list"]])
def test_nothing_built_is_not_told_as_nothing_found(
    arguments: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    assert main(arguments) == 1
    said = capsys.readouterr()
    assert (said.out, "还没有数据" in said.err) == ("", True)


def test_a_build_without_any_file_ends_well(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    monkeypatch.setenv("GONGKAI_WORKERS", "1")
    assert main(["build", "--quiet"]) == 0
    assert "没有文件" in "".join(capsys.readouterr().out.split())
    assert (tmp_path / "data" / "warehouse" / "gongkai.duckdb").is_file()


def run(*arguments: str | Path, folder: Path = ROOT) -> subprocess.CompletedProcess[bytes]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    return subprocess.run([sys.executable, *map(str, arguments)], cwd=folder, env=environment, capture_output=True, check=False)


def test_python_m_pipeline_does_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    path = committed(sample_file("docx"))
    assert main(["parse", path, "--json"]) == 0
    done = run("-m", "pipeline", "parse", path, "--json")
    assert (done.returncode, done.stdout.decode()) == (0, capsys.readouterr().out)
    assert done.stderr == b""


@pytest.mark.real
def test_real_reports_are_read_without_an_error(real_reports: Path, tmp_path: Path) -> None:
    """Every file with known figures: all cells right, none wrong, none silently so, and body, year and status as known."""
    truths = sorted(real_reports.glob("*.truth.json"))
    files = [real_reports / json.loads(path.read_bytes())["source"] for path in truths]
    done = run("-m", "pipeline", "parse", *files, "--json")
    assert done.returncode in (0, 1), done.stderr.decode()
    output = tmp_path / "output.jsonl"
    output.write_bytes(done.stdout)
    scored = run(real_reports.parent / "tools" / "score.py", *truths, "--", output)
    report = scored.stdout.decode()
    counts = {name: int(number) for name, number in re.findall(r"(right|wrong|missing|invented|silent) (\d+)", report.splitlines()[-1])}
    cells = sum(len(json.loads(path.read_bytes())["cells"]) for path in truths)
    assert counts == {"right": cells, "wrong": 0, "missing": 0, "invented": 0, "silent": 0}, report
    assert scored.returncode == 0, report  # also every body, year and status
