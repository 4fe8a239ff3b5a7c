"""The text of a Word file as some tools dump it: a cell a line after a tab, an empty line between rows (see the example report)."""

from __future__ import annotations

from collections.abc import Iterable

from tests.reports.content import ReportContent
from tests.reports.flow import flow
from tests.reports.layout import PrintedTable

_AFTER_TABLE = ["", ""]


def render(
    content: ReportContent, tables: Iterable[PrintedTable], *, encoding: str = "utf-8", newline: str = "\n", separator: str | None = None
) -> bytes:
    """Merged cells: sideways one cell, downwards an empty cell in each further row.

    separator: a row a line with this between its cells, merged cells empty sideways too, as copied from a sheet.
    """
    lines: list[str] = []
    for block in flow(content, tables):
        if isinstance(block, PrintedTable):
            lines += [*(_table_lines(block) if separator is None else _separated_lines(block, separator)), *_AFTER_TABLE]
        elif block.kind == "heading":
            lines += ["", block.text] if lines and lines[-1] else [block.text]
        else:
            lines.append(block.text)
    return (newline.join(lines) + newline).encode(encoding)


def _table_lines(table: PrintedTable) -> list[str]:
    starts = table.placed()
    rows: list[dict[int, str]] = [{} for _ in table.rows]
    for (top, left), cell in starts.items():
        rows[top][left] = cell.text
        for below in range(top + 1, top + cell.row_span):
            rows[below][left] = ""
    lines = []
    for row in rows:
        lines += [f"\t{text}" for _, text in sorted(row.items())] + [""]
    return lines


def _separated_lines(table: PrintedTable, separator: str) -> list[str]:
    rows = [[""] * max(table.columns, 1 + max(left for _, left in table.placed())) for _ in table.rows]
    for (top, left), cell in table.placed().items():
        rows[top][left] = cell.text.replace("\n", "")
    return [separator.join(row) for row in rows]
