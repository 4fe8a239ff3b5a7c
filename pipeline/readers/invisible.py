"""Characters that no one sees: editors put them into empty cells and between letters, where a blank cell must stay blank.

Those that turn the direction of letters around are obeyed, as everything that shows text does: 21 between them is printed 12.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.readers.model import Document, Grid, Paragraph

REVERSED, END_OF_REVERSED = "\u202e", "\u202c"
_BACKWARDS = re.compile("\u202e([^\u202a-\u202e\n]*)\u202c?")
# soft hyphen, zero-width space and joiners, marks of direction, word joiner, byte order mark inside a text
_INVISIBLE = re.compile(r"[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]+")


def without_invisible(document: Document) -> Document:
    """The document without invisible characters, as it is printed; a paragraph of nothing else is none."""
    blocks = tuple(_visible(document))
    return document if blocks == document.blocks else replace(document, blocks=blocks)


def _visible(document: Document) -> Iterator[Paragraph | Grid]:
    for block in document.blocks:
        if isinstance(block, Grid):
            if _has_invisible("".join([cell.text for cell in block.cells])):
                cells = tuple(replace(cell, text=_seen(cell.text)) for cell in block.cells)
                yield replace(block, cells=cells)
            else:
                yield block
        elif not _has_invisible(block.text):
            yield block
        elif text := _seen(block.text).strip():
            yield replace(block, text=text)


def _seen(text: str) -> str:
    return _INVISIBLE.sub("", _BACKWARDS.sub(lambda found: found[1][::-1], text))


def _has_invisible(text: str) -> bool:
    return not text.isascii() and not text.isprintable() and _INVISIBLE.search(text) is not None
