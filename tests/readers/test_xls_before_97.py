"""Workbooks of Excel 5 and 95: where a look that is not told would change a figure, nothing is read, and that is said."""

from __future__ import annotations

import struct
from collections.abc import Callable
from typing import Any

import pytest
import xlwt

from pipeline.common.errors import ReadError
from pipeline.readers import xls
from pipeline.readers.xls_before_97 import refuse_unseen
from pipeline.readers.xls_looks import Record
from tests.readers.test_xls import workbook

_BEGINNING_97, _BEGINNING_95 = bytes.fromhex("0908 1000 0006"), bytes.fromhex("0908 1000 0005")


def raised(sheet: Any) -> None:
    sheet.write_rich_text(0, 0, ["12", ("1", xlwt.easyfont("escapement superscript"))])


def struck(sheet: Any) -> None:
    sheet.write(0, 0, 12, xlwt.easyxf("font: struck_out true"))


def hidden_row(sheet: Any) -> None:
    sheet.write(0, 0, 12)
    sheet.row(0).hidden = True


def hidden_column(sheet: Any) -> None:
    sheet.write(0, 0, 12)
    sheet.col(0).hidden = True


@pytest.mark.parametrize("fill", [raised, struck, hidden_row, hidden_column])
def test_a_figure_that_people_see_otherwise_is_not_read_in_silence(fill: Callable[[Any], None]) -> None:
    data = workbook(fill)
    xls.read(data)  # of Excel 97 it is told
    assert data.count(_BEGINNING_97) >= 2
    with pytest.raises(ReadError) as caught:
        xls.read(data.replace(_BEGINNING_97, _BEGINNING_95))
    assert caught.value.code == "unsupported_kind"


@pytest.mark.parametrize("version", [0x0500, 0x0600])
def test_what_is_plain_is_left_to_the_library(version: int) -> None:
    font = struct.pack("<HHHHH", 200, 0, 0x7FFF, 400, 0)
    row = struct.pack("<HHHHHHH", 0, 0, 5, 255, 0, 0, 0)
    columns = struct.pack("<HHHHH", 0, 5, 2048, 15, 0)
    plain: list[Record] = [(0x0809, 0, struct.pack("<HH", version, 5)), (0x0031, 0, font), (0x0208, 0, row), (0x007D, 0, columns)]
    refuse_unseen(plain)
