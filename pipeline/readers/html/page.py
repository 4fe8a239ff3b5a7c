"""HTML pages: paragraphs at block boundaries, and tables with their merged cells.

The page is walked once, without recursion. A table that holds another table is layout: its cells become blocks around
the inner one. A table of a single column is no table but text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.encoding import decode
from pipeline.readers.html.about import metadata_of, pictures_in
from pipeline.readers.html.fields import show_fields
from pipeline.readers.html.hidden import drop_hidden
from pipeline.readers.html.inline import blocks_of_picture
from pipeline.readers.html.links import drop_links
from pipeline.readers.html.order import in_printed_order, set_apart
from pipeline.readers.html.pictures import PICTURE, show_pictures
from pipeline.readers.html.table import PlacedTable, SourceCell, place
from pipeline.readers.model import Document, Grid, Paragraph

_CELLS = frozenset({"td", "th"})
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_BLOCKS = _HEADINGS | frozenset(
    {"address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details", "dir", "div", "dl", "dt"}
    | {"fieldset", "figcaption", "figure", "footer", "form", "frameset", "header", "hr", "html", "legend", "li", "main", "menu", "nav"}
    | {"ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"}
)
_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "title", "select", "datalist", "textarea", "button", "iframe", "object", "svg", "math"}
)
_INLINE = frozenset({"span", "font", "a", "b", "strong", "i", "em", "u", "small", "big", "sub", "sup", "label"})
_FEW_INLINE = 20_000
_STRUCK_OUT = frozenset({"del", "s", "strike"})
_WHITE = " \t\n\r\f"  # what a browser collapses: &nbsp; and U+3000 stay
_SPACE = re.compile(f"[{_WHITE}]+")
_END_OF_PAGE = re.compile(r"</(?:html|body)[\s/][^<>]*>|</(?:html|body)>", re.IGNORECASE)
_CONTROL = bytes([*range(9), 11, *range(14, 32)])

Block = str | Paragraph | PlacedTable  # str: a line of text


def read(data: bytes, charset: str | None = None) -> Document:
    """Read a page. charset: what is said of it elsewhere.

    Raises ReadError: `encoding`, or `damaged` where it is nested so deeply that the parser drops the rest.
    """
    text = decode(data, markup=True, charset=charset)
    root = _parse(text)
    metadata = metadata_of(root)
    show_fields(root)
    drop_hidden(root, text)
    show_pictures(root)
    drop_links(root, ["".join(metadata.get(key, "").split()) for key in ("title", "article_title")])
    etree.strip_elements(root, *_DROPPED, *_STRUCK_OUT, with_tail=False)
    set_apart(root)
    in_printed_order(root)
    pictures = pictures_in(root)
    if sum(1 for _ in root.iter(*_INLINE)) <= _FEW_INLINE:  # makes the walk shorter, and takes quadratic time
        etree.strip_tags(root, *_INLINE)
    page = _Page()
    blocks = tuple(_numbered(page.walk(root)))
    return Document(blocks, metadata, pictures - page.pictures_read)


def _parse(text: str) -> etree._Element:
    # libxml2 drops what lies deeper than 256 elements, 2048 with huge_tree; pages with unclosed <font> come near the first
    parser = etree.HTMLParser(encoding="utf-8", recover=True, no_network=True, huge_tree=True, remove_comments=True, remove_pis=True)
    # and drops all that comes after </html>, where browsers go on: whole pages are pasted into pages, others end twice
    text = _END_OF_PAGE.sub(" ", text)
    root = etree.fromstring(text.encode("utf-8", "replace").translate(None, _CONTROL), parser)
    if root is None:
        raise ReadError("damaged", "网页里没有任何内容，无法读取。请在浏览器中核对后重新保存。")
    last_error = parser.error_log.last_error
    if last_error is not None and "Excessive depth" in last_error.message:  # it is the last, because the parser stops there
        raise ReadError("damaged", "网页标记嵌套过深，后面的内容无法读取。请在浏览器中打开，另存后重新报送。")
    return root


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

    def __init__(self, outside: list[Block]) -> None:
        self.outside = outside  # the blocks that the table stands among
        self.rows: list[list[tuple[str | list[Block], etree._Element]]] = []
        self.holds_blocks = False  # until a cell holds more than a line

    def end(self) -> None:
        """Add the table to the blocks around it: as a table, or as the blocks of its cells where it is only layout."""
        if not self._is_layout():
            lines = [[(_text_of(content), element) for content, element in row] for row in self.rows] if self.holds_blocks else self.rows
            table = place(cast("list[list[SourceCell]]", lines))
            if table.columns > 1:
                self.outside.append(table)
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


class _Page:
    """The walk: where text goes, and which tables are open."""

    def __init__(self) -> None:
        self.blocks: list[Block] = []
        self.target = self.blocks
        self.tables: list[_Table] = []
        self.pieces: list[str] = []  # of the line being read
        self.preformatted = 0
        self.pictures_read = 0

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
        self._end_line()
        table = self.tables[-1]
        table.rows.append(cells)
        self.target = table.outside
        if element.tail:
            self._text(element.tail)
        return True

    def _picture(self, element: etree._Element) -> None:
        """Put what a picture of a table shows in its place."""
        shown = blocks_of_picture(element)
        if shown is not None:
            self._end_line()
            self.pictures_read += 1
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
        if self.pieces:
            line = _collapsed("".join(self.pieces))
            self.pieces.clear()
            if line:
                self.target.append(Paragraph(line, heading=True) if heading else line)

    def _start(self, tag: str, element: etree._Element) -> None:
        parent = element.getparent() if tag == "br" else None
        self._end_line(heading=parent is not None and parent.tag in _HEADINGS)
        if tag == "td" or tag == "th":
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
            self.tables.append(_Table(self.target))
        elif tag == "pre":
            self.preformatted += 1

    def _end(self, tag: str) -> None:
        self._end_line(heading=tag in _HEADINGS)
        if tag == "td" or tag == "th":
            if self.tables:
                self.target = self.tables[-1].outside
        elif tag == "table":
            table = self.tables.pop()
            table.end()
            self.target = table.outside
        elif tag == "pre":
            self.preformatted -= 1


def _numbered(blocks: list[Block]) -> Iterator[Paragraph | Grid]:
    index = 0
    for block in blocks:
        if isinstance(block, PlacedTable):
            yield Grid(index, block.rows, block.columns, block.cells)
            index += 1
        elif isinstance(block, Paragraph):
            yield block
        elif block.strip().strip(PICTURE):
            yield Paragraph(block)
