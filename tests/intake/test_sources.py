"""sources.csv: what is stated is taken, what is wrong is said with file and line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.intake.files import scan_all
from pipeline.intake.sources import Statement, read_sources


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    for name in ("甲区/a.html", "甲区/2023/b.pdf", "c.txt"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x", encoding="utf-8")
    return tmp_path


def test_nothing_stated(raw: Path) -> None:
    sources = read_sources(scan_all(raw, {}))
    assert (sources.statements, sources.problems) == ({}, [])


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk"])
@pytest.mark.parametrize("headings", ["file,agency,report_year,url,published_on", "文件,单位,年度,网址,发布日期"])
def test_statements(raw: Path, encoding: str, headings: str) -> None:
    lines = f"{headings}\r\na.html,云岭县财政局,2023,http://x/a,2024-01-31\r\n2023\\b.pdf,,2022年度,,2023年1月5日\r\n\r\n"
    (raw / "甲区" / "sources.csv").write_bytes(lines.encode(encoding))
    sources = read_sources(scan_all(raw, {}))
    assert sources.problems == []
    assert sources.statements == {
        "甲区/a.html": Statement("甲区/a.html", "云岭县财政局", 2023, "http://x/a", date(2024, 1, 31)),
        "甲区/2023/b.pdf": Statement("甲区/2023/b.pdf", None, 2022, None, date(2023, 1, 5)),
    }


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("a.html,x,23,,", "sources.csv 第 2 行：年度“23”"),
        ("a.html,x,,,2024-02-30", "第 2 行：发布日期“2024-02-30”"),
        ("a.html,x,,,昨天", "第 2 行：发布日期“昨天”"),
        ("z.html,x,2023,,", "第 2 行：找不到文件“z.html”"),
        ("../c.html,x,2023,,", "第 2 行：找不到文件"),
        (",x,2023,,", "第 2 行：没有写文件名"),
        ("a.html,x,2023,,\na.html,y,2022,,", "第 3 行：文件“a.html”已经登记过"),
    ],
)
def test_a_mistake_is_said_and_the_rest_is_kept(raw: Path, line: str, said: str) -> None:
    text = f"file,agency,report_year,url,published_on\n{line}\n2023/b.pdf,乙,2021,,\n"
    (raw / "甲区" / "sources.csv").write_text(text, encoding="utf-8")
    sources = read_sources(scan_all(raw, {}))
    (problem,) = sources.problems
    assert said in problem
    assert problem.startswith("甲区/")
    assert sources.statements["甲区/2023/b.pdf"].agency == "乙"
    if "a.html" in sources.statements:
        assert sources.statements["甲区/a.html"].agency == "x"


def test_a_file_may_be_stated_from_the_folder_above(raw: Path) -> None:
    (raw / "sources.csv").write_text("file,agency\n甲区/a.html,甲\n", encoding="utf-8")
    assert read_sources(scan_all(raw, {})).statements["甲区/a.html"].agency == "甲"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"agency,year\nx,2023\n", "第 1 行：没有“文件”"),
        ("文件,备注\na.html,x\n".encode(), "不认识的列“备注”"),
        (b"\xff\xff\xff\x81", "既不是 UTF-8 也不是 GBK"),
        (b"", "第 1 行：没有“文件”"),
        (b'file,agency\na.html,"' + b"x" * 200_000 + b'"\n', "不是有效的 CSV"),
    ],
)
def test_a_sources_file_that_makes_no_sense(raw: Path, data: bytes, said: str) -> None:
    (raw / "甲区" / "sources.csv").write_bytes(data)
    (problem,) = read_sources(scan_all(raw, {})).problems
    assert said in problem
