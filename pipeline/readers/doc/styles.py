"""The styles of a DOC file as far as the reader needs them: which are headings, which carry automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.doc.marks import CharacterMarks, ParagraphMarks, character_marks, paragraph_marks
from pipeline.readers.word.headings import BODY_TEXT_LEVEL, HEADING_NAME

PARAGRAPH_STYLE, CHARACTER_STYLE = 1, 2
MOST_ANCESTORS = 20


@dataclass(frozen=True)
class Style:
    """What a style of paragraphs or characters says itself, without its parent. letters: its modifiers of characters."""

    name: str
    parent: int
    marks: ParagraphMarks
    letters: bytes


@dataclass(frozen=True)
class StyleEffect:
    """What a paragraph style comes to, its ancestors included."""

    heading: bool = False
    list: int | None = None
    level: int | None = None


class Styles:
    """The styles of paragraphs and characters by number."""

    def __init__(self, structure: bytes) -> None:
        """structure: the style sheet (STSH); what is cut off of it is left out."""
        self._stated, self._base = _stated(structure)
        self._styles: dict[int, Style | None] = {}
        self._effects: dict[int, StyleEffect] = {}
        self._letters: dict[int, CharacterMarks] = {}

    def effect(self, number: int) -> StyleEffect:
        """What a style comes to; nothing for an unknown one."""
        if number not in self._effects:
            self._effects[number] = _effect(self._chain(number))
        return self._effects[number]

    def letters(self, number: int) -> CharacterMarks:
        """What a style says of its characters, its ancestors included; nothing for an unknown one."""
        if number not in self._letters:
            self._letters[number] = character_marks(b"".join(style.letters for style in reversed(self._chain(number))))
        return self._letters[number]

    def _chain(self, number: int) -> list[Style]:
        found: list[Style] = []
        while len(found) < MOST_ANCESTORS and (style := self._style(number)) is not None:
            found.append(style)
            number = style.parent
        return found

    def _style(self, number: int) -> Style | None:
        """A style, looked into when it is needed: files state many that nothing uses."""
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
    """One style; None for a place without one and for styles of tables and lists."""
    kind = int.from_bytes(stated[2:4], "little") & 0xF
    if len(stated) < base + 2 or base < 6 or kind not in (PARAGRAPH_STYLE, CHARACTER_STYLE):
        return None
    name_length = int.from_bytes(stated[base : base + 2], "little")
    name_end = base + 2 + 2 * name_length
    name = stated[base + 2 : name_end].decode("utf-16-le", "replace")
    at, modifiers = name_end + 2, b""
    if kind == PARAGRAPH_STYLE:
        length = int.from_bytes(stated[at : at + 2], "little")
        modifiers = stated[at + 4 : at + 2 + length]  # behind the number of the style itself
        at += 2 + length + length % 2
    length = int.from_bytes(stated[at : at + 2], "little")
    letters = stated[at + 2 : at + 2 + length]
    return Style(name.split(",")[0], int.from_bytes(stated[2:4], "little") >> 4, paragraph_marks(0, modifiers, b""), letters)
