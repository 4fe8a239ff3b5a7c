"""Web pages printed wider than the paper: tables that hang over the edge of their page, with rulings that end there."""

from __future__ import annotations

from typing import Any

from pipeline.readers.pdf import read
from tests.readers.pdf_samples import WIDTH, Cell, draw_table, lines, only_grid, pdf_of, rows_of, write

DOCUMENTS: list[Cell] = [
    (0, 0, 1, 3, "第二十条第（一）项"),
    (1, 0, 1, 1, "信息内容"),
    (1, 1, 1, 1, "本年制发件数"),
    (1, 2, 1, 1, "本年废止件数"),
    (2, 0, 1, 1, "规章"),
    (2, 1, 1, 1, "12"),
    (2, 2, 1, 1, ""),
    (3, 0, 1, 1, "行政规范\n性文件"),
    (3, 1, 1, 1, "7"),
    (3, 2, 1, 1, "/"),
]


def on_the_page(canvas: Any, left: float, bottom: float, right: float, top: float) -> None:
    """A border of which only that part is drawn that falls on the page."""
    if right > 0 and left < WIDTH:
        lines(canvas, max(left, 0), bottom, min(right, WIDTH), top)


def hanging(left: float, columns: tuple[float, ...] = (80, 90, 90)) -> bytes:
    return pdf_of(lambda canvas: draw_table(canvas, DOCUMENTS, columns, top=60, left=left, border=on_the_page))


def test_labels_that_begin_beyond_the_left_edge_are_whole_again() -> None:
    document = read(hanging(-30))
    assert rows_of(only_grid(document)) == [
        ["第二十条第（一）项"],
        ["信息内容", "本年制发件数", "本年废止件数"],
        ["规章", "12", ""],
        ["行政规范\n性文件", "7", "/"],
    ]
    assert not list(document.paragraphs())


def test_a_label_wholly_beyond_the_left_edge_is_put_back() -> None:
    grid = only_grid(read(hanging(-70)))
    assert [row[0] for row in rows_of(grid)] == ["第二十条第（一）项", "信息内容", "规章", "行政规范\n性文件"]


def test_figures_beyond_the_left_edge_are_not_pushed_into_the_next_column() -> None:
    """The first column of figures is out of sight; the blank beside it stays a blank."""
    grid = only_grid(read(hanging(-165)))
    assert [cell.text for cell in grid.cells if cell.column == 1] == ["本年废止件数", "", "/"]
    assert not any("12" in cell.text or "7" in cell.text for cell in grid.cells)


def test_a_table_that_ends_with_the_page_is_said_to_be_cut() -> None:
    assert only_grid(read(hanging(WIDTH - 200))).is_cut
    assert not only_grid(read(hanging(60))).is_cut
    assert not only_grid(read(hanging(-30))).is_cut


def cut_headings(*more: str) -> list[str]:
    """What stands under 法人, whose row of headings a page break cuts so that letters stand below the last ruling of the page."""

    def first(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "项目"), (0, 1, 1, 1, "自\n然\n人"), (0, 2, 1, 1, "总\n计")], (80, 20, 20), top=640)
        for number, text in enumerate(more):
            write(canvas, text, 690 + 14 * number, left=60, size=9)
        write(canvas, "http://example.invalid/report 1/2", 830, size=7)

    def second(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "本年新收"), (0, 1, 1, 1, "3"), (0, 2, 1, 1, "4")], (80, 20, 20), top=40)
        write(canvas, "http://example.invalid/report 2/2", 830, size=7)

    return [cell.text for grid in read(pdf_of(first, second)).grids() for cell in grid.cells]


def test_letters_of_a_label_below_the_last_ruling_of_a_page_are_put_back() -> None:
    assert cut_headings() == ["项目", "自\n然\n人", "总\n计", "本年新收", "3", "4"]


def test_text_below_a_table_is_no_label_of_it() -> None:
    assert cut_headings("注：", "本表由填报人负责。")[1] != "自\n然\n人"
