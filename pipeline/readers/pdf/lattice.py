"""From ruling lines to lattices of cells.

Lines that were drawn twice or in pieces are merged first (sort and sweep); lines that cross belong to one lattice; cells
that no line parts are one merged cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from msgspec import Struct

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.paths import THIN, Ruling

TOLERANCE = 3.0  # points: lines nearer than this are one line, ends nearer than this touch
SHORTEST_LINE = 6.0
# A drawing with more lines than any printed table has is a chart or a map.
MOST_COLUMNS, MOST_ROWS = 120, 600


class Line(NamedTuple):
    """A merged line: its position across its direction, and where it starts and ends."""

    position: float
    start: float
    end: float


class Region(Struct, frozen=True, gc=False):
    """A cell of a lattice in rows and columns of that lattice."""

    row: int
    column: int
    row_span: int
    column_span: int


class Lattice(Struct, frozen=True):
    """Column edges, row edges (ascending, in points) and the cells between them; `owner[row][column]` is an index into `regions`."""

    columns: tuple[float, ...]
    rows: tuple[float, ...]
    regions: tuple[Region, ...]
    owner: tuple[tuple[int, ...], ...]

    def box(self, region: Region) -> BoundingBox:
        """The box of a cell (left, top, right, bottom)."""
        columns, rows = self.columns, self.rows
        return columns[region.column], rows[region.row], columns[region.column + region.column_span], rows[region.row + region.row_span]


def lattices(rulings: Iterable[Ruling]) -> list[Lattice]:
    """The lattices drawn on a page, from top to bottom. A single box (a frame around text) is none."""
    level, upright = _directions(rulings)
    level_lines, upright_lines = merged_lines(level), merged_lines(upright)
    found = []
    for level_part, upright_part in _crossing(level_lines, upright_lines):
        lattice = _lattice(level_part, upright_part)
        if lattice is not None and len(lattice.regions) > 1:
            found.append(lattice)
    return sorted(found, key=lambda lattice: (lattice.rows[0], lattice.columns[0]))


def _directions(rulings: Iterable[Ruling]) -> tuple[list[Line], list[Line]]:
    """Level and upright lines; a dot may be a piece of either."""
    level, upright = [], []
    for left, top, right, bottom in rulings:
        width, height = right - left, bottom - top
        if width >= height or width <= THIN:
            level.append(Line((top + bottom) / 2, left, right))
        if height > width or height <= THIN:
            upright.append(Line((left + right) / 2, top, bottom))
    return level, upright


def merged_lines(lines: Sequence[Line]) -> list[Line]:
    """Lines at the same position and overlapping or touching, made one; what stays shorter than a letter is left out."""
    merged: list[Line] = []
    for group in _at_one_position(sorted(lines)):
        position = sum(line.position for line in group) / len(group)
        pieces = sorted((line.start, line.end) for line in group)
        start, end = pieces[0]
        for next_start, next_end in pieces[1:]:
            if next_start > end + TOLERANCE:
                merged.append(Line(position, start, end))
                start, end = next_start, next_end
            else:
                end = max(end, next_end)
        merged.append(Line(position, start, end))
    return [line for line in merged if line.end - line.start >= SHORTEST_LINE]


def _at_one_position(lines: Sequence[Line]) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and line.position - groups[-1][0].position <= TOLERANCE:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _crossing(level: Sequence[Line], upright: Sequence[Line]) -> list[tuple[list[Line], list[Line]]]:
    """The lines parted into sets that hang together by crossings; a line that crosses nothing is left out."""
    parent = list(range(len(level)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    positions = [line.position for line in level]
    crossed: list[int | None] = []
    for line in upright:
        first: int | None = None
        for index in range(bisect_left(positions, line.start - TOLERANCE), bisect_right(positions, line.end + TOLERANCE)):
            if level[index].start - TOLERANCE <= line.position <= level[index].end + TOLERANCE:
                first = index if first is None else first
                parent[root(index)] = root(first)
        crossed.append(first)
    parts: dict[int, tuple[list[Line], list[Line]]] = {}
    for line, first in zip(upright, crossed, strict=True):
        if first is not None:
            parts.setdefault(root(first), ([], []))[1].append(line)
    for index, line in enumerate(level):
        if root(index) in parts:
            parts[root(index)][0].append(line)
    return list(parts.values())


def _edges(lines: Sequence[Line], others: Sequence[Line]) -> tuple[float, ...]:
    """The positions of `lines`, and beyond the outermost the ends of `others`: the side of an open table is an edge too."""
    positions = sorted({line.position for line in lines})
    start, end = min(line.start for line in others), max(line.end for line in others)
    before = [start] if start < positions[0] - SHORTEST_LINE else []
    after = [end] if end > positions[-1] + SHORTEST_LINE else []
    return (*before, *positions, *after)


def _lattice(level: Sequence[Line], upright: Sequence[Line]) -> Lattice | None:
    columns, rows = _edges(upright, level), _edges(level, upright)
    if not (2 <= len(columns) <= MOST_COLUMNS and 2 <= len(rows) <= MOST_ROWS):
        return None
    right_of = [[False] * (len(columns) - 1) for _ in range(len(rows) - 1)]
    below = [[False] * (len(columns) - 1) for _ in range(len(rows) - 1)]
    for line in upright:
        column = bisect_left(columns, line.position) - 1
        if column >= 0:
            for row in _covered(line, rows):
                right_of[row][column] = True
    for line in level:
        row = bisect_left(rows, line.position) - 1
        if row >= 0:
            for column in _covered(line, columns):
                below[row][column] = True
    regions, owner = _regions(right_of, below)
    return Lattice(columns, rows, tuple(regions), tuple(tuple(row) for row in owner))


def _covered(line: Line, edges: Sequence[float]) -> range:
    """The intervals between `edges` of which `line` covers the middle."""
    first = max(0, bisect_right(edges, line.start) - 1)
    last = min(len(edges) - 1, bisect_left(edges, line.end))
    while first < last and (edges[first] + edges[first + 1]) / 2 < line.start:
        first += 1
    while last > first and (edges[last - 1] + edges[last]) / 2 > line.end:
        last -= 1
    return range(first, last)


def _regions(right_of: list[list[bool]], below: list[list[bool]]) -> tuple[list[Region], list[list[int]]]:
    """Rectangles of fields that no line parts, grown first to the right and then downwards."""
    row_count, column_count = len(below), len(below[0])
    owner = [[-1] * column_count for _ in range(row_count)]
    regions: list[Region] = []
    for row in range(row_count):
        owners, parted = owner[row], right_of[row]
        for column in range(column_count):
            if owners[column] >= 0:
                continue
            end = column + 1
            while end < column_count and not parted[end - 1] and owners[end] < 0:
                end += 1
            bottom = row + 1
            while bottom < row_count and not below[bottom - 1][column] and _continues(bottom, column, end, right_of, below, owner):
                bottom += 1
            for line in range(row, bottom):
                owner[line][column:end] = [len(regions)] * (end - column)
            regions.append(Region(row, column, bottom - row, end - column))
    return regions, owner


def _continues(row: int, column: int, end: int, right_of: list[list[bool]], below: list[list[bool]], owner: list[list[int]]) -> bool:
    """Whether the fields [column, end) of `row` belong to the rectangle right above them."""
    return not (
        any(below[row - 1][column:end]) or any(right_of[row][column : end - 1]) or any(field >= 0 for field in owner[row][column:end])
    )
