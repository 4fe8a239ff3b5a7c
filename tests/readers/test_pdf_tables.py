"""Tables of one PDF page: borders of every make, merged cells, and every figure in its cell."""

from __future__ import annotations

import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.readers.pdf import read
from tests.readers.merged_tables import Piece, merged_tables
from tests.readers.pdf_samples import (
    HEIGHT,
    WIDTH,
    Border,
    Cell,
    bars,
    boxes,
    draw_table,
    lines,
    only_grid,
    pdf_of,
    pieces,
    rows_of,
    shape,
    table_page,
    write,
)

REQUESTS: list[Cell] = [
    (0, 0, 2, 2, "申请人情况"),
    (0, 2, 1, 2, "法人"),
    (1, 2, 1, 1, "企业"),
    (1, 3, 1, 1, "其他"),
    (2, 0, 2, 1, "三\n、"),
    (2, 1, 1, 1, "（一）公开"),
    (2, 2, 1, 1, "1,234"),
    (2, 3, 1, 1, "-24"),
    (3, 1, 1, 1, "（二）部分"),
    (3, 2, 1, 1, "/"),
    (3, 3, 1, 1, ""),
]
COLUMNS = (40, 120, 60, 60)


@pytest.mark.parametrize("border", [lines, boxes, bars, pieces])
def test_merged_cells_come_back_whatever_draws_the_borders(border: Border) -> None:
    grid = only_grid(read(pdf_of(table_page(REQUESTS, COLUMNS, border=border))))
    assert shape(grid) == set(REQUESTS)
    assert (grid.rows, grid.columns, grid.spans) == (4, 4, "stated")


def test_cells_carry_page_and_box_from_the_top_left() -> None:
    grid = only_grid(read(pdf_of(lambda canvas: write(canvas, "前页", 100), table_page(REQUESTS, COLUMNS))))
    cell = next(cell for cell in grid.cells if cell.text == "-24")
    assert cell.page == 2
    assert cell.bbox == pytest.approx((280, 108, 340, 132), abs=1)


@pytest.mark.parametrize("turns", [1, 2, 3])
def test_a_turned_page_is_read_as_it_is_shown(turns: int) -> None:
    """The content is drawn sideways and /Rotate puts it upright."""

    def page(canvas: Any) -> None:
        canvas.setPageRotation(90 * turns)
        move = {1: (WIDTH, 0), 2: (WIDTH, HEIGHT), 3: (0, HEIGHT)}[turns]
        canvas.translate(*move)
        canvas.rotate(90 * turns)
        draw_table(canvas, REQUESTS, COLUMNS, top=HEIGHT - 300)

    grid = only_grid(read(pdf_of(page)))
    assert shape(grid) == set(REQUESTS)
    first, last = grid.cells[0], grid.cells[-1]
    assert first.bbox is not None and last.bbox is not None
    assert first.bbox[0] < last.bbox[0] and first.bbox[1] < last.bbox[1]


def test_sideways_text_on_an_upright_page_is_read_level_and_placed_on_the_page_as_shown() -> None:
    def page(canvas: Any) -> None:
        canvas.translate(WIDTH, 0)
        canvas.rotate(90)
        draw_table(canvas, REQUESTS, COLUMNS, top=HEIGHT - 300)

    grid = only_grid(read(pdf_of(page)))
    assert shape(grid) == set(REQUESTS)
    boxes_found = [cell.bbox for cell in grid.cells if cell.bbox is not None]
    assert max(box[2] for box in boxes_found) <= WIDTH and max(box[3] for box in boxes_found) <= HEIGHT
    assert grid.cells[0].bbox is not None and grid.cells[0].bbox[3] > HEIGHT - 150  # the head of the table stands at the foot of the page


def test_a_cropped_page_is_measured_from_what_is_shown() -> None:
    grid = only_grid(read(pdf_of(table_page(REQUESTS, COLUMNS), cropBox=(50, 100, WIDTH, HEIGHT - 40))))
    assert shape(grid) == set(REQUESTS)
    assert grid.cells[0].bbox == pytest.approx((10, 20, 170, 68), abs=1)


def test_tables_in_form_objects_are_seen() -> None:
    def page(canvas: Any) -> None:
        canvas.beginForm("whole_page")
        draw_table(canvas, REQUESTS, COLUMNS, top=60)
        canvas.endForm()
        canvas.translate(30, -100)
        canvas.doForm("whole_page")

    grid = only_grid(read(pdf_of(page)))
    assert shape(grid) == set(REQUESTS)
    assert grid.cells[0].bbox == pytest.approx((90, 160, 250, 208), abs=1)


def test_a_number_too_wide_for_its_cell_stays_whole() -> None:
    cells: list[Cell] = [(0, 0, 1, 1, "行政处罚"), (0, 1, 1, 1, "3985758"), (0, 2, 1, 1, "")]
    grid = only_grid(read(pdf_of(table_page(cells, (60, 25, 60)))))
    assert rows_of(grid) == [["行政处罚", "3985758", ""]]


def test_numbers_in_tight_columns_stay_apart() -> None:
    cells: list[Cell] = [(row, column, 1, 1, "11") for row in range(3) for column in range(8)]
    grid = only_grid(read(pdf_of(table_page(cells, (14,) * 8))))
    assert shape(grid) == set(cells)


def test_bold_by_printing_twice_is_read_once() -> None:
    def page(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "总计"), (0, 1, 1, 1, "11")], (80, 80), top=60)
        canvas.translate(0.3, 0)
        draw_table(canvas, [(0, 0, 1, 1, "总计"), (0, 1, 1, 1, "11")], (80, 80), top=60)

    assert rows_of(only_grid(read(pdf_of(page)))) == [["总计", "11"]]


def test_an_open_table_has_its_outer_columns() -> None:
    """No border at the left and at the right, as in many printed tables."""

    def page(canvas: Any) -> None:
        for level in (60, 84, 108):
            canvas.line(60, HEIGHT - level, 300, HEIGHT - level)
        for upright in (140, 220):
            canvas.line(upright, HEIGHT - 60, upright, HEIGHT - 108)
        for row, texts in enumerate((("规章", "1", "2"), ("文件", "3", "4"))):
            for column, text in enumerate(texts):
                write(canvas, text, 76 + 24 * row, 64 + 80 * column, 9)

    assert rows_of(only_grid(read(pdf_of(page)))) == [["规章", "1", "2"], ["文件", "3", "4"]]


def test_two_tables_side_by_side_are_two() -> None:
    def page(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "甲"), (1, 0, 1, 1, "1")], (60,), top=60)
        draw_table(canvas, [(0, 0, 1, 1, "乙"), (1, 0, 1, 1, "2")], (60,), top=60, left=200)

    assert [rows_of(grid) for grid in read(pdf_of(page)).grids()] == [[["甲"], ["1"]], [["乙"], ["2"]]]


def test_frames_underlines_and_diagonals_make_no_cells() -> None:
    def page(canvas: Any) -> None:
        canvas.rect(30, 30, WIDTH - 60, HEIGHT - 60)  # the frame of the page
        draw_table(canvas, REQUESTS, COLUMNS, top=100)
        canvas.line(60, HEIGHT - 100, 220, HEIGHT - 148)  # the diagonal of the header cell
        write(canvas, "单位名称", 300)
        canvas.line(60, HEIGHT - 302, 160, HEIGHT - 302)

    document = read(pdf_of(page))
    assert shape(only_grid(document)) == set(REQUESTS)
    assert [paragraph.text for paragraph in document.paragraphs()] == ["单位名称"]


@pytest.mark.parametrize("ascent", [b"0", b"-200", b"4000"])
def test_a_font_that_states_no_true_height_puts_nothing_out_of_place(ascent: bytes) -> None:
    cells: list[Cell] = [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1,234.5"), (1, 0, 1, 1, "文件"), (1, 1, 1, 1, "111")]
    data = re.sub(rb"/Ascent \d+", b"/Ascent " + ascent, pdf_of(table_page(cells, (60, 60))))
    assert shape(only_grid(read(data))) == set(cells)


LETTERS = st.text("0123456789,.-/一二三规章件", max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(table=merged_tables(LETTERS, minimum=2, plain_edges=True), border=st.sampled_from([lines, boxes, bars, pieces]))
def test_any_bordered_table_comes_back_with_its_cells_and_spans(table: list[Piece], border: Border) -> None:
    cells = [piece.shape for piece in table]
    columns = 1 + max(column for _, column, *_ in cells)
    document = read(pdf_of(table_page(cells, (50,) * columns, border=border)))
    if any(text for *_, text in cells):
        assert shape(only_grid(document)) == set(cells)
    else:
        assert document.blocks == ()
