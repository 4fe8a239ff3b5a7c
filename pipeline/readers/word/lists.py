"""Automatic numbers (一、 （一） 1.) that Word prints but does not keep in the text: counted here, stated by the container."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from pipeline.readers.word.counting import written

LEVELS = 9
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
    """A list as paragraphs name it: its levels, the counter it shares, and the starts it sets anew by level."""

    levels: dict[int, Level]
    counter: str
    starts: dict[int, int]


@dataclass
class ListCounts:
    """How far each list of a document has been counted; `label` must be asked in the order of the text."""

    counts: dict[str, list[int | None]] = field(default_factory=dict)
    begun: set[str] = field(default_factory=set)

    def label(self, name: str, found: WordList, level: int) -> str:
        """The number printed before the next paragraph at `level` of the list `name`, "" for a bullet or an unknown level."""
        if level not in found.levels:
            return ""
        own = found.levels
        if found.starts:
            own = {depth: replace(stated, start=found.starts.get(depth, stated.start)) for depth, stated in own.items()}
        counts = self.counts.setdefault(found.counter, [None] * LEVELS)
        if name not in self.begun:
            self.begun.add(name)
            for overridden in found.starts:
                counts[overridden] = None
        for upper in range(level):
            if counts[upper] is None:
                counts[upper] = own[upper].start if upper in own else 1
        current = counts[level]
        counts[level] = own[level].start if current is None else current + 1
        for deeper in range(level + 1, LEVELS):
            after = own[deeper].restarts_after if deeper in own else None
            if after is None or (after > 0 and level < after):
                counts[deeper] = None
        return _text(own, level, counts)


def _text(own: dict[int, Level], level: int, counts: list[int | None]) -> str:
    this = own[level]
    if this.format in ("bullet", "none"):
        return "" if this.format == "bullet" else PLACEHOLDER.sub("", this.text)

    def number(found: re.Match[str]) -> str:
        index = int(found.group(1)) - 1
        count = counts[index]
        form = own[index].format if index in own else "decimal"
        return "" if count is None else written(count, "decimal" if this.legal else form)

    return PLACEHOLDER.sub(number, this.text)


def labelled(label: str, text: str) -> str:
    """A text behind its automatic number; a space keeps a number without punctuation from running into it."""
    return f"{label} {text}" if label and label[-1].isalnum() and text else label + text
