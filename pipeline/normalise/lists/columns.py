"""Which column of a list holds its figures, where there are several: 合计 beside 本级 and 下级, 当年 beside 历年累计."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.lists.lines import Band, ListLine, is_unit, names_a_row
from pipeline.normalise.lists.marks import marked
from pipeline.normalise.tables.labels import Vocabulary
from pipeline.normalise.tables.segments import is_value
from pipeline.normalise.tables.values import read_value
from pipeline.normalise.wording import label_key
from pipeline.readers.model import GridCell

_UNIT = "unit"  # the furniture over a column of units
_FEW = 0.2  # of the figures in the fullest column: one that has no more is none, its figures stand beside their place
_COUNTED = 5  # rows numbered 1, 2, 3 … from which a column is a numbering
_NOT_OF_THE_YEAR = frozenset({"cumulative", "previous", "growth"})  # beside these the other column is that of the year


@dataclass(frozen=True)
class ValueColumn:
    """A column of figures under `headings`. label: what it is, None where that is open; direct: its own heading says so."""

    column: int
    headings: tuple[str, ...]
    label: Label | None
    direct: bool = True


@dataclass(frozen=True)
class Columns:
    """The columns of a band. ignored: numberings, codes, remarks. cells: how many most rows have behind their label.

    count: the column of the list, None where nobody can tell which it is.
    """

    band: Band
    values: tuple[ValueColumn, ...]
    ignored: frozenset[int]
    count: ValueColumn | None
    cells: int = 0

    @property
    def extra(self) -> tuple[ValueColumn, ...]:
        """The columns that are understood and are not that of the list."""
        beside = (column for column in self.values if self.count is None or column.column != self.count.column)
        return tuple(column for column in beside if column.label is not None and column.label.role == "extra")

    @property
    def strange(self) -> tuple[ValueColumn, ...]:
        """The columns of figures that are not understood."""
        beside = (column for column in self.values if self.count is None or column.column != self.count.column)
        return tuple(column for column in beside if column.label is None or column.label.role != "extra")


def columns_of(catalog: Catalog, words: Vocabulary, band: Band, lines: Sequence[ListLine], before: Columns | None) -> Columns:
    """The columns of a band; without headings of its own (a table that goes on), those of the band before."""
    rows = _heading_rows(catalog, words, band)
    cells = [cell for line in lines if line.label for cell in line.cells if is_value(catalog, cell)]
    filled = Counter(cell.column for cell in cells if _has_digit(cell)) or Counter(cell.column for cell in cells)
    least = max(1.0, max(filled.values(), default=0) * _FEW)
    ignored: set[int] = set()
    values: list[ValueColumn] = []
    for column in range(band.data, band.last):
        over = [cell for row in rows if (cell := band.lattice.at(row, column)) is not None and cell.text.strip()]
        headings = tuple(dict.fromkeys(cell.text for cell in over if cell.column_span < band.last - band.first))
        label, known, direct = _understood(catalog, words, headings)
        of_units = _heads_units(words, headings)
        if of_units and sum(cell.column == column and _has_digit(cell) for cell in cells) <= least:
            continue  # a figure in it is one of a row that has lost its unit; many are those of headings with a cell too many
        if (known and label is None and not of_units) or (label is None and _is_numbering(catalog, lines, column)):
            ignored.add(column)
        elif filled[column] > least or (filled[column] and len(filled) == 1) or (label is not None and _is_headed(filled, over, column)):
            values.append(ValueColumn(column, headings, label, direct))
    if before and not any(column.label for column in values):
        values = _continued(band, values, before)
    values = _without_slipped(band, lines, values)
    usual = Counter(len(line.cells) for line in lines if line.label).most_common(1)
    return Columns(band, tuple(values), frozenset(ignored), _count(words, values), usual[0][0] if usual else 0)


def _has_digit(cell: GridCell) -> bool:
    return any(letter.isdigit() for letter in cell.text)


def _continued(band: Band, values: list[ValueColumn], before: Columns) -> list[ValueColumn]:
    """The columns of the band before, in a band without headings that has as many of them, or as many cells behind its labels."""
    if len(values) == len(before.values):
        return [replace(old, column=new.column) for new, old in zip(values, before.values, strict=True)]
    shift = band.data - before.band.data
    as_wide = band.last - band.data == before.band.last - before.band.data
    return [replace(old, column=old.column + shift) for old in before.values] if as_wide else values


def _heads_units(words: Vocabulary, headings: Sequence[str]) -> bool:
    return any(label.label == _UNIT for text in headings[-1:] for label in words.named(text))


def _without_slipped(band: Band, lines: Sequence[ListLine], values: list[ValueColumn]) -> list[ValueColumn]:
    """The columns less those that no row reaches, where one column is left that has to be theirs."""
    reached = [column for column in values if any(band.lattice.at(line.row, column.column) in line.cells for line in lines)]
    return [replace(reached[0], label=None, headings=())] if len(reached) == 1 < len(values) and reached[0].label is None else values


def _count(words: Vocabulary, values: Sequence[ValueColumn]) -> ValueColumn | None:
    """The column of the list: the one that says so, or the only one that does not say that it is another."""
    named = [column for column in values if column.label is not None and column.label.role == "item"]
    if named:
        named = [column for column in named if column.direct] or named
        return named[0] if len(named) == 1 else None
    others = {column.label.label for column in values if column.label is not None}
    own = [column for column in values if column.label is None] if others <= _NOT_OF_THE_YEAR else []
    if not own and others == {"own"}:
        own = list(values)  # the only figures that the report has
    return replace(own[0], label=words.of("column", "item")[0]) if len(own) == 1 else None


def _heading_rows(catalog: Catalog, words: Vocabulary, band: Band) -> list[int]:
    """The rows above the first row of the list, also those above its segment; rows that hold figures are none."""
    found: list[int] = []
    for row in range(band.segment.last):
        cells = band.lattice.begun_in(row)
        if any(names_a_row(catalog, words, cell) for cell in cells if band.first <= cell.column < band.data):
            break
        if not any(_is_figure(catalog, cell) for cell in cells if band.first <= cell.column < band.last):
            found.append(row)
    return found


def _is_figure(catalog: Catalog, cell: GridCell) -> bool:
    return is_value(catalog, cell) and not is_unit(catalog, cell.text)


def _is_headed(filled: Counter[int], over: Sequence[GridCell], column: int) -> bool:
    """Whether a column is the one that its heading is for: the fullest below it, the first where all are blank."""
    below = range(over[-1].column, over[-1].column + over[-1].column_span)
    return column == max(below, key=lambda other: (filled[other], -other))


def _understood(catalog: Catalog, words: Vocabulary, headings: Sequence[str]) -> tuple[Label | None, bool, bool]:
    """What the innermost known heading says of a column, whether any is known, and whether it is the innermost of all.

    Furniture is known and means nothing.
    """
    for depth, text in enumerate(reversed(headings)):
        bare = marked(catalog, text).text
        named = words.named(bare)
        columns = [label for label in named if label.axis == "column"] or _ending(words, bare)
        if columns or any(label.role == "corner" for label in named) or is_unit(catalog, text):
            return (columns[0] if columns else None), True, depth == 0
    return None, False, False


def _ending(words: Vocabulary, text: str) -> list[Label]:
    """The labels of columns with whose wording a heading ends: 沐云区本级."""
    key = label_key(text)
    return [label for label in words.of("column", "item", "extra") if any(key.endswith(label_key(known)) for known in label.texts)]


def _is_numbering(catalog: Catalog, lines: Sequence[ListLine], column: int) -> bool:
    """Whether the rows are numbered in a column: 1, 2, 3 and so on."""
    cells = [cell for line in lines for cell in line.cells if cell.column == column]
    numbers = [value.number for cell in cells if (value := read_value(catalog, cell.text)).number is not None]
    return len(numbers) >= _COUNTED and numbers[0] == 1 and all(after - before == 1 for before, after in pairwise(numbers))
