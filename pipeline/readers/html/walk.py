"""The walk over a page: where text goes, and which tables are open.

The page is walked once, without recursion. A table that holds another table is layout: its cells become blocks around
the inner one. A table of a single column is no table but text.
"""

from __future__ import annotations

import re
from typing import cast

from lxml import etree

from pipeline.readers.html.inline import PagePictures
from pipeline.readers.html.table import PlacedTable, SourceCell, place
from pipeline.readers.html.unmarked import INFERRED
from pipeline.readers.model import Grid, Paragraph

_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hr", "html", "legend", "li", "main", "menu", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_WHITE = " \t\n\r\f"  # what a browser collapses: &nbsp; and U+3000 stay
_SPACE = re.compile(f"[{_WHITE}]+")

Block = str | Paragraph | PlacedTable  # str: a line of text


def _collapsed(text: str) -> str:
    line = text.strip(_WHITE)
    return line if line.isprintable() and "  " not in line else _SPACE.sub(" ", line)


def _prints(text: str | None) -> bool:
    """Whether text between elements is more than the white space that a browser drops."""
    return text is not None and text != "\n" and text.strip(_WHITE) != ""


def _line_of(cell: etree._Element) -> str | None:
    """The text of a cell that holds a single line, bare or as one <p>; None for any other cell, and for what is no cell."""
    children = len(cell)
    if children > 1 or cell.tag not in _CELLS:
        return None
    tail = cell.tail
    if tail and _prints(tail):
        return None
    text = cell.text
    if children:
        inner = cell[0]
        if inner.tag != "p" or len(inner) or _prints(text) or _prints(inner.tail):
            return None
        text = inner.text
    if not text or text.isalnum():  # most cells: a figure
        return text or ""
    return _collapsed(text)


class _Table:
    """A table being read: for each row its cells, as a line or as blocks, with the element that states the spans."""

    def __init__(self, outside: list[Block], inferred: bool) -> None:
        self.outside = outside  # the blocks that the table stands among
        self.inferred = inferred  # whether the widths of its cells were worked out
        self.rows: list[list[tuple[str | list[Block], etree._Element]]] = []
        self.holds_blocks = False  # until a cell holds more than a line

    def end(self) -> None:
        """Add the table to the blocks around it: as a table, or as the blocks of its cells where it is only layout."""
        if not self._is_layout():
            lines = [[(_text_of(content), element) for content, element in row] for row in self.rows] if self.holds_blocks else self.rows
            table = place(cast("list[list[SourceCell]]", lines))
            if table.columns > 1:
                self.outside.append(table._replace(spans="inferred") if self.inferred else table)
                return
        for row in self.rows:
            for content, _ in row:
                self.outside.extend([content] if isinstance(content, str) else content)

    def _is_layout(self) -> bool:
        return self.holds_blocks and any(
            isinstance(block, PlacedTable) for row in self.rows for content, _ in row if not isinstance(content, str) for block in content
        )


def _text_of(content: str | list[Block]) -> str:
    if isinstance(content, str):
        return content
    return "\n".join(block if isinstance(block, str) else block.text for block in content if not isinstance(block, PlacedTable))


class Page:
    """A page being walked: the blocks so far, the line being read, and its pictures."""

    def __init__(self, pictures: PagePictures) -> None:
        self.blocks: list[Block] = []
        self.target = self.blocks
        self.tables: list[_Table] = []
        self.pieces: list[str] = []  # of the line being read
        self.preformatted = 0
        self.pictures = pictures

    def walk(self, root: etree._Element) -> list[Block]:
        """Visit every element in document order, and return the blocks of the page."""
        path = [iter((root,))]
        parents: list[etree._Element] = []
        while path:
            for element in path[-1]:
                children, tag = len(element), element.tag
                if tag == "tr" and children and self._plain_row(element):
                    continue
                if tag in _BLOCKS:
                    self._start(tag, element)
                elif tag == "img":
                    self._picture(element)
                if element.text:
                    self._text(element.text)
                if children:
                    path.append(iter(element))
                    parents.append(element)
                    break
                self._leave(element)
            else:
                path.pop()
                if parents:
                    self._leave(parents.pop())
        self._end_line()
        return self.blocks

    def _plain_row(self, element: etree._Element) -> bool:
        """Take a row whose cells hold nothing but a line each, as most do, in one step; False where the long way is needed."""
        if self.preformatted or not self.tables or _prints(element.text):
            return False
        cells: list[tuple[str | list[Block], etree._Element]] = []
        for cell in element:
            line = _line_of(cell)
            if line is None:
                return False
            cells.append((line, cell))
        if self.pieces:
            self._end_line()
        table = self.tables[-1]
        table.rows.append(cells)
        self.target = table.outside
        if element.tail:
            self._text(element.tail)
        return True

    def _picture(self, element: etree._Element) -> None:
        """Put what a picture of a table shows in its place."""
        shown = self.pictures.blocks_of(element)
        if shown is not None:
            self._end_line()
            self.target.extend(PlacedTable(block.rows, block.columns, block.cells) if isinstance(block, Grid) else block for block in shown)

    def _leave(self, element: etree._Element) -> None:
        if element.tag in _BLOCKS:
            self._end(element.tag)
        if element.tail:
            self._text(element.tail)

    def _text(self, text: str) -> None:
        if self.preformatted:
            for line in text.split("\n"):
                self._end_line()
                self.pieces.append(line)
        elif self.pieces or text != "\n":  # between two blocks there is nearly always just a line end
            self.pieces.append(text)

    def _end_line(self, heading: bool = False) -> None:
        line = _collapsed("".join(self.pieces))
        self.pieces.clear()
        if line:
            self.target.append(Paragraph(line, heading=True) if heading else line)

    def _start(self, tag: str, element: etree._Element) -> None:
        if self.pieces:
            parent = element.getparent() if tag == "br" else None
            self._end_line(heading=parent is not None and parent.tag in _HEADINGS)
        if tag in {"td", "th"}:
            if self.tables:
                table = self.tables[-1]
                if not table.rows:
                    table.rows.append([])
                self.target = []
                table.rows[-1].append((self.target, element))
                table.holds_blocks = True
        elif tag == "tr":
            if self.tables:
                self.tables[-1].rows.append([])
        elif tag == "table":
            self.tables.append(_Table(self.target, element.get(INFERRED) is not None))
        elif tag == "pre":
            self.preformatted += 1

    def _end(self, tag: str) -> None:
        if self.pieces:
            self._end_line(heading=tag in _HEADINGS)
        if tag in {"td", "th"}:
            if self.tables:
                self.target = self.tables[-1].outside
        elif tag == "table":
            table = self.tables.pop()
            table.end()
            self.target = table.outside
        elif tag == "pre":
            self.preformatted -= 1
