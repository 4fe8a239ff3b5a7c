"""What heads the columns of a table without upright lines: headings over headings, wrapped headings, groups over several columns."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.readers.pdf.chunks import Block, Chunk, overlap

TOUCH = 1.0  # points by which two pieces have to overlap to stand over each other
Span = tuple[int, int]  # columns first..last-1
CENTRED = 0.5  # parts of the height of a letter
FARTHEST_OFF = 0.75  # of the way to the middle of the next heading
OFF_CENTRE = 0.3  # of the least distance of two columns


class DoubtError(Exception):
    """Raised where it is not certain what stands below which heading, or which figures are a row: nothing is read then."""


class HeadlessError(DoubtError):
    """Raised where figures stand under no headings: they belong to a table that was not seen as a whole."""


class Heading(NamedTuple):
    """A heading on its level (0 is the uppermost) over the columns first..last-1."""

    block: Block
    level: int
    first: int
    last: int


class Columns(NamedTuple):
    """The columns below some headings: left and right edge of the lowest heading of each, from left to right."""

    extents: tuple[tuple[float, float], ...]
    headings: tuple[Heading, ...]
    depth: int

    def edges(self) -> list[float]:
        """The places between the columns."""
        return [(self.extents[place][1] + self.extents[place + 1][0]) / 2 for place in range(len(self.extents) - 1)]

    def below(self, rows: Sequence[Sequence[Chunk]]) -> list[dict[int, Chunk]]:
        """The figures of each row by their columns. Raises DoubtError.

        Where all stand in the middle below the heading of one column, that decides. Figures set to one side of their columns
        have to make as many columns as there are headings, all to the same side.
        """
        over = [[self._over(chunk) for chunk in chunks] for chunks in rows]
        if any(len(places) > 1 for of_row in over for places in of_row):
            raise DoubtError
        found = [{places[0]: chunk for places, chunk in zip(*pair, strict=True) if places} for pair in zip(over, rows, strict=True)]
        if sum(map(len, found)) < sum(map(len, rows)) or not all(self._is_centred(*item) for cells in found for item in cells.items()):
            found = _in_order(rows, len(self.extents))
            if not self._all_to_one_side(found):
                raise DoubtError
        return found

    def _over(self, chunk: Chunk) -> list[int]:
        return [place for place, (left, right) in enumerate(self.extents) if min(right, chunk.right) - max(left, chunk.left) > 0]

    def _centre(self, place: int) -> float:
        return (self.extents[place][0] + self.extents[place][1]) / 2

    def _is_centred(self, place: int, chunk: Chunk) -> bool:
        return abs(chunk.centre - self._centre(place)) <= CENTRED * chunk.height

    def _all_to_one_side(self, found: Sequence[dict[int, Chunk]]) -> bool:
        """Whether figures end right of the middle of their headings, or all begin left of it, each nearer to its own than to the next."""
        last = len(self.extents) - 1
        centres = [self._centre(place) for place in range(last + 1)]
        right = [(chunk.right - centres[place], place, min(place + 1, last)) for cells in found for place, chunk in cells.items()]
        left = [(centres[place] - chunk.left, place, max(place - 1, 0)) for cells in found for place, chunk in cells.items()]
        return any(
            all(off >= 0 and (place == other or off <= FARTHEST_OFF * abs(centres[other] - centres[place])) for off, place, other in side)
            for side in (right, left)
        )


def _in_order(rows: Sequence[Sequence[Chunk]], columns: int) -> list[dict[int, Chunk]]:
    """The figures of each row by the columns that they make themselves, where these are just as many as there should be.

    Two that are side by side in some row are two columns; then no other order is possible. Raises DoubtError.
    """
    right_edges: list[float] = []
    for chunk in sorted((chunk for chunks in rows for chunk in chunks), key=lambda chunk: chunk.left):
        if right_edges and chunk.left < right_edges[-1]:
            right_edges[-1] = max(right_edges[-1], chunk.right)
        else:
            right_edges.append(chunk.right)
    found = [{bisect_left(right_edges, chunk.right): chunk for chunk in chunks} for chunks in rows]
    apart = {(place, place + 1) for cells in found for place in cells if place + 1 in cells}
    if len(right_edges) != columns or len(apart) < columns - 1 or sum(map(len, found)) < sum(map(len, rows)):
        raise DoubtError
    return found


def columns_of(blocks: Sequence[Block]) -> Columns:
    """The columns that headings make. Raises DoubtError where the lowest ones are not side by side."""
    above = {id(block): [other for other in blocks if other is not block and _is_over(other, block)] for block in blocks}
    parents = {id(block) for over in above.values() for block in over}
    leaves = sorted((block for block in blocks if id(block) not in parents), key=lambda block: block.left)
    if any(after.left <= before.right for before, after in pairwise(leaves)):
        raise DoubtError
    levels: dict[int, int] = {}
    for block in sorted(blocks, key=lambda block: block.top):
        levels[id(block)] = max((levels[id(other)] + 1 for other in above[id(block)]), default=0)
    depth = max(levels.values(), default=-1) + 1
    spans: dict[int, Span] = {id(leaf): (place, place + 1) for place, leaf in enumerate(leaves)}
    groups = [block for block in blocks if id(block) in parents]
    for level in reversed(range(depth)):  # the lower groups first, on which those above them stand
        own = [block for block in groups if levels[id(block)] == level]
        taken = [place for place, leaf in enumerate(leaves) if levels[id(leaf)] <= level]
        below = [[spans[id(other)] for other in blocks if block in above[id(other)] and id(other) in spans] for block in own]
        spans |= _spans(
            own, [(min(first for first, _ in spans_below), max(last for _, last in spans_below)) for spans_below in below], leaves, taken
        )
    headings = tuple(Heading(block, levels[id(block)], *spans[id(block)]) for block in blocks)
    return Columns(tuple((leaf.left, leaf.right) for leaf in leaves), headings, depth)


def _is_over(block: Block, other: Block) -> bool:
    return block.middle < other.top and overlap(block, other) > TOUCH


def _spans(groups: Sequence[Block], narrow: Sequence[Span], leaves: Sequence[Block], taken: Iterable[int]) -> dict[int, Span]:
    """The columns of each group of one level: those that it reaches over (narrow), and, where all groups stand in the middle of
    theirs and leave none over, those too.
    """
    found = {id(group): span for group, span in zip(groups, narrow, strict=True)}
    free = set(range(len(leaves))) - set(taken) - {place for span in narrow for place in range(*span)}
    pitch = min((after.centre - before.centre for before, after in pairwise(leaves)), default=0.0)
    wide: dict[int, Span] = {}
    for group in groups:
        first, last = found[id(group)]
        while first - 1 in free and last in free:
            first, last = first - 1, last + 1
        if abs((leaves[first].centre + leaves[last - 1].centre) / 2 - group.centre) > OFF_CENTRE * pitch:
            return found
        wide[id(group)] = first, last
    covered = [place for span in wide.values() for place in range(*span)]
    return wide if len(covered) == len(set(covered)) and free <= set(covered) else found
