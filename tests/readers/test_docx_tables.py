"""Word tables: merged cells, content controls, ghost columns, nested tables, deleted rows."""

from __future__ import annotations

import io

import docx
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers.docx import read
from pipeline.readers.model import Grid
from tests.readers.docx_samples import cell, docx_of, only_grid, paragraph, shape, span, table, texts
from tests.readers.merged_tables import RESULTS, Piece, merged_tables

RESTART, CONTINUE = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def grid_of(xml: str) -> Grid:
    return only_grid(read(docx_of(xml)))


def test_a_label_merged_down_stands_once() -> None:
    grid = grid_of(
        table(
            cell("三、办理结果", RESTART) + cell("（一）公开", span(2)) + cell("3"),
            cell("不印", CONTINUE) + cell("（二）无法提供", RESTART) + cell("1.无") + cell("4"),
            cell("", CONTINUE) + cell("", CONTINUE) + cell("2.另作") + cell("5"),
            cell("四、结转", span(3)) + cell("6"),
        )
    )
    assert shape(grid) == RESULTS | {(3, 0, 1, 3, "四、结转"), (3, 3, 1, 1, "6")}
    assert (grid.rows, grid.columns, grid.spans) == (4, 4, "stated")


def test_a_new_merge_below_another_is_a_new_cell() -> None:
    grid = grid_of(
        table(
            cell("甲", RESTART) + cell("1"), cell("", CONTINUE) + cell("2"), cell("乙", RESTART) + cell("3"), cell("", CONTINUE) + cell("4")
        )
    )
    assert {(0, 0, 2, 1, "甲"), (2, 0, 2, 1, "乙")} <= shape(grid)


def test_a_continuation_of_nothing_is_a_cell() -> None:
    grid = grid_of(table(cell("甲", CONTINUE) + cell("1"), cell("", CONTINUE) + cell("2"), cell("乙", span(2))))
    assert shape(grid) == {(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2"), (2, 0, 1, 2, "乙")}


def test_old_horizontal_merges_are_spans() -> None:
    restart, go_on = '<w:hMerge w:val="restart"/>', '<w:hMerge w:val="continue"/>'
    grid = grid_of(table(cell("法人", restart) + cell("", go_on) + cell("总计"), cell("1") + cell("2") + cell("3")))
    assert {(0, 0, 1, 2, "法人"), (0, 2, 1, 1, "总计"), (1, 1, 1, 1, "2")} <= shape(grid)


def test_rows_that_begin_late_keep_their_columns() -> None:
    late = '<w:trPr><w:gridBefore w:val="1"/><w:gridAfter w:val="1"/></w:trPr>' + cell("5")
    grid = grid_of(table(cell("甲") + cell("1") + cell("2"), late))
    assert (1, 1, 1, 1, "5") in shape(grid)
    assert grid.columns == 3


def test_cells_and_rows_in_content_controls_are_read() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{cell('12')}</w:sdtContent></w:sdt>"
    row = f"<w:sdt><w:sdtContent><w:tr>{cell('乙')}{cell('34')}</w:tr></w:sdtContent></w:sdt>"
    inline = "<w:sdt><w:sdtContent><w:r><w:t>56</w:t></w:r></w:sdtContent></w:sdt>"
    text = f"<w:tc><w:sdt><w:sdtContent><w:p>{inline}</w:p></w:sdtContent></w:sdt></w:tc>"
    grid = grid_of(f"<w:tbl><w:tblGrid/><w:tr>{cell('甲')}{control}</w:tr>{row}<w:tr>{cell('丙')}{text}</w:tr></w:tbl>")
    assert [part.text for part in grid.cells] == ["甲", "12", "乙", "34", "丙", "56"]


def test_ghost_columns_are_closed_up_so_that_columns_match() -> None:
    """Dragging a border leaves a grid column of a few twips; the rows then span it differently."""
    grid = grid_of(
        table(
            cell("规章") + cell("1", span(2)) + cell("2"),
            cell("文件", span(2)) + cell("3") + cell("4"),
            widths=(2000, 12, 1000, 1000),
        )
    )
    assert grid.columns == 3
    assert shape(grid) == {
        (0, 0, 1, 1, "规章"),
        (0, 1, 1, 1, "1"),
        (0, 2, 1, 1, "2"),
        (1, 0, 1, 1, "文件"),
        (1, 1, 1, 1, "3"),
        (1, 2, 1, 1, "4"),
    }


def test_a_narrow_column_with_text_is_no_ghost() -> None:
    grid = grid_of(table(cell("规章") + cell("1") + cell("2"), widths=(2000, 10, 10)))
    assert [part.text for part in grid.cells] == ["规章", "1", "2"]
    assert grid.columns == 3


def test_paragraphs_and_breaks_in_a_cell_are_lines() -> None:
    inside = (
        f"<w:tc>{paragraph('三')}{paragraph('、')}<w:p/><w:p><w:r><w:t>本</w:t><w:br/><w:t>年</w:t><w:tab/><w:t>度</w:t></w:r></w:p></w:tc>"
    )
    assert grid_of(table(inside)).cells[0].text == "三\n、\n本\n年\t度"


def test_a_number_in_several_runs_is_one_number() -> None:
    inside = "<w:tc><w:p><w:r><w:t>1</w:t></w:r><w:proofErr/><w:r><w:rPr><w:b/></w:rPr><w:t>1</w:t></w:r></w:p></w:tc>"
    assert grid_of(table(inside)).cells[0].text == "11"


def test_spaces_and_signs_stay_as_printed() -> None:
    grid = grid_of(table(cell("\u3000 12 ") + cell("/") + cell("") + cell("\u00a0")))
    assert [part.text for part in grid.cells] == ["\u3000 12 ", "/", "", ""]


def test_a_table_around_tables_is_layout() -> None:
    inner = table(cell("规章") + cell("1"))
    outer = table(
        f"<w:tc>{paragraph('二、主动公开')}{inner}</w:tc>" + cell("旁注"), f"<w:tc>{table(cell('文件') + cell('2'))}<w:p/></w:tc>"
    )
    document = read(docx_of(outer))
    assert texts(document) == ["二、主动公开", "旁注"]
    assert [(grid.index, [part.text for part in grid.cells]) for grid in document.grids()] == [(0, ["规章", "1"]), (1, ["文件", "2"])]


def test_deleted_and_hidden_rows_are_left_out() -> None:
    deleted = '<w:trPr><w:del w:id="1"/></w:trPr>' + cell("旧") + cell("9")
    hidden = "<w:trPr><w:hidden/></w:trPr>" + cell("藏") + cell("8")
    inserted = '<w:trPr><w:ins w:id="2"/></w:trPr>' + cell("新") + cell("7")
    assert [part.text for part in grid_of(table(deleted, hidden, inserted)).cells] == ["新", "7"]


def test_spans_beyond_reason_are_cut() -> None:
    grid = grid_of(table(cell("甲", span(10**9)) + cell("1"), cell("乙") + cell("2", span(999)) + cell("3")))
    assert grid.columns == 3
    assert (1, 2, 1, 1, "3") in shape(grid)


LETTERS = st.text("0123456789,.-/一二三规章件 \u3000", max_size=5)


@settings(max_examples=40, deadline=None)
@given(merged_tables(LETTERS, minimum=2, plain_edges=True))
def test_any_merged_table_comes_back_with_its_cells_and_spans(pieces: list[Piece]) -> None:
    file = docx.Document()
    written = file.add_table(1 + max(piece.row for piece in pieces), 1 + max(piece.column for piece in pieces))
    for piece in pieces:
        end = written.cell(piece.row + piece.row_span - 1, piece.column + piece.column_span - 1)
        written.cell(piece.row, piece.column).merge(end).text = piece.text
    stream = io.BytesIO()
    file.save(stream)
    expected = {(*place, text if text.strip() else "") for *place, text in (piece.shape for piece in pieces)}
    assert shape(only_grid(read(stream.getvalue()))) == expected
