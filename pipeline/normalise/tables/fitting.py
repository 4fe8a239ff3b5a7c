"""Which cell of a data row stands under which heading, and whether that is certain.

A row stands straight where it is cut as its headings are. A row that has lost cells (merged cells that were dropped, a
value left out) has slipped: then the order of its cells decides, where it has exactly one for each heading, else nothing.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.normalise.tables.rows import Block, LogicalColumn
from pipeline.normalise.tables.segments import is_value
from pipeline.normalise.wording import compact
from pipeline.readers.model import GridCell

_ENOUGH_ROWS = 60  # of a block, to tell how many cells its rows have
_NEARLY_ALL = 0.9


class Fitted(NamedTuple):
    """A column and the cell that stands under it (None: no cell at all); not legible where that is not certain."""

    column: LogicalColumn
    cell: GridCell | None
    legible: bool


def label_cells(catalog: Catalog, block: Block, row: int) -> list[GridCell]:
    """The printed labels of a data row: texts left of the data that are neither numbers nor units; the last names the row.

    They come from left to right, those merged from above first: where such a cell is too short or too long, a label of
    the row itself stands left of it. Numbers left of the last label are indices of rows; behind it begin the data, even
    where the row has slipped.
    """
    units = _unit_names(catalog)
    cells = [cell for cell in _leading_cells(catalog, block, row) if cell.text.strip()]
    labels = [cell for cell in cells if not is_value(catalog, cell) and compact(cell.text) not in units]
    return sorted(labels, key=lambda cell: cell.row == row)


def unit_cells(catalog: Catalog, block: Block, row: int) -> list[GridCell]:
    """The cells left of the data that hold nothing but a unit."""
    return [cell for cell in _leading_cells(catalog, block, row) if compact(cell.text) in _unit_names(catalog)]


def _leading_cells(catalog: Catalog, block: Block, row: int) -> tuple[GridCell, ...]:
    """The cells of a row in which its labels stand. Where widths are inferred, they are told by the number of headings."""
    lattice = block.segment.lattice
    if lattice.grid.spans == "inferred":
        cells = lattice.begun_in(row)
        behind = len(cells) - _headings(block)
        if behind > 0 and cells[behind - 1].text.strip() and not is_value(catalog, cells[behind - 1]):
            return cells[:behind]
    return lattice.between(row, lattice.first, block.first_value_column(catalog))


def _headings(block: Block) -> int:
    return sum(bool(column.path) for column in block.columns)


@lru_cache(maxsize=8)
def _unit_names(catalog: Catalog) -> frozenset[str]:
    return frozenset(unit.unit for unit in catalog.units)


def cells_under(catalog: Catalog, block: Block, row: int, labels: list[GridCell]) -> Iterator[Fitted]:
    """For each understood column the cell of the row that stands under it."""
    under = [_under(block, row, column) for column in block.value_columns]
    end = max((cell.column + cell.column_span for cell in labels), default=block.segment.lattice.first)
    if (
        block.headings_slipped
        or row in block.segment.lattice.grid.slipped
        or _lost_a_cell(block, row)
        or _has_other_cells(catalog, block, row, labels)
        or _is_cut_otherwise(block, row, labels)
    ):
        yield from (item._replace(legible=False) for item in under)
    elif counted := _counted(block, row, labels):
        yield from counted
    elif _stands_straight(catalog, block, row, end) and all(item.cell for item in under):
        yield from under
    elif ordered := _in_order(block, row, end):
        yield from ordered
    else:
        yield from (item._replace(legible=False) for item in under)


def has_lost_cells(block: Block, row: int, labels: list[GridCell]) -> bool:
    """Whether a labelled row has fewer cells than headings stand over them, where widths are inferred: its blank ones were dropped."""
    return block.segment.lattice.grid.spans == "inferred" and bool(labels) and _behind_label(block, row, labels) < _headings(block)


def _stands_straight(catalog: Catalog, block: Block, row: int, end_of_labels: int) -> bool:
    if end_of_labels > block.first_value_column(catalog):
        return False
    between = block.segment.lattice.between(row, end_of_labels, block.first_value_column(catalog))
    return not any(is_value(catalog, cell) for cell in between) and not _is_longer(block, row)


def _is_longer(block: Block, row: int) -> bool:
    """Whether a row alone goes on behind the headings: a cell too many, which may stand anywhere in it.

    It stands at the end where that is blank and every heading has its figure.
    """
    lattice = block.segment.lattice
    headed = max((lattice.edge(number) for number in block.heading_rows), default=lattice.last)
    edge = lattice.edge(row)
    if edge <= headed:
        return False
    usual = Counter(lattice.edge(number) for number, _ in block.data_rows)
    if usual[edge] > 1 and usual[edge] * 2 > len(block.data_rows):
        return False
    behind = any(cell.text.strip() for cell in lattice.between(row, headed, edge))
    blank = any(item.cell is None or not item.cell.text.strip() for item in (_under(block, row, column) for column in block.value_columns))
    return behind or blank


def _counted(block: Block, row: int, labels: list[GridCell]) -> list[Fitted]:
    """The cells behind the label of a row, one for each heading, where widths are inferred; nothing where there are more or fewer."""
    columns = block.value_columns
    cells = block.segment.lattice.begun_in(row)
    leading = len(cells) - len(columns)
    if block.segment.lattice.grid.spans == "stated" or leading < 1 or len(columns) != _headings(block):
        return []
    if not labels or cells[leading - 1] != labels[-1]:
        return []
    return [Fitted(column, cell, True) for column, cell in zip(columns, cells[leading:], strict=True)]


def _has_other_cells(catalog: Catalog, block: Block, row: int, labels: list[GridCell]) -> bool:
    """Whether more cells than headings stand behind the label of a row, where widths are inferred and the first of them may be blank.

    Where a spare column gives most rows as many, the others have lost one. Where every row has all its cells, as copied from
    a sheet, each stands in its place.
    """
    lattice = block.segment.lattice
    if lattice.grid.spans == "stated" or not labels:
        return False
    rows = [number for number, _ in block.data_rows][:_ENOUGH_ROWS]
    if len({len(lattice.begun_in(number)) for number in [*block.heading_rows[-1:], *rows]}) == 1:
        return False
    surplus = _behind_label(block, row, labels) - _headings(block)
    usual, times = Counter(_behind_label(block, number, label_cells(catalog, block, number)) for number in rows).most_common(1)[0]
    most = usual - _headings(block) if times * 2 > len(rows) else 0
    return surplus != most and (surplus > 0 or most > 0)


def _behind_label(block: Block, row: int, labels: list[GridCell]) -> int:
    end = max((cell.column + cell.column_span for cell in labels), default=block.segment.lattice.first)
    return sum(cell.column >= end for cell in block.segment.lattice.begun_in(row))


def _lost_a_cell(block: Block, row: int) -> bool:
    """Whether a row is shorter than nearly all others, headings included: merged cells left empty ones there, and this row has one less."""
    lattice = block.segment.lattice
    if lattice.grid.spans == "stated":
        return False
    lengths = [len(lattice.begun_in(number)) for number in (*block.heading_rows, *(number for number, _ in block.data_rows))]
    return len(lattice.begun_in(row)) < max(lengths) and lengths.count(max(lengths)) > _NEARLY_ALL * len(lengths)


def _is_cut_otherwise(block: Block, row: int, labels: list[GridCell]) -> bool:
    """Whether a row without a label is cut otherwise than its headings, where widths are inferred: nothing tells where a cell is lost."""
    lattice = block.segment.lattice
    if lattice.grid.spans == "stated" or labels or not block.heading_rows:
        return False
    return len(lattice.begun_in(row)) not in (_headings(block), len(lattice.begun_in(block.heading_rows[-1])))


def _in_order(block: Block, row: int, end_of_labels: int) -> list[Fitted]:
    """The cells behind the labels in their order, one for each heading; nothing where they are more or fewer.

    Where the first of them is blank, it may belong to the labels.
    """
    columns = block.value_columns
    lattice = block.segment.lattice
    rest = [cell for cell in lattice.begun_in(row) if cell.column >= end_of_labels]
    if not rest or len(rest) != len(columns) or len(columns) != _headings(block):
        return []
    if any(_is_shared_by_rows(block, row, cell) for cell in rest):
        return []
    if not rest[0].text.strip() and any(cell.text.strip() for cell in rest):
        return []
    return [Fitted(column, cell, True) for column, cell in zip(columns, rest, strict=True)]


def _under(block: Block, row: int, column: LogicalColumn) -> Fitted:
    """The one cell of a row under a column; not legible where there are several, or one that is shared.

    Blank cells beside it count only where the widths of headings are inferred, and may be wrong.
    """
    lattice = block.segment.lattice
    cells = lattice.between(row, column.first, column.last)
    printed = [cell for cell in cells if cell.text.strip()] if lattice.grid.spans == "stated" else list(cells)
    if not printed:
        return Fitted(column, cells[0] if cells else None, bool(cells))
    cell = printed[0]
    end = cell.column + cell.column_span
    shared = (cell.column < column.first or end > column.last) and any(
        other.first < end and cell.column < other.last for other in block.value_columns if other is not column
    )
    return Fitted(column, cell, len(printed) == 1 and not shared and not _is_shared_by_rows(block, row, cell))


def _is_shared_by_rows(block: Block, row: int, cell: GridCell) -> bool:
    return cell.row_span > 1 and any(other != row and cell.row <= other < cell.row + cell.row_span for other, _ in block.data_rows)
