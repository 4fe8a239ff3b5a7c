"""Values on their way into a cell: nothing rounded, nothing cut in silence, zero and blank apart."""

from __future__ import annotations

from decimal import Decimal
from io import BytesIO
from typing import Any

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from pipeline.publish.workbook.cells import MOST_CHARACTERS, MOST_DIGITS, lines_needed, row_height, write_number, write_text, write_value
from pipeline.publish.workbook.styles import Styles, number_format

AMOUNTS = st.decimals(min_value=-(10**18), max_value=10**18, places=6).filter(lambda value: abs(value) < 10**18)


def read_back(values: list[Any], kind: str = "number") -> list[Any]:
    """What another program finds in the first column after the values were written there."""
    target = BytesIO()
    workbook = xlsxwriter.Workbook(target, {"in_memory": True})
    styles, sheet = Styles(workbook), workbook.add_worksheet("s")
    sheet.write_string(0, 0, "top")
    for row, value in enumerate(values, start=1):
        write_value(sheet, row, 0, value, kind, styles)
    sheet.write_string(len(values) + 1, 0, "end")
    workbook.close()
    target.seek(0)
    found = CalamineWorkbook.from_filelike(target).get_sheet_by_name("s").to_python()
    return [row[0] for row in found][1:-1]


@given(st.lists(AMOUNTS, min_size=1, max_size=20))
def test_an_amount_reads_back_as_it_was_however_many_digits_it_has(values: list[Decimal]) -> None:
    for value, found in zip(values, read_back(list(values)), strict=True):
        digits = f"{value:f}".lstrip("-").replace(".", "").strip("0")
        if isinstance(found, str):
            assert Decimal(found) == value
            assert len(digits) > MOST_DIGITS - 6
        else:
            assert Decimal(f"{found:.15g}") == value


def test_blank_and_zero_are_two_things() -> None:
    assert read_back([None, 0, Decimal("0.000000"), -3]) == ["", 0, 0, -3]


def test_text_that_looks_like_a_formula_or_a_number_stays_text() -> None:
    assert read_back(["=1+1", "007", "http://a.example"], "text") == ["=1+1", "007", "http://a.example"]


def test_a_text_beyond_the_limit_says_that_it_was_cut() -> None:
    (found,) = read_back(["字" * (MOST_CHARACTERS + 1)], "long")
    assert len(found) == MOST_CHARACTERS
    assert found.endswith(f"……（原文共 {MOST_CHARACTERS + 1} 字，超过单元格上限，余下部分见数据库）")


def test_what_no_cell_can_hold_is_refused() -> None:
    with pytest.raises(TypeError, match="object"):
        read_back([object()])


def test_formats_show_every_decimal_and_negative_numbers_in_red() -> None:
    assert number_format(0) == "#,##0;[Red]-#,##0"
    assert number_format(4) == "#,##0.0000;[Red]-#,##0.0000"
    shown: list[Any] = []

    class Sheet:
        def write_number(self, row: int, column: int, value: float, style: Any) -> None:
            shown.append((value, style.num_format))

    styles = Styles(xlsxwriter.Workbook(BytesIO(), {"in_memory": True}))
    for value in (Decimal("59237.244900"), Decimal("-5.000000")):
        write_number(Sheet(), 0, 0, value, styles)
    assert shown == [(59237.2449, number_format(4)), (-5.0, number_format(0))]


def test_rows_grow_with_their_text_up_to_what_excel_allows() -> None:
    assert lines_needed("", 10) == 1
    assert lines_needed("一二三四五\n六", 13) == 2
    assert lines_needed("一二三四五六", 13) == 2
    assert row_height(1) < row_height(2)
    assert row_height(1000) == 409


def test_an_empty_text_is_a_blank_cell() -> None:
    written: list[str] = []

    class Sheet:
        def write_blank(self, row: int, column: int, value: None, style: Any) -> None:
            written.append("blank")

    write_text(Sheet(), 0, 0, "", None)
    assert written == ["blank"]
