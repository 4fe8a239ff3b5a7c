"""Tables of a page: spans as a browser reads them, layout, lines in cells."""

from __future__ import annotations

import html

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.common.errors import ReadError
from pipeline.readers.html import read
from pipeline.readers.model import Grid, GridCell, Paragraph
from tests.readers.html_samples import body, grid, lines
from tests.readers.merged_tables import Piece, merged_tables


def places(found: Grid) -> list[tuple[int, int, str, int, int]]:
    return [(cell.row, cell.column, cell.text, cell.row_span, cell.column_span) for cell in found.cells]


def taken(found: Grid) -> list[tuple[int, int]]:
    """Every place of the grid that a cell covers, once for each cell."""
    return [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]


def test_rowspan_and_colspan() -> None:
    found = grid("<table><tr><td rowspan=2 colspan=2>a<td>b<tr><td>c<tr><td>d<td>e<td>f</table>")
    assert (found.rows, found.columns, found.spans) == (3, 3, "stated")
    assert places(found) == [
        (0, 0, "a", 2, 2),
        (0, 2, "b", 1, 1),
        (1, 2, "c", 1, 1),
        (2, 0, "d", 1, 1),
        (2, 1, "e", 1, 1),
        (2, 2, "f", 1, 1),
    ]


@pytest.mark.parametrize("colspan", ["100%", "9999", "99999999999999999999"])
def test_a_colspan_without_sense_takes_the_rest_of_the_row(colspan: str) -> None:
    found = grid(f'<table><tr><td colspan="{colspan}">题<tr><td>a<td>b<td>c<tr><td>d<td colspan="{colspan}">e</table>')
    assert found.columns == 3
    assert [cell.column_span for cell in found.cells] == [3, 1, 1, 1, 1, 2]


@pytest.mark.parametrize(("colspan", "span"), [("2;", 2), (" 2", 2), ("0", 1), ("-1", 1), ("x", 1), ("", 1)])
def test_a_colspan_as_a_browser_reads_it(colspan: str, span: int) -> None:
    found = grid(f'<table><tr><td colspan="{colspan}">题<td>x<tr><td>a<td>b<td>c</table>')
    assert found.cells[0].column_span == span


@pytest.mark.parametrize("rowspan", ["0", "3", "60000", "99999999999999999999"])
def test_a_rowspan_ends_with_the_table(rowspan: str) -> None:
    found = grid(f"<table><tr><td rowspan={rowspan}>a<td>b<tr><td>c</table>")
    assert places(found) == [(0, 0, "a", 2, 1), (0, 1, "b", 1, 1), (1, 1, "c", 1, 1)]


def test_a_rowspan_that_would_push_a_full_row_aside_ends_before_it() -> None:
    rows = ["<td rowspan=3>a<td>1<td>2", "<td>3<td>4", "<td rowspan=2>b<td>5<td>6", "<td>7<td>8", *["<td>c<td>9<td>9"] * 4]
    (grid,) = read(("<table><tr>" + "<tr>".join(rows) + "</table>").encode()).grids()
    assert grid.columns == 3
    assert [(cell.row, cell.column, cell.row_span) for cell in grid.cells if cell.text in "ab"] == [(0, 0, 2), (2, 0, 2)]


def test_merged_cells_never_overlap() -> None:
    found = grid("<table><tr><td>a<td rowspan=3>b<td>c<tr><td colspan=3>d<tr><td>e<td>f</table>")
    taken = [
        (row, column)
        for cell in found.cells
        for row in range(cell.row, cell.row + cell.row_span)
        for column in range(cell.column, cell.column + cell.column_span)
    ]
    assert len(taken) == len(set(taken))


def test_lines_and_white_space_in_a_cell() -> None:
    found = grid("<table><tr><td>本年新<br/>制作\n   数量<td><p>商业</p>\n<p>企业</p><td>&nbsp;　0 <td><div><br></div></table>")
    assert [cell.text for cell in found.cells] == ["本年新\n制作 数量", "商业\n企业", "\xa0　0", ""]


def test_text_cut_into_runs_is_joined() -> None:
    found = grid("<table><tr><td><span>1</span><font>1</font><o:p></o:p><td><b>行政</b><span><!-- x -->许可</span></table>")
    assert [cell.text for cell in found.cells] == ["11", "行政许可"]


def test_the_mark_of_a_note_joins_no_number() -> None:
    (grid,) = read(b"<table><tr><td>a<td>12<sup>1</sup><td>3<sub>2</sub><td><sup>4</sup></table>").grids()
    assert [cell.text for cell in grid.cells] == ["a", "12¹", "3₂", "4"]


def test_a_mark_that_a_style_raises_joins_no_number() -> None:
    raised = "<span style='font-size:60%; vertical-align: super'>1</span>"
    (grid,) = read(f"<table><tr><td>a<td>12{raised}<td><span style='vertical-align:middle'>34</span></table>".encode()).grids()
    assert [cell.text for cell in grid.cells] == ["a", "12¹", "34"]


def test_layout_tables_become_blocks_around_the_real_one() -> None:
    inner = "<table><tr><td>规章<td>0</table>"
    document = body(f"<table><tr><td><table><tr><td>首页</table><td><p>题目</p>之前{inner}之后</table>末尾")
    assert [block.text if isinstance(block, Paragraph) else block.columns for block in document.blocks] == [
        "首页",
        "题目",
        "之前",
        2,
        "之后",
        "末尾",
    ]


def test_a_table_of_one_cell_or_column_is_text() -> None:
    assert body("<table><tr><td>一段<br>二段</table><table><tr><td>a<tr><td>b</table>").blocks == tuple(
        map(Paragraph, ("一段", "二段", "a", "b"))
    )


def test_a_caption_and_stray_text_stand_before_the_table() -> None:
    document = body("<table><caption>表一</caption>外<tr><td>a<td>b</table>")
    assert lines("<table><caption>表一</caption>外<tr><td>a<td>b</table>") == ["表一", "外"]
    assert isinstance(document.blocks[-1], Grid)


def test_cells_without_rows_and_unclosed_tables() -> None:
    assert places(grid("<table><td>a<td>b<tr><td>c<td>d")) == [(0, 0, "a", 1, 1), (0, 1, "b", 1, 1), (1, 0, "c", 1, 1), (1, 1, "d", 1, 1)]
    assert lines("<tr><td>散落</td></tr>") == ["散落"]


def test_head_and_foot_of_a_table_stand_where_a_browser_shows_them() -> None:
    page = b"<table><tfoot><tr><td>c<td>3</tfoot><tbody><tr><td>b<td>2</tbody><thead><tr><td>a<td>1</thead></table>"
    (grid,) = read(page).grids()
    assert [cell.text for cell in grid.cells] == ["a", "1", "b", "2", "c", "3"]


def test_a_thousand_nested_tables_are_read() -> None:
    found = grid("<table><tr><td>x</td><td>" * 300 + "<table><tr><td>规章<td>0</table>")
    assert [cell.text for cell in found.cells] == ["规章", "0"]


TOKENS = [
    *"<>/ab \n\0\x01&;\"'=x规",
    "<table>",
    "<td rowspan=2>",
    "<td colspan=3>",
    "<tr>",
    "</td>",
    "</tr>",
    "</table>",
    "<p>",
    "<pre>",
    "<br>",
]


@given(st.lists(st.sampled_from(TOKENS), max_size=80).map("".join))
def test_any_markup_gives_a_document_or_a_read_error(markup: str) -> None:
    try:
        document = read(markup.encode())
    except ReadError:
        return
    for found in document.grids():
        assert len(taken(found)) == len(set(taken(found)))
        assert all(row < found.rows and column < found.columns for row, column in taken(found))


TEXTS = st.text(st.sampled_from("规章0 件/<&　\xa0\n"), max_size=6)


def shown(text: str) -> str:
    """What a browser shows of a text whose line feeds are <br>."""
    lines = (" ".join(part for part in line.split(" ") if part) for line in text.split("\n"))
    return "\n".join(line for line in lines if line)


@given(merged_tables(TEXTS))
def test_random_tables_come_back(pieces: list[Piece]) -> None:
    rows: dict[int, str] = dict.fromkeys(range(max(piece.row + piece.row_span for piece in pieces)), "")
    for piece in pieces:
        text = html.escape(piece.text).replace("\n", "<br>")
        rows[piece.row] += f"<td rowspan={piece.row_span} colspan={piece.column_span}>{text}</td>"
    markup = "<table>" + "".join(f"<tr>{cells}</tr>" for cells in rows.values()) + "</table>"
    expected = tuple(GridCell(piece.row, piece.column, shown(piece.text), piece.row_span, piece.column_span) for piece in pieces)
    document = body(markup)
    columns = max(piece.column + piece.column_span for piece in pieces)
    assert [(found.rows, found.columns, found.cells) for found in document.grids()] == [(len(rows), columns, expected)]
