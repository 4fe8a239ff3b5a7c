"""Pages, and texts in which only the tables are written as a page has them, as Markdown allows and programs write it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pipeline.readers import html, text
from pipeline.readers.beside import Beside, nothing_beside
from pipeline.readers.encoding import decode
from pipeline.readers.joined import joined
from pipeline.readers.markdown import is_marked
from pipeline.readers.model import Document

_OF_A_PAGE = re.compile(rb"<(?:!doctype|html|head|body|p|div|h[1-6]|ul|ol|center|section|article|script|meta|pre)\b", re.IGNORECASE)
_TABLE = re.compile(r"<(/?)table\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-z][^<>]{0,500}>", re.IGNORECASE)
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)


def read(data: bytes, beside: Beside = nothing_beside) -> Document:
    """Read a page, or such a text. Raises what the readers of pages and of texts raise."""
    if _OF_A_PAGE.search(data):
        return html.read(data, beside=beside)
    source = decode(data, markup=True)
    parts = list(_parts(source))
    if len(parts) == 1 and is_marked(source.splitlines()):
        return text.read_text(source)
    if not any(is_table for _, is_table in parts) or not any(part.strip() for part, is_table in parts if not is_table):
        return html.read(data, beside=beside)
    return joined(
        [html.read_page(part, beside) if is_table else text.read_text(_as_text(part)) for part, is_table in parts if part.strip()]
    )


def _parts(source: str) -> Iterator[tuple[str, bool]]:
    """The texts and the outermost tables of a file by turns, and which they are."""
    start = depth = 0
    for tag in _TABLE.finditer(source):
        if not tag[1]:
            if not depth:
                yield source[start : tag.start()], False
                start = tag.start()
            depth += 1
        elif depth:
            depth -= 1
            if not depth:
                yield source[start : tag.end()], True
                start = tag.end()
    yield source[start:], bool(depth)


def _as_text(part: str) -> str:
    return part if "<" not in part or is_marked(part.splitlines()) else _TAG.sub("", _BREAK.sub("\n", part))
