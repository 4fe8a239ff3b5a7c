from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, time
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.readers.xlsx import read
from tests.readers.merged_tables import Piece, merged_tables


def workbook(fill: Callable[[Any], None], *names: str | None) -> bytes:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved, {"in_memory": True})
    for name in names or (None,):
        fill(book.add_worksheet(name))
    book.close()
    return saved.getvalue()


def sheet(*rows: list[object]) -> Document:
    """A sheet of rows; a text that begins with `n*` is merged over n columns."""

    def fill(page: Any) -> None:
        for row, values in enumerate(rows):
            column = 0
            for value in values:
                if isinstance(value, str) and value[1:2] == "*":
                    page.merge_range(row, column, row, column + int(value[0]) - 1, value[2:])
                    column += int(value[0])
                    continue
                if value is not None:
                    page.write(row, column, value)
                column += 1

    return read(workbook(fill))


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12.0, "12"),
        (-24, "-24"),
        (59237.2449, "59237.2449"),
        (0.1 + 0.2, "0.3"),
        (0.30000000000000004, "0.3"),
        (1e6, "1000000"),
        (1e21, "1000000000000000000000"),
        (0.00001, "0.00001"),
        (961716000000, "961716000000"),
        (True, "TRUE"),
        ("007", "007"),
        (" 9项\n", " 9项\n"),
        ("/", "/"),
    ],
)
def test_values_as_a_person_reads_them(value: object, text: str) -> None:
    (grid,) = sheet([value, "件"], ["规章", 0]).grids()
    assert grid.cells[0].text == text


@pytest.mark.parametrize(
    ("value", "text"),
    [(date(2024, 1, 31), "2024-01-31"), (datetime(2024, 1, 31, 8, 30), "2024-01-31 08:30:00"), (time(8, 30), "08:30:00")],
)
def test_dates(value: date | time, text: str) -> None:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    page = book.add_worksheet()
    page.write(0, 0, "日期")
    shown = book.add_format({"num_format": "hh:mm:ss" if isinstance(value, time) else "yyyy-mm-dd hh:mm:ss"})
    page.write_datetime(0, 1, value, shown)
    book.close()
    (grid,) = read(saved.getvalue()).grids()
    assert grid.cells[1].text == text


def test_title_table_and_note() -> None:
    document = sheet(
        ["4*二、主动公开政府信息情况"],
        ["4*第一项"],
        ["信息", "a", "b", "c"],
        ["规章", 0, None, 2],
        ["4*第五项"],
        ["许可", "3*5"],
        ["4*注：略"],
    )
    title, grid, note = document.blocks
    assert (title, note) == (Paragraph("二、主动公开政府信息情况"), Paragraph("注：略"))
    assert isinstance(grid, Grid)
    assert texts(grid) == [["第一项"], ["信息", "a", "b", "c"], ["规章", "0", "", "2"], ["第五项"], ["许可", "5"]]
    assert (grid.rows, grid.columns, grid.cells[0].column_span, grid.cells[-1].column_span) == (5, 4, 4, 3)


def test_a_whole_report_in_one_sheet() -> None:
    document = sheet(
        ["6*题目"],
        [],
        ["6*一、总体情况"],
        ["6*正文"],
        ["信息", "a"],
        ["规章", 0],
        [],
        ["6*三、申请"],
        ["x", "y", "z"],
        ["u", 1, 2],
        ["6*五、问题"],
    )
    found = [block.text if isinstance(block, Paragraph) else texts(block) for block in document.blocks]
    proactive, requests = [["信息", "a"], ["规章", "0"]], [["x", "y", "z"], ["u", "1", "2"]]
    assert found == ["题目", "一、总体情况", "正文", proactive, "三、申请", requests, "五、问题"]
    assert [grid.index for grid in document.grids()] == [0, 1]


def test_a_sentence_between_rows_parts_tables_where_no_row_is_empty() -> None:
    document = sheet(
        ["规章", "1"], ["许可", "2"], ["五、存在的主要问题"], ["主要问题是公开的内容还不够丰富。"], ["处罚", "3"], ["强制", "4"]
    )
    assert [block.text for block in document.paragraphs()] == ["主要问题是公开的内容还不够丰富。"]
    assert [len(grid.cells) for grid in document.grids()] == [6, 4]


def test_a_label_at_the_end_whose_cells_are_blank_stays() -> None:
    (grid,) = sheet(["信息", "a", "b"], ["规章", 0, 1], ["其他"]).grids()
    assert texts(grid) == [["信息", "a", "b"], ["规章", "0", "1"], ["其他", "", ""]]


def test_a_merged_cell_runs_through_rows_without_text() -> None:
    def fill(page: Any) -> None:
        page.merge_range(0, 0, 3, 0, "三、办理结果")
        page.write(0, 1, "（一）")
        page.write(3, 1, "（二）")

    (grid,) = read(workbook(fill)).grids()
    assert (grid.rows, grid.columns, grid.cells[0].row_span) == (4, 2, 4)
    assert texts(grid) == [["三、办理结果", "（一）"], [""], [""], ["（二）"]]


def test_names_of_sheets_and_hidden_sheets() -> None:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    for name in ("Sheet1", "表三", "空", "藏"):
        page = book.add_worksheet(name)
        if name != "空":
            page.write_row(5, 3, [name, 1])
    page.hide()
    book.close()
    document = read(saved.getvalue())
    assert [block.text for block in document.paragraphs()] == ["表三"]
    assert [texts(grid) for grid in document.grids()] == [[["Sheet1", "1"]], [["表三", "1"]]]


def test_a_sheet_with_text_in_opposite_corners_is_refused() -> None:
    def fill(page: Any) -> None:
        page.write(0, 0, "a")
        page.write(1_048_575, 16_383, "b")

    with pytest.raises(ReadError) as raised:
        read(workbook(fill))
    assert raised.value.code == "too_large"


def rewritten(whole: bytes, change: Callable[[str, bytes], bytes]) -> bytes:
    """The workbook with every part changed by `change`, given its name and content."""
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(whole)) as source, zipfile.ZipFile(saved, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return saved.getvalue()


def test_an_absurd_merged_cell_is_refused_and_a_distant_format_is_not() -> None:
    small = workbook(lambda page: page.merge_range("A1:B2", "a"))
    with pytest.raises(ReadError) as raised:
        read(rewritten(small, lambda name, part: part.replace(b"A1:B2", b"A1:XFD1048576")))
    assert raised.value.code == "too_large"

    def formatted(page: Any) -> None:
        page.write_row(0, 0, ["a", 1])
        page.set_column(0, 16_383, 3)
        page.set_row(1_048_575, 30)

    assert len(list(read(workbook(formatted)).grids())) == 1


@given(st.integers(0, 99))
def test_a_truncated_workbook_is_damaged(percent: int) -> None:
    whole = workbook(lambda page: page.write_row(0, 0, ["规章", 1]))
    with pytest.raises(ReadError) as raised:
        read(whole[: len(whole) * percent // 100])
    assert raised.value.code == "damaged"


@given(st.data())
def test_a_workbook_with_a_broken_part_is_read_or_refused(data: st.DataObject) -> None:
    whole = workbook(lambda page: page.write_row(0, 0, ["规章", 1]))
    with zipfile.ZipFile(io.BytesIO(whole)) as source:
        victim = data.draw(st.sampled_from(source.namelist()))
    share, rest = data.draw(st.floats(0, 1)), data.draw(st.binary(max_size=20))
    broken = rewritten(whole, lambda name, part: part[: int(share * len(part))] + rest if name == victim else part)
    try:
        read(broken)
    except ReadError as error:
        assert error.code in {"damaged", "too_large"}


# digits stay text; a leading sign would make a formula of it
TEXTS = st.text(st.sampled_from("规章0 件/　\n"), min_size=1, max_size=6).filter(lambda text: bool(text.strip()))


@given(merged_tables(TEXTS, minimum=2), st.integers(0, 3), st.integers(0, 3))
def test_random_tables_come_back(pieces: list[Piece], top: int, left: int) -> None:
    """A table whose first and last rows are not a single text comes back whole, wherever it stands on the sheet."""

    def fill(page: Any) -> None:
        for piece in framed:
            first, last = (
                (top + piece.row, left + piece.column),
                (top + piece.row + piece.row_span - 1, left + piece.column + piece.column_span - 1),
            )
            if first == last:
                page.write_string(*first, piece.text)
            else:
                page.merge_range(*first, *last, piece.text)

    rows, columns = max(piece.row + piece.row_span for piece in pieces), max(piece.column + piece.column_span for piece in pieces)
    header = [Piece(0, column, f"列{column}", 1, 1) for column in range(columns)]
    footer = [Piece(rows + 1, column, f"末{column}", 1, 1) for column in range(columns)]
    framed = [*header, *(Piece(piece.row + 1, piece.column, piece.text, piece.row_span, piece.column_span) for piece in pieces), *footer]
    expected = tuple(GridCell(piece.row, piece.column, piece.text, piece.row_span, piece.column_span) for piece in framed)
    document = read(workbook(fill))
    assert document.blocks == (Grid(0, rows + 2, columns, expected),)


def test_headings_at_the_end_of_a_sheet_have_their_blank_row() -> None:
    """表四 with nothing filled in: a sheet does not tell its blank cells from none."""
    (grid,) = sheet(["结果维持", "结果纠正", "总计"]).grids()
    assert (grid.rows, [cell.text for cell in grid.cells if cell.row == 1]) == (2, ["", "", ""])


def test_headings_whose_figures_follow_get_no_blank_row() -> None:
    first, *_ = sheet(["结果维持", "结果纠正", "总计"], [None], ["53", None, "/"]).grids()
    assert first.rows == 1
