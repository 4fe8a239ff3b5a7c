"""Texts as programs save and crawlers leave them: other separators, figures kept as text, frames of signs, tables in markup."""

from __future__ import annotations

import pytest

from pipeline.intake.kinds import kind_of
from pipeline.readers.model import Document
from pipeline.readers.registry import read

ROWS = [["信息内容", "制发", "废止", "有效"], ["规章", "0", "1", "12"], ["行政规范性文件", "3", "4", "5"], ["合计", "3", "5", "17"]]
TEXTS = [text for row in ROWS for text in row]


def saved(text: str) -> Document:
    data = text.encode()
    return read(kind_of(data), data)


def rows_of(document: Document) -> list[list[str]]:
    (grid,) = document.grids()
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


@pytest.mark.parametrize("first", ["", "sep=;\n"])
def test_sheets_saved_with_semicolons(first: str) -> None:
    document = saved(first + "\n".join(";".join(row) for row in ROWS))
    assert rows_of(document) == ROWS
    assert document.metadata == {"kind": "workbook"}


def test_figures_that_a_sheet_keeps_as_text() -> None:
    written = [[f'="{text}"' if text.isdigit() else text for text in row] for row in ROWS]
    assert rows_of(saved("\n".join(",".join(row) for row in written))) == ROWS


@pytest.mark.parametrize("signs", ["-", "="])
def test_tables_framed_with_pluses(signs: str) -> None:
    rule = "+" + "+".join(signs * 6 for _ in range(4)) + "+"
    assert rows_of(saved("\n".join(f"{rule}\n| {' | '.join(row)} |" for row in ROWS) + f"\n{rule}")) == ROWS


def test_bars_that_a_crawler_leaves_behind_cells_go() -> None:
    text = "\n".join("第二十条 | |||" if not row else "\n".join(f"{text} |" for text in row) for row in [[], *ROWS])
    assert [paragraph.text for paragraph in saved(text).paragraphs()] == ["第二十条", *TEXTS]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ("`12`", "12"),
        ("12<!-- 9 -->", "12"),
        ("<del>9</del>12", "12"),
        ("12<sup>1</sup>", "12¹"),
        ("12[^1]", "12¹"),
        ("&nbsp;12", "\N{NO-BREAK SPACE}12"),
        ("<span style='color:red'>12</span>", "12"),
    ],
)
@pytest.mark.parametrize("rule", ["|---|---|", "|:-:|:--|"])
def test_marks_within_cells_of_markdown(written: str, text: str, rule: str) -> None:
    assert rows_of(saved(f"| 规章 | 数量 |\n{rule}\n| 甲 | {written} |")) == [["规章", "数量"], ["甲", text]]


def test_tables_in_markup_among_lines_of_text() -> None:
    table = "<table>" + "".join("<tr>" + "".join(f"<td>{text}</td>" for text in row) + "</tr>" for row in ROWS) + "</table>"
    document = saved(
        f"# 年度报告\n\n## 一、总体情况\n认真贯彻。\n没有<b>其他</b>。\n\n| 甲 | 乙 |\n|---|---|\n| 1 | 2 |\n\n{table}\n\n二、其他\n"
    )
    assert [paragraph.text for paragraph in document.paragraphs()] == ["年度报告", "一、总体情况", "认真贯彻。", "没有其他。", "二、其他"]
    first, second = document.grids()
    assert (first.index, second.index, second.spans) == (0, 1, "stated")
    assert [cell.text for cell in second.cells] == TEXTS
