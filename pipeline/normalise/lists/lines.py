"""The rows of a list: what names each one, and the cells behind the name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.lists.marks import Marked, marked
from pipeline.normalise.tables.labels import Vocabulary
from pipeline.normalise.tables.lattice import Lattice
from pipeline.normalise.tables.segments import Segment, is_value
from pipeline.normalise.wording import compact
from pipeline.readers.model import GridCell

_ENOUGH = 2  # cells of a sort from which a column is one of labels, or of units and figures


@dataclass(frozen=True)
class Band:
    """The columns first..last-1 of a grid with one list; two of them stand side by side. The data begin at column `data`."""

    segment: Segment
    first: int
    last: int
    data: int

    @property
    def lattice(self) -> Lattice:
        """The grid of the band."""
        return self.segment.lattice


@dataclass(frozen=True)
class ListLine:
    """A row of a list. label is None where nothing names it; above: merged cells that name its group; cells: those behind the name."""

    band: Band
    row: int
    label: GridCell | None
    marked: Marked
    above: tuple[str, ...]
    unit: str
    cells: tuple[GridCell, ...]


def rows_named(words: Vocabulary, text: str) -> tuple[Label, ...]:
    """The labels of rows that a bare text names."""
    return tuple(label for label in words.named(text) if label.axis == "row") if text else ()


def bands_of(catalog: Catalog, words: Vocabulary, segment: Segment) -> list[Band]:
    """The lists of a segment from left to right: a new one begins at a column of labels behind a column of units or figures."""
    lattice = segment.lattice
    labels, data = [0] * lattice.grid.columns, [0] * lattice.grid.columns
    for row in range(segment.first, segment.last):
        for cell in lattice.begun_in(row):
            if cell.text.strip():
                kind = data if is_data(catalog, cell) else labels if names_a_row(catalog, words, cell) else None
                if kind is not None:
                    kind[cell.column] += 1
    named = [column for column, hits in enumerate(labels) if hits >= _ENOUGH and hits >= data[column]]
    if not named:
        named = [max(range(len(labels)), key=lambda column: labels[column])] if any(labels) else []
    starts: list[int] = []
    for column in named:
        if not starts or any(data[other] >= _ENOUGH and data[other] > labels[other] for other in range(starts[-1] + 1, column)):
            starts.append(column)
    ends = [*starts[1:], lattice.last] if starts else []
    bands = []
    for number, (start, end) in enumerate(zip(starts, ends, strict=True)):
        behind = [column for column in range(start + 1, end) if data[column] and data[column] > labels[column]]
        bands.append(Band(segment, start if number else lattice.first, end, min(behind, default=end)))
    return bands


def lines_of(catalog: Catalog, words: Vocabulary, band: Band) -> Iterator[ListLine]:
    """The rows of a band that hold anything, headings and lines for signatures left out."""
    for row in range(band.segment.first, band.segment.last):
        cells = [cell for cell in band.lattice.between(row, band.first, band.last) if band.first <= cell.column]
        if not is_heading(catalog, words, cells) and any(cell.text.strip() for cell in cells if cell.row == row):
            yield _line(catalog, words, band, row, cells)


def is_heading(catalog: Catalog, words: Vocabulary, cells: list[GridCell]) -> bool:
    """Whether cells head columns, or are furniture: words of both, and none that names a row."""
    known = [label for cell in cells for label in words.named(marked(catalog, cell.text).text)]
    rows = [label for label in known if label.axis == "row" and label.role != "corner"]
    return bool(known) and not rows


def is_data(catalog: Catalog, cell: GridCell) -> bool:
    """Whether a cell holds a value or nothing but a unit."""
    return is_value(catalog, cell) or is_unit(catalog, cell.text)


def is_unit(catalog: Catalog, text: str) -> bool:
    """Whether a text is nothing but a unit."""
    return compact(text) in _units(catalog)


def names_a_row(catalog: Catalog, words: Vocabulary, cell: GridCell) -> bool:
    """Whether a cell holds the label of a row."""
    return any(label.role != "corner" for label in rows_named(words, marked(catalog, cell.text).text))


def _line(catalog: Catalog, words: Vocabulary, band: Band, row: int, cells: list[GridCell]) -> ListLine:
    labels: list[GridCell] = []
    behind: list[GridCell] = []
    for cell in cells:
        if behind or (cell.column >= band.data and (labels or cell.column > band.data)) or (labels and is_data(catalog, cell)):
            behind.append(cell)
        elif cell.text.strip() and not is_data(catalog, cell):
            labels.append(cell)
    own = [cell for cell in labels if cell.row == row and not _is_shared(band, cell)]
    label = own[-1] if own and own[-1] is labels[-1] else None
    above = tuple(cell.text for cell in reversed(labels) if cell is not label)
    units = [cell.text for cell in behind if is_unit(catalog, cell.text)]
    taken = marked(catalog, label.text) if label and not _names_several(catalog, words, label) else Marked("", 0, None, False, "")
    return ListLine(band, row, label, taken, above, (units or [taken.unit])[0], tuple(behind))


def _names_several(catalog: Catalog, words: Vocabulary, cell: GridCell) -> bool:
    """Whether several rows are printed in one cell, a line each: their figures stand in one cell too."""
    lines = cell.text.splitlines()
    return len(lines) > 1 and sum(bool(rows_named(words, marked(catalog, line).text)) for line in lines) > 1


def _is_shared(band: Band, cell: GridCell) -> bool:
    """Whether a label reaches over several rows that have cells of their own."""
    rows = range(cell.row + 1, min(cell.row + cell.row_span, band.segment.last))
    return any(other.text.strip() for row in rows for other in band.lattice.begun_in(row))


@lru_cache(maxsize=8)
def _units(catalog: Catalog) -> frozenset[str]:
    return frozenset(compact(unit.unit) for unit in catalog.units)
