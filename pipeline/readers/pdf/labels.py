"""The labels of a table without lines: which label is that of which row, which ones are groups of rows or rows without figures."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.pdf.chunks import SHORTER, WRAP_PITCH, Block, overlap
from pipeline.readers.pdf.headings import DoubtError
from pipeline.readers.pdf.lines import NUMBERED

NEAR = 0.7  # parts of the height of a letter


class Labels(NamedTuple):
    """own: the label of each row (None where no row has any); groups: labels of several rows; blank: rows without figures."""

    own: list[Block | None]
    groups: list[Block]
    blank: list[Block]


def labels_of(rows: Sequence[float], height: float, blocks: Sequence[Block]) -> Labels:
    """The labels of the rows with figures, given by their middles and the height of letters.

    Raises DoubtError where a row has none or two rows share one.
    """
    if not blocks:
        if any(after - before <= WRAP_PITCH * height for before, after in pairwise(rows)):
            raise DoubtError  # figures over two lines
        return Labels([None] * len(rows), [], [])
    beside = [sorted((block for block in blocks if block.top <= row <= block.bottom), key=lambda block: block.left) for row in rows]
    if not all(beside) or any(overlap(one, other) > NEAR * one.height for found in beside for one, other in pairwise(found)):
        raise DoubtError
    own = [found[-1] for found in beside]
    if len({id(block) for block in own}) < len(own):
        raise DoubtError
    named = {id(block) for block in own}
    groups = {id(block) for found in beside for block in found[:-1]}
    if named & groups:
        raise DoubtError
    others = [block for block in blocks if id(block) not in named]
    groups |= {id(block) for block in others if any(_is_left_of(block, other) for other in blocks)}
    blank = [block for block in others if id(block) not in groups]
    names = [*own, *blank]
    if any(_share_a_line(block, other) for block in blank for other in names if other is not block) or _may_be_wrapped(names):
        raise DoubtError
    found_groups = [block for block in others if id(block) in groups]
    edges = group_edges(found_groups)
    widest = [
        max(block.width for block in names if column_of(block, edges) == place) for place in (column_of(block, edges) for block in own)
    ]
    if not all(_is_one_label(*item) for item in zip(rows, own, widest, strict=True)):
        raise DoubtError
    return Labels(list(own), found_groups, blank)


def group_edges(groups: Sequence[Block]) -> list[float]:
    """The right edges of the columns in which labels of groups stand."""
    edges: list[float] = []
    for block in sorted(groups, key=lambda block: block.left):
        if edges and block.left < edges[-1]:
            edges[-1] = max(edges[-1], block.right)
        else:
            edges.append(block.right)
    return edges


def column_of(block: Block, edges: Sequence[float]) -> int:
    """The column of labels in which a label begins, given the right edges of those of groups."""
    return sum(edge <= block.left + 1 for edge in edges)


def _is_one_label(row: float, block: Block, widest: float) -> bool:
    """Whether lines below each other are one label and not rows of their own without figures: it has a number, or the figures stand
    between two lines, or its lines are full.
    """
    between = all(abs(chunk.middle - row) > NEAR / 2 * block.height for chunk in block.chunks)
    full = all(chunk.right - chunk.left >= widest - SHORTER * block.height for chunk in block.chunks[:-1])
    return NUMBERED.match(block.text) is not None or between or full


def _is_left_of(block: Block, other: Block) -> bool:
    """Whether a label stands left of another one, at its height or in the gap beside."""
    slack = NEAR * block.height
    return other.left >= block.right - 1 and block.top - slack < other.bottom and other.top < block.bottom + slack


def _may_be_wrapped(names: Sequence[Block]) -> bool:
    """Whether two rows follow each other as the lines of one label do; a number of its own makes the second one a row."""
    ordered = sorted(names, key=lambda block: block.top)
    return any(
        after.chunks[0].middle - before.chunks[-1].middle <= WRAP_PITCH * before.height and not NUMBERED.match(after.text)
        for before, after in pairwise(ordered)
    )


def _share_a_line(block: Block, other: Block) -> bool:
    return block.top < other.bottom and other.top < block.bottom
