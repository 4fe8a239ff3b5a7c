"""The styles of a DOC file as far as the reader needs them: which are headings, which carry automatic numbers."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.doc.marks import ParagraphMarks, character_marks, paragraph_marks
from pipeline.readers.word.headings import BODY_TEXT_LEVEL, HEADING_NAME

PARAGRAPH_STYLE, NO_PARENT = 1, 0xFFF
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
        self._styles = _styles(structure)
        self._effects: dict[int, StyleEffect] = {}
        self.hides_any = any(style.hides for style in self._styles.values())

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
        while number in self._styles and len(found) < MOST_ANCESTORS:
            found.append(self._styles[number])
            number = found[-1].parent
        return found


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


def _styles(structure: bytes) -> dict[int, Style]:
    found: dict[int, Style] = {}
    if len(structure) < 6:
        return found
    at = 2 + int.from_bytes(structure[:2], "little")
    count, base = (int.from_bytes(structure[place : place + 2], "little") for place in (2, 4))
    for number in range(count):
        length = int.from_bytes(structure[at : at + 2], "little")
        style = _style(structure[at + 2 : at + 2 + length], base)
        if style is not None:
            found[number] = style
        at += 2 + length
        if at >= len(structure):
            break
    return found


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
