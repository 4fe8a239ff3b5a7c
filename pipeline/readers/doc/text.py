"""The text of a DOC file as printed: without instructions of fields, hidden text, deletions and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.doc.marks import (
    LOWERED,
    NOTHING,
    RAISED,
    CharacterMarks,
    character_marks,
    style_of_characters,
    together,
    without_denials,
)
from pipeline.readers.doc.pages import Runs
from pipeline.readers.doc.pieces import PieceText, whole
from pipeline.readers.doc.shapes import is_small_picture
from pipeline.readers.doc.styles import Styles
from pipeline.readers.raised import lowered, raised
from pipeline.readers.word.cells import OBJECT, SHOWS_WITHOUT_RESULT, UNREAD
from pipeline.readers.word.symbols import symbol

FIELD_MARK = re.compile("[\x13\x14\x15]")
FIELD_BEGIN, FIELD_RESULT, PICTURE = "\x13", "\x14", "\x01"
NO_STYLE = 0x0FFF  # the number that stands for none
NOT_PRINTED, MARKS = "\0", re.compile("[^\r\x07\x0c]")
PRINTED = {**dict.fromkeys(range(9)), **dict.fromkeys(range(0x10, 0x20)), 0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x0D: None, 0x1E: "-"}
HEIGHTS = {RAISED: raised, LOWERED: lowered}
MOST_MARKED = 1_000_000


class Marked(NamedTuple):
    """Positions [start, end) and what is said of them."""

    start: int
    end: int
    marks: CharacterMarks


def marked_characters(text: PieceText, runs: Runs, paragraphs: Runs, styles: Styles) -> list[Marked]:
    """Where the text has marks that the reader asks for, by itself or by its styles, in the order of the text."""
    known: dict[tuple[bytes, int], CharacterMarks] = {}
    marking = {style for style in {run.style for run in paragraphs.runs} if styles.letters(style) != NOTHING}
    found: list[Marked] = []
    for piece in text.pieces:
        last = piece.byte(piece.end)
        for index in range(runs.after(piece.offset), len(runs.runs)):
            run = runs.runs[index]
            if run.start >= last or len(found) > MOST_MARKED:
                break
            modifiers = run.modifiers + piece.modifiers
            for start, end, style in _in_styles(max(run.start, piece.offset), min(run.end, last), paragraphs if marking else None):
                if (modifiers, style) not in known:
                    known[modifiers, style] = _marks(modifiers, style, styles)
                if (marks := known[modifiers, style]) != NOTHING and start < end:
                    at = piece.start + (start - piece.offset) // piece.width
                    found.append(Marked(at, piece.start + (end - piece.offset) // piece.width, marks))
    return found


def _in_styles(start: int, end: int, paragraphs: Runs | None) -> Iterator[tuple[int, int, int]]:
    """Bytes [start, end) in parts of one paragraph style each; in one part where no style says anything of letters."""
    if paragraphs is None:
        yield start, end, NO_STYLE
        return
    at = start
    for index in range(paragraphs.after(start), len(paragraphs.runs)):
        run = paragraphs.runs[index]
        if run.start >= end:
            break
        if run.end > at:
            yield max(run.start, at), min(run.end, end), run.style
            at = min(run.end, end)


def _marks(modifiers: bytes, style: int, styles: Styles) -> CharacterMarks:
    named = style_of_characters(modifiers)
    by_style = together(styles.letters(style), styles.letters(named) if named is not None else NOTHING)
    return without_denials(character_marks(modifiers, by_style))


def printed_positions(text: str, marked: list[Marked], fonts: list[str], data: bytes) -> str:
    """The text, position by position: what is not printed is a zero, a symbol its character; marks that end paragraphs stay.

    data: the stream that describes pictures.
    """
    left_out = [(run.start, run.end, "") for run in marked if run.marks.is_left_out]
    parts, at = list[str](), 0
    for run in marked:
        written = _written(text[run.start : run.end], run.marks, fonts, data)
        if written is not None and run.start >= at:
            parts += (text[at : run.start], written)
            at = run.end
    shown = "".join((*parts, text[at:])) if parts else text
    parts, at = [], 0
    for start, end, instead in sorted([*_instructions(text), *left_out]):
        if end > at:
            parts += (shown[at : max(start, at)], instead, MARKS.sub(NOT_PRINTED, shown[max(start, at) + len(instead) : end]))
            at = end
    return "".join((*parts, shown[at:]))


def _instructions(text: str) -> Iterator[tuple[int, int, str]]:
    """What stands in fields before their results, and a sign in its stead where Word shows the field although it has no result.

    A field without an end is left as it is.
    """
    open_fields: list[list[int]] = []
    for mark in FIELD_MARK.finditer(text):
        if mark.group() == FIELD_BEGIN:
            open_fields.append([mark.start()])
        elif open_fields and mark.group() == FIELD_RESULT:
            open_fields[-1].append(mark.start())
        elif open_fields:
            field = open_fields.pop()
            is_shown = len(field) == 1 and SHOWS_WITHOUT_RESULT.match(text, field[0] + 1)
            yield field[0], field[1] if len(field) > 1 else mark.start(), UNREAD if is_shown else ""


def _written(text: str, marks: CharacterMarks, fonts: list[str], data: bytes) -> str | None:
    """How characters are written, as many as they were: symbols, small pictures, raised and lowered figures; None for as they are."""
    if marks.symbol is not None:
        font, code = marks.symbol
        return text.replace("(", symbol(code, fonts[font] if font < len(fonts) else ""))
    if marks.picture is not None and PICTURE in text and is_small_picture(data, marks.picture):
        return text.replace(PICTURE, OBJECT)
    return HEIGHTS[marks.height](text) if marks.height in HEIGHTS else None


def printed(text: str) -> str:
    """A part of the positions as text: line breaks as line feeds, marks of all kinds dropped."""
    return whole(text.translate(PRINTED))


def font_names(structure: bytes) -> list[str]:
    """The names of the fonts (SttbfFfn) in order."""
    names, at = list[str](), 4
    while at < len(structure) and len(names) < 0xFFFF:
        length = structure[at] + 1
        names.append(structure[at + 40 : at + length].decode("utf-16-le", "replace").split("\0")[0])
        at += length
    return names
