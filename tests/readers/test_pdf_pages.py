"""Tables and paragraphs over page breaks, and the page furniture between them."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path
from typing import Any

import pytest
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from pipeline.readers.model import Grid
from pipeline.readers.pdf import read
from tests.readers.pdf_samples import FONT, HEIGHT, WIDTH, Cell, bars, draw_table, only_grid, pdf_of, rows_of, shape, table_page, write

COLUMNS = (30, 60, 150, 50, 50)


def numbered(number: int, cells: list[Cell], header: str | None = None) -> Any:
    """A page with an optional running header, one table and a page number."""

    def page(canvas: Any) -> None:
        if header:
            write(canvas, header, 40, size=9)
        draw_table(canvas, cells, COLUMNS, top=60, border=bars)
        write(canvas, f"- {number} -", 810, WIDTH / 2, 9)

    return page


FIRST: list[Cell] = [
    (0, 0, 1, 3, "一、新收"),
    (0, 3, 1, 1, "3001"),
    (0, 4, 1, 1, "53"),
    (1, 0, 2, 1, "三\n、\n办\n理"),
    (1, 1, 1, 2, "（一）予以公开"),
    (1, 3, 1, 1, "1288"),
    (1, 4, 1, 1, "21"),
    (2, 1, 1, 1, "（四）无"),
    (2, 2, 1, 1, "1.不掌握"),
    (2, 3, 1, 1, "746"),
    (2, 4, 1, 1, "12"),
]


def after_break(*rows: tuple[str, str, str]) -> list[Cell]:
    """Rows below the break under a group cell `法提供`, inside the larger group whose cell is empty there."""
    cells: list[Cell] = [(0, 0, len(rows), 1, ""), (0, 1, len(rows), 1, "法提供")]
    for row, texts in enumerate(rows):
        cells.extend((row, 2 + number, 1, 1, text) for number, text in enumerate(texts))
    return cells


def test_group_labels_cut_by_the_break_are_one_cell_again() -> None:
    second = after_break(("2.需另行制作", "11", "0"), ("3.仍不明确", "1", "0"))
    grid = only_grid(read(pdf_of(numbered(4, FIRST), numbered(5, second))))
    assert shape(grid) == {
        *[cell for cell in FIRST if cell[4] not in ("三\n、\n办\n理", "（四）无")],
        (1, 0, 4, 1, "三\n、\n办\n理"),
        (2, 1, 3, 1, "（四）无\n法提供"),
        (3, 2, 1, 1, "2.需另行制作"),
        (3, 3, 1, 1, "11"),
        (3, 4, 1, 1, "0"),
        (4, 2, 1, 1, "3.仍不明确"),
        (4, 3, 1, 1, "1"),
        (4, 4, 1, 1, "0"),
    }
    assert {cell.text: cell.page for cell in grid.cells if cell.text in ("746", "11")} == {"746": 1, "11": 2}


def test_a_new_group_after_the_break_stays_a_new_group() -> None:
    second: list[Cell] = [(0, 0, 1, 1, ""), (0, 1, 1, 1, "（五）不予"), (0, 2, 1, 1, "1.信访"), (0, 3, 1, 1, "56"), (0, 4, 1, 1, "6")]
    cells = shape(only_grid(read(pdf_of(numbered(4, FIRST), numbered(5, second)))))
    assert {(1, 0, 3, 1, "三\n、\n办\n理"), (2, 1, 1, 1, "（四）无"), (3, 1, 1, 1, "（五）不予")} <= cells


def simple_rows(*rows: tuple[str, str, str]) -> list[Cell]:
    return [(row, column, 1, 1, text) for row, texts in enumerate(rows) for column, text in enumerate(texts)]


def joined_rows(first: list[Cell], second: list[Cell]) -> list[list[list[str]]]:
    document = read(pdf_of(table_page(first, (150, 50, 50)), table_page(second, (150, 50, 50))))
    return [rows_of(grid) for grid in document.grids()]


def test_a_row_cut_by_the_break_is_one_row() -> None:
    found = joined_rows(simple_rows(("1.没有现成信息", "11", "2")), simple_rows(("需要另行制作", "", ""), ("2.其他", "5", "6")))
    assert found == [[["1.没有现成信息\n需要另行制作", "11", "2"], ["2.其他", "5", "6"]]]


def test_figures_that_fell_below_the_break_belong_to_their_label() -> None:
    found = joined_rows(simple_rows(("1.没有现成信息", "", "")), simple_rows(("需要另行制作", "11", "2")))
    assert found == [[["1.没有现成信息\n需要另行制作", "11", "2"]]]


def test_figures_that_stayed_above_the_break_belong_to_their_label() -> None:
    found = joined_rows(simple_rows(("1.信访", "5", "6"), ("", "11", "2")), simple_rows(("2.没有现成信息需要另行制作", "", "")))
    assert found == [[["1.信访", "5", "6"], ["2.没有现成信息需要另行制作", "11", "2"]]]


@pytest.mark.parametrize(
    ("last", "first"),
    [
        (("", "5", ""), ("2.重复", "", "")),  # a row that lacks a figure
        (("1.信访", "5", "6"), ("", "7", "")),  # figures would meet in one cell
        (("规章", "1", "0"), ("规范性文件", "", "")),  # a row of blanks with a label of its own
        (("1.信访", "", ""), ("2.重复", "3", "4")),  # a row of blanks above
        (("1.信访", "5", "6"), ("2.重复", "", "")),
        (("结果维持", "结果纠正", "总计"), ("", "7", "7")),  # header above, figures below
        (("（六）处罚", "", ""), ("信息内容", "数量", "件数")),
    ],
)
def test_rows_of_their_own_are_never_put_together(last: tuple[str, str, str], first: tuple[str, str, str]) -> None:
    assert joined_rows(simple_rows(last), simple_rows(first)) == [[list(last), list(first)]]


def test_a_repeated_header_stays_as_rows() -> None:
    header = [(0, 0, 2, 1, "申请人情况"), (0, 1, 1, 2, "法人"), (1, 1, 1, 1, "企业"), (1, 2, 1, 1, "其他")]
    first = [*header, (2, 0, 1, 1, "一、新收"), (2, 1, 1, 1, "1"), (2, 2, 1, 1, "2")]
    second = [*header, (2, 0, 1, 1, "二、结转"), (2, 1, 1, 1, "3"), (2, 2, 1, 1, "4")]
    document = read(pdf_of(table_page(first, (150, 50, 50)), table_page(second, (150, 50, 50))))
    assert shape(only_grid(document)) == {*first, *((row + 3, *rest) for row, *rest in second)}


def test_a_table_over_three_pages_is_one() -> None:
    pages = [numbered(number, [(0, 0, 1, 3, f"{number}、项"), (0, 3, 1, 1, str(number)), (0, 4, 1, 1, "0")]) for number in (1, 2, 3)]
    assert rows_of(only_grid(read(pdf_of(*pages)))) == [["1、项", "1", "0"], ["2、项", "2", "0"], ["3、项", "3", "0"]]


def test_a_table_left_open_at_the_break_keeps_its_last_and_first_row() -> None:
    """Some writers draw no border where the page cuts the table."""

    def part(rows: list[list[str]], open_below: bool, open_above: bool) -> Any:
        def page(canvas: Any) -> None:
            top, bottom = HEIGHT - 60, HEIGHT - 60 - 24 * len(rows)
            for number in range(open_above, len(rows) + 1 - open_below):
                canvas.line(60, top - 24 * number, 220, top - 24 * number)
            for x in (60, 140, 220):
                canvas.line(x, top, x, bottom)
            for number, (label, figure) in enumerate(rows):
                write(canvas, label, 76 + 24 * number, 64, 9)
                write(canvas, figure, 76 + 24 * number, 144, 9)

        return page

    first, second = [["1.甲", "1"], ["2.乙", "2"]], [["3.丙", "3"], ["4.丁", "4"]]
    document = read(pdf_of(part(first, True, False), part(second, False, True)))
    assert rows_of(only_grid(document)) == [*first, *second]


def test_text_between_two_tables_keeps_them_apart() -> None:
    def second(canvas: Any) -> None:
        write(canvas, "四、行政复议情况", 100)
        draw_table(canvas, FIRST, COLUMNS, top=130)

    document = read(pdf_of(numbered(1, FIRST), second))
    assert [type(block) is Grid for block in document.blocks] == [True, False, True]


def test_tables_of_other_columns_stay_apart() -> None:
    document = read(
        pdf_of(table_page(simple_rows(("甲", "1", "2")), (150, 50, 50)), table_page(simple_rows(("乙", "3", "4")), (40, 170, 40)))
    )
    assert [rows_of(grid) for grid in document.grids()] == [[["甲", "1", "2"]], [["乙", "3", "4"]]]


def test_a_running_header_does_not_part_a_table_and_stands_once() -> None:
    second = after_break(("2.需另行制作", "11", "0"))
    document = read(pdf_of(numbered(1, FIRST, "某市政府信息公开年报"), numbered(2, second, "某市政府信息公开年报")))
    assert only_grid(document).rows == 4
    assert [paragraph.text for paragraph in document.paragraphs()] == ["某市政府信息公开年报"]


@pytest.mark.parametrize("number", ["- 4 -", "4", "— 4 —", "第4页 共6页", "第 4 页", "4/6", "第4页，共6页"])
def test_page_numbers_are_no_text(number: str) -> None:
    document = read(pdf_of(lambda canvas: (write(canvas, "正文", 100), write(canvas, number, 815, WIDTH / 2, 9))))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["正文"]


def test_lines_of_a_paragraph_are_joined_over_the_page_break() -> None:
    full = "政府信息公开工作年度报告全文如下所述内容共计三十九个汉字即可占满一整行"

    def first(canvas: Any) -> None:
        write(canvas, "一、总体情况", 100, 84)
        write(canvas, full[2:], 130, 84)
        write(canvas, full, 150)
        write(canvas, full, 780)

    def second(canvas: Any) -> None:
        write(canvas, "共2024年", 60)
        write(canvas, "（一）主动公开。", 90, 84)

    texts = [paragraph.text for paragraph in read(pdf_of(first, second)).paragraphs()]
    assert texts == ["一、总体情况", full[2:] + full, full + "共2024年", "（一）主动公开。"]


@pytest.mark.real
def test_every_figure_of_a_real_report_stands_under_its_label_and_column(real_reports: Path) -> None:
    """The figures by the order of rows and columns alone; the reader knows no forms."""
    document = read((real_reports / "huaian_2024.pdf").read_bytes())
    truth = json.loads((real_reports / "huaian_2024.truth.json").read_text(encoding="utf-8"))["cells"]
    proactive, requests, remedies = document.grids()
    known = {table: [value for field, _, value, _ in truth if field.startswith(table)] for table in ("requests", "remedies")}

    figures = [[cell.text for cell in requests.cells if cell.row == row and cell.column >= 3] for row in range(3, requests.rows)]
    assert [text for row in figures for text in row] == known["requests"]
    assert all(len(row) == 7 for row in figures)
    assert [cell.text for cell in remedies.cells if cell.row == 3] == known["remedies"]
    assert rows_of(proactive)[2:4] == [["规章", "1", "0", "11"], ["行政规范性文件", "8", "26", "66"]]
    single = {cells[0]: cells[1] for cells in rows_of(proactive) if len(cells) == 2}
    assert [single[label] for label in ("行政许可", "行政处罚", "行政强制", "行政事业性收费")] == ["447228", "3985758", "88283", "96171.6"]

    labels = {re.sub(r"\s", "", cell.text): (cell.row, cell.row_span) for cell in requests.cells if cell.column < 2}
    assert labels["三、本年度办理结果"] == (5, 22)
    assert labels["（四）无法提供"] == (15, 3)
    assert {cell.page for cell in requests.cells} == {4, 5}
    texts = [paragraph.text for paragraph in document.paragraphs()]
    assert "四、政府信息公开行政复议、行政诉讼情况" in texts
    assert not any(re.fullmatch(r"[-\s\d]+", text) for text in texts)
    assert any("“建设‘四最’一流营商环境高质量推进产业发展”" in text for text in texts)


LABEL = "没有现成信息需要另行制作的文字较长的一行标签"


@pytest.mark.parametrize("above", range(380, 520, 23))
@pytest.mark.parametrize("align", ["TOP", "BOTTOM"])
def test_a_table_broken_anywhere_even_within_a_row_keeps_every_figure_at_its_label(above: int, align: str) -> None:
    """Typeset by a program that cuts rows and merged cells wherever the page ends."""
    style = ParagraphStyle("cell", fontName=FONT, fontSize=9, leading=11, wordWrap="CJK")
    rows = [[Paragraph("三、办理结果", style), Paragraph(f"{row}.{LABEL}", style), str(row * 7), str(row)] for row in range(1, 15)]
    borders = [("FONT", (0, 0), (-1, -1), FONT, 9), ("GRID", (0, 0), (-1, -1), 0.5, (0, 0, 0)), ("SPAN", (0, 0), (0, -1))]
    table = Table(rows, colWidths=[40, 80, 60, 60], splitInRow=1, style=[*borders, ("VALIGN", (0, 0), (-1, -1), align)])
    stream = io.BytesIO()
    SimpleDocTemplate(stream).build([Spacer(1, above), table])

    grid = only_grid(read(stream.getvalue()))
    found = [[cell.text.replace("\n", "") for cell in grid.cells if cell.row == row and cell.column > 0] for row in range(grid.rows)]
    assert found == [[f"{row}.{LABEL}", str(row * 7), str(row)] for row in range(1, 15)]
    assert [(cell.row_span, cell.text.replace("\n", "")) for cell in grid.cells if cell.column == 0] == [(14, "三、办理结果")]


def test_a_heading_is_no_beginning_of_the_short_paragraph_below() -> None:
    """In a report of short lines the longest heading is as long as any of them."""

    def page(canvas: Any) -> None:
        for place, text in enumerate(
            ["三、收到和处理政府信息公开申请情况", "本年没有收到申请。", "五、存在的主要问题及改进情况", "公开不够及时，将改进。"]
        ):
            write(canvas, text, 100 + 30 * place)

    assert [paragraph.text[0] for paragraph in read(pdf_of(page)).paragraphs()] == ["三", "本", "五", "公"]


def test_a_column_of_units_makes_no_group_of_the_label_before_it() -> None:
    """统计表 of 2014: 2.政府网站在线访谈次数, 次 and its figure above the break, 其中：… below it."""
    first: list[Cell] = [(0, 0, 1, 2, "1.新闻发布会"), (0, 2, 1, 1, "次"), (0, 3, 1, 2, "31")]
    first += [(1, 0, 1, 2, "2.在线访谈"), (1, 2, 1, 1, "次"), (1, 3, 1, 2, "82")]
    second: list[Cell] = [(0, 0, 1, 2, "其中：负责人"), (0, 2, 1, 1, "次"), (0, 3, 1, 2, "41")]
    second += [(1, 0, 1, 2, "3.政策解读"), (1, 2, 1, 1, "篇"), (1, 3, 1, 2, "98")]
    grid = only_grid(read(pdf_of(numbered(1, first), numbered(2, second))))
    assert [text for _, text in sorted(((cell.row, cell.column), cell.text) for cell in grid.cells)] == [
        *("1.新闻发布会", "次", "31", "2.在线访谈", "次", "82", "其中：负责人", "次", "41", "3.政策解读", "篇", "98")
    ]


def headed(*rows: tuple[str, str]) -> list[Cell]:
    """A table under the headings 内容 and 件数, which each of its pages has again."""
    return [(row, column, 1, 1, text) for row, texts in enumerate((("内容", "件数"), *rows)) for column, text in enumerate(texts)]


def over_two_pages(above: list[Cell], below: list[Cell]) -> list[str]:
    """The texts of all cells of what was made of the two parts."""

    def page(cells: list[Cell]) -> Any:
        return lambda canvas: draw_table(canvas, cells, (150, 60), top=60, border=bars)

    return [cell.text for cell in only_grid(read(pdf_of(page(above), page(below)))).cells]


def test_a_row_cut_by_the_break_is_one_row_again_below_repeated_headings() -> None:
    found = over_two_pages(headed(("1.新收", "7"), ("2.没", "12")), headed(("有现成信息", ""), ("3.其他", "4")))
    assert found == ["内容", "件数", "1.新收", "7", "2.没\n有现成信息", "12", "3.其他", "4"]


def test_a_second_table_of_the_kind_keeps_its_headings() -> None:
    found = over_two_pages(headed(("1.新收", "7"), ("2.其他", "12")), headed(("1.新收", "3"), ("2.其他", "5")))
    assert found.count("内容") == 2


def test_a_title_is_parted_from_text_whose_letters_are_as_large() -> None:
    title = "瀚川市沐云区水利局2023年政府信息公开工作年度报告"

    def page(canvas: Any) -> None:
        write(canvas, title, 60, size=10)
        for line in range(4):
            write(canvas, f"本报告第{line}行所列数据的统计期限自一月一日起至年底", 80 + 14 * line, size=10)

    assert next(read(pdf_of(page)).paragraphs()).text == title
