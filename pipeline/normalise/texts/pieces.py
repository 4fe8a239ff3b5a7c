"""The words of running text one by one, and the known labels and figures that they make."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.values import read_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Document, Grid

_PIECES = re.compile(r"[\s|｜]+")
_NUMBER_OF_LABEL = re.compile(r"[（(]?[一二三四五六七八九十\d]{1,2}[、.．）)]")
_PAGE_NUMBER = re.compile(r"\s*(?:[-—–]+\s*\d{1,3}\s*[-—–]+|第\s*\d{1,3}\s*页.*)\s*")
_MOST_PIECES = 8  # of which a wrapped label is put together
_LONGEST_LINE = 400


class Piece(NamedTuple):
    """A word or figure and the place of its paragraph among the blocks."""

    text: str
    block: int


class Named(NamedTuple):
    """A run of pieces that is a known label (key), or a figure (key None)."""

    key: str | None
    text: str
    blocks: frozenset[int]


def pieces_of(document: Document) -> Iterator[Piece]:
    """The words of a document; an empty one where a table, a blank line or a long sentence stands."""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield Piece("", number)  # no table goes on beyond another one
        elif not _PAGE_NUMBER.fullmatch(block.text):
            for line in block.text.splitlines():
                words = _PIECES.split(line.strip()) if len(line) <= _LONGEST_LINE else [""]
                yield from (Piece(word, number) for word in words)


def is_figure(catalog: Catalog, text: str) -> bool:
    """Whether a word is a figure or a sign for nothing."""
    return read_value(catalog, text).state in ("number", "not_applicable")


def label_at(catalog: Catalog, known: frozenset[str], pieces: Sequence[Piece], at: int) -> tuple[Named, int] | None:
    """The longest known label that begins with a piece, and the piece behind it."""
    text, found = pieces[at].text, None
    if not text or (is_figure(catalog, text) and not _NUMBER_OF_LABEL.fullmatch(text)):
        return None
    text = ""
    for end in range(at, min(at + _MOST_PIECES, len(pieces))):
        if not pieces[end].text:
            break
        text += pieces[end].text
        if not _NUMBER_OF_LABEL.fullmatch(text) and (key := label_key(text)) in known:
            found = Named(key, text, frozenset(piece.block for piece in pieces[at : end + 1])), end + 1
    return found
