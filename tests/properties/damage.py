"""What can have happened to a printed table: rows and columns lost, exchanged or doubled, labels damaged or gone, stray numbers.

Each function draws where it strikes. The figures keep their keys, so that what is still printed is known.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.reports.layout import PrintedCell, PrintedTable

Placed = dict[tuple[int, int], PrintedCell]


def lost_row(table: PrintedTable, random: Random) -> PrintedTable:
    """A row is not there; a cell merged over it is one row shorter."""
    return _without_row(table, random.choice(_figure_rows(table)))


def lost_rows_below(table: PrintedTable, random: Random) -> PrintedTable:
    """The table ends after some row."""
    kept = random.choice(_figure_rows(table))
    while len(table.rows) > kept + 1:
        table = _without_row(table, len(table.rows) - 1)
    return table


def lost_column(table: PrintedTable, random: Random) -> PrintedTable:
    """A column of figures is not there; a cell merged over it is one column narrower."""
    lost = random.randrange(table.label_columns, table.columns)
    placed: Placed = {}
    for (row, column), cell in table.placed().items():
        if column <= lost < column + cell.column_span:
            if cell.column_span > 1:
                placed[row, column] = replace(cell, column_span=cell.column_span - 1)
        else:
            placed[row, column - (column > lost)] = cell
    return _table(table, placed, len(table.rows), table.columns - 1)


def exchanged_rows(table: PrintedTable, random: Random) -> PrintedTable:
    """Two lines of the same build stand in each other's place, label and figures together."""
    placed = table.placed()
    shapes = {
        row: tuple(sorted((column, cell.row_span, cell.column_span) for (top, column), cell in placed.items() if top == row))
        for row in _figure_rows(table)
    }
    first = random.choice(list(shapes))
    second = random.choice([row for row, shape in shapes.items() if shape == shapes[first]])
    moved = {first: second, second: first}
    return _table(table, {(moved.get(row, row), column): cell for (row, column), cell in placed.items()}, len(table.rows), table.columns)


def exchanged_columns(table: PrintedTable, random: Random) -> PrintedTable:
    """Two columns of the same build stand in each other's place, heading and figures together.

    Not where the heading stands over another column as well (the 总计 of two groups): nobody could tell that exchange.
    """
    placed = table.placed()
    columns: dict[int, list[tuple[int, PrintedCell]]] = {}
    for (row, column), cell in placed.items():
        columns.setdefault(column, []).append((row, cell))
    headings = {column: [cell.text for _, cell in cells if cell.key is None][-1:] for column, cells in columns.items()}
    shapes = {
        column: tuple(sorted((row, cell.row_span, cell.column_span) for row, cell in cells))
        for column, cells in columns.items()
        if column >= table.label_columns and list(headings.values()).count(headings[column]) == 1
    }
    if not shapes:
        return table
    first = random.choice(list(shapes))
    second = random.choice([column for column, shape in shapes.items() if shape == shapes[first]])
    moved = {first: second, second: first}
    return _table(table, {(row, moved.get(column, column)): cell for (row, column), cell in placed.items()}, len(table.rows), table.columns)


def damaged_label(table: PrintedTable, random: Random) -> PrintedTable:
    """Some characters of a label are lost."""

    def change(text: str) -> str:
        kept = random.randint(1, len(text))
        places = sorted(random.sample(range(len(text)), kept))
        return "".join(text[place] for place in places)

    return _relabelled(table, random, change)


def foreign_label(table: PrintedTable, random: Random) -> PrintedTable:
    """A label says something that no form knows."""
    return _relabelled(table, random, lambda _: "窗口接待群众来访")


def lost_label(table: PrintedTable, random: Random) -> PrintedTable:
    """The cell of a label is empty."""
    return _relabelled(table, random, lambda _: "")


def borrowed_label(table: PrintedTable, random: Random) -> PrintedTable:
    """A label stands a second time, where another should be."""
    texts = [cell.text for cell in table.placed().values() if cell.key is None and cell.text]
    return _relabelled(table, random, lambda _: random.choice(texts))


def doubled_row(table: PrintedTable, random: Random) -> PrintedTable:
    """A line stands twice, the second time with other figures."""
    plain = [row for row in _figure_rows(table) if all(cell.row_span == 1 for cell in table.rows[row])]
    row = random.choice(plain or [len(table.rows) - 1])
    again = tuple(replace(cell, text=str(random.randint(100, 999)), key=None) if cell.key else cell for cell in table.rows[row])
    placed: Placed = {}
    for (top, column), cell in table.placed().items():
        if top <= row < top + cell.row_span and cell.row_span > 1:
            placed[top, column] = replace(cell, row_span=cell.row_span + 1)
        else:
            placed[top + (top > row), column] = cell
    columns = [column for (top, column) in table.placed() if top == row]
    placed |= {(row + 1, column): cell for column, cell in zip(columns, again, strict=True)}
    return _table(table, placed, len(table.rows) + 1, table.columns)


def stray_number(table: PrintedTable, random: Random) -> PrintedTable:
    """A further column without a heading holds a number in one row."""
    row = random.choice(_figure_rows(table))
    placed = table.placed()
    placed |= {(each, table.columns): PrintedCell("77" if each == row else "") for each in range(len(table.rows))}
    return _table(table, placed, len(table.rows), table.columns + 1)


DAMAGES: dict[str, Callable[[PrintedTable, Random], PrintedTable]] = {
    damage.__name__: damage
    for damage in (
        lost_row,
        lost_rows_below,
        lost_column,
        exchanged_rows,
        exchanged_columns,
        damaged_label,
        foreign_label,
        lost_label,
        borrowed_label,
        doubled_row,
        stray_number,
    )
}


def _figure_rows(table: PrintedTable) -> list[int]:
    return [row for row, cells in enumerate(table.rows) if any(cell.key for cell in cells)]


def _relabelled(table: PrintedTable, random: Random, change: Callable[[str], str]) -> PrintedTable:
    placed = table.placed()
    place = random.choice([place for place, cell in placed.items() if cell.key is None and cell.text])
    placed[place] = replace(placed[place], text=change(placed[place].text))
    return _table(table, placed, len(table.rows), table.columns)


def _without_row(table: PrintedTable, lost: int) -> PrintedTable:
    placed: Placed = {}
    for (row, column), cell in table.placed().items():
        if row <= lost < row + cell.row_span:
            if cell.row_span > 1:
                placed[row, column] = replace(cell, row_span=cell.row_span - 1)
        else:
            placed[row - (row > lost), column] = cell
    return _table(table, placed, len(table.rows) - 1, table.columns)


def _table(table: PrintedTable, placed: Placed, rows: int, columns: int) -> PrintedTable:
    lines: list[list[tuple[int, PrintedCell]]] = [[] for _ in range(rows)]
    for (row, column), cell in placed.items():
        lines[row].append((column, cell))
    cells = tuple(tuple(cell for _, cell in sorted(line, key=lambda item: item[0])) for line in lines)
    return replace(table, rows=cells, columns=columns)
