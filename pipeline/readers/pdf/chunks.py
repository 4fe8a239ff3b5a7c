"""Words and figures of a page that stand apart from each other, as the columns of a table without upright lines do."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Protocol

from msgspec import Struct

from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lines import NUMBERED, VALUE, WORD_GAP, TextLine, line_text

# Parts of the height of a letter. Gaps wider than WORD_GAP part two chunks.
WIDE = 0.8  # a gap that running text does not have
SAME_BASE = 0.15
FIGURE_OR_SIGN = frozenset("0123456789/\\-－—–无空不")  # with which a figure or a sign for nothing begins
UNIT = re.compile(r"[万元件项条个宗]{1,2}")  # a column of its own in some tables
SHORTER = 2.5
WRAP_PITCH = 1.6  # from line to line of one wrapped label, at most


class _Box(Protocol):
    """What has four edges, in points."""

    @property
    def left(self) -> float: ...
    @property
    def top(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def bottom(self) -> float: ...


class _Placed:
    """Where something with four edges stands."""

    __slots__ = ()

    @property
    def middle(self: _Box) -> float:
        """Its place from top to bottom."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self: _Box) -> float:
        """Its place from left to right."""
        return (self.left + self.right) / 2


class Chunk(_Placed, Struct, frozen=True):
    """Letters side by side on one base line, in points. is_value: a figure, or a sign for nothing.

    confidence, readings: where it was recognised in a picture.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    is_value: bool
    confidence: float = 1.0
    readings: tuple[str, ...] = ()

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.bottom - self.top


class Block(_Placed, Struct, frozen=True):
    """Chunks below each other that are one wrapped label."""

    chunks: tuple[Chunk, ...]

    @property
    def width(self) -> float:
        """The width of its widest line."""
        return max(chunk.right - chunk.left for chunk in self.chunks)

    @property
    def text(self) -> str:
        """The label with its line ends."""
        return "\n".join(chunk.text for chunk in self.chunks)

    @property
    def left(self) -> float:
        """The left edge of the line that begins first."""
        return min(chunk.left for chunk in self.chunks)

    @property
    def right(self) -> float:
        """The right edge of the line that ends last."""
        return max(chunk.right for chunk in self.chunks)

    @property
    def top(self) -> float:
        """The upper edge of its first line."""
        return self.chunks[0].top

    @property
    def bottom(self) -> float:
        """The lower edge of its last line."""
        return self.chunks[-1].bottom

    @property
    def height(self) -> float:
        """The height of its letters."""
        return self.chunks[0].height


def chunks_of(line: TextLine) -> list[Chunk]:
    """The chunks of a line. A single space between two words parts nothing: it is printed in running text too."""
    runs: list[list[Glyph]] = []
    spaces = 0
    for glyph in line.glyphs:
        if glyph.character.isspace():
            spaces += 1
            continue
        before = runs[-1][-1] if runs else None
        if before is not None and _goes_on(before, glyph, spaces):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        spaces = 0
    return [_chunk(run) for run in runs]


def is_spread(chunks: Sequence[Chunk]) -> bool:
    """Whether a line has a gap that running text does not have."""
    return any(after.left - before.right >= WIDE * min(before.height, after.height) for before, after in pairwise(chunks))


def _goes_on(before: Glyph, glyph: Glyph, spaces: int) -> bool:
    height = min(before.bottom - before.top, glyph.bottom - glyph.top)
    if abs(before.bottom - glyph.bottom) > SAME_BASE * height:
        return False
    if glyph.character in FIGURE_OR_SIGN:
        return glyph.left - before.right <= WORD_GAP * height
    return glyph.left - before.right <= (WORD_GAP if spaces != 1 else WORD_GAP + 1) * height


def _chunk(run: Sequence[Glyph]) -> Chunk:
    text = line_text(run)
    value = VALUE.fullmatch(text) is not None and NUMBERED.fullmatch(text) is None and not UNIT.fullmatch(text)
    top, bottom = min(glyph.top for glyph in run), max(glyph.bottom for glyph in run)
    confidence = min(glyph.confidence for glyph in run)
    return Chunk(text, run[0].left, top, run[-1].right, bottom, value, confidence, run[0].readings)


def overlap(one: Chunk | Block, other: Chunk | Block) -> float:
    """By how much two pieces stand over each other, in points; negative for a gap between them."""
    return min(one.right, other.right) - max(one.left, other.left)


def blocks_of_chunks(chunks: Sequence[Chunk], apart: Sequence[float] = ()) -> list[Block]:
    """Chunks put together to wrapped labels: each right below another one, and no third one beside.

    A chunk that begins with a number begins a label. apart: the middles of rows; two chunks on two of them are two labels.
    """
    below: dict[int, list[int]] = {}
    above: dict[int, list[int]] = {}
    ordered = sorted(chunks, key=lambda chunk: (chunk.middle, chunk.left))
    for upper, chunk in enumerate(ordered):
        for lower, other in enumerate(ordered[upper + 1 :], start=upper + 1):
            if other.middle - chunk.middle > WRAP_PITCH * chunk.height:
                break
            if _is_right_below(chunk, other) and overlap(chunk, other) > 0:
                below.setdefault(upper, []).append(lower)
                above.setdefault(lower, []).append(upper)
    blocks: dict[int, list[Chunk]] = {}
    for place, chunk in enumerate(ordered):
        upper = above[place][0] if len(above.get(place, ())) == 1 else -1
        block = blocks.get(upper) if upper >= 0 and below[upper] == [place] else None
        if block is None or NUMBERED.match(chunk.text) or _are_rows(block[-1], chunk, apart) or not _may_wrap(block[-1], chunk):
            block = []
        block.append(chunk)
        blocks[place] = block
    return [Block(tuple(block)) for block in {id(block): block for block in blocks.values()}.values()]


def _may_wrap(chunk: Chunk, other: Chunk) -> bool:
    """Whether a line may go on in the next one: it is not shorter by more than what may not begin a line."""
    return chunk.right - chunk.left >= other.right - other.left - SHORTER * chunk.height


def _is_right_below(chunk: Chunk, other: Chunk) -> bool:
    return other.middle - chunk.middle > 0.5 * chunk.height and abs(other.height - chunk.height) <= 0.2 * chunk.height


def _are_rows(chunk: Chunk, other: Chunk, apart: Sequence[float]) -> bool:
    return all(any(abs(piece.middle - row) <= SAME_BASE * piece.height for row in apart) for piece in (chunk, other))
