"""A workbook as Excel 2003 and the spreadsheet of WPS save it, on one sheet or with a sheet for each table."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable
from typing import Any, Literal

import xlwt

from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedTable

_NUMBER = re.compile(r"-?\d+(\.\d+)?")


def render(
    content: ReportContent, tables: Iterable[PrintedTable], *, sheets: Literal["one", "each"] = "one", numbers: bool = True
) -> bytes:
    """numbers: plain figures are written as numbers, as people type them; otherwise as text."""
    workbook = xlwt.Workbook()
    blocks = list(flow(content, tables))
    width = max((block.columns for block in blocks if isinstance(block, PrintedTable)), default=8)
    sheet, row, number = workbook.add_sheet("年度报告"), 0, 1
    for block in blocks:
        if isinstance(block, Line):
            sheet.write_merge(row, row, 0, width - 1, block.text)
            row += 1
        elif sheets == "one":
            _fill(sheet, row, block, numbers)
            row += len(block.rows) + 1
        else:
            number += 1
            _fill(workbook.add_sheet(f"附表{number}"), 0, block, numbers)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()


def _fill(sheet: Any, first: int, table: PrintedTable, numbers: bool) -> None:
    for (row, column), cell in table.placed().items():
        value: Any = float(cell.text) if numbers and _NUMBER.fullmatch(cell.text) else cell.text
        top = first + row
        if cell.row_span * cell.column_span > 1:
            sheet.write_merge(top, top + cell.row_span - 1, column, column + cell.column_span - 1, value)
        else:
            sheet.write(top, column, value)
