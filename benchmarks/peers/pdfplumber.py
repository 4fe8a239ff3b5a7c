"""pdfplumber: the tables of every page of a PDF by its ruling lines, as rows of texts.

`find_tables` and `extract` are what its `extract_tables` does; they are called one by one to keep the boxes of the cells, which
say which of them are merged.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.model import Document, Grid, GridCell

CONTAINERS = {"pdf": ("pdfplumber",)}
Box = tuple[float, float, float, float]  # left, top, right, bottom in points
_SAME = 1.0  # points: edges nearer than this are one


class Table(NamedTuple):
    """A table of one page: for each row its boxes and texts; None where a merged cell goes on."""

    boxes: list[list[Box | None]]
    texts: list[list[str | None]]


def read(_container: str, data: bytes) -> list[Table]:
    """The tables of all pages."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(data)) as pdf:
        return [Table([list(row.cells) for row in table.rows], table.extract()) for page in pdf.pages for table in page.find_tables()]


def document(returned: list[Table]) -> Document:
    """The tables as grids, merged cells with the spans that their boxes have."""
    return Document(tuple(_grid(index, table) for index, table in enumerate(returned)))


def _grid(index: int, table: Table) -> Grid:
    boxes = [box for row in table.boxes for box in row if box]
    lefts, tops = _edges(box[0] for box in boxes), _edges(box[1] for box in boxes)
    cells = [
        GridCell(
            _place(tops, box[1]),
            _place(lefts, box[0]),
            text or "",
            max(1, _place(tops, box[3] - 2 * _SAME) - _place(tops, box[1]) + 1),
            max(1, _place(lefts, box[2] - 2 * _SAME) - _place(lefts, box[0]) + 1),
        )
        for row_boxes, texts in zip(table.boxes, table.texts, strict=True)
        for box, text in zip(row_boxes, texts, strict=True)
        if box
    ]
    return Grid(index, len(tops), len(lefts), tuple(sorted(cells, key=lambda cell: (cell.row, cell.column))))


def _edges(positions: Iterator[float]) -> list[float]:
    edges: list[float] = []
    for position in sorted(positions):
        if not edges or position - edges[-1] > _SAME:
            edges.append(position)
    return edges


def _place(edges: list[float], position: float) -> int:
    """The number of the last edge at or before `position`."""
    return sum(1 for edge in edges if edge <= position + _SAME) - 1
