"""Pictures in cells, shown by a sign in the text: a cell that holds the picture of a figure is not blank."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.html.fields import text_of

PICTURE = "\ufffc"  # where a picture stands
_SHOWN = ("img", "svg", "canvas", "object", "embed", "input", "script")
_CHOICES = frozenset({"checkbox", "radio", "image"})
_SPACER = re.compile(r"spacer|blank|transparent|pixel|empty", re.IGNORECASE)
_SMALL = 3  # pixels; a picture declared no larger keeps two things apart
_MOST_PARTS = 3  # of a cell of figures
_WORD = re.compile(r"[\u3400-\u9fff]")


def show_pictures(root: etree._Element) -> None:
    """Put the sign behind each picture in a cell that holds no words: beside words, and where a cell lays out the page, it is ornament."""
    holds_figures: dict[etree._Element, bool] = {}  # each cell looked at once: it may hold thousands of pictures
    for element in root.iter(*_SHOWN):
        cell = next(element.iterancestors("td", "th"), None)
        if cell is None or not _is_picture(element):
            continue
        if cell not in holds_figures:
            holds_figures[cell] = len(cell) <= _MOST_PARTS and not _WORD.search(text_of(cell))
        if holds_figures[cell]:
            element.tail = f"{PICTURE}{element.tail or ''}"


def _is_picture(element: etree._Element) -> bool:
    if element.tag == "script":  # what it works out and writes is not known
        return "document.write" in (element.text or "")
    if element.tag == "input":
        return (element.get("type") or "").strip().lower() in _CHOICES
    sizes = [re.match(r"\s*(\d{1,6})", element.get(side) or "") for side in ("width", "height")]
    return not (any(size and int(size[1]) <= _SMALL for size in sizes) or _SPACER.search((element.get("src") or "")[:500]))
