"""What a browser shows elsewhere or otherwise than it stands in the source: heads and feet of tables, raised figures."""

from __future__ import annotations

import re
from collections.abc import Callable

from lxml import etree

from pipeline.readers.html.fields import text_of
from pipeline.readers.html.selectors import Selectors
from pipeline.readers.html.sheets import sheet_rules
from pipeline.readers.invisible import END_OF_REVERSED, REVERSED
from pipeline.readers.raised import lowered, raised

_BY_STYLE = re.compile(
    r"vertical-align\s*:\s*(?P<high>super|text-top|(?:0?\.[3-9]|1)\d*em|[3-9](?:\.\d+)?p[xt]|[3-9]\d%)|vertical-align\s*:\s*(?P<low>sub)\b"
    r"|mso-text-raise\s*:\s*(?P<raised>[3-9]|\d{2})"
    r"|position\s*:\s*relative[^}]*?(?<![-\w])top\s*:\s*(?P<top>-(?:0?\.[3-9]\d*em|[3-9](?:\.\d+)?p[xt]))",
    re.IGNORECASE,
)
_HEIGHTS = ("vertical-align", "text-raise", "relative")  # one of which every style that raises has
_NOTE = re.compile(r"\s*[\[(（［]?\s*\d{1,2}\s*[\])）］]?\s*")
_RAISED_TAGS = ("span", "font", "a", "b", "em", "i", "small")
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


def tag_heights(root: etree._Element, small: str) -> None:
    """Make <sup> and <sub> of what a style, a rule of the page's sheets or a link to a note raises and lowers.

    small: the page in small letters, most of which raise nothing so.
    """
    if any(sign in small for sign in _HEIGHTS) and _BY_STYLE.search(small):
        _tag_by_style(root)
    if 'href="#' in small or "href='#" in small or "href=#" in small:
        _tag_notes(root)


def set_apart(root: etree._Element) -> None:
    """Write raised and lowered figures (the marks of notes) with signs of their own, so that they join no number beside them."""
    words: dict[etree._Element, list[str]] = {}  # of each cell, looked at once: a cell may hold thousands of figures
    for tag, written in (("sup", raised), ("sub", lowered)):
        for element in root.iter(tag):
            cell = next(element.iterancestors("td", "th"), None)
            if cell is not None and cell not in words:
                words[cell] = text_of(cell).split()
            if cell is None or words[cell] != text_of(element).split():  # else all of a cell: only set small
                _rewrite(element, written)


def _tag_by_style(root: etree._Element) -> None:
    """Make <sup> and <sub> of what is raised and lowered by its style, or by a rule of the page's sheets."""
    for element in list(root.iter(*_RAISED_TAGS)):
        if height := _BY_STYLE.search(element.get("style") or ""):
            element.tag = "sub" if height["low"] else "sup"
    page = Selectors(root)
    for selectors, declared in sheet_rules(root):
        if height := _BY_STYLE.search(declared):
            for element in (element for selector in selectors for element in page.matched(selector)):
                if element.tag in _RAISED_TAGS:
                    element.tag = "sub" if height["low"] else "sup"


def _tag_notes(root: etree._Element) -> None:
    """Make <sup> of links to notes on the same page, whatever their style: 12 with a link to note 1 is not 121."""
    for link in list(root.iter("a")):
        address = (link.get("href") or "").strip()
        if len(address) > 1 and address[0] == "#" and _NOTE.fullmatch(text_of(link)):
            link.tag = "sup"


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
