"""Workbooks of Excel 95, which LibreOffice reads: number formats, white letters and hidden lines as in later ones."""

from __future__ import annotations

import struct
from collections.abc import Sequence

import pytest

from pipeline.common.errors import ReadError
from pipeline.readers import xls
from pipeline.readers.office import reading
from tests.readers.soffice import required
from tests.reports.word_binary import compound


def record(kind: int, content: bytes = b"") -> bytes:
    return struct.pack("<HH", kind, len(content)) + content


def excel_95(*cells: bytes, codes: Sequence[str] = (), more: bytes = b"", white: bool = False) -> bytes:
    """A workbook as Excel 95 wrote it, with one sheet; codes: the number formats of the cell styles from 1 on, style 0 is General."""
    font = struct.pack("<HHHHHBBBx", 200, 0, 1 if white else 0x7FFF, 400, 0, 0, 0, 134) + b"\x05Arial"
    formats = [record(0x041E, struct.pack("<HB", 164 + number, len(code)) + code.encode("gbk")) for number, code in enumerate(codes)]
    styles = [record(0x00E0, struct.pack("<HH12x", 0, number)) for number in (0, *range(164, 164 + len(codes)))]
    before = record(0x0809, struct.pack("<HHHH", 0x0500, 5, 0, 0)) + record(0x0042, struct.pack("<H", 936)) + record(0x0031, font) * 4
    before += b"".join([*formats, *styles])
    name = "表二".encode("gbk")
    length = len(before) + 4 + 7 + len(name) + 4
    book = before + record(0x0085, struct.pack("<IHB", length, 0, len(name)) + name) + record(0x000A)
    sheet = record(0x0809, struct.pack("<HHHH", 0x0500, 0x10, 0, 0)) + more + b"".join(cells) + record(0x000A)
    return compound({"Book": book + sheet})


def label(row: int, column: int, text: str) -> bytes:
    return record(0x0204, struct.pack("<HHHH", row, column, 0, len(text.encode("gbk"))) + text.encode("gbk"))


def number(row: int, column: int, figure: float, style: int = 0) -> bytes:
    return record(0x0203, struct.pack("<HHHd", row, column, style, figure))


def shown(data: bytes) -> list[tuple[str, str | None]]:
    return [(cell.text, cell.shown) for grid in xls.read(data).grids() for cell in grid.cells]


def test_a_workbook_of_excel_95_is_read_as_it_looks() -> None:
    required()
    cells = [label(0, 0, "规章"), *(number(0, style, 12_000 if style == 1 else 5, style) for style in range(1, 3)), number(1, 1, 7)]
    hidden = record(0x0208, struct.pack("<HHHHHHHH", 1, 0, 2, 255, 0, 0, 0x20, 0))
    data = excel_95(*cells, codes=["0,", ";;;"], more=hidden)
    assert shown(data) == [("规章", None), ("12", "12"), ("5", "")]
    assert shown(excel_95(label(0, 0, "规章"), number(0, 1, 3), white=True))[1] == ("3", "")


def test_without_libreoffice_it_is_said_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "libreoffice", lambda: None)
    with pytest.raises(ReadError) as caught:
        xls.read(excel_95(label(0, 0, "规章"), number(0, 1, 3)))
    assert caught.value.code == "libreoffice_missing"
