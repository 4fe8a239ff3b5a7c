"""The row of values of a table that has headings only (表四: fifteen headings, one row of numbers)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.rows import Block
from pipeline.normalise.tables.values import read_value

BlockRow = tuple[Block, int]

_LONGEST_NUMBERING = 3  # columns numbered 1, 2, 3 … from which a row is taken for a numbering and not for values


def the_row_of_values(catalog: Catalog, rows: Sequence[BlockRow]) -> tuple[BlockRow | None, list[BlockRow]]:
    """The row that holds the values, or None where that is open, and the rows with values that are not taken.

    Notes, numberings of the columns and page numbers are no values. Without any value the first row that is cut as its
    headings are stands for the table, all blank.
    """
    with_values = [item for item in rows if _values(catalog, item) > 1 and not _is_numbering(catalog, item)]
    if len(with_values) == 1:
        others = [item for item in rows if item != with_values[0] and _values(catalog, item) == 1]
        return with_values[0], others
    if with_values:
        return None, with_values
    blank = next((item for item in rows if _values(catalog, item) == 0 and _is_cut_as_headed(item)), None)
    lone = [item for item in rows if _values(catalog, item) == 1]
    if len(lone) == 1 and _is_cut_as_headed(lone[0]):
        return lone[0], []
    return (None, lone) if lone else (blank, [])


def _values(catalog: Catalog, item: BlockRow) -> int:
    block, row = item
    cells = block.segment.lattice.begun_in(row)
    return sum(read_value(catalog, cell.text).state in ("number", "not_applicable") for cell in cells)


def _is_numbering(catalog: Catalog, item: BlockRow) -> bool:
    block, row = item
    numbers = [value.number for cell in block.segment.lattice.begun_in(row) if (value := read_value(catalog, cell.text)).number is not None]
    return len(numbers) > _LONGEST_NUMBERING and all(after - before == 1 for before, after in pairwise(numbers))


def _is_cut_as_headed(item: BlockRow) -> bool:
    block, row = item
    cells = [block.segment.lattice.at(row, column.first) for column in block.value_columns]
    return None not in cells and len({(cell.row, cell.column) for cell in cells if cell}) == len(cells)
