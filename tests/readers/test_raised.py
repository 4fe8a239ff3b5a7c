"""Small raised figures beside a number mark a note: 284 with the note 1 is not 2841."""

from __future__ import annotations

import io
from typing import Any

import xlsxwriter

from pipeline.readers import xlsx
from pipeline.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, draw_table, only_grid, pdf_of, write


def test_a_raised_figure_of_a_page_joins_no_number() -> None:
    def draw(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, ""), (1, 0, 1, 1, "12"), (1, 1, 1, 1, "")], [60.0, 60.0], 60)
        write(canvas, "284", 75, left=130, size=10)
        canvas.setFont("STSong-Light", 5.8)
        canvas.drawString(144, HEIGHT - 75 + 3.3, "1")
        write(canvas, "规12", 99, left=130, size=10)

    assert [cell.text for cell in only_grid(read(pdf_of(draw))).cells] == ["规章", "284¹", "12", "规12"]


def test_a_raised_or_struck_out_part_of_a_text_of_a_sheet() -> None:
    saved = io.BytesIO()
    book = xlsxwriter.Workbook(saved)
    sheet = book.add_worksheet()
    raised, struck = book.add_format({"font_script": 1}), book.add_format({"font_strikeout": True})
    sheet.write_row(0, 0, ["规章", "制发"])
    sheet.write(1, 0, "行政许可")
    sheet.write_rich_string(1, 1, "5", raised, "1")
    sheet.write_rich_string(2, 0, struck, "7", "8 件")
    sheet.write_number(2, 1, 4)
    book.close()
    (grid,) = xlsx.read(saved.getvalue()).grids()
    assert [cell.text for cell in grid.cells] == ["规章", "制发", "行政许可", "5¹", "8 件", "4"]
