"""Finding the printed tables of a form among the grids of a document, by what their labels say."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property, lru_cache

from rapidfuzz import fuzz, process

from pipeline.catalog.model import Catalog
from pipeline.normalise.lattice import Lattice
from pipeline.normalise.values import read_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Grid, GridCell

_ALIKE = 75  # per cent of equal letters from which a damaged label still speaks for a table
_ENOUGH = 2.0  # labels that have to speak for a table before rows are taken to belong to it
_LONGEST_LABEL = 120


@dataclass(frozen=True)
class Segment:
    """Consecutive rows first..last-1 of a grid that belong to one printed table."""

    lattice: Lattice
    table: str
    first: int
    last: int

    @cached_property
    def has_content(self) -> bool:
        """Whether anything is printed in the rows."""
        return any(cell.text.strip() for row in range(self.first, self.last) for cell in self.lattice.row(row))


def find_segments(catalog: Catalog, grid: Grid) -> list[Segment]:
    """Cut a grid into the runs of rows that belong to the same printed table; rows that speak for none follow the run above."""
    lattice = Lattice(grid)
    votes = [_votes(catalog, lattice, row) for row in range(grid.rows)]
    total = sum(votes, Counter[str]())
    tables = {table for table, weight in total.items() if weight >= _ENOUGH}
    runs: list[tuple[str | None, int]] = []
    current: str | None = None
    for row, vote in enumerate(votes):
        candidates = {table: weight for table, weight in vote.items() if table in tables}
        if candidates and candidates.get(current or "", 0.0) < max(candidates.values()):
            current = max(candidates, key=lambda table: candidates[table])
        if not runs or runs[-1][0] != current:
            runs.append((current, row))
    ends = [start for _, start in runs[1:]] + [grid.rows]
    return [Segment(lattice, table, start, end) for (table, start), end in zip(runs, ends, strict=True) if table]


def is_value(catalog: Catalog, cell: GridCell) -> bool:
    """Whether a cell holds a number or a sign for nothing, as data cells do."""
    return read_value(catalog, cell.text).state in ("number", "not_applicable")


def _votes(catalog: Catalog, lattice: Lattice, row: int) -> Counter[str]:
    votes: Counter[str] = Counter()
    for cell in lattice.row(row):
        if cell.row == row and cell.text.strip() and len(cell.text) <= _LONGEST_LABEL:
            votes.update(tables_named(catalog, cell.text))
    return votes


@lru_cache(maxsize=65536)
def tables_named(catalog: Catalog, text: str) -> Counter[str]:
    """For which tables a text speaks, and how much: 1 shared among the tables that have this label, half where it is damaged."""
    key = label_key(text)
    index = _index(catalog)
    if not key or key.isdigit():
        return Counter()
    if key in index:
        return Counter({table: 1 / len(index[key]) for table in index[key]})
    if len(key) < 3:
        return Counter()
    match = process.extractOne(key, list(index), scorer=fuzz.ratio, score_cutoff=_ALIKE)
    return Counter({table: 0.5 / len(index[match[0]]) for table in index[match[0]]}) if match else Counter()


@lru_cache(maxsize=8)
def _index(catalog: Catalog) -> dict[str, frozenset[str]]:
    index: dict[str, set[str]] = {}
    for label in catalog.labels:
        for text in label.texts:
            index.setdefault(label_key(text), set()).add(label.table)
    return {key: frozenset(tables) for key, tables in index.items()}
