"""A Word file: python-docx for the document, its tables as Word writes them (gridSpan, vMerge)."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import datetime
from typing import Any, Literal
from xml.sax.saxutils import escape

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from tests.reports.content import ReportContent
from tests.reports.flow import flow
from tests.reports.layout import PrintedCell, PrintedTable
from tests.reports.zips import rewritten

_SAVED = datetime(2020, 1, 2, 9, 30)
_UNUSED_PARTS = {"thumbnail", "stylesWithEffects", "customXml"}
_VML = "urn:schemas-microsoft-com:vml"
_TEXT_WIDTH = 8600  # twips
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


def render(
    content: ReportContent,
    tables: Iterable[PrintedTable],
    *,
    font: str = "仿宋",
    cut_runs: bool = False,
    tables_in: Literal["body", "text_box", "content_control"] = "body",
    grid_before: bool = False,
) -> bytes:
    """The report as .docx; deterministic.

    cut_runs: each text of a cell stands in two runs. tables_in: text boxes as WPS writes them; or the body, where every
    cell stands in a content control.
    """
    document = _empty_document()
    normal = document.styles["Normal"]
    normal.font.size = Pt(14)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), font)
    for block in flow(content, tables):
        if isinstance(block, PrintedTable):
            document.element.body.insert(
                len(document.element.body) - 1, parse_xml(_shell(_table(block, cut_runs, tables_in, grid_before), tables_in))
            )
            continue
        paragraph = document.add_paragraph()
        run = paragraph.add_run(block.text)
        if block.kind == "title":
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            run.font.size = Pt(20)
        run.bold = block.kind != "paragraph" or None
    properties = document.core_properties
    properties.created = properties.modified = _SAVED
    properties.author, properties.comments, properties.title = content.agency, "", content.title.replace("\n", "")
    saved = io.BytesIO()
    document.save(saved)
    return rewritten(saved.getvalue())


def _empty_document() -> Any:
    """The template of python-docx without its picture and its hundred table styles, which would be most of the file."""
    document = docx.Document()
    for part in (document.part.package, document.part):
        for number, relation in list(part.rels.items()):
            if relation.reltype.rpartition("/")[2] in _UNUSED_PARTS:
                del part.rels[number]
    for style in list(document.styles):
        if style.type == WD_STYLE_TYPE.TABLE:
            style.element.getparent().remove(style.element)
    return document


def _shell(table: str, tables_in: str) -> str:
    """The table, or a paragraph with a text box that holds it."""
    if tables_in != "text_box":
        return table
    box = f'<w:pict><v:shape xmlns:v="{_VML}" style="width:430pt;height:300pt"><v:textbox><w:txbxContent>{table}<w:p/></w:txbxContent>'
    return f"<w:p {nsdecls('w')}><w:r>{box}</v:textbox></v:shape></w:pict></w:r></w:p>"


def _table(table: PrintedTable, cut_runs: bool, tables_in: str, grid_before: bool) -> str:
    width = _TEXT_WIDTH // table.columns
    grid = f'<w:gridCol w:w="{width}"/>' * table.columns
    rows: list[list[tuple[int, str]]] = [[] for _ in table.rows]
    for (top, left), cell in table.placed().items():
        rows[top].append((left, _cell(cell, cell.text, width, "restart" if cell.row_span > 1 else None, cut_runs)))
        for below in range(top + 1, top + cell.row_span):
            rows[below].append((left, _cell(cell, "", width, "continue", cut_runs)))
    if tables_in == "content_control":
        rows = [[(left, f"<w:sdt><w:sdtContent>{text}</w:sdtContent></w:sdt>") for left, text in row] for row in rows]
    head = next((number for number, cells in enumerate(table.rows) if any(cell.key for cell in cells)), 0)
    body = "".join(_row(sorted(row), grid_before and table.label_columns > 0 and number < head) for number, row in enumerate(rows))
    properties = f'<w:tblPr><w:tblW w:w="{_TEXT_WIDTH}" w:type="dxa"/><w:tblBorders>{_BORDERS}</w:tblBorders></w:tblPr>'
    return f"<w:tbl {nsdecls('w')}>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: list[tuple[int, str]], begins_later: bool) -> str:
    """begins_later: the cell over the labels is left out, and the row says that it begins behind them."""
    if not begins_later or len(cells) < 2:
        return "<w:tr>" + "".join(text for _, text in cells) + "</w:tr>"
    before = f'<w:trPr><w:gridBefore w:val="{cells[1][0]}"/></w:trPr>'
    return f"<w:tr>{before}" + "".join(text for _, text in cells[1:]) + "</w:tr>"


def _cell(cell: PrintedCell, text: str, width: int, merge: str | None, cut_runs: bool) -> str:
    properties = f'<w:tcW w:w="{width * cell.column_span}" w:type="dxa"/>'
    properties += f'<w:gridSpan w:val="{cell.column_span}"/>' if cell.column_span > 1 else ""
    properties += {"restart": '<w:vMerge w:val="restart"/>', "continue": "<w:vMerge/>", None: ""}[merge]
    runs = "<w:r><w:br/></w:r>".join(_runs(line, cut_runs) for line in text.split("\n"))
    paragraph = f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs if text else ""}</w:p>'
    return f'<w:tc><w:tcPr>{properties}<w:vAlign w:val="center"/></w:tcPr>{paragraph}</w:tc>'


def _runs(text: str, cut: bool) -> str:
    texts = [text[:1], text[1:]] if cut else [text]
    return "".join(f'<w:r><w:rPr><w:sz w:val="18"/></w:rPr><w:t xml:space="preserve">{escape(part)}</w:t></w:r>' for part in texts)
