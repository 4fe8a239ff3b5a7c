"""What a page holds and does not show: elements that a style or an attribute hides or strikes out."""

from __future__ import annotations

import re

from lxml import etree

from pipeline.readers.html.sheets import sheet_rules

_STYLE_HIDES = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0*\.?0*\s*(?:;|!|$)|mso-hide\s*:\s*all"
    r"|text-decoration[\w-]*\s*:[^;]*line-through",
    re.IGNORECASE,
)
_NO_SIZE = re.compile(r"font-size\s*:\s*0*\.?0*(?:p[xt]|em|rem|%)?\s*(?:;|!|$)", re.IGNORECASE)
_SIGNS = ("display", "DISPLAY", "hid", "HID", "opacity", "line-through", "font-size:0", "font-size: 0")
_CLASS = re.compile(r"(?:[a-z]+)?\.([\w-]+)", re.IGNORECASE)


def drop_hidden(root: etree._Element, text: str) -> None:
    """Take out of the tree what the page hides; text: the page, most of which hide nothing and need no look at each element.

    A class of the page's own style sheet counts in table cells only: elsewhere a script may show what it hides.
    """
    if not any(sign in text for sign in _SIGNS):
        return
    classes = _hiding_classes(root)
    styles: dict[str, bool] = {}  # a page repeats the same few
    for element in root.iter("*"):
        if _hides(element, styles) or (classes and _is_in_cell(element) and classes.intersection((element.get("class") or "").split())):
            element.tag = "hidden-element"
    etree.strip_elements(root, "hidden-element", with_tail=False)


def _hides(element: etree._Element, known: dict[str, bool]) -> bool:
    """Whether an element is not shown. known: for each style seen so far, whether it hides."""
    if element.get("hidden") is not None:
        return True
    style = element.get("style")
    if not style or ":" not in style:
        return False
    if style not in known:
        known[style] = _STYLE_HIDES.search(style) is not None
    # a list without a size of its own is a way to set its items side by side
    return known[style] or (not len(element) and _NO_SIZE.search(style) is not None)


def _hiding_classes(root: etree._Element) -> frozenset[str]:
    """The classes that the style sheet in the page hides whatever else they stand with."""
    found: set[str] = set()
    for selectors, declared in sheet_rules(root):
        if _STYLE_HIDES.search(declared) or _NO_SIZE.search(declared):
            found.update(match[1] for selector in selectors if (match := _CLASS.fullmatch(selector)))
    return frozenset(found)


def _is_in_cell(element: etree._Element) -> bool:
    return next(element.iterancestors("td", "th"), None) is not None
