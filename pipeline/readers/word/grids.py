"""A Word table as a grid: merges followed over rows, ghost columns closed up."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pipeline.readers.model import Grid, GridCell

GHOST_TWIPS = 30  # a column as narrow as this was left behind by dragging a border


class WordCell(NamedTuple):
    """The edges [start, end) that a cell covers. merge (down) and side_merge (to the right): "restart", "continue" or None."""

    start: int
    end: int
    merge: str | None = None
    side_merge: str | None = None


@dataclass(slots=True)
class PlacedCell:
    """A printed cell while its merges are followed."""

    row: int
    start: int
    end: int
    text: str
    rows: int = 1


PlainCell = tuple[int, int, str | None, str]  # start, end, merge, text


def word_grid(
    rows: Sequence[Sequence[WordCell]], texts: Sequence[Sequence[str]], positions: Callable[[Sequence[int]], Sequence[int]], index: int
) -> Grid | None:
    """The grid of a table whose cells hold `texts`; None for a table without cells.

    Where a row begins further to the right (w:gridBefore), the place before it is an empty cell: nothing has slipped there.
    positions: the distances from the left border, in twips, of edges given in ascending order.
    """
    plain = [_side_merged(row, row_texts) for row, row_texts in zip(rows, texts, strict=True)]
    first = min((row[0][0] for row in plain if row), default=0)
    plain = [[(first, row[0][0], None, ""), *row] if row and row[0][0] > first else row for row in plain]
    edges = sorted({edge for row in plain for start, end, _, _ in row for edge in (start, end)})
    if not edges:
        return None
    ranks = _ranks(edges, positions(edges))
    placed = _placed(plain, ranks)
    if any(cell.start == cell.end and cell.text.strip() for cell in placed):  # closing up would swallow what is printed
        ranks = {edge: number for number, edge in enumerate(edges)}
        placed = _placed(plain, ranks)
    cells = tuple(
        GridCell(cell.row, cell.start, cell.text, cell.rows, cell.end - cell.start)
        for cell in sorted(placed, key=lambda cell: (cell.row, cell.start))
        if cell.end > cell.start
    )
    return Grid(index, len(rows), max(ranks.values()), cells)


def _ranks(edges: Sequence[int], positions: Sequence[int]) -> dict[int, int]:
    """The column number of every edge, ghost columns closed up."""
    ranks, rank, kept = {edges[0]: 0}, 0, positions[0]
    for edge, position in zip(edges[1:], positions[1:], strict=True):
        if position - kept > GHOST_TWIPS:
            rank, kept = rank + 1, position
        ranks[edge] = rank
    return ranks


def _placed(rows: Sequence[Sequence[PlainCell]], ranks: dict[int, int]) -> list[PlacedCell]:
    """Every printed cell. What stands in a cell that continues a merge is not printed by Word and is left out."""
    placed: list[PlacedCell] = []
    above: dict[tuple[int, int], PlacedCell] = {}
    for row_number, row in enumerate(rows):
        merged: dict[tuple[int, int], PlacedCell] = {}
        for start, end, merge, text in row:
            place = (ranks[start], ranks[end])
            upper = above.get(place) if merge == "continue" else None
            if upper is None:
                upper = PlacedCell(row_number, *place, text)
                placed.append(upper)
            else:
                upper.rows += 1
            if merge is not None:
                merged[place] = upper
        above = merged
    return placed


def _side_merged(row: Sequence[WordCell], texts: Sequence[str]) -> list[PlainCell]:
    """The cells of a row, those joined side by side made one."""
    cells: list[PlainCell] = []
    for cell, text in zip(row, texts, strict=True):
        if cell.side_merge == "continue" and cells:
            start, _, merge, first_text = cells[-1]
            cells[-1] = (start, cell.end, merge, first_text)
        else:
            cells.append((cell.start, cell.end, cell.merge, text))
    return cells
