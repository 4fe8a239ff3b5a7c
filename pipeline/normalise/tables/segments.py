"""Finding the printed tables of a form among the grids of a document, by what their labels say."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz, process

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.lattice import Lattice
from pipeline.normalise.tables.unfolding import unfolded
from pipeline.normalise.tables.values import read_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Grid, GridCell

_ALIKE = 75  # per cent of equal letters from which a damaged label still speaks for a table
_ENOUGH = 2.0  # labels that have to speak for a table before rows are taken to belong to it
_LONGEST_LABEL = 120
_SMALL = 2000  # cells up to which damaged labels are looked for; a larger grid has to hold a known wording first


@dataclass(frozen=True)
class Segment:
    """Consecutive rows first..last-1 of a grid that belong to one printed table.

    group: of all its columns, units_above: of its amounts and counts, if the text above names them.
    """

    lattice: Lattice
    table: str
    first: int
    last: int
    group: str | None = None
    units_above: tuple[str, ...] = ()

    @cached_property
    def has_content(self) -> bool:
        """Whether anything is printed in the rows."""
        return any(cell.text.strip() for row in range(self.first, self.last) for cell in self.lattice.row(row))


class _Vote(NamedTuple):
    """For which tables the text of a cell speaks, and how much."""

    cell: GridCell
    tables: dict[str, float]


def find_segments(catalog: Catalog, grids: Iterable[Grid]) -> list[Segment]:
    """All runs of rows of the grids, in order, that belong to printed tables."""
    found: list[Segment] = []
    for grid in (unfolded(catalog, grid) for grid in grids):
        segments = list(_segments_of(catalog, grid)) or list(_continuation(catalog, grid, found[-1:]))
        found += segments
    return found


def is_wording(catalog: Catalog, text: str) -> bool:
    """Whether a text is a wording of a label of any table."""
    return label_key(text) in _index(catalog)


def is_value(catalog: Catalog, cell: GridCell) -> bool:
    """Whether a cell holds a number or a sign for nothing, as data cells do."""
    return read_value(catalog, cell.text).state in ("number", "not_applicable")


def _segments_of(catalog: Catalog, grid: Grid) -> Iterator[Segment]:
    votes = _votes(catalog, grid)
    if sum(sum(vote.tables.values()) for vote in votes) < _ENOUGH:
        return
    for first, last in _bands(grid, votes):
        lattice = Lattice(grid, first, last)
        yield from _runs(lattice, [vote for vote in votes if first <= vote.cell.column < last])


def _runs(lattice: Lattice, votes: list[_Vote]) -> Iterator[Segment]:
    """Cut a band into the runs of rows that belong to the same printed table; rows that speak for none follow the run above."""
    by_row: dict[int, dict[str, float]] = {}
    for vote in votes:
        row_votes = by_row.setdefault(vote.cell.row, {})
        for table, weight in vote.tables.items():
            row_votes[table] = row_votes.get(table, 0.0) + weight
    tables = _spoken_for(votes)
    runs: list[tuple[str | None, int]] = []
    current: str | None = None
    for row in range(lattice.grid.rows):
        candidates = {table: weight for table, weight in by_row.get(row, {}).items() if table in tables}
        if candidates and candidates.get(current or "", 0.0) < max(candidates.values()):
            current = max(candidates, key=lambda table: candidates[table])
        if not runs or runs[-1][0] != current:
            runs.append((current, row))
    ends = [start for _, start in runs[1:]] + [lattice.grid.rows]
    yield from (Segment(lattice, table, start, end) for (table, start), end in zip(runs, ends, strict=True) if table)


def _spoken_for(votes: Iterable[_Vote]) -> set[str]:
    total: dict[str, float] = {}
    for vote in votes:
        for table, weight in vote.tables.items():
            total[table] = total.get(table, 0.0) + weight
    return {table for table, weight in total.items() if weight >= _ENOUGH}


def _bands(grid: Grid, votes: list[_Vote]) -> list[tuple[int, int]]:
    """The bands of columns that hold different tables side by side; nearly always one band, the whole grid."""
    if len(_spoken_for(votes)) < 2:
        return [(0, grid.columns)]
    crossed = {column for cell in grid.cells for column in range(cell.column + 1, cell.column + cell.column_span)}
    cuts = [(mixed, column) for column in range(1, grid.columns) if column not in crossed and (mixed := _mixed(votes, column)) is not None]
    if not cuts:
        return [(0, grid.columns)]
    column = min(cuts)[1]
    return [(0, column), (column, grid.columns)]


def _mixed(votes: list[_Vote], column: int) -> float | None:
    """How much the sides of a cut speak for each other's tables; None where they do not hold different tables."""
    sides = [vote for vote in votes if vote.cell.column < column], [vote for vote in votes if vote.cell.column >= column]
    tables = tuple(map(_spoken_for, sides))
    if not all(tables) or tables[0] & tables[1]:
        return None
    others = zip(sides, reversed(tables), strict=True)
    return sum(vote.tables.get(table, 0.0) for side, strange in others for vote in side for table in strange)


def _continuation(catalog: Catalog, grid: Grid, before: list[Segment]) -> Iterator[Segment]:
    """What a grid adds to the table before it, though its own labels are too few to speak for that.

    The last row of a table on a new page; or nothing but values behind the bare headings of a table whose rows have no
    labels (表四).
    """
    if not before:
        return
    table, grid_before = before[0].table, before[0].lattice.grid
    known = [label_key(cell.text) for cell in grid.cells if label_key(cell.text) in _index(catalog)]
    if known and all(table in _index(catalog)[key] for key in known):
        yield Segment(Lattice(grid), table, 0, grid.rows)
    elif not known and table in _without_row_labels(catalog) and grid.columns == grid_before.columns:
        only_headings = not any(is_value(catalog, cell) for cell in grid_before.cells)
        if only_headings and all(is_value(catalog, cell) or not cell.text.strip() for cell in grid.cells):
            yield Segment(Lattice(grid), table, 0, grid.rows)


def _votes(catalog: Catalog, grid: Grid) -> list[_Vote]:
    texts = [cell for cell in grid.cells if len(cell.text) <= _LONGEST_LABEL and not cell.text.isdigit() and cell.text.strip()]
    if len(grid.cells) > _SMALL and not any(label_key(cell.text) in _index(catalog) for cell in texts):
        return []
    return [_Vote(cell, tables) for cell in texts if (tables := tables_named(catalog, cell.text))]


@lru_cache(maxsize=65536)
def tables_named(catalog: Catalog, text: str) -> dict[str, float]:
    """For which tables a text speaks, and how much: 1 shared among the tables that have this label, half where it is damaged."""
    key = label_key(text)
    index = _index(catalog)
    if not key or key.isdigit():
        return {}
    if key in index:
        return {table: 1 / len(index[key]) for table in index[key]}
    if len(key) < 3:
        return {}
    match = process.extractOne(key, list(index), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return {table: 0.5 / len(index[match[0]]) for table in index[match[0]]} if match else {}


@lru_cache(maxsize=8)
def _index(catalog: Catalog) -> dict[str, frozenset[str]]:
    """For which tables a wording speaks. Of a list only its rows do: any table of a place is headed 部门, 数量, 合计."""
    index: dict[str, set[str]] = {}
    for label in catalog.labels:
        if catalog.is_list(label.form, label.table) and (label.axis == "column" or label.role == "corner"):
            continue
        for text in label.texts:
            index.setdefault(label_key(text), set()).add(label.table)
    return {key: frozenset(tables) for key, tables in index.items()}


@lru_cache(maxsize=8)
def _without_row_labels(catalog: Catalog) -> frozenset[str]:
    return frozenset(catalog.table_ids) - {field.table for field in catalog.fields if field.row}
