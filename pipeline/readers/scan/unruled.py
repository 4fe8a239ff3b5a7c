"""Pages with words and figures apart from each other and no ruling lines between them: lines of text whose letters have places.

What is a table is told later from these places, as in a PDF with text (`readers/pdf/aligned.py`), or it stays text. So every part is
read like a cell, and where something may stand between the parts that was not read, a letter stands that nobody can read.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

import cv2
import numpy as np

from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lines import TextLine, line_text
from pipeline.readers.scan.cells import UNREAD, lines_in
from pipeline.readers.scan.figures import IDEOGRAPH
from pipeline.readers.scan.ink import SMALLEST_LETTER, PixelBox, ink_of, line_boxes, pieces_of
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.readings import SUREST, Line, Prints, Read, read_lines

LETTER_GAP = 1.1  # of the height of a letter: letters of a line are nearer to each other
APART = 1.2  # columns are farther apart
FEWEST_LINES = 2  # with parts apart from each other
OF_IDEOGRAPH, OF_DIGIT = 0.92, 0.72  # of the size of a type, how high its letters and its figures are
SAME_SIZE = 0.3
SAME_LINE, NEAR_LINE = 0.5, 0.6
NEXT = 1.3  # of the height of a letter: between a sign and the letter beside it
ENDS, BEGINS = "，。、；：,;:）)》”", "（(《“"
INK_EDGE = 7  # pixels: the soft edge of print, and its ringing
FAINTEST, GRAIN = 12, 6  # of 255, and times the usual difference: what differs more from the paper was printed
LEAST_AREA, LEAST_SIDE = 8, 5  # pixels of what is no dust: a minus sign is hardly larger
POOL = 8
BLUR = 2  # pixels around print
POINT = 72 / 200


class Part(NamedTuple):
    """Letters close to each other on one line, with how they were read."""

    box: PixelBox
    pieces: list[Piece]
    read: Read


def parts_apart(grey: Picture, lines: Picture, letter: float) -> list[list[PixelBox]]:
    """The boxes of parts on each line of a page; empty where no words stand apart from each other as in a table."""
    boxes = line_boxes(grey, lines, max(3, round(LETTER_GAP * letter)))
    rows: list[list[PixelBox]] = []
    for box in sorted((box for box in boxes if box[3] - box[1] >= letter / 2), key=lambda box: box[1] + box[3]):
        if rows and abs(box[1] + box[3] - 2 * _middle(rows[-1])) <= 2 * SAME_LINE * letter:
            rows[-1].append(box)
        else:
            rows.append([box])
    for box in boxes:
        if box[3] - box[1] < letter / 2 and rows:  # strokes of 三, commas, dashes
            off = [abs(box[1] + box[3] - 2 * _middle(row)) for row in rows]
            if min(off) <= 2 * NEAR_LINE * letter:
                rows[off.index(min(off))].append(box)
    rows = [_with_strokes(sorted(row), letter) for row in rows if max(box[3] - box[1] for box in row) >= SMALLEST_LETTER]
    apart = [row for row in rows if any(after[0] - before[2] >= APART * letter for before, after in pairwise(row))]
    return rows if len(apart) >= FEWEST_LINES else []


def _with_strokes(row: Sequence[PixelBox], letter: float) -> list[PixelBox]:
    """The boxes of a line from left to right, what is too low for a letter made one with what is near beside it or over it."""
    found: list[PixelBox] = []
    for box in row:
        if found:
            left, top, right, bottom = found[-1]
            is_low = min(box[3] - box[1], bottom - top) < letter / 2
            if box[0] < right or (is_low and box[0] - right <= letter):
                found[-1] = left, min(top, box[1]), max(right, box[2]), max(bottom, box[3])
                continue
        found.append(box)
    return found


def _middle(row: Sequence[PixelBox]) -> float:
    return float(np.median([(box[1] + box[3]) / 2 for box in row]))


def lines_apart(
    rows: Sequence[Sequence[PixelBox]],
    grey: Picture,
    lines: Picture,
    prints: Prints,
    colour: Picture,
    letter: float,
    page: tuple[int, float],
) -> list[TextLine]:
    """The lines of a page, their letters with places in points. colour: the page as `grey` lies; page: its number and width in points."""
    ink = ink_of(grey, lines)
    pieces, _ = pieces_of(ink)
    boxes = [box for row in rows for box in row]
    held = _held(boxes, pieces)
    printed = [Line([piece for piece in found if piece.area], [piece for piece in found if not piece.area], True) for found in held]
    known = [place for place, line in enumerate(printed) if line.pieces]
    single = [place for place in known if len(lines_in(printed[place].pieces, letter)) == 1]
    read = dict(zip(known, read_lines(prints, [printed[place] for place in known], letter), strict=True))
    parts = {boxes[place]: Part(boxes[place], held[place], read[place]) for place in single}
    faint = _faint(colour, ink, lines)
    in_parts = {piece for place in single for piece in held[place]}
    for piece in pieces:
        if piece.area and piece not in in_parts:
            faint[piece.top : piece.bottom, piece.left : piece.right] = 1
    for left, top, right, bottom in parts:  # what lies within a part is read with it
        faint[max(0, top - BLUR) : bottom + BLUR, max(0, left - BLUR) : right + BLUR] = 0
    size = _size(list(parts.values()), letter)
    number, width = page
    right = max((box[2] for box in boxes), default=0)
    found = []
    for row in rows:
        own = [parts[box] for box in row if box in parts]
        if own:
            found.append(_text_line(own, _hidden(row, faint, right, letter), size, number, width))
    return found


def _held(boxes: Sequence[PixelBox], pieces: Sequence[Piece]) -> list[list[Piece]]:
    """The pieces whose middle each box holds."""
    ordered = sorted(pieces, key=lambda piece: piece.top + piece.bottom)
    middles = np.array([(piece.top + piece.bottom) / 2 for piece in ordered])
    held = []
    for left, top, right, bottom in boxes:
        first, last = np.searchsorted(middles, (top - 1, bottom + 1))
        held.append(sorted(piece for piece in ordered[first:last] if left - 1 <= (piece.left + piece.right) / 2 <= right + 1))
    return held


def _size(parts: Sequence[Part], letter: float) -> float:
    """The usual size of the type of figures, in pixels."""
    figures = [part.box[3] - part.box[1] for part in parts if any(character.isdigit() for character in part.read.line.text[:1])]
    figures = [height for height in figures if height > letter / 3]
    return float(np.median(figures)) / OF_DIGIT if figures else letter / OF_IDEOGRAPH


def _hidden(row: Sequence[PixelBox], faint: Picture, right: int, letter: float) -> list[PixelBox]:
    """Where between and behind the parts of a line something is printed that was not read."""
    middle, reach = round(_middle(row)), round(letter / 2)
    found = []
    for start, end in pairwise([*(edge for box in row for edge in (box[0], box[2])), right + reach]):
        zone = faint[max(0, middle - reach) : middle + reach, start:end]
        if end - start > letter and (start, end) not in {(box[0], box[2]) for box in row} and zone.any():
            across = np.flatnonzero(zone.any(axis=0)) + start
            found.append((int(across[0]), middle - reach, int(across[-1]) + 1, middle + reach))
    return found


def _faint(colour: Picture, ink: Picture, lines: Picture) -> Picture:
    """What differs from the paper around it in any channel and is no ink that is read, as 1."""
    height, width = ink.shape
    small = cv2.resize(colour, (max(1, width // POOL), max(1, height // POOL)), interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.medianBlur(cv2.dilate(small, np.ones((5, 5), np.uint8)), 9), (width, height), interpolation=cv2.INTER_LINEAR)
    contrast = cv2.absdiff(cv2.GaussianBlur(colour, (3, 3), 0), paper).max(axis=2)
    known = cv2.dilate(cv2.max(ink, (lines > 0).astype(np.uint8)), np.ones((INK_EDGE, INK_EDGE), np.uint8))
    limit = max(FAINTEST, GRAIN * int(np.median(contrast)))
    found = ((contrast > limit) & (known == 0)).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(found, connectivity=8)
    is_print = (stats[:, cv2.CC_STAT_AREA] >= LEAST_AREA) & (stats[:, 2:4].max(axis=1) >= LEAST_SIDE)
    is_print[0] = False
    return np.asarray(is_print.astype(np.uint8)[labels]) if count > 1 else found


def _text_line(parts: Sequence[Part], hidden: Sequence[PixelBox], size: float, number: int, width: float) -> TextLine:
    glyphs = [glyph for group in _next_to_signs(sorted(parts), size) for glyph in _glyphs(group, size)]
    glyphs += [_glyph(box, UNREAD, size, 0.0) for box in hidden]
    glyphs.sort(key=lambda glyph: glyph.left)
    top, bottom = min(glyph.top for glyph in glyphs), max(glyph.bottom for glyph in glyphs)
    return TextLine(line_text(glyphs), glyphs[0].left, top, glyphs[-1].right, bottom, number, width, glyphs, is_picture=True)


def _next_to_signs(parts: Sequence[Part], size: float) -> list[list[Part]]:
    """Parts of one text: commas and brackets have white beside them, which parts no columns."""
    groups: list[list[Part]] = []
    for part in parts:
        before = groups[-1][-1] if groups else None
        is_next = before is not None and part.box[0] - before.box[2] <= NEXT * size
        if before and is_next and (before.read.line.text.rstrip()[-1:] in ENDS or part.read.line.text.lstrip()[:1] in BEGINS + ENDS):
            groups[-1].append(part)
        else:
            groups.append([part])
    return groups


def _glyphs(parts: Sequence[Part], size: float) -> list[Glyph]:
    """The letters of parts of one text, evenly over the width of each, without gaps between these."""
    found: list[Glyph] = []
    for part, after in zip(parts, [*parts[1:], None], strict=True):
        top, own = _extent(part, size)
        if len(parts) > 1:
            top, own = _extent(max(parts, key=lambda part: part.box[3] - part.box[1]), size)
        text, left = _closed_up(part.read.line.text) or UNREAD, part.box[0]
        right = after.box[0] if after else part.box[2]
        widths = [0.5 if letter.isascii() else 1.0 for letter in text]
        edges = np.cumsum([0.0, *widths]) * (right - left) / sum(widths) + left
        sure = min(part.read.line.confidence, SUREST), tuple(part.read.others) if len(parts) == 1 else ()
        found += [
            Glyph(float(start) * POINT, top * POINT, float(end) * POINT, own * POINT, letter, confidence=sure[0], readings=sure[1])
            for letter, start, end in zip(text, edges, edges[1:], strict=False)
        ]
    return found


def _closed_up(text: str) -> str:
    """A text without spaces, which the recogniser sees beside brackets."""
    return "".join(text.split()) if IDEOGRAPH.search(text) else text.strip()


def _extent(part: Part, size: float) -> tuple[float, float]:
    """From where to where the letters of a part reach: in the usual size, where they are about as large."""
    _, top, _, bottom = part.box
    own = (bottom - top) / (OF_IDEOGRAPH if IDEOGRAPH.search(part.read.line.text) else OF_DIGIT)
    tall = size if abs(own - size) <= SAME_SIZE * size or bottom - top < size / 2 else own
    return (top + bottom - tall) / 2, (top + bottom + tall) / 2


def _glyph(box: PixelBox, letter: str, size: float, confidence: float) -> Glyph:
    left, top, right, bottom = box
    middle = (top + bottom) / 2
    return Glyph(left * POINT, (middle - size / 2) * POINT, right * POINT, (middle + size / 2) * POINT, letter, confidence=confidence)
