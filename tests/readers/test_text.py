from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.model import Grid, Paragraph
from pipeline.readers.text import read


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


def spans(grid: Grid, row: int) -> list[int]:
    return [cell.column_span for cell in grid.cells if cell.row == row]


def dump(rows: list[list[str]]) -> str:
    return "\n\n".join("\n".join("\t" + cell for cell in row) for row in rows) + "\n\n\n"


def test_cells_rows_and_paragraphs() -> None:
    text = "题目\n\n一、总体情况\n\t信息内容\n\t本年新\n制作数量\n\n\t规章\n\t　 0\n\n后面的话\n"
    first, second, grid, last = read(text.encode()).blocks
    assert (first, second, last) == (Paragraph("题目"), Paragraph("一、总体情况"), Paragraph("后面的话"))
    assert isinstance(grid, Grid)
    assert grid.spans == "inferred"
    assert texts(grid) == [["信息内容", "本年新\n制作数量"], ["规章", "　 0"]]


def test_two_empty_lines_part_two_tables() -> None:
    grids = list(read(b"\ta\n\tb\n\n\tc\n\td\n\n\n\te\n\tf\n").grids())
    assert [texts(grid) for grid in grids] == [[["a", "b"], ["c", "d"]], [["e", "f"]]]
    assert [grid.index for grid in grids] == [0, 1]


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("规章 | 0 | 0\n规范性文件 | 3 | 4\n", [["规章", "0", "0"], ["规范性文件", "3", "4"]]),
        ("| 规章 | 0 |\n|:---|---:|\n| 其他 |  |\n", [["规章", "0"], ["其他", ""]]),
        ("规章 | 0 |\n其他 | - | 1\n", [["规章", "0", ""], ["其他", "-", "1"]]),
        ("规章｜0｜0", [["规章", "0", "0"]]),
        ("规章\t0\t0\n其他\t3\t4\n", [["规章", "0", "0"], ["其他", "3", "4"]]),
        (
            "三\t甲\t0\t1\n\t乙\t3\t4\n\t\t5\t\n四\t丙\t6\t7",
            [["三", "甲", "0", "1"], ["", "乙", "3", "4"], ["", "", "5", ""], ["四", "丙", "6", "7"]],
        ),
        ("\t\t申请人\t\n\t甲\t0\t1\n", [["", "", "申请人", ""], ["", "甲", "0", "1"]]),
    ],
)
def test_separated_lines_are_rows(text: str, rows: list[list[str]]) -> None:
    (grid,) = read(text.encode()).grids()
    assert texts(grid) == rows


def test_text_without_tables_has_paragraphs_only() -> None:
    text = "某局2023年年报 | 信息公开\r\n\r\n　　一、总体情况\n\t缩进的一段\n\n"
    paragraphs = [Paragraph("某局2023年年报 | 信息公开"), Paragraph("　　一、总体情况"), Paragraph("缩进的一段")]
    assert list(read(text.encode("gbk")).blocks) == paragraphs


def test_empty_rows_are_left_out() -> None:
    (grid,) = read(b"\t\n\n\ta\n\tb\n\n\t\n\n").grids()
    assert texts(grid) == [["a", "b"]]


CELL = st.text(st.sampled_from("规章0 件/　"), max_size=5).map(lambda text: text.strip(" \n"))
TABLE = st.lists(st.lists(CELL, min_size=2, max_size=9), min_size=1, max_size=8)


@given(TABLE)
def test_dumped_tables_come_back(rows: list[list[str]]) -> None:
    (grid,) = read(dump(rows).encode()).grids()
    assert texts(grid) == rows
    assert all(sum(spans(grid, row)) == grid.columns for row in range(grid.rows))


@given(st.text(st.sampled_from("\t\n|x　-: \r\f"), max_size=60))
def test_any_text_is_read_and_no_character_is_lost(text: str) -> None:
    document = read(text.encode())
    kept = [cell.text for grid in document.grids() for cell in grid.cells] + [block.text for block in document.paragraphs()]
    assert "".join(kept).count("x") == text.count("x")


@pytest.mark.real
def test_the_example_report(real_reports: Path) -> None:
    document = read((real_reports / "yinzhou_2019.txt").read_bytes())
    proactive, requests, remedies = document.grids()
    assert (proactive.rows, proactive.columns) == (18, 4)
    for row in range(proactive.rows - 1):
        if texts(proactive)[row][0] == "信息内容":
            assert spans(proactive, row) == spans(proactive, row + 1)
    assert (requests.rows, requests.columns) == (26, 10)
    assert [spans(requests, row) for row in range(3)] == [[3, 7], [3, 1, 5, 1], [3, 1, 1, 1, 1, 1, 1, 1]]
    assert all(spans(requests, row)[-7:] == [1] * 7 for row in range(3, 26))
    assert spans(requests, 5) == [1, 2] + [1] * 7
    assert (remedies.rows, remedies.columns) == (4, 15)
    assert spans(remedies, 0) == [5, 10]
    assert spans(remedies, 1) == [1, 1, 1, 1, 1, 5, 5]
    assert [block.text for block in document.paragraphs()][:2] == ["宁波市鄞州区行政审批管理办公室", "政府信息公开工作2019年度报告"]


def test_a_line_of_bars_hides_no_other() -> None:
    assert [paragraph.text for paragraph in read(b"||\n:\tx\n").paragraphs()] == ["||", ":\tx"]


def test_rows_of_a_copied_sheet_that_lost_their_empty_ends() -> None:
    (grid,) = read("勾稽\t\t自然人\t法人\t\t总计\n\t\t\t企业\t其他\n新收\t\t1\t2\t3\t6\n结转\t\t0\n".encode()).grids()
    assert [len(row) for row in texts(grid)] == [6] * 4
    assert all(cell.column_span == 1 for cell in grid.cells)
    (grid,) = read("复议\t诉讼\n维持\t纠正\t维持\t纠正\n\t1\t2\t3\n".encode()).grids()
    assert spans(grid, 0) != [1, 1, 1, 1]


def test_a_row_of_figures_shorter_than_those_beside_it_has_slipped() -> None:
    """Whether a cell is lost in its middle or blank at its end nobody can tell; a row without figures is blank."""
    head = "勾稽\t\t自然人\t法人\t\t总计\n\t\t\t企业\t其他\n"
    (grid,) = read((head + "新收\t\t1\t2\t3\t6\n结转\t\t0\t0\t0\n三\t甲\n").encode()).grids()
    assert grid.slipped == (3,)
    (grid,) = read((head + "新收\t\t1\t2\t3\n结转\t\t0\t0\t0\n").encode()).grids()
    assert grid.slipped == ()
    (grid,) = read("信息内容\t制发\t废止\t有效\n规章\t1\t2\t3\n信息内容\t处理决定\n行政许可\t12\n\t丙\t1\n".encode()).grids()
    assert grid.slipped == ()


def test_a_short_row_of_a_copied_sheet_begins_no_dump() -> None:
    lines = "勾稽\t\t自然人\t法人\t总计\n三\t甲\t1\t2\t3\n一行没有数字\n\t乙\n\t丙\t4\t5\t9\n"
    first, line, second = read(lines.encode()).blocks
    assert isinstance(first, Grid)
    assert line == Paragraph("一行没有数字")
    assert isinstance(second, Grid)
    assert texts(second) == [["", "乙", "", "", ""], ["", "丙", "4", "5", "9"]]


def test_a_bar_at_both_ends_of_one_row_is_not_the_frame_of_the_table() -> None:
    """The first row has an empty first and last cell; the second has not."""
    (grid,) = read(" | 自然人 | 总计 | \n一、新收 | 3 | 3 | 无\n".encode()).grids()
    assert texts(grid) == [["", "自然人", "总计", ""], ["一、新收", "3", "3", "无"]]


def test_bars_frame_a_table_only_where_all_its_rows_begin_with_one() -> None:
    (grid,) = read("勾稽||甲|乙\n||1|2\n三|丙||\n|丁|3|\n".encode()).grids()
    assert texts(grid) == [["勾稽", "", "甲", "乙"], ["", "", "1", "2"], ["三", "丙", "", ""], ["", "丁", "3", ""]]
    (grid,) = read("|甲|乙|\n|---|---|\n|1||\n".encode()).grids()
    assert texts(grid) == [["甲", "乙"], ["1", ""]]


def test_a_table_copied_from_word_has_no_empty_cells_beside_merged_ones() -> None:
    lines = "勾稽\t情况\n\t自然人\t法人\t总计\n\t\t企业\t其他\t\n一、新收\t1\t2\t3\t6\n三\t甲\t1\t2\t3\t6\n\t乙\t1\t2\t3\t6\n"
    (grid,) = read(lines.encode()).grids()
    assert spans(grid, 3) == [2, 1, 1, 1, 1]
    assert spans(grid, 1)[-2:] == [2, 1]


def test_a_sheet_saved_with_commas() -> None:
    """Titles are lines of their own; a row of blanks is none, and commas inside quotes part nothing."""
    rows = '题目,,,\n,,,\n信息内容,制发,废止,有效\n规章,,,\n规范性文件,"1,234",2,3\n'
    title, grid = read(rows.encode("gb18030")).blocks
    assert title == Paragraph("题目")
    assert isinstance(grid, Grid)
    assert texts(grid) == [["信息内容", "制发", "废止", "有效"], ["规章", "", "", ""], ["规范性文件", "1,234", "2", "3"]]


def test_commas_of_sentences_part_nothing() -> None:
    lines = "收到申请3件,结转0件,办结2件,余1件\n一句话,又一句\n"
    assert [paragraph.text for paragraph in read(lines.encode()).paragraphs()] == lines.splitlines()
