"""The text of a DOC file as printed: without instructions of fields, hidden text, deletions and marks."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import NamedTuple

from pipeline.readers.doc.marks import LOWERED, NOTHING, RAISED, CharacterMarks, character_marks
from pipeline.readers.doc.pages import Runs
from pipeline.readers.doc.pieces import PieceText, whole
from pipeline.readers.raised import lowered, raised
from pipeline.readers.word.symbols import symbol

FIELD_MARK = re.compile("[\x13\x14\x15]")
FIELD_BEGIN, FIELD_RESULT = "\x13", "\x14"
NOT_PRINTED, MARKS = "\0", re.compile("[^\r\x07\x0c]")
PRINTED = {**dict.fromkeys(range(9)), **dict.fromkeys(range(0x10, 0x20)), 0x0B: "\n", 0x0C: "\n", 0x0E: "\n", 0x0D: None, 0x1E: "-"}
HEIGHTS = {RAISED: raised, LOWERED: lowered}
MOST_MARKED = 1_000_000


class Marked(NamedTuple):
    """Positions [start, end) and what is said of them."""

    start: int
    end: int
    marks: CharacterMarks


def marked_characters(text: PieceText, runs: Runs, style_hides: Callable[[int], bool]) -> list[Marked]:
    """Where the text has marks that the reader asks for, in the order of the text.

    style_hides: whether the style of the paragraph at a byte hides its text.
    """
    known: dict[bytes, CharacterMarks] = {}
    found: list[Marked] = []
    for piece in text.pieces:
        last = piece.byte(piece.end)
        for index in range(runs.after(piece.offset), len(runs.runs)):
            run = runs.runs[index]
            if run.start >= last or len(found) > MOST_MARKED:
                break
            modifiers = run.modifiers + piece.modifiers
            if modifiers not in known:
                known[modifiers] = character_marks(modifiers)
            marks = known[modifiers]
            start, end = max(run.start, piece.offset), min(run.end, last)
            if marks.unlike_style and style_hides(start):
                marks = replace(marks, hidden=False)
            if marks != NOTHING and start < end:
                at = piece.start + (start - piece.offset) // piece.width
                found.append(Marked(at, piece.start + (end - piece.offset) // piece.width, marks))
    return found


def printed_positions(text: str, marked: list[Marked], fonts: list[str]) -> str:
    """The text, position by position: what is not printed is a zero, a symbol its character; marks that end paragraphs stay."""
    left_out = [(run.start, run.end) for run in marked if run.marks.is_left_out]
    parts, at = list[str](), 0
    for run in marked:
        written = _written(text[run.start : run.end], run.marks, fonts)
        if written is not None and run.start >= at:
            parts += (text[at : run.start], written)
            at = run.end
    shown = "".join((*parts, text[at:])) if parts else text
    parts, at = [], 0
    for start, end in sorted([*_instructions(text), *left_out]):
        if end > at:
            parts += (shown[at : max(start, at)], MARKS.sub(NOT_PRINTED, shown[max(start, at) : end]))
            at = end
    return "".join((*parts, shown[at:]))


def _instructions(text: str) -> Iterator[tuple[int, int]]:
    """What stands in fields before their results; a field without an end is left as it is."""
    open_fields: list[list[int]] = []
    for mark in FIELD_MARK.finditer(text):
        if mark.group() == FIELD_BEGIN:
            open_fields.append([mark.start()])
        elif open_fields and mark.group() == FIELD_RESULT:
            open_fields[-1].append(mark.start())
        elif open_fields:
            field = open_fields.pop()
            yield field[0], field[1] if len(field) > 1 else mark.start()


def _written(text: str, marks: CharacterMarks, fonts: list[str]) -> str | None:
    """How characters are written, as many as they were: symbols, raised and lowered figures; None for as they are."""
    if marks.symbol is not None:
        font, code = marks.symbol
        return text.replace("(", symbol(code, fonts[font] if font < len(fonts) else ""))
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
