"""Texts with the marks of Markdown, and tables that are drawn with lines."""

from __future__ import annotations

from pipeline.readers.text import read


def shown(text: str) -> tuple[list[str], list[list[str]]]:
    document = read(text.encode())
    return [block.text for block in document.paragraphs()], [[cell.text for cell in grid.cells] for grid in document.grids()]


def test_marks_are_no_part_of_the_text() -> None:
    text = "# 某局年度报告\n\n## 二、主动公开\n\n| **规章** | 1\\.本年 |\n|---|---|\n| 5 | \\-24 |\n"
    assert shown(text) == (["某局年度报告", "二、主动公开"], [["规章", "1.本年", "5", "-24"]])


def test_what_is_struck_out_is_not_read() -> None:
    assert shown("## 表\n| 规章 | 许可 | 处罚 |\n|---|---|---|\n| ~~7~~5 | __3__ | 4 |\n")[1] == [["规章", "许可", "处罚", "5", "3", "4"]]


def test_other_texts_keep_their_signs() -> None:
    assert shown("本年**收到#3件\\.\n") == (["本年**收到#3件\\."], [])


def test_drawn_lines_part_cells() -> None:
    text = "┌──┬──┬──┐\n│规章│许可│处罚│\n├──┼──┼──┤\n│5│ │-│\n└──┴──┴──┘\n"
    assert shown(text) == ([], [["规章", "许可", "处罚", "5", "", "-"]])
