"""The cells of a w:tbl: spans from w:gridSpan, w:vMerge and w:hMerge, positions from w:gridBefore."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from lxml import etree

from pipeline.readers.docx.names import CELL, ROW, VALUE, W, first, is_on, value, whole
from pipeline.readers.model import Grid
from pipeline.readers.word.grids import WordCell, word_grid

UNKNOWN_TWIPS = 1000
MOST_SPAN = 1000
ROW_PROPERTIES, CELL_PROPERTIES = f"{W}trPr", f"{W}tcPr"
SPAN, MERGE, SIDE_MERGE = f"{W}gridSpan", f"{W}vMerge", f"{W}hMerge"
DELETED_CELL = f"{W}cellDel"
WRAPPERS = frozenset(f"{W}{name}" for name in ("sdt", "sdtContent", "customXml", "ins", "moveTo", "smartTag"))


class DocxCell(NamedTuple):
    """One w:tc and its place, counted in grid columns."""

    element: etree._Element
    place: WordCell


def inside(element: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The children with `tag`, also those in content controls, custom XML and insertions."""
    for child in element:
        if child.tag == tag:
            yield child
        elif child.tag in WRAPPERS:
            yield from inside(child, tag)


def word_rows(table: etree._Element) -> list[list[DocxCell]]:
    """The printed rows of a w:tbl; deleted and hidden rows, and deleted cells, are left out."""
    rows = []
    for row in inside(table, ROW):
        properties = first(row, ROW_PROPERTIES)
        if properties is not None and (first(properties, f"{W}del") is not None or is_on(properties, f"{W}hidden")):
            continue
        at = min(whole(value(properties, f"{W}gridBefore")), MOST_SPAN)
        cells = []
        for element in inside(row, CELL):
            properties = first(element, CELL_PROPERTIES)
            if first(properties, DELETED_CELL) is not None:
                continue
            span, merge, side_merge = _spans(properties)
            end = at + min(max(span, 1), MOST_SPAN)
            cells.append(DocxCell(element, WordCell(at, end, merge, side_merge)))
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


def docx_grid(table: etree._Element, rows: Sequence[Sequence[DocxCell]], texts: Sequence[Sequence[str]], index: int) -> Grid | None:
    """The grid of a table whose cells hold `texts`; None for a table without cells."""
    grid = table.find(f"{W}tblGrid")
    widths = [whole(column.get(f"{W}w"), UNKNOWN_TWIPS) for column in grid.iterfind(f"{W}gridCol")] if grid is not None else []
    return word_grid([[cell.place for cell in row] for row in rows], texts, lambda edges: _positions(edges, widths), index)


def _positions(edges: Sequence[int], widths: Sequence[int]) -> list[int]:
    """The distance of each edge (ascending) from the left border, in twips."""
    sums = [0]
    for width in widths:
        sums.append(sums[-1] + max(width, 0))
    last = len(widths)
    return [sums[edge] if edge <= last else sums[last] + (edge - last) * UNKNOWN_TWIPS for edge in edges]
