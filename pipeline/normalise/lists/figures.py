"""Which cell of a row is its figure, and whether that is certain."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.lists.columns import Columns, ValueColumn
from pipeline.normalise.lists.lines import ListLine, is_unit
from pipeline.normalise.tables.segments import is_value
from pipeline.readers.model import GridCell


def figure_under(catalog: Catalog, line: ListLine, columns: Columns, column: ValueColumn) -> tuple[GridCell | None, bool]:
    """The cell of a row in one of the columns of figures (None: no cell), and whether that is certain.

    It is not where several figures stand where one is due, where the cell is shared with other rows or columns, and where
    the row has no cell there at all: it may be blank, or it may have lost its figure.
    """
    if line.band.lattice.grid.spans == "inferred":
        return _in_order(catalog, line, columns, column)
    cell = line.band.lattice.at(line.row, column.column)
    elsewhere = _elsewhere(catalog, line, columns)
    if cell is not None and cell.text.strip() and cell in line.cells and not is_unit(catalog, cell.text):
        return cell, not elsewhere and not _is_shared(columns, cell)
    if cell is None and len(columns.values) == len(elsewhere) == 1:  # the row has lost a cell
        return elsewhere[0], True
    return (cell if cell in line.cells else None), cell is not None and not elsewhere and not is_unit(catalog, cell.text)


def _elsewhere(catalog: Catalog, line: ListLine, columns: Columns) -> list[GridCell]:
    """The figures of a row in none of its columns."""
    own = {column.column for column in columns.values}
    return [
        cell
        for cell in line.cells
        if is_value(catalog, cell) and _has_digit(cell)
        if cell.column not in columns.ignored and not own & set(range(cell.column, cell.column + cell.column_span))
    ]


def _is_shared(columns: Columns, cell: GridCell) -> bool:
    """Whether a cell stands in several columns of figures, or in several rows."""
    return cell.row_span > 1 or sum(cell.column <= column.column < cell.column + cell.column_span for column in columns.values) > 1


def _in_order(catalog: Catalog, line: ListLine, columns: Columns, column: ValueColumn) -> tuple[GridCell | None, bool]:
    """Where only the order of cells is certain: one for each column behind the unit."""
    order = [one.column for one in columns.values]
    if _ends_early(line, columns) or len(_without_blank_end(line.cells, columns.cells)) > columns.cells:
        return None, False
    cells = [cell for cell in line.cells if not is_unit(catalog, cell.text) and cell.column not in columns.ignored]
    if len(cells) > len(order) and cells[0].column < order[0] and not _has_digit(cells[0]):
        cells = cells[1:]  # a sign or a blank in the place of a unit
    cells = _without_blank_end(cells, len(order))
    return (cells[order.index(column.column)], True) if len(cells) == len(order) else (None, False)


def _ends_early(line: ListLine, columns: Columns) -> bool:
    """Whether what stands in the numbering or remark of a row may be its figure: the row has fewer cells than the headings."""
    aside = any(cell.column in columns.ignored and _has_digit(cell) for cell in line.cells)
    return aside and max(cell.column for cell in line.cells) < max(one.column for one in columns.values)


def _has_digit(cell: GridCell) -> bool:
    return any(letter.isdigit() for letter in cell.text)


def _without_blank_end(cells: Sequence[GridCell], wanted: int) -> list[GridCell]:
    """The cells less blank ones at their end, as many as there are too many of them."""
    kept = list(cells)
    while len(kept) > wanted and not kept[-1].text.strip():
        kept = kept[:-1]
    return kept
