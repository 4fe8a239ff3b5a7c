"""One table without upright lines: its rows of headings, figures and sections, cut into cells."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.aligned_grid import AlignedGrid, Section
from pipeline.readers.pdf.chunks import Block, Chunk, blocks_of_chunks
from pipeline.readers.pdf.headings import Columns, DoubtError, HeadlessError, columns_of
from pipeline.readers.pdf.labels import labels_of
from pipeline.readers.pdf.regions import Line
from pipeline.readers.pdf.tables import PageTable

SAME_ROW = 0.35  # parts of the height of a letter
BESIDE = 0.9  # from the middle of a figure to that of a line of its label
INTO_LABELS = 0.5


class Carried(NamedTuple):
    """What a table hands on to its part on the next page."""

    columns: Columns
    split: float


class _Parts(NamedTuple):
    """The chunks of a region: labels and headings (in blocks), each row of figures as its middle and cells; split: where labels end."""

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
    grid = AlignedGrid(lines, split, sections, labels)
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
