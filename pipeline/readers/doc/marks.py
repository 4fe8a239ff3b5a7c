"""What the modifiers of paragraphs and characters state, as far as the reader asks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from pipeline.readers.doc.sprms import Sprm, number, sprms

STYLE_OF_PARAGRAPH = 0x4600
IN_TABLE, ROW_END, DEPTH = 0x2416, 0x2417, 0x6649
INNER_CELL_END, INNER_ROW_END = 0x244B, 0x244C
LIST_LEVEL, LIST, OUTLINE_LEVEL = 0x260A, 0x460B, 0x2640
DELETED, HIDDEN, PLACE, SYMBOL, FORM_DATA = 0x0800, 0x083C, 0x6A03, 0x6A09, 0x0806
TABLE_GROUP, GROUP = 5 << 10, 7 << 10  # bits of a modifier that say what it modifies
STRUCK, STRUCK_TWICE, HEIGHT = 0x0837, 0x2A53, 0x2A48
RAISED, LOWERED = 1, 2
ON = (1, 0x81)  # 0x81: the opposite of the style
OPPOSITE = 0x81
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
    """What a run of characters states.

    unlike_style: hidden only where the style of the paragraph is not, and the other way round.
    height: 1 raised, 2 lowered. symbol: font number and code. picture: where in the data stream it is described.
    """

    hidden: bool = False
    unlike_style: bool = False
    struck: bool = False
    deleted: bool = False
    height: int = 0
    symbol: tuple[int, int] | None = None
    picture: int | None = None

    @property
    def is_left_out(self) -> bool:
        """Whether the characters are not read, though the file keeps them."""
        return self.hidden or self.struck or self.deleted


NOTHING = CharacterMarks()


def character_marks(modifiers: bytes) -> CharacterMarks:
    """The marks of characters with these modifiers."""
    marks, is_form_field = NOTHING, False
    for code, operand in sprms(modifiers):
        if code == HIDDEN:
            marks = replace(marks, hidden=operand[0] in ON, unlike_style=operand[0] == OPPOSITE)
        elif code == DELETED:
            marks = replace(marks, deleted=operand[0] in ON)
        elif code in (STRUCK, STRUCK_TWICE):
            marks = replace(marks, struck=operand[0] in ON)
        elif code == HEIGHT:
            marks = replace(marks, height=operand[0])
        elif code == SYMBOL:
            marks = replace(marks, symbol=(number(operand[:2]), number(operand[2:])))
        elif code == PLACE:
            marks = replace(marks, picture=number(operand))
        elif code == FORM_DATA:
            is_form_field = operand[0] in ON
    return replace(marks, picture=None) if is_form_field else marks
