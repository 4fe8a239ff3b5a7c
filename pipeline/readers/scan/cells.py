"""The print in the cells of a lattice, and what it says.

A cell is blank where there is no print in it. A figure counts only when two readings agree and it has as many characters
as there are pieces of print; anything else keeps what was recognised, with a confidence that says it is not to be used.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

import cv2
import numpy as np

from pipeline.readers.pdf.lattice import Lattice
from pipeline.readers.scan.engine import Recognised, recognise
from pipeline.readers.scan.figures import agreed, has_its_pieces, is_figure, only_number
from pipeline.readers.scan.ink import PixelBox
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.stains import is_stain

UNREAD = "\N{REPLACEMENT CHARACTER}"
DOUBTFUL = 0.3  # the confidence of a cell that was read in two ways, or has more print than was read
ONE_LINE = 1.2  # of the height of a letter: strokes of 三 are one line, two lines are not
INNER = 6  # pixels: the edge of a cell, where what is left of a line is no stain
REMNANT = 3  # pixels: what is left beside a ruling line when that is taken away

# Room around the letters, in heights of the line: how the two readings of a figure differ, besides that the second is black and white.
FIRST_ROOM, SECOND_ROOM = (0.3, 0.5), (0.45, 0.6)
LABEL_ROOM = (0.15, 0.4)
ROW_ROOM = (0.2, 2.0)
THIN = 130  # grey, below which a pixel is print where strokes are to be thin
CERTAIN = 0.8  # below, nothing is taken from a line


@dataclass
class CellPrint:
    """What is printed in one cell. touching: print runs into a ruling line. stained: something larger than letters covers it.
    is_faint: grey does not show its print, which may be none.
    """

    pieces: list[Piece] = field(default_factory=list)
    dust: list[Piece] = field(default_factory=list)
    touching: bool = False
    stained: bool = False
    is_faint: bool = False


@dataclass(frozen=True)
class CellText:
    """The text of a cell and how sure it is; blank cells are sure. readings: all others of a cell of one line, where one of
    them differs or the cell is not sure.
    """

    text: str
    confidence: float
    readings: tuple[str, ...] = ()


def sorted_into(lattice: Lattice, pieces: Sequence[tuple[Piece, bool]], stains: Picture, shift: float) -> dict[int, CellPrint]:
    """Pieces (each with whether it touches a ruling line) into the cells that hold their middle; keys are indices of regions.

    stains: the pixels of what is larger than letters; shift: pixels for each unit of the lattice.
    """
    columns, rows = [edge * shift for edge in lattice.columns], [edge * shift for edge in lattice.rows]
    cells: dict[int, CellPrint] = {}
    for piece, touches in pieces:
        if is_stain(piece) or (touches and min(piece.width, piece.height) <= REMNANT):
            continue
        across, down = (piece.left + piece.right) / 2, (piece.top + piece.bottom) / 2
        if not (columns[0] <= across < columns[-1] and rows[0] <= down < rows[-1]):
            continue
        cell = cells.setdefault(lattice.owner[bisect_right(rows, down) - 1][bisect_right(columns, across) - 1], CellPrint())
        (cell.pieces if piece.area else cell.dust).append(piece)
        cell.touching = cell.touching or (touches and piece.area > 0)
    for index, region in enumerate(lattice.regions):
        left, top, right, bottom = (round(edge * shift) for edge in lattice.box(region))
        if stains[top + INNER : bottom - INNER, left + INNER : right - INNER].any():
            cells.setdefault(index, CellPrint()).stained = True
    return {index: cell for index, cell in cells.items() if cell.pieces or cell.stained}


def read_cells(clean: Picture, cells: Sequence[CellPrint], letter: float) -> list[CellText]:
    """The text of each cell. clean: the page without ruling lines; letter: the usual height of a letter in pixels."""
    lines = [(index, line) for index, cell in enumerate(cells) for line in lines_in(cell.pieces, letter)]
    boxes = [_around(line) for _, line in lines]
    first = recognise([_cut(clean, box, LABEL_ROOM if _height(box) > 0.85 * letter else FIRST_ROOM, letter) for box in boxes])
    figures = [place for place, read in enumerate(first) if is_figure(read.text)]
    second = dict(zip(figures, recognise([_black(_cut(clean, boxes[place], SECOND_ROOM, letter)) for place in figures]), strict=True))
    sure = [_sure(first[place], second.get(place), line, cells[index]) for place, (index, line) in enumerate(lines)]
    doubtful = [place for place in figures if sure[place].confidence < CERTAIN]
    more = dict(zip(doubtful, _otherwise(clean, [boxes[place] for place in doubtful], letter), strict=True))
    texts: list[list[Recognised]] = [[] for _ in cells]
    others: list[list[str]] = [[] for _ in cells]
    for place, (index, line) in enumerate(lines):
        readings = [first[place], *([second[place]] if place in second else ()), *more.get(place, ())]
        texts[index].append(_settled(readings, sure[place], line, cells[index]) if place in more else sure[place])
        others[index] += [read.text for read in readings[1:]] + [""] * cells[index].is_faint
    return [_cell_text(read, other) for read, other in zip(texts, others, strict=True)]


def _sure(first: Recognised, second: Recognised | None, line: Sequence[Piece], cell: CellPrint) -> Recognised:
    """A line as read, with the confidence that it deserves."""
    if second is None:
        return first
    text = agreed(first.text, second.text)
    if text is None or cell.touching or cell.stained or not has_its_pieces(text, line, cell.dust):
        return Recognised(first.text, min(first.confidence, DOUBTFUL))
    return Recognised(text, 1 - (1 - first.confidence) * (1 - second.confidence))


def _otherwise(clean: Picture, boxes: Sequence[PixelBox], letter: float) -> list[list[Recognised]]:
    """Doubtful lines read in three other ways: with thin strokes, larger and softer, and with the width of a row around them."""
    cuts = [_cut(clean, box, SECOND_ROOM, letter) for box in boxes]
    ways = ([_black(cut, THIN) for cut in cuts], [_soft(cut) for cut in cuts], [_cut(clean, box, ROW_ROOM, letter) for box in boxes])
    return [list(read) for read in zip(*(recognise(way) for way in ways), strict=True)]


def _settled(readings: Sequence[Recognised], doubtful: Recognised, line: Sequence[Piece], cell: CellPrint) -> Recognised:
    """The number that most readings say where no reading says another one and nothing else speaks against it; else it stays doubtful."""
    number = only_number([read.text for read in readings])
    if number is None or cell.touching or cell.stained or not has_its_pieces(number, line, cell.dust):
        return doubtful
    saying = sorted((read.confidence for read in readings if only_number([read.text]) == number), reverse=True)
    return Recognised(number, saying[2]) if len(saying) > len(readings) / 2 and saying[2] >= CERTAIN else doubtful


def _cell_text(read: Sequence[Recognised], others: Sequence[str]) -> CellText:
    text = "\n".join(line.text for line in read if line.text)
    lost = any(not line.text.strip() for line in read) or not read
    if not text.strip():
        return CellText(UNREAD, 0.0)
    confidence = min(line.confidence for line in read)
    readings = tuple(others) if len(read) == 1 and (confidence < CERTAIN or any(other != text for other in others)) else ()
    return CellText(text, min(DOUBTFUL, confidence) if lost else confidence, readings)


def lines_in(pieces: Sequence[Piece], letter: float) -> list[list[Piece]]:
    """The pieces of a cell as lines from top to bottom, each from left to right."""
    runs: list[tuple[int, int, list[Piece]]] = []
    for piece in sorted(pieces, key=lambda piece: piece.top):
        if runs and piece.top < runs[-1][1]:
            top, bottom, members = runs[-1]
            runs[-1] = top, max(bottom, piece.bottom), [*members, piece]
        else:
            runs.append((piece.top, piece.bottom, [piece]))
    lines: list[tuple[int, int, list[Piece]]] = []
    for top, bottom, members in runs:
        if lines and bottom - lines[-1][0] <= ONE_LINE * letter:
            lines[-1] = lines[-1][0], bottom, [*lines[-1][2], *members]
        else:
            lines.append((top, bottom, members))
    return [sorted(members) for _, _, members in lines]


def _around(line: Sequence[Piece]) -> PixelBox:
    return (
        min(piece.left for piece in line),
        min(piece.top for piece in line),
        max(piece.right for piece in line),
        max(piece.bottom for piece in line),
    )


def _height(box: PixelBox) -> int:
    return box[3] - box[1]


def _cut(clean: Picture, box: PixelBox, room: tuple[float, float], letter: float) -> Picture:
    """The line with white room around it; a flat one (一, -) with room for a whole letter, or its height would tell nothing."""
    left, top, right, bottom = box
    inner = clean[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1]
    height = bottom - top
    above = max(round(room[0] * height), round((1.25 * letter - height) / 2), 2)
    beside = round(room[1] * max(height, 0.7 * letter))
    return np.asarray(cv2.copyMakeBorder(inner, above, above, beside, beside, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def _black(cut: Picture, limit: int = 185) -> Picture:
    """The same at twice the size in black and white, softened: the recogniser sees other pixels."""
    large = cv2.resize(cut, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    _, black = cv2.threshold(large, limit, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.GaussianBlur(black, (3, 3), 0), dtype=np.uint8)


def _soft(cut: Picture) -> Picture:
    """The same three times as large, its strokes softened."""
    large = cv2.resize(cut, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(large, (7, 7), 0), dtype=np.uint8)
