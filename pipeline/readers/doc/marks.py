"""What the modifiers of paragraphs and characters state, as far as the reader asks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from pipeline.readers.colours import is_white
from pipeline.readers.doc.sprms import Sprm, number, sprms

STYLE_OF_PARAGRAPH = 0x4600
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649
INNER_CELL_END, INNER_ROW_END = 0x244B, 0x244C
LIST_LEVEL, LIST, OUTLINE_LEVEL = 0x260A, 0x460B, 0x2640
DELETED, HIDDEN, PLACE, SYMBOL, FORM_DATA = 0x0800, 0x083C, 0x6A03, 0x6A09, 0x0806
TABLE_GROUP, GROUP = 5 << 10, 7 << 10  # bits of a modifier that say what it modifies
STRUCK, STRUCK_TWICE, HEIGHT, STYLE_OF_CHARACTERS = 0x0837, 0x2A53, 0x2A48, 0x4A30
POSITION, SCALE = 0x4845, 0x4852
OLD_COLOUR, COLOUR, SIZE, SHADE = 0x2A42, 0x6870, 0x4A43, 0xCA71
HIGHLIGHT, OLD_SHADE, NO_OLD_SHADE = 0x2A0C, 0x4866, (0, 0xFFFF)
RAISED, LOWERED = 1, 2
ON = (1, 0x81)  # 0x80: as the style; 0x81: the opposite of the style
AS_STYLE, OPPOSITE = 0x80, 0x81
OLD_WHITE, TINY, NARROW, LEAST_POSITION = 8, 4, 10, 4  # half points, per cent of the usual width, half points
DEEPEST_TABLE = 16


@dataclass(frozen=True, slots=True)
class ParagraphMarks:
    """What a paragraph states. depth: how many tables it stands in. table: the modifiers of its row, for the mark that ends one."""

    style: int = 0
    depth: int = 0
    row_end: bool = False
    inner_cell_end: bool = False
    list: int | None = None
    level: int | None = None
    outline_level: int | None = None
    table: tuple[Sprm, ...] = ()


def paragraph_marks(style: int, modifiers: bytes, data: bytes) -> ParagraphMarks:
    """The marks of a paragraph with these modifiers."""
    stated: dict[int, int] = {}
    table: list[Sprm] = []
    for code, operand in sprms(modifiers, data):
        if code & GROUP == TABLE_GROUP:
            table.append((code, operand))
        else:
            stated[code] = number(operand[:4])
    depth = min(max(stated.get(DEPTH, 0), 1), DEEPEST_TABLE) if stated.get(IN_TABLE) else 0
    return ParagraphMarks(
        style=stated.get(STYLE_OF_PARAGRAPH, style),
        depth=depth,
        row_end=bool(stated.get(ROW_END) if depth <= 1 else stated.get(INNER_ROW_END)),
        inner_cell_end=depth > 1 and bool(stated.get(INNER_CELL_END)),
        list=stated.get(LIST),
        level=stated.get(LIST_LEVEL),
        outline_level=stated.get(OUTLINE_LEVEL),
        table=tuple(table),
    )


@dataclass(frozen=True, slots=True)
class CharacterMarks:
    """What a run of characters states, or its style.

    height: 1 raised, 2 lowered. symbol: font number and code. picture: where in the data stream it is described.
    white, tiny: letters that nobody sees; None where nothing is said of it. on_ground: something is painted behind them; colour,
    behind: red, green and blue of both, as far as they are told.
    """

    hidden: bool = False
    struck: bool = False
    deleted: bool = False
    height: int | None = None
    symbol: tuple[int, int] | None = None
    picture: int | None = None
    white: bool | None = None
    tiny: bool | None = None
    on_ground: bool = False
    colour: bytes | None = None
    behind: bytes | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether the characters are not read, though the file keeps them."""
        return self.hidden or self.struck or self.deleted

    @property
    def is_unseen(self) -> bool:
        """Whether nobody sees the characters on white paper."""
        same = self.colour is not None and self.colour == self.behind
        return bool(self.tiny or same or (self.white and not self.on_ground))


NOTHING = CharacterMarks()


def character_marks(modifiers: bytes, style: CharacterMarks = NOTHING) -> CharacterMarks:
    """The marks of characters with these modifiers, whose styles come to `style`."""
    marks, is_form_field = style, False
    for code, operand in sprms(modifiers):
        if code in _SAY:
            marks = replace(marks, **_SAY[code](operand, style))
        elif code == FORM_DATA:
            is_form_field = operand[0] in ON
    return replace(marks, picture=None) if is_form_field else marks


def _struck(operand: bytes, style: CharacterMarks) -> dict[str, Any]:
    return {"struck": _switched(operand[0], style.struck)}


def _raised_by(operand: bytes) -> int | None:
    """The height of letters at a position of their own; None where it only sets them straight."""
    points = int.from_bytes(operand, "little", signed=True)
    return None if abs(points) < LEAST_POSITION else RAISED if points > 0 else LOWERED


def _coloured(operand: bytes) -> dict[str, Any]:
    is_stated = operand[3:] == b"\0"
    return {"white": is_stated and is_white(operand[:3].hex()), "colour": operand[:3] if is_stated else None}


def _shaded(operand: bytes) -> dict[str, Any]:
    """What is painted behind letters: its colour stands behind that of the pattern, and its last byte tells whether it is automatic."""
    behind = operand[4:7] if operand[7:8] == b"\0" else None
    return {"on_ground": any(operand[8:10]) or (behind is not None and not is_white(behind.hex())), "behind": behind}


# What each modifier says of characters whose styles come to something already.
_SAY: dict[int, Callable[[bytes, CharacterMarks], dict[str, Any]]] = {
    HIDDEN: lambda operand, style: {"hidden": _switched(operand[0], style.hidden)},
    DELETED: lambda operand, _: {"deleted": operand[0] in ON},
    STRUCK: _struck,
    STRUCK_TWICE: _struck,
    HEIGHT: lambda operand, _: {"height": operand[0]},
    POSITION: lambda operand, _: {"height": height} if (height := _raised_by(operand)) else {},
    SYMBOL: lambda operand, _: {"symbol": (number(operand[:2]), number(operand[2:]))},
    PLACE: lambda operand, _: {"picture": number(operand)},
    OLD_COLOUR: lambda operand, _: {"white": operand[0] == OLD_WHITE},
    COLOUR: lambda operand, _: _coloured(operand),
    SHADE: lambda operand, _: _shaded(operand),
    OLD_SHADE: lambda operand, _: {"on_ground": number(operand) not in NO_OLD_SHADE},
    HIGHLIGHT: lambda operand, _: {"on_ground": operand[0] != 0},
    SIZE: lambda operand, _: {"tiny": 0 < number(operand) <= TINY},
    SCALE: lambda operand, _: {"tiny": True} if 0 < number(operand) <= NARROW else {},
}


def style_of_characters(modifiers: bytes) -> int | None:
    """The style of characters that modifiers name."""
    return next((number(operand) for code, operand in sprms(modifiers) if code == STYLE_OF_CHARACTERS), None)


def together(paragraph: CharacterMarks, characters: CharacterMarks) -> CharacterMarks:
    """What the styles of a paragraph and of characters in it come to: switches that both set cancel each other."""
    return replace(
        characters,
        hidden=paragraph.hidden != characters.hidden,
        struck=paragraph.struck != characters.struck,
        height=paragraph.height if characters.height is None else characters.height,
        white=paragraph.white if characters.white is None else characters.white,
        tiny=paragraph.tiny if characters.tiny is None else characters.tiny,
        colour=paragraph.colour if characters.colour is None else characters.colour,
    )


def without_denials(marks: CharacterMarks) -> CharacterMarks:
    """The marks, nothing left of what says that letters are as usual."""
    seen = marks if marks.is_unseen else replace(marks, white=None, tiny=None, on_ground=False, colour=None, behind=None)
    return seen if seen.height in (RAISED, LOWERED) else replace(seen, height=None)


def _switched(operand: int, by_style: bool) -> bool:
    return by_style != (operand == OPPOSITE) if operand in (AS_STYLE, OPPOSITE) else operand in ON
