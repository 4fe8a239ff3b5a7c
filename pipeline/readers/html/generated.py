"""Figures that only the style sheet writes: `.n1::before {content: "12"}` prints 12 in every element of that class."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.html.selectors import Selectors
from pipeline.readers.html.sheets import sheet_rules

_PSEUDO = re.compile(r"(?P<of>.*?)::?(?P<side>before|after)", re.IGNORECASE)
_CONTENT = re.compile(r"(?:^|[;\s])content\s*:\s*(?P<value>(?:\"[^\"]*\"|'[^']*'|attr\([^()]*\)|\s)+)", re.IGNORECASE)
_DECLARED = re.compile(r"content\s*:")
_PIECE = re.compile(r"\"([^\"]*)\"|'([^']*)'|attr\(\s*([\w-]+)\s*\)", re.IGNORECASE)
_ESCAPE = re.compile(r"\\([0-9a-fA-F]{1,6})\s?")
_MOST = 20_000  # elements written into


def show_generated(root: etree._Element, small: str) -> None:
    """Write figures that the page's style sheets put before or behind the texts of cells where a browser shows them.

    small: the page in small letters, most of which have none. Words alone stay out: sheets for small screens repeat headings so.
    """
    if "content" not in small or not _DECLARED.search(small):
        return
    found: dict[tuple[etree._Element, str], str] = {}  # of several rules for one element the last counts
    page = Selectors(root)
    for selectors, declared in sheet_rules(root):
        content = _CONTENT.search(declared)
        may_be_figure = content is not None and ("attr(" in content["value"] or any(map(str.isdigit, _written(content["value"], root))))
        for pseudo in filter(None, map(_PSEUDO.fullmatch, selectors)) if may_be_figure else ():
            for element in page.matched(pseudo["of"] or "*"):
                if len(found) < _MOST and _is_of_a_cell(element):
                    found[element, pseudo["side"].lower()] = _written(content["value"] if content else "", element)
    for (element, side), written in found.items():
        if any(map(str.isdigit, written)):
            _write(element, written, side)


def _is_of_a_cell(element: etree._Element) -> bool:
    return element.tag in ("td", "th") or next(element.iterancestors("td", "th"), None) is not None


def _written(value: str, element: etree._Element) -> str:
    """What a value of `content` prints for an element."""
    pieces = (first or second or (element.get(attribute) or "" if attribute else "") for first, second, attribute in _PIECE.findall(value))
    return _ESCAPE.sub(lambda found: chr(min(int(found[1], 16), 0x10FFFF)), "".join(pieces))


def _write(element: etree._Element, written: str, side: str) -> None:
    if side == "before":
        element.text = f"{written}{element.text or ''}"
    elif len(element):
        element[-1].tail = f"{element[-1].tail or ''}{written}"
    else:
        element.text = f"{element.text or ''}{written}"
