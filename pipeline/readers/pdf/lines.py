"""Glyphs to lines of text, and lines to paragraphs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from msgspec.structs import replace

from pipeline.readers.pdf.characters import UNKNOWN
from pipeline.readers.pdf.glyphs import BELOW, Glyph
from pipeline.readers.raised import raised

# Parts of the height of a letter.
SAME_LINE = 0.5
WORD_GAP = 0.3
SMALL, RAISED = 0.9, 0.15  # how small and how far above its base line a figure is that marks a note
REACHES = 0.3  # of its height, by which a note reaches into its line
FALSE_BOLD = 0.1
MARGIN_SLACK = 1.6  # a line may end early by a letter and a half, because no line begins with a comma
LINE_PITCH = 3.0
OTHER_SIZE = 1.3  # how much larger the letters of a title are, at least
LONG_LINE = 15  # characters; shorter lines say nothing about the margins
NUMBERED = re.compile(r"\s*(?:[（(]?[一二三四五六七八九十百\d]{1,3}\s*[）)、.．:：]|第[一二三四五六七八九十百\d]+[章节条项])")
HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}、[^，。；：,;:]{4,40}$")
TITLE = re.compile(r"工作(?:年度)?报告$")  # of the first line, whatever follows
HEADING_ENDS = 0.75  # of the width of the page, before which a heading ends that fits on one line
# What stands in a data cell: a figure with its sign and unit, or a sign for nothing.
VALUE = re.compile(r"[+\-－—–＋增减加↑↓]*[\d０-９OoＯ,，.．\s]*(?:万?元|[件项条个宗])?|[/／无空\-－—–\\]+|不适用")


@dataclass(frozen=True)
class TextLine:
    """One line of text with its box and page; `page_width` is the width of its page, which tells margins apart.

    is_picture: it was recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    page: int = 0
    page_width: float = 0.0
    glyphs: Sequence[Glyph] = ()
    is_picture: bool = False

    @property
    def height(self) -> float:
        """The height of its letters in points."""
        return self.bottom - self.top


def glyph_lines(glyphs: Iterable[Glyph]) -> list[list[Glyph]]:
    """Glyphs from top to bottom and from left to right; a letter printed twice over itself (false bold) stands once."""
    lines: list[list[Glyph]] = []
    anchor, height = 0.0, 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.top + glyph.bottom):
        middle, tall = (glyph.top + glyph.bottom) / 2, glyph.bottom - glyph.top
        if lines and middle - anchor <= SAME_LINE * min(height, tall):
            lines[-1].append(glyph)
        else:
            lines.append([glyph])
            anchor, height = middle, tall
    return [_once_each(sorted(line)) for line in lines]


def _once_each(line: list[Glyph]) -> list[Glyph]:
    kept: list[Glyph] = []
    for glyph in line:
        before = kept[-1] if kept else None
        if before is None or before.character != glyph.character or glyph.left - before.left >= FALSE_BOLD * (glyph.bottom - glyph.top):
            kept.append(glyph)
    return kept


def line_text(line: Sequence[Glyph]) -> str:
    """The text of one line, with a space where a gap parts two words."""
    parts: list[str] = []
    end = None
    for glyph in line:
        character = glyph.character
        apart = end is not None and glyph.left - end > WORD_GAP * (glyph.bottom - glyph.top)
        if apart and not character.isspace() and not parts[-1].isspace():
            parts.append(" ")
        parts.append(character)
        end = glyph.right
    return "".join(parts).strip(" ")


def cell_text(glyphs: Sequence[Glyph]) -> str:
    """The text of a cell, its lines parted by line feeds."""
    first = glyphs[0]
    if len(glyphs) == 1:
        return first.character.strip(" ")
    if all(glyph.top == first.top and glyph.bottom == first.bottom for glyph in glyphs):  # most cells hold a single line
        return line_text(_once_each(sorted(glyphs)))
    return "\n".join(text for line in _with_notes(glyph_lines(glyphs)) if (text := line_text(_notes_apart(line))))


def _with_notes(lines: list[list[Glyph]]) -> list[list[Glyph]]:
    """The lines, of which one of small letters that reaches into the next is put to it: high marks of notes are no line of their own."""
    kept: list[list[Glyph]] = []
    for line in lines:
        if kept and _reaches_into(kept[-1], line):
            kept[-1] = sorted([*kept[-1], *line])
        elif kept and _reaches_into(line, kept[-1]):  # below the line: no number, and no mark of a note either
            kept[-1] = sorted([*kept[-1], *(replace(glyph, character=UNKNOWN) if glyph.character.isdecimal() else glyph for glyph in line)])
        else:
            kept.append(line)
    return kept


def _reaches_into(note: list[Glyph], line: list[Glyph]) -> bool:
    height, tall = (max(glyph.bottom - glyph.top for glyph in letters) for letters in (note, line))
    low = min(max(glyph.bottom for glyph in letters) for letters in (note, line))
    high = max(min(glyph.top for glyph in letters) for letters in (note, line))
    return height < SMALL * tall and low - high > REACHES * height


def _notes_apart(line: list[Glyph]) -> list[Glyph]:
    """The line with small figures that stand above its base line (the marks of notes) written so that they join no number beside them."""
    largest = max(line, key=lambda glyph: glyph.bottom - glyph.top)
    tall = largest.bottom - largest.top
    base = largest.bottom - BELOW * tall

    def is_raised(glyph: Glyph) -> bool:
        height = glyph.bottom - glyph.top
        return height < SMALL * tall and base - (glyph.bottom - BELOW * height) > RAISED * tall

    return [replace(glyph, character=raised(glyph.character)) if is_raised(glyph) else glyph for glyph in line]


def text_lines(glyphs: Iterable[Glyph], page: int, page_width: float) -> list[TextLine]:
    """The lines of running text on one page."""
    lines = []
    for line in glyph_lines(glyphs):
        text = line_text(line)
        if text.strip():
            top, bottom = min(glyph.top for glyph in line), max(glyph.bottom for glyph in line)
            lines.append(TextLine(text, line[0].left, top, line[-1].right, bottom, page, page_width, line))
    return lines


def margins(lines: Iterable[TextLine]) -> dict[float, tuple[float, float]]:
    """For each page width the left edge and the right edge that most long lines share."""
    lefts: dict[float, Counter[int]] = {}
    rights: dict[float, Counter[int]] = {}
    for line in lines:
        if len(line.text) >= LONG_LINE:
            lefts.setdefault(line.page_width, Counter())[round(line.left / 4)] += 1
            rights.setdefault(line.page_width, Counter())[round(line.right / 4)] += 1
    return {width: (lefts[width].most_common(1)[0][0] * 4.0, rights[width].most_common(1)[0][0] * 4.0) for width in lefts}


def continues(before: TextLine, line: TextLine, edges: dict[float, tuple[float, float]]) -> bool:
    """Whether `line` goes on with the paragraph of `before`: that one is full, this one is not indented, numbered or set apart."""
    if before.page_width != line.page_width or line.page_width not in edges:
        return False
    left, right = edges[line.page_width]
    letter = min(before.height, line.height)
    if before.right < right - MARGIN_SLACK * letter or line.left > left + 0.8 * letter or before.left > left + 4 * letter:
        return False
    if max(before.height, line.height) > OTHER_SIZE * letter or NUMBERED.match(line.text):
        return False
    if before.right < HEADING_ENDS * before.page_width and HEADING.match(before.text):
        return False  # full only beside lines that are as short: a report of short paragraphs
    return before.page != line.page or line.top - before.top <= LINE_PITCH * letter


def paragraphs(lines: Sequence[TextLine], edges: dict[float, tuple[float, float]]) -> list[tuple[int, str]]:
    """Page and text of every paragraph of consecutive lines. Latin words on both sides of a line end keep a space between them."""
    found: list[tuple[int, str]] = []
    before: TextLine | None = None
    for line in lines:
        is_title = len(found) == 1 and TITLE.search(found[0][1]) is not None
        if before is not None and not is_title and continues(before, line, edges):
            page, text = found[-1]
            space = " " if text[-1].isascii() and text[-1].isalpha() and line.text[0].isascii() and line.text[0].isalpha() else ""
            found[-1] = (page, text + space + line.text)
        else:
            found.append((line.page, line.text))
        before = line
    return found
