"""A page of a government web site around the report: navigation, breadcrumbs, meta elements, share bar, footer."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import Literal

from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedCell, PrintedTable
from tests.reports.quirks.setting import lost_merges

_PAGE = Template((Path(__file__).parent / "page.html").read_text(encoding="utf-8"))
_CHARSET = '<meta http-equiv="Content-Type" content="text/html; charset={}">\n'


def render(
    content: ReportContent,
    tables: Iterable[PrintedTable],
    *,
    encoding: str = "utf-8",
    declared: str | None = "utf-8",
    row_spans: Literal["spans", "empty"] = "spans",
    cut_runs: bool = False,
) -> bytes:
    """The page.

    encoding: of the bytes; declared: what the page says of it (None: nothing).
    row_spans: "empty" puts empty cells in the place of cells merged downwards. cut_runs: each text of a cell stands in two spans.
    """
    tables = [lost_merges(table) if row_spans == "empty" else table for table in tables]
    body = [_table(block, cut_runs) if isinstance(block, PrintedTable) else _line(block) for block in flow(content, tables)]
    page = _PAGE.substitute(
        charset=_CHARSET.format(declared) if declared else "",
        title=escape(content.title.replace("\n", "")),
        site=escape(content.site),
        agency=escape(content.agency),
        published=content.published_on.isoformat() if content.published_on else "",
        body="\n".join(part for part in body if part),
    )
    return page.encode(encoding)


def _line(line: Line) -> str:
    """The title stands in the page's own heading already."""
    if line.kind == "title":
        return ""
    text = escape(line.text)
    return f"<p><strong>{text}</strong></p>" if line.kind == "heading" else f"<p>{text}</p>"


def _table(table: PrintedTable, cut_runs: bool) -> str:
    rows = ["<tr>" + "".join(_cell(cell, cut_runs) for cell in row) + "</tr>" for row in table.rows]
    return '<table border="1" cellspacing="0" cellpadding="0">\n' + "\n".join(rows) + "\n</table>"


def _cell(cell: PrintedCell, cut_runs: bool) -> str:
    spans = (f' rowspan="{cell.row_span}"' if cell.row_span > 1 else "") + (
        f' colspan="{cell.column_span}"' if cell.column_span > 1 else ""
    )
    runs = [cell.text[:1], cell.text[1:]] if cut_runs else [cell.text]
    texts = [escape(text).replace(chr(10), "<br>") for text in runs]
    return f"<td{spans}>{''.join(f'<span>{text}</span>' for text in texts) if cut_runs else texts[0]}</td>"
