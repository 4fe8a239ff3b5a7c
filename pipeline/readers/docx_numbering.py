"""Automatic numbers (一、 （一） 1.) that Word prints but does not keep in the text."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from pipeline.readers.docx_counting import written
from pipeline.readers.docx_names import VALUE, W, value, whole
from pipeline.readers.docx_styles import ParagraphMarks, Styles, numbering_link

LEVELS = 9
LIST, LIST_LEVEL = f"{W}numId", f"{W}ilvl"
PLACEHOLDER = re.compile(r"%([1-9])")


@dataclass(frozen=True)
class Level:
    """One level of a list: how its number is written (`text` with %1…%9) and where it starts."""

    format: str
    text: str
    start: int
    restarts_after: int | None
    legal: bool


@dataclass
class Numbering:
    """The lists of a document and how far each has been counted; `label` must be asked in the order of the text."""

    levels: dict[str, dict[int, Level]]
    """by w:num id"""
    counter_of: dict[str, str]
    """w:num id to the list it counts with"""
    overrides: dict[str, dict[int, int]]
    """w:num id to the starts it sets anew"""
    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, marks: ParagraphMarks, styles: Styles) -> str:
        """The number printed before the paragraph with these marks, "" where there is none or only a bullet."""
        number, level = _reference(marks, styles) if self.levels else (None, 0)
        if number is None or number not in self.levels or level not in self.levels[number]:
            return ""
        own = self.levels[number]
        counts = self.counts.setdefault(self.counter_of[number], [None] * LEVELS)
        if number not in self.begun:
            self.begun.add(number)
            for overridden, start in self.overrides.get(number, {}).items():
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


def _reference(marks: ParagraphMarks, styles: Styles) -> tuple[str | None, int]:
    """The w:num id and level of a paragraph, from itself or from its style; id 0 means that numbering is switched off."""
    number, level = None, None
    if marks.numbering is not None:
        number, level = value(marks.numbering, LIST), value(marks.numbering, LIST_LEVEL)
    depth = whole(level)
    if number is None:
        effect = styles.effect(marks.style)
        if effect.number is None:
            return None, 0  # nearly every paragraph
        number, depth = effect.number, depth if level is not None else effect.level or 0
    return (None if number == "0" else number), min(max(depth, 0), LEVELS - 1)


def numbering_of(root: etree._Element | None, styles_root: etree._Element | None) -> Numbering:
    """The lists of numbering.xml; none where the part is missing."""
    if root is None:
        return Numbering({}, {}, {})
    abstract = {element.get(f"{W}abstractNumId", ""): element for element in root.iterfind(f"{W}abstractNum")}
    abstract_of = {element.get(f"{W}numId", ""): value(element, f"{W}abstractNumId") or "" for element in root.iterfind(f"{W}num")}
    links = numbering_link(styles_root)
    levels: dict[str, dict[int, Level]] = {}
    overrides: dict[str, dict[int, int]] = {}
    for element in root.iterfind(f"{W}num"):
        number = element.get(f"{W}numId", "")
        base = abstract.get(abstract_of[number])
        link = value(base, f"{W}numStyleLink")
        if link is not None and links.get(link) in abstract_of:
            abstract_of[number] = abstract_of[links[link]]
            base = abstract.get(abstract_of[number])
        if base is None:
            continue
        levels[number] = _levels(base)
        for override in element.iterfind(f"{W}lvlOverride"):
            at = whole(override.get(f"{W}ilvl"))
            levels[number].update(_levels(override))
            start = override.find(f"{W}startOverride")
            if start is not None and 0 <= at < LEVELS:
                overrides.setdefault(number, {})[at] = whole(start.get(VALUE), 1)
    return Numbering(levels, abstract_of, overrides)


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
