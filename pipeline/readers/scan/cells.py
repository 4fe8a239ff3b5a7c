"""The print in the cells of a lattice, and what it says.

A cell is blank where there is no print in it. What could not be read for certain keeps what was recognised, with a confidence that
says it is not to be used.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field

from pipeline.readers.pdf.lattice import Lattice
from pipeline.readers.scan.engine import Recognised
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.readings import CERTAIN, DOUBTFUL, Line, Prints, read_lines
from pipeline.readers.scan.stains import is_stain

UNREAD = "\N{REPLACEMENT CHARACTER}"
ONE_LINE = 1.2  # of the height of a letter: strokes of 三 are one line, two lines are not
INNER = 6  # pixels: the edge of a cell, where what is left of a line is no stain
REMNANT = 3  # pixels: what is left beside a ruling line when that is taken away


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


def read_cells(prints: Prints, cells: Sequence[CellPrint], letter: float) -> list[CellText]:
    """The text of each cell. letter: the usual height of a letter in pixels."""
    lines = [(index, line) for index, cell in enumerate(cells) for line in lines_in(cell.pieces, letter)]
    read = read_lines(
        prints, [Line(line, cells[index].dust, not cells[index].touching and not cells[index].stained) for index, line in lines], letter
    )
    texts: list[list[Recognised]] = [[] for _ in cells]
    others: list[list[str]] = [[] for _ in cells]
    for (index, _), (line, other) in zip(lines, read, strict=True):
        texts[index].append(line)
        others[index] += [*other, *[""] * cells[index].is_faint]
    return [_cell_text(found, other) for found, other in zip(texts, others, strict=True)]


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
