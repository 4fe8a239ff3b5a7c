"""The styles of a DOC file as far as the reader needs them: which are headings, which carry automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.doc.marks import ParagraphMarks, character_marks, paragraph_marks
from pipeline.readers.word.headings import BODY_TEXT_LEVEL, HEADING_NAME

PARAGRAPH_STYLE = 1
MOST_ANCESTORS = 20


@dataclass(frozen=True)
class Style:
    """What a paragraph style says itself, without its parent."""

    name: str
    parent: int
    marks: ParagraphMarks
    hides: bool


@dataclass(frozen=True)
class StyleEffect:
    """What a paragraph style comes to, its ancestors included."""

    heading: bool = False
    list: int | None = None
    level: int | None = None


class Styles:
    """The paragraph styles by number."""

    def __init__(self, structure: bytes) -> None:
        """structure: the style sheet (STSH); what is cut off of it is left out."""
        self._stated, self._base = _stated(structure)
        self._styles: dict[int, Style | None] = {}
        self._effects: dict[int, StyleEffect] = {}

    def effect(self, number: int) -> StyleEffect:
        """What a style comes to; nothing for an unknown one."""
        if number not in self._effects:
            self._effects[number] = _effect(self._chain(number))
        return self._effects[number]

    def hides(self, number: int) -> bool:
        """Whether a style makes its text hidden, by itself or by an ancestor."""
        return any(style.hides for style in self._chain(number))

    def _chain(self, number: int) -> list[Style]:
        found: list[Style] = []
        while len(found) < MOST_ANCESTORS and (style := self._style(number)) is not None:
            found.append(style)
            number = style.parent
        return found

    def _style(self, number: int) -> Style | None:
        """A paragraph style, looked into when it is needed: files state many that no paragraph uses."""
        if number not in self._styles:
            stated = self._stated[number] if number < len(self._stated) else b""
            self._styles[number] = _style(stated, self._base)
        return self._styles[number]


def _effect(chain: list[Style]) -> StyleEffect:
    numbered = next((place for place, style in enumerate(chain) if style.marks.list is not None), len(chain))
    levels = (style.marks.level for style in chain[: numbered + 1] if style.marks.level is not None)
    return StyleEffect(_makes_headings(chain), chain[numbered].marks.list if numbered < len(chain) else None, next(levels, None))


def _makes_headings(chain: list[Style]) -> bool:
    for style in chain:
        if style.marks.outline_level is not None:
            return style.marks.outline_level < BODY_TEXT_LEVEL
        if HEADING_NAME.fullmatch(style.name):
            return True
    return False


def _stated(structure: bytes) -> tuple[list[bytes], int]:
    """What the style sheet states of each style, by number, and how long the fixed part of each statement is."""
    found = list[bytes]()
    if len(structure) < 6:
        return found, 0
    at = 2 + int.from_bytes(structure[:2], "little")
    count, base = (int.from_bytes(structure[place : place + 2], "little") for place in (2, 4))
    while len(found) < count and at < len(structure):
        length = int.from_bytes(structure[at : at + 2], "little")
        found.append(structure[at + 2 : at + 2 + length])
        at += 2 + length
    return found, base


def _style(stated: bytes, base: int) -> Style | None:
    """One style; None for a place without one and for styles of characters and tables."""
    if len(stated) < base + 2 or base < 6 or int.from_bytes(stated[2:4], "little") & 0xF != PARAGRAPH_STYLE:
        return None
    name_length = int.from_bytes(stated[base : base + 2], "little")
    name_end = base + 2 + 2 * name_length
    name = stated[base + 2 : name_end].decode("utf-16-le", "replace")
    at = name_end + 2
    length = int.from_bytes(stated[at : at + 2], "little")
    modifiers = stated[at + 4 : at + 2 + length]  # behind the number of the style itself
    at += 2 + length + length % 2
    length = int.from_bytes(stated[at : at + 2], "little")
    hides = character_marks(stated[at + 2 : at + 2 + length]).hidden
    return Style(name.split(",")[0], int.from_bytes(stated[2:4], "little") >> 4, paragraph_marks(0, modifiers, b""), hides)
