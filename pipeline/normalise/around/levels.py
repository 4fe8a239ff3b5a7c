"""The same tables twice in one report, once for the whole area (汇总, 全区) and once for the office alone (本级): two reports.

Short lines above the tables say which is which, each for the tables that follow it. Nothing is told apart where a table stands twice
under one such line, or under none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple, cast

from pipeline.catalog.model import Catalog
from pipeline.normalise.copies import copies_of
from pipeline.normalise.model import Level
from pipeline.normalise.tables.segments import Segment
from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid, Paragraph

_LONGEST = 40  # characters of such a line; more is a sentence about the area
_SENTENCE = re.compile(r"[。；;，,]|\d{1,9}[件条项人次]")


class OfLevel(NamedTuple):
    """The tables of one level (None where they are not told apart), and those that stand once, under no line that says whose they are."""

    level: Level | None
    segments: list[Segment]
    unsure: frozenset[str] = frozenset()


def by_level(catalog: Catalog, document: Document, segments: Sequence[Segment]) -> list[OfLevel]:
    """The segments of a report by level, the whole area first; all together where they cannot be told apart."""
    tables = {segment.table: [item for item in segments if item.table == segment.table] for segment in segments}
    copies = {table: copies_of(catalog, items) for table, items in tables.items()}
    if all(len(found) < 2 for found in copies.values()):
        return [OfLevel(None, list(segments))]
    said, right_above = _levels(catalog, document)
    whole: list[Segment] = []
    own: list[Segment] = []
    unsure: set[str] = set()
    for table, found in copies.items():
        levels = [_one({said.get(segment.lattice.grid.index) for segment in copy}) for copy in found]
        if len(found) == 1 and not (levels[0] and found[0][0].lattice.grid.index in right_above):
            whole += found[0]  # the government reports on its area
            unsure.add(table)
        elif None in levels or max(Counter(levels).values()) > 1:
            return [OfLevel(None, list(segments))]
        for level, copy in zip(levels, found, strict=True):
            if table not in unsure:
                (own if level == "own_office" else whole).extend(copy)
    return [OfLevel("whole_area", whole, frozenset(unsure)), OfLevel("own_office", own, frozenset(unsure))]


def level_above(catalog: Catalog, document: Document, start: int) -> Level | None:
    """What the lines above the first table at or behind a block say of its level, back to the table before it."""
    is_grid = [isinstance(block, Grid) for block in document.blocks]
    first = is_grid.index(True, start) if True in is_grid[start:] else len(is_grid)
    last = max((number for number in range(first) if is_grid[number]), default=-1)
    lines = [line for block in document.blocks[last + 1 : first] if isinstance(block, Paragraph) for line in block.text.splitlines()]
    return _one({level for line in lines if (level := level_in(catalog, line))})


def level_in(catalog: Catalog, line: str) -> Level | None:
    """The one level that a short line names."""
    text = compact(simplified(line))
    if len(text) > _LONGEST or _SENTENCE.search(text):
        return None
    return _one({cast(Level, word.level) for word in catalog.levels if word.word in text})


def _one(levels: set[Level | None] | set[Level]) -> Level | None:
    return next(iter(levels)) if len(levels) == 1 else None


def _levels(catalog: Catalog, document: Document) -> tuple[dict[int, Level], set[int]]:
    """For each grid the level of the last line above it that names one, and the grids that have such a line since the grid before."""
    said: dict[int, Level] = {}
    right_above: set[int] = set()
    current, is_new = None, False
    for block in document.blocks:
        if isinstance(block, Grid):
            own = level_in(catalog, _first_line(block))
            current, is_new = own or current, is_new or own is not None
            if current:
                said[block.index] = current
            if is_new:
                right_above.add(block.index)
            is_new = False
        else:
            for line in block.text.splitlines():
                if level := level_in(catalog, line):
                    current, is_new = level, True
    return said, right_above


def _first_line(grid: Grid) -> str:
    """What the first row says where it is one cell over the whole width."""
    first = [cell for cell in grid.cells if cell.row == 0]
    return first[0].text if len(first) == 1 else ""
