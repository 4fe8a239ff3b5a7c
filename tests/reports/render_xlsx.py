"""A workbook: everything on one sheet, or the text on the first sheet and each table on a sheet of its own."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal

import xlsxwriter

from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedTable
from tests.reports.zips import rewritten

_SAVED = datetime(2020, 1, 2, 9, 30)
_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def render(
    content: ReportContent, tables: Iterable[PrintedTable], *, sheets: Literal["one", "each"] = "one", numbers: bool = True
) -> bytes:
    """numbers: plain figures are written as numbers, as people type them; otherwise as text."""
    saved = io.BytesIO()
    workbook = xlsxwriter.Workbook(saved, {"in_memory": True})
    workbook.set_properties({"created": _SAVED, "author": content.agency})
    blocks = list(flow(content, tables))
    width = max((block.columns for block in blocks if isinstance(block, PrintedTable)), default=8)
    sheet = _Sheet(workbook, "年度报告", width, numbers)
    for block in blocks:
        if isinstance(block, Line):
            sheet.line(block)
        elif sheets == "one":
            sheet.table(block)
    if sheets == "each":
        for number, block in enumerate((block for block in blocks if isinstance(block, PrintedTable)), start=2):
            _Sheet(workbook, f"附表{number}", block.columns, numbers).table(block)
    workbook.close()
    return rewritten(saved.getvalue())


class _Sheet:
    """A sheet that is filled downwards."""

    def __init__(self, workbook: Any, name: str, width: int, numbers: bool) -> None:
        self.sheet, self.width, self.numbers, self.row = workbook.add_worksheet(name), width, numbers, 0
        text = {"text_wrap": True, "valign": "vcenter", "font_name": "宋体"}
        self.formats = {
            "title": workbook.add_format({**text, "bold": True, "align": "center", "font_size": 16}),
            "heading": workbook.add_format({**text, "bold": True}),
            "paragraph": workbook.add_format(text),
            "cell": workbook.add_format({**text, "border": 1, "align": "center", "font_size": 9}),
        }

    def line(self, line: Line) -> None:
        if self.width > 1:
            self.sheet.merge_range(self.row, 0, self.row, self.width - 1, line.text, self.formats[line.kind])
        else:
            self.sheet.write_string(self.row, 0, line.text, self.formats[line.kind])
        self.sheet.set_row(self.row, 16 * (1 + len(line.text) // 45))
        self.row += 1

    def table(self, table: PrintedTable) -> None:
        style = self.formats["cell"]
        for (top, left), cell in table.placed().items():
            row, bottom, right = self.row + top, self.row + top + cell.row_span - 1, left + cell.column_span - 1
            if cell.row_span * cell.column_span > 1:
                self.sheet.merge_range(row, left, bottom, right, "", style)
            if self.numbers and _NUMBER.fullmatch(cell.text):
                self.sheet.write_number(row, left, float(cell.text), style)
            elif cell.text:
                self.sheet.write_string(row, left, cell.text, style)
            else:
                self.sheet.write_blank(row, left, None, style)
        self.row += len(table.rows) + 1
