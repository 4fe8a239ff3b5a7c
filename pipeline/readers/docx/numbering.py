"""Automatic numbers (一、 （一） 1.) that Word prints but does not keep in the text."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.docx.names import VALUE, W, first, value, whole
from pipeline.readers.docx.styles import ParagraphMarks, StyleEffect, numbering_link
from pipeline.readers.word.lists import LEVELS, Level, ListCounts, WordList

LIST, LIST_LEVEL, ABSTRACT = f"{W}numId", f"{W}ilvl", f"{W}abstractNumId"


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted; `label` must be asked in the order of the text.

    A list is looked into when a paragraph uses it: files carry many that none uses.
    """

    elements: dict[str, etree._Element]
    """w:num by id"""
    abstract: dict[str, etree._Element]
    """w:abstractNum by id"""
    styles_root: etree._Element | None
    lists: dict[str, WordList | None] = field(default_factory=dict)
    counts: ListCounts = field(default_factory=ListCounts)

    def label(self, marks: ParagraphMarks, effect: StyleEffect) -> str:
        """The number printed before a paragraph with these marks and this effect of its style, "" for none or only a bullet."""
        number, level = _reference(marks, effect)
        found = self._list(number) if number is not None else None
        return "" if number is None or found is None else self.counts.label(number, found, level)

    def _list(self, number: str) -> WordList | None:
        if number not in self.lists:
            element = self.elements.get(number)
            self.lists[number] = self._read(element) if element is not None else None
        return self.lists[number]

    def _read(self, element: etree._Element) -> WordList | None:
        counter = value(element, ABSTRACT) or ""
        link = value(self.abstract.get(counter), f"{W}numStyleLink")
        linked = self.elements.get(numbering_link(self.styles_root).get(link, "")) if link is not None else None
        if linked is not None:
            counter = value(linked, ABSTRACT) or ""
        base = self.abstract.get(counter)
        if base is None:
            return None
        levels, starts = _levels(base), dict[int, int]()
        for override in element.iterchildren(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            levels.update(_levels(override))
            start = first(override, f"{W}startOverride")
            if start is not None and 0 <= at < LEVELS:
                starts[at] = whole(start.get(VALUE), 1)
        return WordList(levels, counter, starts)


def _reference(marks: ParagraphMarks, effect: StyleEffect) -> tuple[str | None, int]:
    """The w:num id and level of a paragraph, from itself or from its style; id 0 means that numbering is switched off."""
    number, level = value(marks.numbering, LIST), value(marks.numbering, LIST_LEVEL)
    depth = whole(level)
    if number is None:
        number, depth = effect.number, depth if level is not None else effect.level or 0
    return (None if number == "0" else number), min(max(depth, 0), LEVELS - 1)


def numbering_of(root: etree._Element | None, styles_root: etree._Element | None) -> Numbering:
    """The lists of numbering.xml; none where the part is missing."""
    if root is None:
        return Numbering({}, {}, None)
    elements = {element.get(f"{W}numId", ""): element for element in root.iterchildren(f"{W}num")}
    abstract = {element.get(f"{W}abstractNumId", ""): element for element in root.iterchildren(f"{W}abstractNum")}
    return Numbering(elements, abstract, styles_root)


def _levels(parent: etree._Element) -> dict[int, Level]:
    found: dict[int, Level] = {}
    for element in parent.iterfind(f"{W}lvl"):
        restart = value(element, f"{W}lvlRestart")
        found[whole(element.get(f"{W}ilvl"))] = Level(
            format=value(element, f"{W}numFmt") or "decimal",
            text=value(element, f"{W}lvlText") or "",
            start=whole(value(element, f"{W}start"), 1),
            restarts_after=None if restart is None else whole(restart),
            legal=element.find(f"{W}isLgl") is not None,
        )
    return found
