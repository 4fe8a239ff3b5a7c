"""Where on a page tables without upright lines may stand: runs of lines with figures apart from their labels."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.readers.pdf.chunks import WRAP_PITCH, Chunk, chunks_of, is_spread
from pipeline.readers.pdf.lines import TextLine

# Parts of the height of a letter.
FARTHEST = 4.5  # from line to line within one table
INDENT = 1.5
SAME_SIZE = 0.2
WIDEST = 0.45  # of the width of a page: a line that is wider and has no gap is text
ENOUGH_FIGURES = 3  # on a line without a label
MANY_HEADINGS = 3  # narrow ones side by side, with gaps that are narrower than those between figures
HEADING = re.compile(r"\s*[一二三四五六七八九十]{1,2}\s*[、.．]")


class Line(NamedTuple):
    """A line of a page in its chunks. is_certain: figures stand apart from each other, or from a label."""

    line: TextLine
    chunks: list[Chunk]
    is_spread: bool
    is_certain: bool

    @property
    def is_data(self) -> bool:
        """Whether it holds figures of a table, if there is a table around it; the label may stand higher and lower only."""
        return self.is_certain or (bool(self.chunks) and all(chunk.is_value for chunk in self.chunks))

    @property
    def left(self) -> float:
        """Where its text begins."""
        return self.chunks[0].left

    @property
    def right(self) -> float:
        """Where its text ends."""
        return self.chunks[-1].right


class Shape(NamedTuple):
    """What the data lines of a table have in common: where labels and where figures begin, the height of letters."""

    left: float
    figures: float
    height: float


class Region(NamedTuple):
    """Lines first..last-1 of a page."""

    first: int
    last: int


def in_chunks(line: TextLine) -> Line:
    """The line in its chunks."""
    chunks = chunks_of(line)
    spread = is_spread(chunks)
    figures = [chunk for chunk in chunks if chunk.is_value]
    labelled = any(not chunk.is_value and chunk.right <= figures[0].left for chunk in chunks) if figures else False
    return Line(line, chunks, spread, spread and (labelled or len(figures) >= ENOUGH_FIGURES))


def regions(lines: Sequence[Line]) -> Iterator[Region]:
    """The runs of lines that may be tables, each around lines with figures."""
    end = 0
    for index, line in enumerate(lines):
        if not line.is_certain or index < end:
            continue
        last, shape = _last_data_line(lines, index)
        first = index
        while first > end and _is_inside(lines[first - 1], lines[first], shape):  # figures too, beside a wrapped label
            first -= 1
        first = _below_titles(lines, first, index, shape)
        stop = last + 1
        while stop < len(lines) and _ends_a_label(lines[stop - 1], lines[stop], shape):
            stop += 1
        yield Region(first, stop)
        end = stop


def _below_titles(lines: Sequence[Line], first: int, data: int, shape: Shape) -> int:
    """The first line of a table without titles over its labels: a row of headings that names the labels too stands below them."""
    heads = [place for place in range(first, data) if lines[place].is_spread and not lines[place].is_data]
    named = [place for place in heads if lines[place].left < shape.figures]
    while named and first < named[0] and not lines[first].is_spread and lines[first].right <= shape.figures:
        first += 1
    return first


def _last_data_line(lines: Sequence[Line], first: int) -> tuple[int, Shape]:
    last, shape = first, _shape(lines[first])
    for index in range(first + 1, len(lines)):
        line = lines[index]
        if not _is_near(lines[index - 1], line, shape):
            break
        if line.is_data:
            own = _shape(line)
            if not _same_size(line, shape):
                break
            last = index
            shape = Shape(min(shape.left, own.left), min(shape.figures, own.figures), shape.height)
        elif not _is_inside(line, lines[index - 1], shape):
            break
    return last, shape


def _shape(line: Line) -> Shape:
    figures = next(chunk.left for chunk in line.chunks if chunk.is_value)
    heights = sorted(chunk.height for chunk in line.chunks)
    return Shape(line.left, figures, heights[len(heights) // 2])


def _same_size(line: Line, shape: Shape) -> bool:
    return all(abs(chunk.height - shape.height) <= SAME_SIZE * shape.height for chunk in line.chunks if not chunk.is_value)


def _is_near(line: Line, other: Line, shape: Shape) -> bool:
    return bool(line.chunks and other.chunks) and abs(line.line.top - other.line.top) <= FARTHEST * shape.height


def _is_inside(line: Line, neighbour: Line, shape: Shape) -> bool:
    """Whether a line without figures is part of the table: headings over its columns, or part of a label."""
    if not _is_near(line, neighbour, shape) or not _same_size(line, shape):
        return False
    if line.is_data or line.is_spread or line.right <= shape.figures or len(line.chunks) >= MANY_HEADINGS:
        return True
    if HEADING.match(line.line.text) or line.left <= shape.left + INDENT * shape.height:
        return False
    return line.right - line.left <= WIDEST * line.line.page_width


def _ends_a_label(before: Line, line: Line, shape: Shape) -> bool:
    """Whether a line below the last figures goes on with their row, or is a last row without figures."""
    if not line.chunks or not _same_size(line, shape):
        return False
    pitch = (line.line.top - before.line.top) / shape.height
    if line.right > shape.figures or line.is_data:
        return line.is_spread and pitch <= WRAP_PITCH
    return pitch <= WRAP_PITCH or (pitch <= FARTHEST and HEADING.match(line.line.text) is None and line.left > shape.left)
