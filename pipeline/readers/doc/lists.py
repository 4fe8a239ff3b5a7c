"""The lists of a DOC file: what the automatic numbers of its paragraphs look like."""

from __future__ import annotations

import struct

from pipeline.readers.word.lists import LEVELS, Level, WordList

LIST_HEAD, LEVEL_HEAD, OVERRIDE_HEAD = 28, 28, 16
SIMPLE = 0x01  # flag of a list: it has one level
LEGAL, KEEPS_ON = 0x04, 0x08  # flags of a level
SETS_START, SETS_FORMAT = 0x10, 0x20  # flags of an override
MOST_LISTS = 5000

# Number formats by code, under the names that DOCX uses
FORMATS = {
    0: "decimal", 1: "upperRoman", 2: "lowerRoman", 3: "upperLetter", 4: "lowerLetter", 10: "ideographDigital", 11: "japaneseCounting",
    14: "decimalFullWidth", 17: "japaneseDigitalTenThousand", 18: "decimalEnclosedCircle", 19: "decimalFullWidth", 22: "decimalZero",
    23: "bullet", 28: "decimalEnclosedCircleChinese", 30: "ideographTraditional", 31: "ideographZodiac", 33: "taiwaneseCounting",
    34: "ideographLegalTraditional", 35: "taiwaneseCountingThousand", 36: "taiwaneseDigital", 37: "chineseCounting",
    38: "chineseLegalSimplified", 39: "chineseCountingThousand", 40: "ideographDigital", 255: "none",
}  # fmt: skip


class Lists:
    """The lists by the number that paragraphs give (from 1)."""

    def __init__(self, table: bytes, lists_at: int, lists_length: int, overrides: bytes) -> None:
        """table: the table stream; the levels of the lists follow behind the lists. What is cut off is left out."""
        levels = _lists(table, lists_at, lists_length) if lists_length else {}
        self._lists = _overridden(overrides, levels)

    def get(self, number: int) -> WordList | None:
        """The list that a paragraph names; None where it names none."""
        return self._lists.get(number)


def _lists(table: bytes, at: int, length: int) -> dict[int, dict[int, Level]]:
    """The levels of each list, by its identifier."""
    count = int.from_bytes(table[at : at + 2], "little")
    heads = [table[at + 2 + LIST_HEAD * index :][:LIST_HEAD] for index in range(min(count, MOST_LISTS))]
    found: dict[int, dict[int, Level]] = {}
    at += length
    for head in heads:
        if len(head) < LIST_HEAD:
            break
        levels: dict[int, Level] = {}
        for depth in range(1 if head[26] & SIMPLE else LEVELS):
            level, at = _level(table, at)
            if level is None:
                return found
            levels[depth] = level
        found[struct.unpack_from("<i", head)[0]] = levels
    return found


def _level(table: bytes, at: int) -> tuple[Level | None, int]:
    """One level, and where the next begins."""
    if at + LEVEL_HEAD + 2 > len(table):
        return None, at
    start, form, flags = struct.unpack_from("<iBB", table, at)
    character_length, paragraph_length, restart = table[at + 24], table[at + 25], table[at + 26]
    at += LEVEL_HEAD + paragraph_length + character_length
    length = int.from_bytes(table[at : at + 2], "little")
    text = table[at + 2 : at + 2 + 2 * length].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(character) + 1}" if ord(character) < LEVELS else character for character in text)
    level = Level(FORMATS.get(form, "decimal"), text, start, restart if flags & KEEPS_ON else None, bool(flags & LEGAL))
    return level, at + 2 + 2 * length


def _overridden(overrides: bytes, levels: dict[int, dict[int, Level]]) -> dict[int, WordList]:
    """The lists as paragraphs name them: each refers to a list and may set starts and levels of it anew."""
    count = min(int.from_bytes(overrides[:4], "little"), MOST_LISTS)
    found: dict[int, WordList] = {}
    at = 4 + OVERRIDE_HEAD * count
    for number in range(count):
        head = overrides[4 + OVERRIDE_HEAD * number :][:OVERRIDE_HEAD]
        if len(head) < OVERRIDE_HEAD:
            break
        (identifier,) = struct.unpack_from("<i", head)
        own, starts = dict(levels.get(identifier, {})), dict[int, int]()
        at += 4
        for _ in range(head[12]):
            if at + 8 > len(overrides):
                break
            start, flags = struct.unpack_from("<iI", overrides, at)
            at += 8
            depth = flags & 0xF
            if flags & SETS_FORMAT:
                level, at = _level(overrides, at)
                if level is not None:
                    own[depth] = level
                    start = level.start
            if flags & SETS_START and depth < LEVELS:
                starts[depth] = start
        if own:
            found[number + 1] = WordList(own, str(identifier), starts)
    return found
