"""What a browser shows elsewhere or otherwise than it stands in the source: heads and feet of tables, raised figures."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from pipeline.readers.html.fields import text_of
from pipeline.readers.invisible import END_OF_REVERSED, REVERSED
from pipeline.readers.raised import lowered, raised

_BY_STYLE = re.compile(r"vertical-align\s*:\s*(super|sub)\b", re.IGNORECASE)
_REVERSED = re.compile(r"bidi-override", re.IGNORECASE)
_FROM_THE_RIGHT = re.compile(r"(?<![-\w])direction\s*:\s*rtl", re.IGNORECASE)
_ROWS = frozenset({"tr", "tbody", "thead", "tfoot"})


def in_printed_order(root: etree._Element) -> None:
    """Move the first <thead> of each table before its rows and the first <tfoot> behind them."""
    for name in ("thead", "tfoot"):
        for part in list(root.iter(name)):
            table = part.getparent()
            if table is None or table.tag != "table" or next(table.iterchildren(name)) is not part:
                continue
            rows = [child for child in table if child.tag in _ROWS]
            if name == "thead" and rows[0] is not part:
                table.insert(table.index(rows[0]), part)
            elif name == "tfoot" and rows[-1] is not part:
                table.insert(table.index(rows[-1]) + 1, part)


def set_apart(root: etree._Element, small: str) -> None:
    """Write raised and lowered figures (the marks of notes) with signs of their own, so that they join no number beside them.

    small: the page in small letters, most of which raise nothing by a style.
    """
    if "vertical-align" in small and _BY_STYLE.search(small):
        _tag_by_style(root)
    words: dict[etree._Element, list[str]] = {}  # of each cell, looked at once: a cell may hold thousands of figures
    for tag, written in (("sup", raised), ("sub", lowered)):
        for element in root.iter(tag):
            cell = next(element.iterancestors("td", "th"), None)
            if cell is not None and cell not in words:
                words[cell] = text_of(cell).split()
            if cell is None or words[cell] != text_of(element).split():  # else all of a cell: only set small
                _rewrite(element, written)


def _tag_by_style(root: etree._Element) -> None:
    """Make <sup> and <sub> of what is raised and lowered by its style."""
    for element in list(root.iter("span", "font", "a", "b", "em", "i", "small")):
        if height := _BY_STYLE.search(element.get("style") or ""):
            element.tag = height[1].lower()[:3]


def _rewrite(element: etree._Element, written: Callable[[str], str]) -> None:
    for inner in element.iter("*"):
        if inner.text:
            inner.text = written(inner.text)
        if inner is not element and inner.tail:
            inner.tail = written(inner.tail)


def mark_reversed(root: etree._Element, small: str) -> None:
    """Put marks of direction around what is printed from right to left letter by letter, 21 for 12.

    small: the page in small letters, most of which have none.
    """
    if "<bdo" not in small and "bidi-override" not in small:
        return
    for element in root.iter("*"):
        style = element.get("style") or ""
        of_style = _REVERSED.search(style) and _FROM_THE_RIGHT.search(style)
        if of_style or (element.tag == "bdo" and (element.get("dir") or "").strip().lower() == "rtl"):
            element.text = f"{REVERSED}{element.text or ''}"
            if len(element):
                element[-1].tail = f"{element[-1].tail or ''}{END_OF_REVERSED}"
            else:
                element.text += END_OF_REVERSED
