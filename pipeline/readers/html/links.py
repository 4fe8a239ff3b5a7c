"""Links to other reports: menus and lists of them hold titles that are not the title of the page."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.html.fields import text_of

_REPORT = re.compile(r"公[开開].*[报報]|年度?[报報]")
_WORD = re.compile(r"[\u3400-\u9fff]")
_HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
_INLINE = frozenset({"span", "font", "b", "strong", "i", "em", "u", "small", "big", "label"})


def drop_links(root: etree._Element, own_titles: list[str]) -> None:
    """Empty the links to reports that stand alone in their lines, but not one that says what the page calls itself."""
    only_links: dict[etree._Element | None, bool] = {}  # each block looked at once: it may hold thousands of links
    for link in list(root.iter("a")):
        text = "".join(text_of(link).split())
        if not link.get("href") or not _REPORT.search(text) or any(text in own for own in own_titles):
            continue
        block = _block_of(link)
        if block not in only_links:
            only_links[block] = block is not None and _holds_only_links(block)
        if next(link.iterancestors(*_HEADINGS), None) is None and only_links[block]:
            for inner in list(link):
                link.remove(inner)
            link.text = None


def _block_of(link: etree._Element) -> etree._Element | None:
    block = link.getparent()
    while block is not None and block.tag in _INLINE:
        block = block.getparent()
    return block


def _holds_only_links(block: etree._Element) -> bool:
    """Whether nothing but links, figures and signs stand in a block; emptying a link changes nothing about it."""
    within = sum(_words(inner) for inner in block.iter("a"))
    return _words(block) == within


def _words(element: etree._Element) -> int:
    return len(_WORD.findall(text_of(element)))
