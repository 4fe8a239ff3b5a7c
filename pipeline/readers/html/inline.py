"""Pictures that a page shows: those that stand in it as data: addresses, and those in files beside it."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote_to_bytes

from lxml import etree

from pipeline.readers import recognition
from pipeline.readers.beside import Beside, nothing_beside, relative_name
from pipeline.readers.html.about import is_ornament
from pipeline.readers.model import Grid, Paragraph
from pipeline.readers.pictures import blocks_in

_DATA = re.compile(r"\s*data:image/[\w.+-]+(?:;[\w=.-]+)*?(;base64)?,", re.IGNORECASE)
_ADDRESSES = ("src", "data-src", "data-original")  # pages that load pictures late keep the true one elsewhere
MOST_PICTURES = 60  # of a page that are looked into; a report scanned page by page comes to 20
_MOST_NAMES = 500
_MOST_BYTES, _MOST_BYTES_IN_ALL = 40_000_000, 200_000_000

Blocks = tuple[Paragraph | Grid, ...]


def names_beside(root: etree._Element) -> Iterator[str]:
    """The names, relative to the page, of the files that its pictures are in, each once."""
    found: dict[str, None] = {}
    for picture in root.iter("img"):
        for address in _addresses(picture):
            if (name := relative_name(address)) and len(found) < _MOST_NAMES:
                found[name] = None
    yield from found


@dataclass
class PagePictures:
    """The pictures of one page being read. unread: the names of those beside the page that could not be looked into."""

    beside: Beside = nothing_beside
    read: int = 0
    unread: dict[str, None] = field(default_factory=dict)
    _known: dict[str, Blocks | None] = field(default_factory=dict)
    _bytes: int = 0

    def blocks_of(self, picture: etree._Element) -> Blocks | None:
        """What an <img> shows that holds a table; None for any other, and for one that is not in the page nor beside it."""
        if is_ornament(picture):
            return None
        for address in _addresses(picture):
            if address not in self._known:
                self._known[address] = self._looked_into(address)
            blocks = self._known[address]
            if blocks is not None:
                self.read += 1
                return blocks
        return None

    def _looked_into(self, address: str) -> Blocks | None:
        match = _DATA.match(address)
        if match:
            return blocks_in(_decoded(address[match.end() :], is_base64=bool(match[1])))
        content = self.beside(address) if len(self._known) < MOST_PICTURES and self._bytes < _MOST_BYTES_IN_ALL else None
        if content is None or len(content) > _MOST_BYTES or not recognition.can_recognise():
            if name := relative_name(address):
                self.unread[name] = None
            return None
        self._bytes += len(content)
        return blocks_in(content)


def _addresses(picture: etree._Element) -> list[str]:
    return [address for place in _ADDRESSES if (address := picture.get(place))]


def _decoded(text: str, *, is_base64: bool) -> bytes:
    content = unquote_to_bytes(text)
    try:
        return base64.b64decode(content) if is_base64 else content
    except (binascii.Error, ValueError):
        return b""
