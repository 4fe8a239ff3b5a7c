"""Columns that hold figures and are not understood: among or behind those that are, or under headings that are damaged."""

from __future__ import annotations

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.labels import Vocabulary
from pipeline.normalise.tables.rows import Block, LogicalColumn
from pipeline.normalise.tables.segments import is_value
from pipeline.readers.model import GridCell


def strange_columns(catalog: Catalog, words: Vocabulary, block: Block) -> list[int]:
    """The places (from 0) of the columns of a block that hold values among or behind the understood ones and are not understood.

    Without a heading of its own, a text with a digit is enough: it may be a damaged number.
    """
    return [number for number, column in enumerate(block.columns) if _is_strange(catalog, words, block, column)]


def strange_cell(catalog: Catalog, words: Vocabulary, block: Block, column: LogicalColumn) -> GridCell | None:
    """The first cell of a column that may be a figure."""
    lattice = block.segment.lattice
    cells = (cell for row, _ in block.data_rows for cell in lattice.between(row, column.first, column.last) if cell.row == row)
    return next((cell for cell in cells if cell.column >= column.first and _may_be_value(catalog, words, column, cell)), None)


def _is_strange(catalog: Catalog, words: Vocabulary, block: Block, column: LogicalColumn) -> bool:
    if column.label is not None or (column.last <= block.first_value_column(catalog) and not _is_two(words, column)):
        return False
    return strange_cell(catalog, words, block, column) is not None


def _may_be_value(catalog: Catalog, words: Vocabulary, column: LogicalColumn, cell: GridCell) -> bool:
    headless = not column.path or words.knows(column.path[-1], "group") or _is_two(words, column)
    return is_value(catalog, cell) or (headless and any(letter.isdigit() for letter in cell.text))


def _is_two(words: Vocabulary, column: LogicalColumn) -> bool:
    return bool(column.path) and words.holds_two(column.path[-1], "column")
