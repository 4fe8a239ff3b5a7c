"""Headings whose places are lost: 自然人, 法人或其他组织, 总计 on one line, 商业企业 … 其他 below.

A browser copies a table so, without merged cells; and in a page a colspan may be wrong. The order of the cells alone
does not say which of them the lower line divides; the form does, where the lines hold exactly its headings in their order.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.normalise.wording import label_key
from pipeline.readers.model import Grid, GridCell

_NEARLY_ALL = 0.8


class Heading(NamedTuple):
    """A heading of the form: its wordings, its first leaf column, over how many leaves and lines it reaches."""

    wordings: frozenset[str]
    column: int
    columns: int
    rows: int


Layout = tuple[tuple[Heading, ...], ...]  # by line


def unfolded(catalog: Catalog, grid: Grid) -> Grid:
    """The grid with such headings over the columns that they head; any other grid as it is.

    The columns are counted from the right. Where the source states them, headings are moved only if they do not stand as
    the form has them, and only if nearly every row below has one cell for each of them from the first heading on.
    """
    rows: list[list[GridCell]] = [[] for _ in range(grid.rows)]
    for cell in grid.cells:
        rows[cell.row].append(cell)
    if grid.spans == "stated":
        return _straightened(catalog, grid, rows)
    for start, layout in _found(catalog, rows):
        width = _width(layout)
        if width <= grid.columns:
            for number, headings in enumerate(layout, start=start):
                rows[number] = list(_placed(rows[number], headings, number, grid.columns - width))
    return replace(grid, cells=tuple(cell for row in rows for cell in row))


def _straightened(catalog: Catalog, grid: Grid, rows: list[list[GridCell]]) -> Grid:
    moved = False
    printed = [[cell for cell in row if cell.text.strip()] for row in rows]
    for start, layout in _found(catalog, printed):
        end = start + len(layout)
        first = printed[start][0].column
        straight = [
            list(_placed(cells, headings, number, first))[1 if first else 0 :]
            for number, (cells, headings) in enumerate(zip(printed[start:end], layout, strict=True), start=start)
        ]
        if all(_same_places(*pair) for pair in zip(straight, printed[start:end], strict=True)):
            continue
        behind = [[cell.column - first for cell in row if cell.column >= first] for row in rows[end:]]
        if not behind or behind.count(list(range(_width(layout)))) < _NEARLY_ALL * len(behind):
            continue
        for number, cells in enumerate(straight, start=start):
            rows[number] = [cell for cell in rows[number] if cell.column + cell.column_span <= first] + cells
        moved = True
    return replace(grid, cells=tuple(cell for row in rows for cell in row)) if moved else grid


def _same_places(some: Sequence[GridCell], others: Sequence[GridCell]) -> bool:
    return [(cell.column, cell.column_span) for cell in some] == [(cell.column, cell.column_span) for cell in others]


def _width(layout: Layout) -> int:
    return sum(heading.columns for heading in layout[0])


def _found(catalog: Catalog, rows: Sequence[Sequence[GridCell]]) -> Iterator[tuple[int, Layout]]:
    """The layouts of the forms that stand in the rows, with the row at which they begin."""
    keys = [[label_key(cell.text) for cell in row] for row in rows]
    for layout in _layouts(catalog):
        for start in range(len(rows) - len(layout) + 1):
            if all(_same(keys[start + line], headings) for line, headings in enumerate(layout)):
                yield start, layout


def _same(keys: Sequence[str], headings: Sequence[Heading]) -> bool:
    return len(keys) == len(headings) and all(key in heading.wordings for key, heading in zip(keys, headings, strict=True))


def _placed(cells: Sequence[GridCell], headings: Sequence[Heading], row: int, labels: int) -> Iterator[GridCell]:
    """The cells of a line over their columns, behind an empty cell over the labels of the rows."""
    if labels:
        yield GridCell(row, 0, "", 1, labels)
    for cell, heading in zip(cells, headings, strict=True):
        yield replace(cell, column=labels + heading.column, row_span=heading.rows, column_span=heading.columns)


@lru_cache(maxsize=8)
def _layouts(catalog: Catalog) -> tuple[Layout, ...]:
    """The headings of every table whose columns have groups, line by line, each layout once."""
    layouts = [heading_lines(catalog.labels_of(row.form, row.table)) for row in catalog.form_tables]
    return tuple(dict.fromkeys(layout for layout in layouts if len(layout) > 1))


def heading_lines(labels: Sequence[Label]) -> Layout:
    """Groups over their items, an item without a group reaching down to the last line."""
    columns = {label.label: label for label in labels if label.axis == "column"}
    paths = [tuple(_path(label, columns)) for label in columns.values() if label.role == "item"]
    depth = max(map(len, paths), default=0)
    lines: list[tuple[Heading, ...]] = []
    for line in range(depth):
        first = {path[: line + 1]: place for place, path in reversed(list(enumerate(paths))) if len(path) > line}
        widths = Counter(path[: line + 1] for path in paths)
        headings = [
            Heading(frozenset(map(label_key, columns[path[-1]].texts)), place, widths[path], depth - line if path in paths else 1)
            for path, place in sorted(first.items(), key=lambda item: item[1])
        ]
        lines.append(tuple(headings))
    return tuple(lines)


def _path(label: Label, columns: Mapping[str, Label]) -> Iterator[str]:
    """The ids of the groups over a label, the outermost first, and its own."""
    if label.parent:
        yield from _path(columns[label.parent], columns)
    yield label.label
