"""Pictures that stand in the page itself, as data: addresses."""

from __future__ import annotations

import base64
import binascii
import re
from urllib.parse import unquote_to_bytes

from lxml import etree

from pipeline.readers.html.about import is_ornament
from pipeline.readers.model import Grid, Paragraph
from pipeline.readers.pictures import blocks_in

_DATA = re.compile(r"\s*data:image/[\w.+-]+(?:;[\w=.-]+)*?(;base64)?,", re.IGNORECASE)


def blocks_of_picture(picture: etree._Element) -> tuple[Paragraph | Grid, ...] | None:
    """What an <img> shows whose picture stands in the page and holds a table; None for any other."""
    source = picture.get("src") or ""
    match = _DATA.match(source)
    if match is None or is_ornament(picture):
        return None
    content = unquote_to_bytes(source[match.end() :])
    try:
        return blocks_in(base64.b64decode(content) if match[1] else content)
    except (binascii.Error, ValueError):
        return None
