"""What is struck out in a workbook is not read, as in Word files and pages; raised figures join no number beside them."""

from __future__ import annotations

import io
from typing import Any

import pytest
import xlsxwriter
import xlwt
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Color, Font

from pipeline.catalog.model import Catalog
from pipeline.readers import xls, xlsx
from pipeline.readers.model import Document
from tests.readers.test_sheet_looks import made_rules, new, old

RAISED, LOWERED, STRUCK, PLAIN = "escapement superscript", "escapement subscript", "struck_out on", "bold on"
FORMATS: dict[str, dict[str, Any]] = {
    RAISED: {"font_script": 1},
    LOWERED: {"font_script": 2},
    STRUCK: {"font_strikeout": True},
    PLAIN: {"bold": True},
}
Part = tuple[str, str]  # a text and its font, as xlwt writes fonts; "" for that of the cell


def struck_new(sheet: Any) -> None:
    sheet["B3"].font = sheet["C3"].font = Font(strike=True)
    sheet["C3"] = "1"


def struck_old(sheet: Any) -> None:
    sheet.write(2, 1, 0, xlwt.easyxf(f"font: {STRUCK}"))
    sheet.write(2, 2, "1", xlwt.easyxf(f"font: {STRUCK}"))


def struck_row_old(sheet: Any) -> None:
    """Numbers side by side in one style stand in one record."""
    style = xlwt.easyxf(f"font: {STRUCK}")
    sheet.write(2, 1, 0, style)
    sheet.write(2, 2, 1, style)


def struck_unread_new(sheet: Any) -> None:
    struck_new(sheet)
    sheet["B3"] = "=1+1"
    sheet["C3"] = "#REF!"
    sheet["C3"].data_type = "e"


def struck_unread_old(sheet: Any) -> None:
    sheet.write(2, 1, xlwt.Formula("1+1"), xlwt.easyxf(f"font: {STRUCK}"))
    sheet.row(2).set_cell_error(2, "#REF!", xlwt.easyxf(f"font: {STRUCK}"))


@pytest.mark.parametrize(
    "document", [new(struck_new), old(struck_old), old(struck_row_old), new(struck_unread_new), old(struck_unread_old)]
)
def test_struck_out_cells_are_blank(catalog: Catalog, document: Document) -> None:
    _, cells = made_rules(catalog, document)
    assert [(cell.state, cell.value) for cell in cells] == [("blank", None), ("blank", None), ("number", 2)]


def new_texts(*texts: tuple[str, list[Part]], inline: bool) -> list[str]:
    """What is read of texts in parts, each in a cell with a font, from an xlsx file. inline: not shared between cells."""
    book = xlsxwriter.Workbook(saved := io.BytesIO(), {"constant_memory": inline})
    sheet = book.add_worksheet()
    formats = {name: book.add_format(said) for name, said in FORMATS.items()}
    for row, (font, parts) in enumerate(texts):
        sheet.write(row, 0, "规章")
        pieces = [piece for text, name in parts for piece in ([formats[name], text] if name else [text])]
        sheet.write_rich_string(row, 1, *pieces, *([formats[font]] if font else []))
    book.close()
    return read_texts(xlsx.read(saved.getvalue()), len(texts))


def old_texts(*texts: tuple[str, list[Part]]) -> list[str]:
    """What is read of the same from an xls file."""
    book, saved = xlwt.Workbook(), io.BytesIO()
    sheet = book.add_sheet("表")
    for row, (font, parts) in enumerate(texts):
        sheet.write(row, 0, "规章")
        fonts = [(text, xlwt.easyfont(name)) if name else text for text, name in parts]
        sheet.write_rich_text(row, 1, fonts, xlwt.easyxf(f"font: {font}" if font else ""))
    book.save(saved)
    return read_texts(xls.read(saved.getvalue()), len(texts))


def read_texts(document: Document, rows: int) -> list[str]:
    found = {(cell.row, cell.column): cell.text for grid in document.grids() for cell in grid.cells}
    return [found.get((row, 1), "") for row in range(rows)]


TEXTS: list[tuple[str, list[Part]]] = [
    ("", [("12", ""), ("1", RAISED)]),
    ("", [("12", PLAIN), ("1", LOWERED), ("件", PLAIN)]),
    ("", [("7", STRUCK), ("8 件", PLAIN)]),
    ("", [("13", ""), ("9", STRUCK)]),
    (STRUCK, [("5", ""), ("6", PLAIN)]),
    (STRUCK, [("5", PLAIN), ("6", PLAIN)]),
    ("", [("5", PLAIN), ("6", PLAIN)]),
    (RAISED, [("5", ""), ("6", PLAIN)]),
    (RAISED, [("5", PLAIN), ("6", PLAIN)]),
]
READ = ["12¹", "12₁件", "8 件", "13", "6", "56", "56", "⁵6", "56"]


def test_parts_of_texts_are_read_alike_in_both_formats() -> None:
    assert old_texts(*TEXTS) == READ
    assert new_texts(*TEXTS, inline=False) == READ
    assert new_texts(*TEXTS, inline=True) == READ


@given(st.lists(st.tuples(st.sampled_from(["甲", "a", "𠮷"]), st.integers(1, 5_000), st.sampled_from([RAISED, STRUCK])), max_size=9))
def test_long_texts_that_go_on_in_further_records(made: list[tuple[str, int, str]]) -> None:
    """A record holds 8224 bytes: texts go on in the next, where letters may take another number of bytes."""
    texts: list[tuple[str, list[Part]]] = [
        ("", [(letter * times + str(number), PLAIN), ("1", font)]) for number, (letter, times, font) in enumerate(made)
    ]
    expected = [letter * times + str(number) + ("¹" if font == RAISED else "") for number, (letter, times, font) in enumerate(made)]
    assert old_texts(*texts) == expected


def white_part_new(font: InlineFont) -> Document:
    def parted(sheet: Any) -> None:
        sheet["B3"] = CellRichText(TextBlock(InlineFont(), "12"), TextBlock(font, "5"))

    return new(parted)


def white_part_old(style: str) -> Document:
    return old(lambda sheet: sheet.write_rich_text(2, 1, ["12", ("5", xlwt.easyfont(style))]))


@pytest.mark.parametrize(
    "document",
    [
        white_part_new(InlineFont(color="FFFEFEFE")),
        white_part_new(InlineFont(color=Color(theme=0))),
        white_part_new(InlineFont(sz=1)),
        white_part_old("colour white"),
        white_part_old("height 20"),
    ],
)
def test_parts_of_a_text_that_nobody_sees_are_not_read_and_said(catalog: Catalog, document: Document) -> None:
    report, cells = made_rules(catalog, document)
    assert (cells[0].value, cells[0].raw) == (12, "12")
    assert "letters_unseen" in {item.code for item in report.problems}
