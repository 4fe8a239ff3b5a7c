"""What styles say of an element that sets tables without <table>: its own style and the simple rules of the page's sheets."""

from __future__ import annotations

import re
from collections.abc import Mapping

from lxml import etree

from pipeline.readers.html.sheets import sheet_rules

_SELECTOR = re.compile(r"(?:[^{}]*[\s>+~])?(?:[a-z]+\d?)?\.([\w-]+)", re.IGNORECASE)
_WANTED = frozenset({"display", "grid-template-columns", "grid-column", "grid-row"})
_PARTS = {"table": "table", "inline-table": "table", "table-row": "row", "table-cell": "cell", "grid": "grid", "inline-grid": "grid"}
_ROLES = {
    "table": "table",
    "grid": "table",
    "treegrid": "table",
    "row": "row",
    "cell": "cell",
    "gridcell": "cell",
    "columnheader": "cell",
    "rowheader": "cell",
}
_TRACK = re.compile(r"repeat\(\s*(\d+)\s*,[^()]*(?:\([^()]*\)[^()]*)*\)|\([^()]*\)|[^\s()]+(?:\([^()]*\))?")
_SPAN = re.compile(r"\s*(?:(?P<start>\d+)\s*/\s*)?(?:span\s+(?P<span>\d+)|(?P<end>\d+))?\s*")


class Styles:
    """The declarations that count, by class, and those of elements looked up so far."""

    def __init__(self, root: etree._Element) -> None:
        self.by_class: dict[str, dict[str, str]] = {}
        for selectors, declared in sheet_rules(root):
            found = _declared(declared)
            for selector in selectors if found else ():
                if match := _SELECTOR.fullmatch(selector):
                    self.by_class.setdefault(match[1], {}).update(found)

    def of(self, element: etree._Element) -> Mapping[str, str]:
        """The declarations for an element; its own count before those of its classes."""
        found: dict[str, str] = {}
        for name in (element.get("class") or "").split():
            found |= self.by_class.get(name, {})
        return found | _declared(element.get("style") or "")

    def part_of(self, element: etree._Element) -> str | None:
        """Which part of a table an element is by its role or style: table, row, cell, grid, or none."""
        role = _ROLES.get((element.get("role") or "").strip().lower())
        return role or _PARTS.get(self.of(element).get("display", ""))

    def tracks(self, element: etree._Element) -> int:
        """How many columns a grid has; 0 where that is not stated."""
        written = self.of(element).get("grid-template-columns", "")
        if "auto-fill" in written or "auto-fit" in written:
            return 0
        return sum(int(match[1] or 1) for match in _TRACK.finditer(written))

    def spans(self, element: etree._Element) -> tuple[int, int] | None:
        """Over how many rows and columns of a grid an element reaches; None where it is put at a place of its own."""
        style = self.of(element)
        rows, columns = _span(style.get("grid-row", "")), _span(style.get("grid-column", ""))
        return None if rows is None or columns is None else (rows, columns)


def _declared(text: str) -> dict[str, str]:
    found = {}
    for declaration in text.split(";") if ":" in text else ():
        name, _, value = declaration.partition(":")
        if name.strip().lower() in _WANTED:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def _span(written: str) -> int | None:
    match = _SPAN.fullmatch(written)
    if match is None or (match["end"] and not match["start"]):
        return None if written else 1
    if match["span"]:
        return max(1, int(match["span"]))
    return int(match["end"]) - int(match["start"]) if match["end"] and int(match["end"]) > int(match["start"]) else 1
