"""The containers that reports are rendered into. Another one is an entry in CONTAINERS."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from tests.reports import render_doc, render_docx, render_html, render_pdf, render_text, render_xlsx


@dataclass(frozen=True)
class Container:
    """A kind of file. render: content, tables and options to bytes. digital: figures are text in it, not pictures."""

    render: Callable[..., bytes]
    suffix: str
    digital: bool = True


CONTAINERS: dict[str, Container] = {
    "text": Container(render_text.render, ".txt"),
    "html": Container(render_html.render, ".html"),
    "docx": Container(render_docx.render, ".docx"),
    "doc": Container(render_doc.render, ".doc"),
    "xlsx": Container(render_xlsx.render, ".xlsx"),
    "pdf": Container(render_pdf.render, ".pdf"),
}
