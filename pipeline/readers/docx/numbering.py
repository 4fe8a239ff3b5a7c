"""Automatic numbers (一、 （一） 1.) that Word prints but does not keep in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.counting import written
from pipeline.readers.docx.names import VALUE, W, first, value, whole
from pipeline.readers.docx.styles import ParagraphMarks, StyleEffect, numbering_link

LEVELS = 9
LIST, LIST_LEVEL, ABSTRACT = f"{W}numId", f"{W}ilvl", f"{W}abstractNumId"
PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written (`text` with %1…%9) and where it starts."""

    format: str
    text: str
    start: int
    restarts_after: int | None
    legal: bool


class WordList(NamedTuple):
    """A w:num: its levels, the list it counts with, and the starts it sets anew by level."""

    levels: dict[int, Level]
    counter: str
    starts: dict[int, int]


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
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, marks: ParagraphMarks, effect: StyleEffect) -> str:
        """The number printed before a paragraph with these marks and this effect of its style, "" for none or only a bullet."""
        number, level = _reference(marks, effect)
        found = self._list(number) if number is not None else None
        if number is None or found is None or level not in found.levels:
            return ""
        own = found.levels
        counts = self.counts.setdefault(found.counter, [None] * LEVELS)
        if number not in self.begun:
            self.begun.add(number)
            for overridden, start in found.starts.items():
                counts[overridden] = start - 1
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = own[upper].start if upper in own else 1
        current = counts[level]
        counts[level] = own[level].start if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            after = own[deeper].restarts_after if deeper in own else None
            if after is None or (after > 0 and level < after):
                counts[deeper] = None
        return self._text(own, level, counts)

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

    def _text(self, own: dict[int, Level], level: int, counts: list[int | None]) -> str:
        this = own[level]
        if this.format in ("bullet", "none"):
            return "" if this.format == "bullet" else PLACEHOLDER.sub("", this.text)

        def number(found: re.Match[str]) -> str:
            index = int(found.group(1)) - 1
            count = counts[index]
            form = own[index].format if index in own else "decimal"
            return "" if count is None else written(count, "decimal" if this.legal else form)

        return PLACEHOLDER.sub(number, this.text)


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
