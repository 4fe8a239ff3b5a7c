"""The cells of a table without upright lines, put together from its headings, rows, groups and blank rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.readers.pdf.chunks import Block, Chunk
from pipeline.readers.pdf.headings import Columns, DoubtError
from pipeline.readers.pdf.labels import Labels, column_of, group_edges
from pipeline.readers.pdf.regions import Line
from pipeline.readers.pdf.tables import PageCell, PageTable

CLOSE = 2.0  # points; edges nearer than this are one


class Section(NamedTuple):
    """Headings (in blocks) and the rows of figures below them, each by the middle of its line."""

    columns: Columns
    blocks: list[Block]
    rows: list[float]


class AlignedGrid:
    """The cells of a table under way, each with the line (its middle) at which its row stands."""

    def __init__(self, lines: Sequence[Line], split: float, sections: Sequence[Section], labels: Labels) -> None:
        first = lines[0].line
        self.page, self.width, self.top, self.is_picture = first.page, first.page_width, first.top, first.is_picture
        self.split = split
        self.groups = group_edges(labels.groups)
        self.has_labels = split > 0
        inner = {edge for section in sections for edge in section.columns.edges()}
        self.edges = _distinct([0.0, *self.groups, *([split] if self.has_labels else []), *inner, self.width])
        self.cells: list[tuple[float, PageCell]] = []
        self.lines: list[float] = []
        self.spans: dict[int, int] = {}

    def _at(self, edge: float) -> int:
        return min(range(len(self.edges)), key=lambda place: abs(self.edges[place] - edge))

    def _zone(self, columns: Columns, first: int, last: int) -> tuple[int, int]:
        inner = columns.edges()
        left = self._at(self.split) if first == 0 else self._at(inner[first - 1])
        right = len(self.edges) - 1 if last == len(columns.extents) else self._at(inner[last - 1])
        return left, right

    def _add(self, line: float, left: int, right: int, text: str, piece: Block | Chunk | None, rows: int = 1) -> None:
        box = (piece.left, piece.top, piece.right, piece.bottom) if piece else (self.edges[left], line, self.edges[right], line)
        rounded = (round(box[0], 1), round(box[1], 1), round(box[2], 1), round(box[3], 1))
        sure, readings = (piece.confidence, piece.readings) if isinstance(piece, Chunk) else (1.0, ())
        self.cells.append((line, PageCell(0, left, rows, right - left, text, self.page, rounded, sure, readings)))

    def headings(self, section: Section, corners: Sequence[Block]) -> None:
        """Rows of headings, one a level, with the heading over the labels in the first."""
        columns = section.columns
        if not section.blocks:
            return
        top = min(block.top for block in section.blocks)
        step = 0.001
        lines = [top + step * level for level in range(columns.depth)]
        self.lines += lines
        last_level = {
            place: max(item.level for item in columns.headings if item.first <= place < item.last) for place in range(len(columns.extents))
        }
        for item in columns.headings:
            lowest = all(last_level[place] == item.level for place in range(item.first, item.last))
            rows = columns.depth - item.level if lowest else 1
            self._add(lines[item.level], *self._zone(columns, item.first, item.last), item.block.text, item.block, rows)
        if self.has_labels:
            text = "\n".join(block.text for block in sorted(corners, key=lambda block: (block.top, block.left)))
            self._add(lines[0], 0, self._at(self.split), text, corners[0] if corners else None, columns.depth)

    def across(self, block: Block) -> None:
        """A row with one cell over the whole width."""
        self.lines.append(block.middle)
        self._add(block.middle, 0, len(self.edges) - 1, block.text, block)

    def row(self, line: float, label: Block | None, figures: Mapping[int, Chunk], columns: Columns) -> None:
        """A row of figures, given by their columns."""
        self.lines.append(line)
        if label is not None:
            self._label(line, label)
        for place in range(len(columns.extents)):
            chunk_there = figures.get(place)
            self._add(line, *self._zone(columns, place, place + 1), chunk_there.text if chunk_there else "", chunk_there)

    def blank(self, label: Block, columns: Columns) -> None:
        """A row with nothing but its label."""
        self.row(label.middle, label, {}, columns)

    def group(self, block: Block) -> None:
        """A label of several rows, beside the row nearest to its middle; over how many it reaches, nothing tells."""
        line = min(self.lines, key=lambda line: abs(line - block.middle))
        place = column_of(block, self.groups)
        self._add(line, self._at(self.groups[place - 1]) if place else 0, self._at(self.groups[place]), block.text, block)

    def _label(self, line: float, block: Block) -> None:
        place = column_of(block, self.groups)
        self._add(line, self._at(self.groups[place - 1]) if place else 0, self._at(self.split), block.text, block)

    def table(self) -> PageTable:
        """The table with its rows in order. Raises DoubtError where two cells would stand in one place."""
        rank = {line: place for place, line in enumerate(sorted(set(self.lines)))}
        cells = tuple(replace(cell, row=rank[line]) for line, cell in self.cells)
        taken: set[tuple[int, int]] = set()
        for cell in cells:
            places = {(cell.row + down, cell.column + right) for down in range(cell.row_span) for right in range(cell.column_span)}
            if taken & places or not cell.column_span:
                raise DoubtError
            taken |= places
        return PageTable(tuple(self.edges), len(rank), cells, self.page, self.top, is_picture=self.is_picture)


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > CLOSE:
            found.append(edge)
    return found
