"""What containers do to a report: encodings, layout around it, dumps that lost something, pages without tables."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

import pypdfium2
from opencc import OpenCC

from pipeline.catalog.model import Catalog
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable
from tests.reports.quirks.model import Registry, Tables
from tests.reports.quirks.setting import each_cell

CONTAINERS = Registry("containers")
_to_traditional = OpenCC("s2t")
_WORDS = {"規範性文件": "規範性檔案", "強制": "強製"}

CONTAINERS.option("gbk_declared_gb2312", "html", options={"encoding": "gb18030", "declared": "gb2312"})
CONTAINERS.option("gbk_without_charset", "html", options={"encoding": "gb18030", "declared": None})
CONTAINERS.option("gbk_declared_utf8", "html", options={"encoding": "gb18030", "declared": "utf-8"})
CONTAINERS.option("utf8_declared_gbk", "html", options={"encoding": "utf-8", "declared": "gbk"})
CONTAINERS.option("gbk_text", "text", options={"encoding": "gb18030", "newline": "\r\n"})
CONTAINERS.option("utf8_with_a_mark", "text", "html", options={"encoding": "utf-8-sig"})
CONTAINERS.option("utf16_text", "text", options={"encoding": "utf-16"})
CONTAINERS.option("rows_copied_from_a_sheet", "text", options={"separator": "\t"}, alone=True)
CONTAINERS.option("rows_with_bars", "text", options={"separator": " | "}, alone=True)
CONTAINERS.option("a_sheet_for_each_table", "xlsx", "xls", options={"sheets": "each"})
CONTAINERS.option("numbers_as_text", "xlsx", "xls", options={"numbers": False})
CONTAINERS.option("no_page_numbers", "pdf", options={"page_numbers": False})
CONTAINERS.option("tables_without_lines", "pdf", options={"rulings": "none"}, keeps="some")
CONTAINERS.option("tables_with_level_lines", "pdf", options={"rulings": "level"}, keeps="some")
CONTAINERS.option("tight_tables_without_lines", "pdf", options={"rulings": "none", "padding": 1}, keeps="some")
CONTAINERS.option("sides_of_tables_without_lines", "pdf", options={"rulings": "none", "labels": "left", "figures": "right"}, keeps="some")
CONTAINERS.option("tops_of_tables_without_lines", "pdf", options={"rulings": "none", "labels": "left", "upright": "TOP"}, keeps="some")
CONTAINERS.option("lines_as_thin_boxes", "pdf", options={"rulings": "filled"})
CONTAINERS.option("lines_in_pieces", "pdf", options={"rulings": "pieces"})
CONTAINERS.option("lines_as_pictures", "pdf", options={"rulings": "images"})
CONTAINERS.option("tables_by_style", "html", options={"table_as": "styled"})
CONTAINERS.option("tables_by_style_less_merged_cells", "html", options={"table_as": "short_styled"}, keeps="some")
CONTAINERS.option("tables_by_class", "html", options={"table_as": "classed"})
CONTAINERS.option("tables_by_role", "html", options={"table_as": "roles"})
CONTAINERS.option("tables_as_grids", "html", options={"table_as": "grid"})
CONTAINERS.option("rows_of_divs", "html", options={"table_as": "divs"})
CONTAINERS.option("rows_of_divs_less_merged_cells", "html", options={"table_as": "short_divs"}, keeps="some")
CONTAINERS.option("tables_in_text_boxes", "docx", options={"tables_in": "text_box"})
CONTAINERS.option("cells_joined_side_by_side", "doc", options={"side_merges": True})
CONTAINERS.option("rows_defined_in_the_data_stream", "doc", options={"long_definitions": True})
CONTAINERS.option("headings_that_begin_behind_labels", "docx", options={"grid_before": True})
CONTAINERS.option("cells_in_content_controls", "docx", options={"tables_in": "content_control"})


@CONTAINERS.file("html")
def layout_tables(data: bytes, random: Random) -> bytes:
    """The article stands in two layers of layout tables, with navigation in their other cells."""
    menu = b"<td width='20%'><ul><li>" + "政务公开".encode() + b"</li></ul></td>"
    opened = b"<table width='100%'><tr>" + menu + b"<td><table><tr><td>"
    page = data.replace(b'<div class="TRS_Editor" id="zoom">', b'<div class="TRS_Editor" id="zoom">' + opened)
    return page.replace(b'</div>\n<div class="share">', b'</td></tr></table></td></tr></table></div>\n<div class="share">')


@CONTAINERS.file("html")
def word_paste(data: bytes, random: Random) -> bytes:
    """Every cell holds paragraphs, spans and empty Office elements, as pasted from Word."""
    cell = re.compile(rb"(<td[^>]*>)([^<]*)(</td>)")
    return cell.sub(rb'\1<p class="MsoNormal"><span style="font-size:12pt"><font>\2</font></span><o:p></o:p></p>\3', data)


@CONTAINERS.file("html")
def cells_without_end_tags(data: bytes, random: Random) -> bytes:
    """Old pages leave </td>, </tr> and </p> out."""
    return re.sub(rb"</t[dr]>|</p>", b"", data)


@CONTAINERS.file("html", keeps="none")
def tables_as_pictures(data: bytes, random: Random) -> bytes:
    """Each table is a picture."""
    return re.sub(rb"<table.*?</table>", b'<img src="/images/1.png" width="900" height="600">', data, flags=re.DOTALL)


@CONTAINERS.file("html", keeps="none")
def link_to_an_attachment(data: bytes, random: Random) -> bytes:
    """The page has nothing but a link to the report."""
    link = '<p>附件：<a href="/files/2.docx">政府信息公开工作年度报告.docx</a></p>'.encode()
    return re.sub(rb'(id="zoom">).*(</div>\n<div class="share">)', rb"\1" + link + rb"\2", data, flags=re.DOTALL)


@CONTAINERS.tables(keeps="none")
def text_about_a_report(tables: Tables, random: Random) -> Tables:
    """文字解读, 图解: every section is named and no table is there."""
    return ()


@CONTAINERS.file("text", keeps="none")
def repeated_lines_removed(data: bytes, random: Random) -> bytes:
    """A crawler took out every line that was there before."""
    kept: dict[str, None] = {}
    lines = [
        line
        for line in data.decode().split("\n")
        if not line.strip() or (line.strip() not in kept and not kept.update({line.strip(): None}))
    ]
    return "\n".join(lines).encode()


@CONTAINERS.file("text", keeps="some")
def tabs_and_empty_lines_removed(data: bytes, random: Random) -> bytes:
    """A cell a line, and nothing tells where rows end."""
    return "\n".join(line.strip() for line in data.decode().split("\n") if line.strip()).encode()


@CONTAINERS.file("text", keeps="some")
def rows_with_spaces(data: bytes, random: Random) -> bytes:
    """A row a line, its cells with spaces between them, as copied from a PDF; nothing tells of empty cells."""
    gap = random.choice([" ", "   ", "\N{IDEOGRAPHIC SPACE}"])
    return _rows_in_lines(data, lambda row: gap.join(cell for cell in row if cell))


def _rows_in_lines(data: bytes, joined: Callable[[list[str]], str]) -> bytes:
    """A dump of a cell a line with each row on one line."""
    lines: list[str] = []
    row: list[str] = []
    for line in data.decode().split("\n"):
        if line.startswith("\t"):
            row.append(line.strip())
        elif row:
            lines.append(joined(row))
            row = []
        else:
            lines.append(line)
    return "\n".join(lines).encode()


@CONTAINERS.file("text", keeps="some")
def empty_cells_dropped(data: bytes, random: Random) -> bytes:
    """Rows separated by bars from which the empty cells and zeros were dropped: `3 | 3` for a row of seven."""
    return _rows_in_lines(data, lambda row: " | ".join(cell for cell in row if cell and cell != "0"))


@CONTAINERS.content()
def traditional_characters(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """A mirror in traditional characters: title, headings and text (the tables follow in `traditional_tables`)."""
    sections = [
        replace(section, heading=traditional(section.heading), paragraphs=tuple(map(traditional, section.paragraphs)))
        for section in content.sections
    ]
    labels = {
        (label.table, label.axis, label.label): traditional(content.labels.get((label.table, label.axis, label.label), label.texts[0]))
        for table in catalog.tables_of(content.form)
        for label in catalog.labels_of(content.form_of(table.table), table.table)
    }
    opening = tuple(map(traditional, content.opening))
    return replace(
        content,
        agency=traditional(content.agency),
        title=traditional(content.title),
        sections=tuple(sections),
        labels=labels,
        opening=opening,
    )


def traditional(text: str) -> str:
    """Traditional characters, with words exchanged as mirrors do."""
    text = str(_to_traditional.convert(text))
    for word, other in _WORDS.items():
        text = text.replace(word, other)
    return text


@CONTAINERS.table(containers={"html", "doc", "docx", "xlsx", "pdf"})
def padded_labels(table: PrintedTable, random: Random) -> PrintedTable:
    """Spaces before, behind and inside labels."""
    return each_cell(
        table,
        lambda cell: (
            cell if cell.key or cell.text.isdigit() else replace(cell, text=f" 　{cell.text[:2]} {cell.text[2:]}\N{NO-BREAK SPACE}")
        ),
    )


@CONTAINERS.file("pdf")
def rotated_pages(data: bytes, random: Random) -> bytes:
    """Every page is to be turned by a quarter when shown."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(90)
    saved = io.BytesIO()
    document.save(saved)
    return saved.getvalue()
