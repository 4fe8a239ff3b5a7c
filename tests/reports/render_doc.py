"""A Word 97-2003 file, and with it the documents of WPS Writer, written byte by byte."""

from __future__ import annotations

from collections.abc import Iterable

from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedTable
from tests.reports.word_binary import Part, doc_of, in_data_stream, table_parts

_TEXT_WIDTH = 8600  # twips


def render(content: ReportContent, tables: Iterable[PrintedTable], *, side_merges: bool = False, long_definitions: bool = False) -> bytes:
    """The report as .doc; deterministic.

    side_merges: wide cells are several joined ones. long_definitions: those of rows stand in the data stream.
    """
    parts = list[Part]()
    for block in flow(content, tables):
        parts += [Part(f"{block.text}\r")] if isinstance(block, Line) else _table(block, side_merges)
    parts, data = in_data_stream(parts, 0) if long_definitions else in_data_stream(parts)
    return doc_of(*parts, data=data)


def _table(table: PrintedTable, side_merges: bool) -> list[Part]:
    placed = {place: (cell.row_span, cell.column_span, cell.text.replace("\n", "\x0b")) for place, cell in table.placed().items()}
    rows = table_parts(placed, _TEXT_WIDTH // table.columns, side_merges=side_merges)
    return [*rows, Part("\r")]  # without a paragraph between them two tables are one
