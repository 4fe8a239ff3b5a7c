"""The cells of a table row from its definition (sprmTDefTable) and what was changed after it."""

from __future__ import annotations

import struct
from dataclasses import dataclass

from pipeline.readers.doc.sprms import Sprm
from pipeline.readers.word.grids import WordCell

DEFINITIONS = (0xD606, 0xD608)
LEFT, INSERT, DELETE, WIDTH, MERGE, SPLIT, VERTICAL_MERGE = 0x9601, 0x7621, 0x5622, 0x7623, 0x5624, 0x5625, 0xD62B
GROUNDS, OLD_GROUND = (0xD612, 0xD616, 0xD60C, 0xD670, 0xD671, 0xD672), 0xD609  # what is painted behind each cell
NO_GROUND, NO_OLD_GROUND = (b"\0\0\0\xff", b"\xff\xff\xff\0", b"\xff\xff\xff\xff"), (0, 8)  # by colour: automatic or white
CELL_SIZE = 20  # of what the definition says of one cell; as many as there is room for are given
MOST_CELLS = 64


@dataclass(slots=True)
class RowCell:
    """One cell: width in twips, merge to the side (0 none, else the two lowest bits of the cell), merge down (1 goes on, 3 begins)."""

    width: int
    side: int = 0
    down: int = 0


def row_cells(modifiers: tuple[Sprm, ...]) -> list[WordCell]:
    """The cells of a row, edges in twips; empty where the modifiers define no row."""
    left, half_gap, cells = 0, 0, list[RowCell]()
    for code, operand in modifiers:
        if code in DEFINITIONS:
            left, cells = _definition(operand)
        elif code == LEFT and cells and len(operand) == 2:
            left = struct.unpack("<h", operand)[0] - half_gap
        elif code == 0x9602 and len(operand) == 2:
            half_gap = struct.unpack("<h", operand)[0]
        else:
            _change(code, operand, cells)
    return _placed(left, cells)


def has_ground(modifiers: tuple[Sprm, ...]) -> bool:
    """Whether anything else than white is painted behind a cell of a row."""
    for code, operand in modifiers:
        if code in GROUNDS and any(
            operand[at + 4 : at + 8] not in NO_GROUND or operand[at + 8] | operand[at + 9] for at in range(0, len(operand) - 9, 10)
        ):
            return True
        if code == OLD_GROUND:
            shades = (int.from_bytes(operand[at : at + 2], "little") for at in range(0, len(operand) - 1, 2))
            if any(shade != 0xFFFF and (shade >> 5 & 0x1F not in NO_OLD_GROUND or shade >> 10) for shade in shades):
                return True
    return False


def _definition(operand: bytes) -> tuple[int, list[RowCell]]:
    count = operand[0] if operand else 0
    if not 0 < count <= MOST_CELLS or len(operand) < 1 + 2 * (count + 1):
        return 0, []
    edges = struct.unpack_from(f"<{count + 1}h", operand, 1)
    cells = []
    for index in range(count):
        at = 1 + 2 * (count + 1) + CELL_SIZE * index
        flags = int.from_bytes(operand[at : at + 2], "little")
        cells.append(RowCell(max(edges[index + 1] - edges[index], 0), flags & 3, flags >> 5 & 3))
    return edges[0], cells


def _change(code: int, operand: bytes, cells: list[RowCell]) -> None:
    """Apply a modifier that changes cells [first, limit) of a row."""
    if code == VERTICAL_MERGE and len(operand) >= 2 and operand[0] < len(cells):
        cells[operand[0]].down = operand[1] & 3
    if code not in (INSERT, DELETE, WIDTH, MERGE, SPLIT) or len(operand) < 2:
        return
    first, limit = operand[0], min(operand[1], len(cells))
    if code == INSERT and first <= len(cells) and len(cells) + operand[1] <= MOST_CELLS:
        width = int.from_bytes(operand[2:4], "little")
        cells[first:first] = [RowCell(width) for _ in range(operand[1])]
    elif code == DELETE:
        del cells[first:limit]
    elif code == WIDTH:
        for cell in cells[first:limit]:
            cell.width = int.from_bytes(operand[2:4], "little")
    elif code in (MERGE, SPLIT):
        for place, cell in enumerate(cells[first:limit]):
            cell.side = 0 if code == SPLIT else 2 if place else 1


def _placed(left: int, cells: list[RowCell]) -> list[WordCell]:
    """The cells with their edges. Which value of `side` begins a merge differs between programs: it is the one that comes first."""
    begins = next((cell.side for cell in cells if cell.side), 0)
    placed, previous = list[WordCell](), 0
    for cell in cells:
        side = None if not cell.side else "continue" if previous and cell.side != begins else "restart"
        down = {1: "continue", 3: "restart"}.get(cell.down)
        placed.append(WordCell(left, left + cell.width, down, side))
        left, previous = left + cell.width, cell.side
    return placed
