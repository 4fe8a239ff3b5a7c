"""Tables without upright lines: columns are read from where letters stand, or not at all."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.readers.model import Document
from pipeline.readers.pdf import read
from tests.readers.pdf_samples import only_grid, pdf_of, rows_of, write

ACROSS = (200, 280, 360)  # the middles of three columns
Words = tuple[tuple[float, float, str], ...]  # left edge, from the top, text
HEADINGS: Words = ((60, 100, "信息内容"), (176, 100, "本年制发件数"), (256, 100, "本年废止件数"), (336, 100, "现行有效件数"))


def page(*words: tuple[float, float, str], headings: Words = HEADINGS, size: float = 8) -> Document:
    def draw(canvas: Any) -> None:
        for left, top, text in (*headings, *words):
            write(canvas, text, top, left=left, size=size)

    return read(pdf_of(draw))


def figure(column: int, top: float, text: str, size: float = 8) -> tuple[float, float, str]:
    """A figure in the middle of its column."""
    return ACROSS[column] - len(text) * size / 4, top, text


def test_figures_stand_under_their_headings() -> None:
    found = page((60, 130, "规章"), *(figure(column, 130, str(column + 5)) for column in range(3)))
    assert rows_of(only_grid(found)) == [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], ["规章", "5", "6", "7"]]


@pytest.mark.parametrize("blank", range(3))
def test_a_blank_moves_no_figure(blank: int) -> None:
    figures = [figure(column, 130, str(column + 5)) for column in range(3) if column != blank]
    row = rows_of(only_grid(page((60, 130, "规章"), *figures, (60, 160, "规范性文件"), figure(1, 160, "9"))))[1]
    assert row == ["规章", *("" if column == blank else str(column + 5) for column in range(3))]


def test_a_row_without_figures_is_a_row() -> None:
    found = page((60, 130, "规章"), (60, 160, "规范性文件"), figure(1, 160, "9"))
    assert rows_of(only_grid(found))[1:] == [["规章", "", "", ""], ["规范性文件", "", "9", ""]]


def test_a_wrapped_label_belongs_to_the_figures_beside_its_middle() -> None:
    found = page((60, 130, "2.其他法律行政"), (60, 140, "法规禁止公开"), figure(0, 135, "3"), figure(1, 135, "4"), figure(2, 135, "5"))
    assert rows_of(only_grid(found))[1] == ["2.其他法律行政\n法规禁止公开", "3", "4", "5"]


@pytest.mark.parametrize(
    "figures",
    [
        ((226, 130, "123"),),  # between two headings
        ((200, 130, "12345678901234567"),),  # under two headings
        ((190, 130, "3"), (206, 130, "4")),  # two under one heading
        ((190, 130, "3"),),  # not in the middle, and one row tells no column
        ((198, 130, "12"), (198, 138, "34"), (278, 130, "5")),  # a figure over two lines
    ],
)
def test_figures_in_doubt_stay_text(figures: Words) -> None:
    found = page((60, 130, "规章"), *figures)
    assert not list(found.grids())
    assert "规章" in "".join(paragraph.text for paragraph in found.paragraphs())


def test_rows_as_near_as_the_lines_of_a_label_stay_text() -> None:
    """规章 and 规范性文件, or a label of two lines: nothing tells."""
    found = page((60, 130, "规章"), figure(0, 130, "3"), (60, 140, "规范性文件"), figure(1, 140, "4"))
    assert not list(found.grids())


def test_a_figure_that_runs_into_its_label_stays_text() -> None:
    found = page((60, 130, "规章3"), figure(1, 130, "4"), figure(2, 130, "5"))
    assert not list(found.grids())


def test_a_table_that_goes_on_unread_on_the_next_page_is_not_read_in_parts() -> None:
    def first(canvas: Any) -> None:
        for left, top, text in (*HEADINGS, (60, 130, "规章"), figure(0, 130, "3"), figure(1, 130, "4")):
            write(canvas, text, top, left=left, size=8)

    def second(canvas: Any) -> None:
        for left, top, text in ((60, 100, "规范性文件"), (226, 100, "8"), (310, 100, "9")):
            write(canvas, text, top, left=left, size=8)

    assert not list(read(pdf_of(first, second)).grids())


def test_a_column_of_units_is_a_column() -> None:
    headings: Words = ((60, 100, "统计指标"), (192, 100, "单位"), (268, 100, "统计数"))
    rows: Words = ((60, 130, "一、主动公开情况"), figure(0, 130, "——"), figure(1, 130, "——"))
    rows += (
        (60, 160, "收到申请数"),
        (196, 160, "件"),
        figure(1, 160, "12"),
        (60, 190, "培训人员数"),
        (192, 190, "人次"),
        figure(1, 190, "3"),
    )
    grid = only_grid(page(*rows, headings=headings))
    assert rows_of(grid)[1:] == [["一、主动公开情况", "——", "——"], ["收到申请数", "件", "12"], ["培训人员数", "人次", "3"]]


def test_running_text_is_no_table() -> None:
    found = page((60, 130, "本机关共收到申请  12  件，办结  10  件。"), (60, 150, "其中予以公开 3 件。"), headings=())
    assert not list(found.grids())


def test_titles_over_the_labels_are_no_rows() -> None:
    found = page((60, 70, "情况统计表"), (60, 85, "（2016年度）"), (60, 130, "规章"), *(figure(column, 130, "5") for column in range(3)))
    assert [paragraph.text for paragraph in found.paragraphs()] == ["情况统计表", "（2016年度）"]
    assert rows_of(only_grid(found))[1] == ["规章", "5", "5", "5"]


def test_narrow_headings_side_by_side_are_a_row_of_headings_though_their_gaps_are_narrow() -> None:
    middles = [70 + 28 * column for column in range(6)]
    groups: Words = ((86, 78, "复议"), (170, 78, "诉讼"))
    upper = [(middle - 12, 100, "三个字") for middle in middles]
    lower = [(middle - 4, 110, "字") for middle in middles]
    figures = [(middle - 2, 125, str(column)) for column, middle in enumerate(middles, start=1)]
    grid = only_grid(page(*upper, *lower, *figures, headings=groups))
    assert rows_of(grid)[-1] == ["1", "2", "3", "4", "5", "6"]
    assert {"复议", "诉讼"} <= {cell.text for cell in grid.cells}
