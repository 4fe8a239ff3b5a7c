"""Pages that Excel or Calc has saved: titles and headings are rows of the one table."""

from __future__ import annotations

import pytest

from pipeline.readers.html import read
from pipeline.readers.model import Grid, Paragraph

ROWS = (
    "<tr><td colspan=3>瀚川市沐云区财政局2023年政府信息公开工作年度报告</td></tr><tr><td></td><td></td><td></td></tr>"
    "<tr><td>信息内容</td><td>制发</td><td>有效</td></tr><tr><td>规章</td><td{0}>1</td><td></td></tr>"
)
EXCEL = "<meta name=ProgId content=Excel.Sheet>"


@pytest.mark.parametrize(("head", "cell"), [(EXCEL, ""), ("", ' sdval="1" sdnum="1033;"')])
def test_a_saved_sheet_falls_into_lines_and_tables(head: str, cell: str) -> None:
    title, grid = read(f"<html>{head}<meta charset=utf-8><table>{ROWS.format(cell)}</table></html>".encode()).blocks
    assert isinstance(title, Paragraph)
    assert isinstance(grid, Grid)
    assert [item.text for item in grid.cells] == ["信息内容", "制发", "有效", "规章", "1", ""]


def test_any_other_table_is_left_whole() -> None:
    (grid,) = read(f"<html><meta charset=utf-8><table>{ROWS.format('')}</table></html>".encode()).blocks
    assert isinstance(grid, Grid)
    assert grid.rows == 4
