"""HTML pages: paragraphs at block boundaries, and tables with their merged cells. What is not shown is dropped before the walk."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.beside import Beside, nothing_beside
from pipeline.readers.encoding import decode
from pipeline.readers.html.about import metadata_of, pictures_in
from pipeline.readers.html.fields import show_fields
from pipeline.readers.html.generated import show_generated
from pipeline.readers.html.hidden import drop_hidden
from pipeline.readers.html.inline import PagePictures, names_beside
from pipeline.readers.html.links import drop_links
from pipeline.readers.html.order import in_printed_order, mark_reversed, set_apart, tag_heights
from pipeline.readers.html.pictures import PICTURE, show_pictures
from pipeline.readers.html.table import PlacedTable
from pipeline.readers.html.unmarked import mark_tables
from pipeline.readers.html.walk import Block, Page
from pipeline.readers.html.white import mark_white
from pipeline.readers.html.wrapped import unwrapped
from pipeline.readers.html.written import kept_in, put_in_place
from pipeline.readers.model import Document, Grid, Paragraph
from pipeline.readers.sheet_blocks import blocks_of
from pipeline.readers.unseen import with_shown

_DROPPED = frozenset(
    {"script", "style", "noscript", "template", "title", "select", "datalist", "textarea", "button", "iframe", "object", "svg"}
)
_INLINE = frozenset({"span", "font", "a", "b", "strong", "i", "em", "u", "small", "big", "sub", "sup", "label"})
_FEW_INLINE = 20_000
_OF_A_SHEET = re.compile(r"content\s*=\s*[\"']?(?:excel\.sheet|microsoft excel)|<t[dh]\b[^>]*\ssdval\s*=")  # Calc writes sdval
_STRUCK_OUT = frozenset({"del", "s", "strike"})
_END_OF_PAGE = re.compile(r"</(?:html|body)[\s/][^<>]*>|</(?:html|body)>", re.IGNORECASE)
_ESCAPED_TWICE = re.compile(r"&amp;(nbsp|ensp|emsp|thinsp|zwnj|#160|#12288|#8203|#x3000|#xa0);", re.IGNORECASE)
_CONTROL = bytes([*range(9), 11, *range(14, 32)])


def read(data: bytes, charset: str | None = None, beside: Beside = nothing_beside) -> Document:
    """Read a page. charset: what is said of it elsewhere. beside: the files of its pictures.

    metadata `pictures`: the names of those files relative to the page, one a line; `pictures_unread`: of those that could not be looked
    into, because they are not there or text cannot be recognised here.

    Raises ReadError: `encoding`, or `damaged` where it is nested so deeply that the parser drops the rest.
    """
    return read_page(unwrapped(decode(data, markup=True, charset=charset)), beside)


def read_page(text: str, beside: Beside = nothing_beside) -> Document:
    """The same of a page whose text is known."""
    text = put_in_place(_ESCAPED_TWICE.sub(r"&\1;", text) if "&amp;" in text else text)
    root = _parse(text)
    metadata = metadata_of(root)
    small = text.lower()  # what tells each step, mostly at once, that the page has nothing for it
    if (kept := kept_in(root, small)) and (within := root.find("body")) is not None:
        within.append(_parse(kept))
        small = f"{small}\n{kept.lower()}"
    names = list(names_beside(root))
    mark_tables(root, small)
    show_fields(root)
    show_generated(root, small)
    drop_hidden(root, small)
    has_white = mark_white(root, small)
    show_pictures(root)
    drop_links(root, ["".join(metadata.get(key, "").split()) for key in ("title", "article_title")])
    tag_heights(root, small)
    etree.strip_elements(root, *_DROPPED, *_STRUCK_OUT, with_tail=False)
    set_apart(root)
    mark_reversed(root, small)
    in_printed_order(root)
    pictures = pictures_in(root)
    if sum(1 for _ in root.iter(*_INLINE)) <= _FEW_INLINE:  # makes the walk shorter, and takes quadratic time
        etree.strip_tags(root, *_INLINE)
    shown = PagePictures(beside)
    walked = Page(shown).walk(root)
    is_sheet = ("excel" in small or "sdval" in small) and _OF_A_SHEET.search(small) is not None
    blocks = tuple(_of_sheets(walked) if is_sheet else _numbered(walked))
    metadata |= {"kind": "workbook"} if is_sheet else {}
    lists = {"pictures": names, "pictures_unread": shown.unread}
    metadata |= {key: "\n".join(listed) for key, listed in lists.items() if listed}
    document = Document(blocks, metadata, pictures - shown.read)
    return with_shown(document) if has_white else document


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


def _of_sheets(blocks: list[Block]) -> Iterator[Paragraph | Grid]:
    """The blocks of a page that Excel or Calc has saved: each table is a sheet, with titles and headings among its rows."""
    index = 0
    for block in _numbered(blocks):
        if isinstance(block, Grid):
            for part in blocks_of([cell for cell in block.cells if cell.text.strip()], index):
                yield part
                index += isinstance(part, Grid)
        else:
            yield block


def _numbered(blocks: list[Block]) -> Iterator[Paragraph | Grid]:
    index = 0
    for block in blocks:
        if isinstance(block, PlacedTable):
            yield Grid(index, block.rows, block.columns, block.cells, block.spans)
            index += 1
        elif isinstance(block, Paragraph):
            yield block
        elif block.strip().strip(PICTURE):
            yield Paragraph(block)
