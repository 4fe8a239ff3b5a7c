"""A Word table as a grid: spans from w:gridSpan, w:vMerge and w:hMerge, positions from w:gridBefore, ghost columns closed up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import CELL, ROW, VALUE, W, first, is_on, value, whole
from pipeline.readers.model import Grid, GridCell

GHOST_TWIPS = 30  # a column as narrow as this was left behind by dragging a border
UNKNOWN_TWIPS = 1000
MOST_SPAN = 1000
ROW_PROPERTIES, CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
SPAN, MERGE, SIDE_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class WordCell(NamedTuple):
    """One w:tc with the grid columns [start, end) that it covers. merge and side_merge: "restart", "continue" or None."""

    element: etree._Element
    start: int
    end: int
    merge: str | None
    side_merge: str | None


@dataclass(slots=True)
class PlacedCell:
    """A printed cell while its merges are followed."""

    row: int
    start: int
    end: int
    text: str
    rows: int = 1


def inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with `tag`, also those in content controls, custom XML and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, tag)


def word_rows(table: etree._Element) -> list[list[WordCell]]:
    """The printed rows of a w:tbl; deleted and hidden rows are left out."""
    rows = []
    for row in inside(table, ROW):
        properties = first(row, ROW_PROPERTIES)
        if properties is not None and (first(properties, f"{W}del") is not None or is_on(properties, f"{W}hidden")):
            continue
        at = min(whole(value(properties, f"{W}gridBefore")), MOST_SPAN)
        cells = []
        for element in inside(row, CELL):
            span, merge, side_merge = _spans(first(element, CELL_PROPERTIES))
            end = at + min(max(span, 1), MOST_SPAN)
            cells.append(WordCell(element, at, end, merge, side_merge))
            at = end
        rows.append(cells)
    return rows


def _spans(properties: etree._Element | None) -> tuple[int, str | None, str | None]:
    """Columns, vertical merge and horizontal merge that a w:tcPr states; a merge without a value continues the one before."""
    span, merge, side_merge = 1, None, None
    for child in properties if properties is not None else ():
        if child.tag == SPAN:
            span = whole(child.get(VALUE), 1)
        elif child.tag == MERGE:
            merge = child.get(VALUE, "continue")
        elif child.tag == SIDE_MERGE:
            side_merge = child.get(VALUE, "continue")
    return span, merge, side_merge


def word_grid(table: etree._Element, rows: Sequence[Sequence[WordCell]], texts: Sequence[Sequence[str]], index: int) -> Grid | None:
    """The grid of a table whose cells hold `texts`; None for a table without cells."""
    placed = _placed(rows, texts)
    if not placed:
        return None
    ranks = _column_ranks(table, placed)
    cells = tuple(
        GridCell(cell.row, ranks[cell.start], cell.text, cell.rows, ranks[cell.end] - ranks[cell.start])
        for cell in sorted(placed, key=lambda cell: (cell.row, cell.start))
        if ranks[cell.end] > ranks[cell.start]
    )
    return Grid(index, len(rows), max(ranks.values()), cells)


def _placed(rows: Sequence[Sequence[WordCell]], texts: Sequence[Sequence[str]]) -> list[PlacedCell]:
    """Every printed cell. What stands in a cell that continues a merge is not printed by Word and is left out."""
    placed: list[PlacedCell] = []
    above: dict[tuple[int, int], PlacedCell] = {}
    for row_number, (row, row_texts) in enumerate(zip(rows, texts, strict=True)):
        merged: dict[tuple[int, int], PlacedCell] = {}
        for start, end, merge, text in _side_merged(row, row_texts):
            upper = above.get((start, end)) if merge == "continue" else None
            if upper is None:
                upper = PlacedCell(row_number, start, end, text)
                placed.append(upper)
            else:
                upper.rows += 1
            if merge is not None:
                merged[(start, end)] = upper
        above = merged
    return placed


def _side_merged(row: Sequence[WordCell], texts: Sequence[str]) -> list[tuple[int, int, str | None, str]]:
    """Start, end, vertical merge and text of the cells of a row, those joined by w:hMerge made one."""
    cells: list[tuple[int, int, str | None, str]] = []
    for cell, text in zip(row, texts, strict=True):
        if cell.side_merge == "continue" and cells:
            start, _, merge, first_text = cells[-1]
            cells[-1] = (start, cell.end, merge, first_text)
        else:
            cells.append((cell.start, cell.end, cell.merge, text))
    return cells


def _column_ranks(table: etree._Element, placed: Sequence[PlacedCell]) -> dict[int, int]:
    """The column number of every edge in use, ghost columns closed up unless that would swallow a cell with text."""
    grid = table.find(f"{W}tblGrid")
    widths = [whole(column.get(f"{W}w"), UNKNOWN_TWIPS) for column in grid.iterfind(f"{W}gridCol")] if grid is not None else []
    edges = sorted({edge for cell in placed for edge in (cell.start, cell.end)})
    positions = _positions(edges, widths)
    ranks, rank, kept = {edges[0]: 0}, 0, positions[0]
    for edge, position in zip(edges[1:], positions[1:], strict=True):
        if position - kept > GHOST_TWIPS:
            rank, kept = rank + 1, position
        ranks[edge] = rank
    if any(ranks[cell.start] == ranks[cell.end] and cell.text.strip() for cell in placed):
        return {edge: number for number, edge in enumerate(edges)}
    return ranks


def _positions(edges: Sequence[int], widths: Sequence[int]) -> list[int]:
    """The distance of each edge (ascending) from the left border, in twips."""
    sums = [0]
    for width in widths:
        sums.append(sums[-1] + max(width, 0))
    last = len(widths)
    return [sums[edge] if edge <= last else sums[last] + (edge - last) * UNKNOWN_TWIPS for edge in edges]
