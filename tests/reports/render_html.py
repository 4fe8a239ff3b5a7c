"""A page of a government web site around the report: navigation, breadcrumbs, meta elements, share bar, footer."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from string import Template
from typing import Literal

from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedCell, PrintedTable
from tests.reports.quirks.setting import lost_merges

TableAs = Literal["table", "styled", "classed", "roles", "grid", "divs", "short_divs", "short_styled"]
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
    table_as: TableAs = "table",
) -> bytes:
    """The page.

    encoding: of the bytes; declared: what the page says of it (None: nothing).
    row_spans: "empty" puts empty cells in the place of cells merged downwards. cut_runs: each text of a cell stands in two spans.
    """
    tables = [lost_merges(table) if row_spans == "empty" else table for table in tables]
    body = [_TABLES[table_as](block, cut_runs) if isinstance(block, PrintedTable) else _line(block) for block in flow(content, tables)]
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


def _styled(table: PrintedTable, cut_runs: bool) -> str:
    """Styles have no merged cells: empty ones take the place of those merged away."""
    return _nested(table, 'style="display:table"', 'style="display: table-row"', 'style="display:table-cell;border:1px solid"')


def _classed(table: PrintedTable, cut_runs: bool) -> str:
    style = "<style>.tb{display:table;width:100%}.tb .r{display:table-row}.tb .r .c, .x{display:table-cell}</style>"
    return style + _nested(table, 'class="tb"', 'class="r"', 'class="c"')


def _divs(table: PrintedTable, cut_runs: bool) -> str:
    return _nested(table, "", 'class="row"', "")


def _short_divs(table: PrintedTable, cut_runs: bool, outer: str = "", row: str = "", cell: str = "") -> str:
    """A row has only the cells that begin in it."""
    rows = ["".join(f"<div {cell}>{escape(item.text)}</div>" for item in cells) for cells in table.rows]
    return f"<div {outer}>" + "".join(f"<div {row}>{texts}</div>" for texts in rows) + "</div>"


def _short_styled(table: PrintedTable, cut_runs: bool) -> str:
    return _short_divs(table, cut_runs, 'style="display:table"', 'style="display: table-row"', 'style="display:table-cell"')


def _nested(table: PrintedTable, outer: str, row: str, cell: str) -> str:
    placed = table.placed()
    rows = []
    for number in range(len(table.rows)):
        width = max([table.columns, *(column + item.column_span for (at, column), item in placed.items() if at == number)])
        texts = [escape(placed[number, column].text) if (number, column) in placed else "" for column in range(width)]
        rows.append("".join(f"<div {cell}>{text}</div>" for text in texts))
    return f"<div {outer}>" + "\n".join(f"<div {row}>{texts}</div>" for texts in rows) + "</div>"


def _roles(table: PrintedTable, cut_runs: bool) -> str:
    def spans(cell: PrintedCell) -> str:
        return f' aria-rowspan="{cell.row_span}" aria-colspan="{cell.column_span}"'

    rows = ["".join(f'<span role="cell"{spans(cell)}>{escape(cell.text)}</span>' for cell in row) for row in table.rows]
    return '<div role="table">' + "".join(f'<div role="row">{row}</div>' for row in rows) + "</div>"


def _grid(table: PrintedTable, cut_runs: bool) -> str:
    style = f"display:grid;grid-template-columns:repeat({table.columns}, minmax(0, 1fr))"
    cells = [
        f'<div style="grid-column: span {cell.column_span}; grid-row: span {cell.row_span}">{escape(cell.text)}</div>'
        for row in table.rows
        for cell in row
    ]
    return f'<div style="{style}">' + "".join(cells) + "</div>"


_TABLES: dict[TableAs, Callable[[PrintedTable, bool], str]] = {
    "table": _table,
    "styled": _styled,
    "classed": _classed,
    "roles": _roles,
    "grid": _grid,
    "divs": _divs,
    "short_divs": _short_divs,
    "short_styled": _short_styled,
}
