"""Paragraphs and tables of a Word document as XML elements, in the order in which Word wants their parts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from docx.oxml.ns import qn
from lxml import etree

# Word refuses a file with any of these; what a report printed must not make a letter unreadable
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_UNKNOWN = "\ufffd"
STYLE_PREFIX = "official-"  # “title” alone would be taken for the style of that name that Word has itself
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_BORDERS = ("top", "left", "bottom", "right", "insideH", "insideV")


@dataclass(frozen=True)
class Cell:
    """A cell at its upper left corner. style: of its paragraph; shade: RRGGBB or ""."""

    row: int
    column: int
    text: str
    style: str
    row_span: int = 1
    column_span: int = 1
    shade: str = ""


def paragraph(style: str, *texts: str | tuple[str, bool], page_break: bool = False) -> Any:
    """A paragraph under a style of `template.py`; (text, True) is bold; a line feed is a new line; page_break: on a new page."""
    element = etree.Element(_name("w:p"))
    properties = _add(element, "w:pPr")
    _add(properties, "w:pStyle", val=STYLE_PREFIX + style)
    if page_break:
        _add(properties, "w:pageBreakBefore")
    for text in texts:
        _add_run(element, *((text, False) if isinstance(text, str) else text))
    return element


def table(widths: Sequence[int], cells: Iterable[Cell], *, headings: int = 0, heights: Sequence[int] = ()) -> Any:
    """A table with lines around every cell. widths: of the columns in twentieths of a point; headings: rows repeated on every page.

    heights: the least height of each row. Rows are not broken over pages. The cells cover the table without gap or overlap;
    one over several rows stands in the first of them.
    """
    placed = {(cell.row, cell.column): cell for cell in cells}
    element = etree.Element(_name("w:tbl"))
    _add_table_properties(element, widths)
    open_cells: dict[int, Cell] = {}
    for row in range(max(cell.row + cell.row_span for cell in placed.values())):
        line = _add(element, "w:tr")
        properties = _add(line, "w:trPr")
        _add(properties, "w:cantSplit")
        if row < len(heights):
            _add(properties, "w:trHeight", val=str(heights[row]), hRule="atLeast")
        if row < headings:
            _add(properties, "w:tblHeader")
        column = 0
        while column < len(widths):
            cell = placed.get((row, column)) or open_cells[column]
            open_cells[column] = cell
            _add_cell(line, cell, sum(widths[column : column + cell.column_span]), starts=cell.row == row)
            column += cell.column_span
    return element


def _add_table_properties(element: Any, widths: Sequence[int]) -> None:
    properties = _add(element, "w:tblPr")
    _add(properties, "w:tblW", w=str(sum(widths)), type="dxa")
    _add(properties, "w:jc", val="center")
    borders = _add(properties, "w:tblBorders")
    for side in _BORDERS:
        _add(borders, f"w:{side}", val="single", sz="4", space="0", color="000000")
    _add(properties, "w:tblLayout", type="fixed")
    margins = _add(properties, "w:tblCellMar")
    for side in ("left", "right"):
        _add(margins, f"w:{side}", w="57", type="dxa")
    grid = _add(element, "w:tblGrid")
    for width in widths:
        _add(grid, "w:gridCol", w=str(width))


def _add_cell(line: Any, cell: Cell, width: int, *, starts: bool) -> None:
    element = _add(line, "w:tc")
    properties = _add(element, "w:tcPr")
    _add(properties, "w:tcW", w=str(width), type="dxa")
    if cell.column_span > 1:
        _add(properties, "w:gridSpan", val=str(cell.column_span))
    if cell.row_span > 1:
        _add(properties, "w:vMerge", val="restart" if starts else "continue")
    if cell.shade:
        _add(properties, "w:shd", val="clear", color="auto", fill=cell.shade)
    _add(properties, "w:vAlign", val="center")
    element.append(paragraph(cell.style, cell.text if starts else ""))


def _add_run(parent: Any, text: str, bold: bool) -> None:
    if not text:
        return
    run = _add(parent, "w:r")
    properties = _add(run, "w:rPr")
    _add(properties, "w:rFonts", hint="eastAsia")  # “ ” … as wide as Chinese characters
    if bold:
        _add(properties, "w:b")
    for number, line in enumerate(_NOT_IN_XML.sub(_UNKNOWN, text).replace("\r\n", "\n").replace("\r", "\n").split("\n")):
        if number:
            _add(run, "w:br")
        element = _add(run, "w:t")
        element.set(_SPACE, "preserve")
        element.text = line


def _add(parent: Any, name: str, **attributes: str) -> Any:
    return etree.SubElement(parent, _name(name), {_name(f"w:{attribute}"): value for attribute, value in attributes.items()})


_name = cache(qn)  # asked for many times in every document
