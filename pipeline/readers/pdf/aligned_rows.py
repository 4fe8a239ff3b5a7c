"""One table without upright lines: its rows of headings, figures and sections, cut into cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.chunks import Block, Chunk, blocks_of_chunks
from pipeline.readers.pdf.headings import Columns, DoubtError, HeadlessError, columns_of
from pipeline.readers.pdf.labels import Labels, column_of, group_edges, labels_of
from pipeline.readers.pdf.regions import Line
from pipeline.readers.pdf.tables import PageCell, PageTable

SAME_ROW = 0.35  # parts of the height of a letter
BESIDE = 0.9  # from the middle of a figure to that of a line of its label
INTO_LABELS = 0.5
CLOSE = 2.0  # points; edges nearer than this are one


class Carried(NamedTuple):
    """What a table hands on to its part on the next page."""

    columns: Columns
    split: float


class Section(NamedTuple):
    """Headings and the rows of figures below them; `top` is where the headings begin."""

    columns: Columns
    blocks: list[Block]
    rows: list[float]


class _Parts(NamedTuple):
    """The chunks of a region: labels, headings (in blocks), single lines across, and for each row of figures its cells."""

    labels: list[Block]
    headings: list[Block]
    rows: list[tuple[float, list[Chunk]]]
    split: float


def table_of(lines: Sequence[Line], carried: Carried | None) -> tuple[PageTable, Carried]:
    """The table that the lines of a region make, and what it hands on to the next page. Raises DoubtError."""
    if any(glyph.unseen for line in lines for glyph in line.line.glyphs):
        raise DoubtError  # nobody sees what stands there
    parts = _parts(lines)
    sections = _sections(parts, carried)
    goes_on = not sections[0].blocks
    split = carried.split if goes_on and carried else parts.split
    corners = [block for block in parts.labels if any(_is_beside(block, section.blocks) for section in sections)]
    corners = [block for block in corners if not any(block.top <= row <= block.bottom for row, _ in parts.rows)]
    rest = [block for block in parts.labels if block not in corners]
    labels = labels_of([row for row, _ in parts.rows], parts.rows[0][1][0].height, rest)
    if goes_on and (not rest or (labels.blank and labels.blank[0].top < min(block.top for block in labels.own if block))):
        raise DoubtError  # the page may have been broken within a row
    grid = _Grid(lines, split, sections, labels)
    for section in sections:
        grid.headings(section, [block for block in corners if _is_beside(block, section.blocks)])
    for across in _across(parts, sections):
        grid.across(across)
    own = {row: label for (row, _), label in zip(parts.rows, labels.own, strict=True)}
    for section in sections:
        figures = section.columns.below([chunks for row, chunks in parts.rows if row in section.rows])
        for row, cells in zip(section.rows, figures, strict=True):
            grid.row(row, own[row], cells, section.columns)
    for label in labels.blank:
        above = [section.columns for section in sections if not section.blocks or section.blocks[0].top < label.top]
        if not above:
            raise DoubtError
        grid.blank(label, above[-1])
    for group in labels.groups:
        grid.group(group)
    return grid.table(), Carried(sections[-1].columns, split)


def _parts(lines: Sequence[Line]) -> _Parts:
    data = [line for line in lines if line.is_data]
    height = data[0].chunks[0].height
    figures = [next(place for place, chunk in enumerate(line.chunks) if chunk.is_value) for line in data]
    first_figure = min(line.chunks[place].left for line, place in zip(data, figures, strict=True))
    chunks = [chunk for line in lines for chunk in line.chunks]
    figure_lines = [line.chunks[-1].middle for line in data]
    before = [chunk for line, place in zip(data, figures, strict=True) for chunk in line.chunks[:place]]  # a unit stands behind it
    beside = [chunk for chunk in chunks if _is_at(chunk, figure_lines, BESIDE)]
    ends = [chunk.right for chunk in (*before, *beside) if chunk.right <= first_figure]
    labels_end = max(ends, default=0.0)
    labels = [chunk for chunk in chunks if ends and chunk.left < labels_end - INTO_LABELS * height and chunk.right <= first_figure]
    others = [chunk for chunk in chunks if chunk not in labels]
    rows: list[tuple[float, list[Chunk]]] = []
    for chunk in sorted((chunk for chunk in others if chunk.is_value), key=lambda chunk: chunk.middle):
        if rows and chunk.middle - rows[-1][0] <= SAME_ROW * height:
            rows[-1][1].append(chunk)
        else:
            rows.append((chunk.middle, [chunk]))
    if not rows:
        raise DoubtError
    headings: list[Chunk] = []
    for chunk in (chunk for chunk in others if not chunk.is_value):
        cells = next((cells for row, cells in rows if abs(chunk.middle - row) <= SAME_ROW * height), headings)
        cells.append(chunk)
    if any(chunk.text[-1].isdigit() for chunk in labels):
        raise DoubtError  # a figure may have run into its label
    middles = [row for row, _ in rows]
    blocks = blocks_of_chunks(headings)
    if any(_is_at(chunk, middles, BESIDE) for block in blocks for chunk in block.chunks):
        raise DoubtError  # a text over two lines in a row of figures
    begins = min([first_figure, *(block.left for block in blocks if block.left > labels_end)])
    return _Parts(blocks_of_chunks(labels, middles), blocks, rows, (labels_end + begins) / 2 if ends else 0.0)


def _is_at(chunk: Chunk, lines: Sequence[float], distance: float) -> bool:
    return any(abs(chunk.middle - line) <= distance * chunk.height for line in lines)


def _sections(parts: _Parts, carried: Carried | None) -> list[Section]:
    """The headings with the rows below them. Rows above all headings go on from the page before. Raises DoubtError."""
    sections: list[Section] = []
    heads: list[list[Block]] = []
    middles = [row for row, _ in parts.rows]
    for block in sorted(parts.headings, key=lambda block: block.top):
        if heads and bisect_left(middles, heads[-1][0].top) == bisect_left(middles, block.top):
            heads[-1].append(block)
        else:
            heads.append([block])
    starts = [bisect_left(middles, blocks[0].top) for blocks in heads]
    if not heads or starts[0] > 0:
        if carried is None:
            raise HeadlessError
        sections.append(Section(carried.columns, [], middles[: starts[0] if heads else None]))
    for blocks, start, end in zip(heads, starts, [*starts, len(middles)][1:], strict=False):
        beside = [block for block in blocks if not _is_alone(block, [*parts.labels, *blocks])]
        if start == end:
            if beside:
                raise DoubtError
            continue
        sections.append(Section(columns_of(beside), beside, middles[start:end]))
    if not sections or any(not section.columns.extents for section in sections):
        raise DoubtError
    return sections


def _across(parts: _Parts, sections: Sequence[Section]) -> list[Block]:
    """The headings that stand alone on their line: they are over all columns."""
    heading = {id(block) for section in sections for block in section.blocks}
    return [block for block in parts.headings if id(block) not in heading]


def _is_alone(block: Block, others: Iterable[Block]) -> bool:
    return not any(other is not block and other.top < block.bottom and block.top < other.bottom for other in others)


def _is_beside(label: Block, headings: Sequence[Block]) -> bool:
    if not headings:
        return False
    return min(block.top for block in headings) - label.height <= label.middle <= max(block.bottom for block in headings) + label.height


class _Grid:
    """The cells of a table under way, each with the line (its middle) at which its row stands."""

    def __init__(self, lines: Sequence[Line], split: float, sections: Sequence[Section], labels: Labels) -> None:
        first = lines[0].line
        self.page, self.width, self.top = first.page, first.page_width, first.top
        self.split = split
        self.groups = group_edges(labels.groups)
        self.has_labels = split > 0
        inner = {edge for section in sections for edge in section.columns.edges()}
        self.edges = _distinct([0.0, *self.groups, *([split] if self.has_labels else []), *inner, self.width])
        self.cells: list[tuple[float, int, int, int, str, tuple[float, float, float, float]]] = []
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
        self.cells.append((line, left, right, rows, text, rounded))

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
        cells = tuple(
            PageCell(rank[line], left, rows, right - left, text, self.page, box) for line, left, right, rows, text, box in self.cells
        )
        taken: set[tuple[int, int]] = set()
        for cell in cells:
            places = {(cell.row + down, cell.column + right) for down in range(cell.row_span) for right in range(cell.column_span)}
            if taken & places or not cell.column_span:
                raise DoubtError
            taken |= places
        return PageTable(tuple(self.edges), len(rank), cells, self.page, self.top)


def _distinct(edges: Iterable[float]) -> list[float]:
    found: list[float] = []
    for edge in sorted(edges):
        if not found or edge - found[-1] > CLOSE:
            found.append(edge)
    return found
