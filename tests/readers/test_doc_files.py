"""DOC files as Word and WPS write them: pieces of both widths, merges of every kind, long definitions, fast saves."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.readers.doc import read
from tests.readers.docx_samples import only_grid, shape, texts
from tests.readers.merged_tables import RESULTS, Piece, merged_tables
from tests.reports.word_binary import BEGINS, GOES_ON, IN_TABLE, ROW_END, Part, cells, definition, doc_of, row_end, table_parts

VERTICAL_MERGE, MERGE, WIDTH, INSERT, DELETE = 0xD62B, 0x5624, 0x7623, 0x7621, 0x5622


def test_pieces_of_both_widths() -> None:
    parts = [
        Part("情况\r"),
        Part("", narrow=b"Report 2024 \x93A\x94 12%\r"),
        Part("", narrow="甲1乙".encode("gb2312") + b"\r"),
        Part("终\r"),
    ]
    assert texts(read(doc_of(*parts))) == ["情况", "Report 2024 “A” 12%", "甲1乙", "终"]


def test_cells_merged_down() -> None:
    grid = only_grid(
        read(
            doc_of(
                cells("三、办理结果", "（一）公开", "3"),
                row_end(0, 1000, 3000, 4000, flags=(BEGINS,)),
                cells("不印", "（二）无法提供", "1.无", "4"),
                row_end(0, 1000, 2000, 3000, 4000, flags=(GOES_ON, BEGINS)),
                cells("", "", "2.另作", "5"),
                row_end(0, 1000, 2000, 3000, 4000, flags=(GOES_ON, GOES_ON)),
                Part("正文\r"),
            )
        )
    )
    assert shape(grid) == RESULTS
    assert grid.spans == "stated"


@pytest.mark.parametrize(("first", "next_one"), [(1, 2), (2, 1)])
def test_cells_merged_to_the_side_by_either_reading_of_the_flags(first: int, next_one: int) -> None:
    flags = (0, first, next_one, next_one)
    document = read(doc_of(cells("甲", "法人", "", "", "计"), row_end(0, 1000, 2000, 3000, 4000, 5000, flags=flags), Part("完\r")))
    assert shape(only_grid(document)) >= {(0, 0, 1, 1, "甲"), (0, 1, 1, 1, "法人"), (0, 2, 1, 1, "计")}
    both = doc_of(
        cells("甲", "法人", "", "", "计"),
        row_end(0, 1000, 2000, 3000, 4000, 5000, flags=flags),
        cells("乙", "1", "2", "3", "6"),
        row_end(0, 1000, 2000, 3000, 4000, 5000),
    )
    assert {(0, 1, 1, 3, "法人"), (0, 4, 1, 1, "计"), (1, 3, 1, 1, "3")} <= shape(only_grid(read(both)))


def test_changes_after_the_definition() -> None:
    merged = struct.pack("<HBB", MERGE, 1, 3)
    begins, goes_on = struct.pack("<HBBB", VERTICAL_MERGE, 2, 0, 3), struct.pack("<HBBB", VERTICAL_MERGE, 2, 0, 1)
    wide = struct.pack("<HBBH", WIDTH, 0, 1, 2000)
    grid = only_grid(
        read(
            doc_of(
                cells("甲", "乙丙", ""),
                row_end(0, 1000, 2000, 3000, more=merged),
                cells("丁", "1", "2"),
                row_end(0, 1000, 2000, 3000, more=begins),
                cells("", "3", "4"),
                row_end(0, 1000, 2000, 3000, more=goes_on),
                cells("戊", "5"),
                row_end(0, 1000, 2000, more=wide),
            )
        )
    )
    assert shape(grid) == {
        (0, 0, 1, 1, "甲"), (0, 1, 1, 2, "乙丙"),
        (1, 0, 2, 1, "丁"), (1, 1, 1, 1, "1"), (1, 2, 1, 1, "2"), (2, 1, 1, 1, "3"), (2, 2, 1, 1, "4"),
        (3, 0, 1, 2, "戊"), (3, 2, 1, 1, "5"),
    }  # fmt: skip


def test_cells_put_in_and_taken_out() -> None:
    put_in, taken_out = struct.pack("<HBBH", INSERT, 1, 1, 500), struct.pack("<HBB", DELETE, 0, 1)
    rows = doc_of(
        cells("甲", "乙", "丙"),
        row_end(0, 1000, 2000, more=put_in),
        cells("丁", "1", "2"),
        row_end(0, 500, 1000, 1500, 2500, more=taken_out),
    )
    assert [cell.text for cell in only_grid(read(rows)).cells] == ["甲", "乙", "丙", "丁", "1", "2"]


def test_ghost_columns_are_closed_up_and_late_rows_keep_their_columns() -> None:
    grid = only_grid(
        read(
            doc_of(
                cells("甲", "1", "2"),
                row_end(-108, 1000, 2000, 3000),
                cells("乙", "3", "4"),
                row_end(-113, 1010, 1995, 3000),
                cells("5"),
                row_end(2000, 3005),
            )
        )
    )
    assert (grid.columns, {(2, 2, 1, 1, "5"), (1, 1, 1, 1, "3")} <= shape(grid)) == (3, True)


def test_a_merge_down_holds_over_a_dragged_border() -> None:
    grid = only_grid(
        read(doc_of(cells("甲", "1"), row_end(0, 1000, 2000, flags=(BEGINS,)), cells("", "2"), row_end(3, 1007, 2000, flags=(GOES_ON,))))
    )
    assert shape(grid) == {(0, 0, 2, 1, "甲"), (0, 1, 1, 1, "1"), (1, 1, 1, 1, "2")}


def test_long_definitions_stand_in_the_data_stream() -> None:
    stated = IN_TABLE + ROW_END + definition(0, 1000, 2000)
    data = bytes(64) + struct.pack("<H", len(stated)) + stated
    end = Part("\x07", struct.pack("<HI", 0x6646, 64))
    assert [cell.text for cell in only_grid(read(doc_of(cells("甲", "1"), end, data=data))).cells] == ["甲", "1"]


def test_pieces_of_a_fast_save_carry_modifiers() -> None:
    hidden_short, hidden_shared = 0x5C << 1 | 1 << 8, 0 << 1 | 1
    parts = [Part("收到12件\r"), Part("旧文\r", piece_modifier=hidden_short), Part("旧文\r", piece_modifier=hidden_shared), Part("终\r")]
    assert texts(read(doc_of(*parts, shared=(struct.pack("<HB", 0x083C, 1),)))) == ["收到12件", "终"]


def test_rows_that_do_not_say_where_their_cells_stand_are_inferred() -> None:
    bare = Part("\x07", IN_TABLE + ROW_END)
    grid = only_grid(read(doc_of(cells("甲", "1", "2"), bare, cells("合计", "3"), bare)))
    assert grid.spans == "inferred"
    assert [(cell.row, cell.column, cell.text) for cell in grid.cells] == [
        (0, 0, "甲"),
        (0, 1, "1"),
        (0, 2, "2"),
        (1, 0, "合计"),
        (1, 2, "3"),
    ]


def test_symbols_and_raised_figures() -> None:
    check = struct.pack("<HHH", 0x6A09, 0, 0xF0FE)
    parts = [Part("(\r", characters=check), Part("1\r", characters=struct.pack("<HB", 0x2A48, 1))]
    assert texts(read(doc_of(*parts))) == ["\uf0fe", "¹"]


def test_an_unfinished_field_hides_nothing() -> None:
    assert texts(read(doc_of(Part("甲\x13 = 1 + 2\r"), Part("乙\x13PAGE\x145\x15\r")))) == ["甲 = 1 + 2", "乙5"]


def test_rows_struck_by_a_revision_are_left_out() -> None:
    deleted = row_end(0, 1000, 2000)
    end = Part(deleted.text, deleted.modifiers, struct.pack("<HB", 0x0800, 1))
    grid = only_grid(read(doc_of(cells("甲", "1"), row_end(0, 1000, 2000), cells("乙", "2"), end)))
    assert [cell.text for cell in grid.cells] == ["甲", "1"]


@settings(max_examples=60, deadline=None)
@given(merged_tables(st.text("0123456789,.-/一二三规章件", min_size=1, max_size=5), minimum=2))
def test_any_merged_table_comes_back_with_its_cells_and_spans(pieces: list[Piece]) -> None:
    placed = {(piece.row, piece.column): (piece.row_span, piece.column_span, piece.text) for piece in pieces}
    columns = max(piece.column + piece.column_span for piece in pieces)
    full = [(f"{column}", column) for column in range(columns)]  # a row without merges, so that every edge is in use
    document = read(
        doc_of(cells(*(text for text, _ in full)), row_end(*(1000 * edge for edge in range(columns + 1))), *table_parts(placed))
    )
    expected = {(0, column, 1, 1, text) for text, column in full}
    expected |= {(piece.row + 1, piece.column, piece.row_span, piece.column_span, piece.text) for piece in pieces}
    assert shape(only_grid(document)) == expected
