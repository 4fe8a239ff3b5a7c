from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pipeline.readers.spans import infer_spans

ROWS = st.lists(st.lists(st.sampled_from(["", "规章", "0"]), min_size=1, max_size=8), min_size=1, max_size=12)


@given(ROWS)
def test_every_row_fills_the_width_of_the_longest(rows: list[list[str]]) -> None:
    spans = infer_spans(rows)
    assert [len(row) for row in spans] == [len(row) for row in rows]
    assert all(min(row) >= 1 and sum(row) == max(map(len, rows)) for row in spans)


@given(st.integers(1, 6), st.integers(1, 6))
def test_rows_of_equal_length_have_no_spans(rows: int, columns: int) -> None:
    assert infer_spans([["x"] * columns] * rows) == [[1] * columns] * rows


def test_no_rows() -> None:
    assert infer_spans([]) == []


def test_labels_lead_a_row() -> None:
    assert infer_spans([["行政事业性收费", "0", "0"], ["a", "b", "c", "d"]]) == [[2, 1, 1], [1, 1, 1, 1]]


def test_an_empty_cell_is_as_wide_as_the_cell_it_continues() -> None:
    rows = [["三", "（一）", "0"], ["", "（三）", "1.", "0"], ["", "", "2.", "0"], ["", "（七）", "0"], ["四", "0"]]
    assert infer_spans(rows) == [[1, 2, 1], [1, 1, 1, 1], [1, 1, 1, 1], [1, 2, 1], [3, 1]]


def test_headings_cover_what_is_below() -> None:
    rows = [["复议", "诉讼"], ["a", "b", "直接", "复议后"], ["", "", "c", "d", "c", "d"], ["0"] * 6]
    assert infer_spans(rows) == [[2, 4], [1, 1, 2, 2], [1] * 6, [1] * 6]


def test_a_long_dump_takes_linear_time() -> None:
    rows = [["", "x"] if index % 2 else ["x", "", "y"] for index in range(20_000)] + [[""] * 5_000, ["x"] * 5_000]
    assert len(infer_spans(rows)) == len(rows)
