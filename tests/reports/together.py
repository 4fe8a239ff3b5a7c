"""Several reports in one file, one after the other, in any container."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from html import escape
from types import ModuleType
from unittest.mock import patch

from pipeline.catalog.model import Catalog
from tests.reports import render_docx, render_html, render_pdf, render_text, render_xls, render_xlsx
from tests.reports.content import ReportContent
from tests.reports.flow import Line, flow
from tests.reports.layout import PrintedTable, printed_tables

Tables = Callable[[ReportContent], Sequence[PrintedTable]]
_RENDERERS: dict[str, ModuleType] = {
    "docx": render_docx,
    "html": render_html,
    "pdf": render_pdf,
    "txt": render_text,
    "xls": render_xls,
    "xlsx": render_xlsx,
}


def render_together(catalog: Catalog, contents: Sequence[ReportContent], container: str, tables: Tables | None = None) -> bytes:
    """The reports as one file, named after the first. tables: those of each report; all of its form where it is not given."""

    def every(*_: object) -> Iterator[Line | PrintedTable]:
        for content in contents:
            for block in flow(content, tables(content) if tables else printed_tables(catalog, content)):
                if isinstance(block, PrintedTable) or block.text:
                    yield block

    renderer = _RENDERERS[container]
    with patch.object(renderer, "flow", every), patch.object(render_html, "_line", _line):
        data: bytes = renderer.render(contents[0], ())
    return data


def _line(line: Line) -> str:
    """A page shows the title of its first report in its own heading; those of the others stand in the text."""
    text = escape(line.text)
    return f"<p>{text}</p>" if line.kind == "paragraph" else f"<p><strong>{text}</strong></p>"
