"""The rules of the style sheets that stand in a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_LONGEST = 200_000  # characters of a sheet


def sheet_rules(root: etree._Element) -> Iterator[tuple[list[str], str]]:
    """Each rule: its selectors and what it declares."""
    for sheet in root.iter("style"):
        for rule in _COMMENT.sub("", (sheet.text or "")[:_LONGEST]).split("}")[:-1]:
            before, _, declared = rule.rpartition("{")
            selectors = before.rpartition("{")[2]  # what stands in front is of a rule around this one
            yield [selector.strip() for selector in selectors.split(",")], declared
