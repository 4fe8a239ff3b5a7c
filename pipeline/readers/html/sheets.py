"""The rules of the style sheets that stand in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_PART = re.compile(r"([^{}]*)([{}])")
_LONGEST = 200_000  # characters of a sheet
_ELSEWHERE = re.compile(r"@media\b(?:(?!.*\bscreen\b)(?=.*\b(?:print|speech)\b)|.*\bmax-(?:device-)?width\b)", re.IGNORECASE | re.DOTALL)


def sheet_rules(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    """Each rule that counts on a common screen (not on paper, nor on phones only): its selectors and what it declares."""
    for sheet in root.iter("style"):
        if _ELSEWHERE.match(f"@media {sheet.get('media') or ''}"):
            continue
        around: list[str] = []  # what stands before the brackets that are open
        for text, bracket in _PART.findall(_COMMENT.sub("", (sheet.text or "")[:_LONGEST])):
            if bracket == "{":
                around.append(text.rpartition(";")[2])
            elif around:
                selectors = around.pop().strip()
                if text.strip() and not selectors.startswith("@") and not any(_ELSEWHERE.match(outer.strip()) for outer in around):
                    yield [selector.strip() for selector in selectors.split(",")], text
