"""Ways in which tables get damaged, as transformations of printed tables that carry their figures along.

Each takes a random source and a table and gives the damaged table; what is right for a cell is still what its key says.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.reports.layout import PrintedCell, PrintedTable

Damage = Callable[[Random, PrintedTable], PrintedTable]
_LETTERS = "的一行政公开信息申请不其他年数量本新增减总计结果维持属于"
_FOREIGN = ("其他主动公开文件", "小计", "其中：网上申请", "其他", "合计", "行政检查", "行政征收", "属于个人隐私", "9.其他情形")


def _with_rows(table: PrintedTable, rows: list[list[PrintedCell]]) -> PrintedTable:
    width = max((sum(cell.column_span for cell in row) for row in rows), default=0)
    return replace(table, rows=tuple(map(tuple, rows)), columns=max(table.columns, width))


def _rows(table: PrintedTable) -> list[list[PrintedCell]]:
    return [list(row) for row in table.rows]


def _each_label(table: PrintedTable, change: Callable[[str], str]) -> PrintedTable:
    return _with_rows(table, [[cell if cell.key else replace(cell, text=change(cell.text)) for cell in row] for row in table.rows])


def _first_data_row(table: PrintedTable) -> int:
    return next(number for number, row in enumerate(table.rows) if any(cell.key for cell in row))


def row_spans_lost(random: Random, table: PrintedTable) -> PrintedTable:
    """Cells merged downwards are there once; the rows below move to the left."""
    return _with_rows(table, [[replace(cell, row_span=1) for cell in row] for row in table.rows])


def label_row_spans_lost(random: Random, table: PrintedTable) -> PrintedTable:
    """The same below the headings only."""
    head = _first_data_row(table)
    return _with_rows(
        table, [[replace(cell, row_span=1) if number >= head else cell for cell in row] for number, row in enumerate(table.rows)]
    )


def column_spans_lost(random: Random, table: PrintedTable) -> PrintedTable:
    """Cells merged sideways take one column."""
    return replace(_with_rows(table, [[replace(cell, column_span=1) for cell in row] for row in table.rows]), columns=table.columns)


def a_cell_left_out(random: Random, table: PrintedTable) -> PrintedTable:
    """One cell is missing, of the headings, the labels or the figures."""
    rows = _rows(table)
    row = random.choice([row for row in rows if len(row) > 1])
    del row[random.randrange(len(row))]
    return _with_rows(table, rows)


def a_cell_too_many(random: Random, table: PrintedTable) -> PrintedTable:
    """One cell more than there should be, empty or with a digit."""
    rows = _rows(table)
    row = random.choice(rows)
    row.insert(random.randrange(len(row) + 1), PrintedCell(random.choice(("", "", "5"))))
    return _with_rows(table, rows)


def a_number_in_two_cells(random: Random, table: PrintedTable) -> PrintedTable:
    """A figure is cut into two cells."""
    rows = _rows(table)
    places = [(row, number) for row in rows for number, cell in enumerate(row) if cell.key and len(cell.text) > 1]
    row, number = random.choice(places)
    cell = row[number]
    row[number : number + 1] = [replace(cell, text=cell.text[:1]), PrintedCell(cell.text[1:])]
    return _with_rows(table, rows)


def two_values_merged(random: Random, table: PrintedTable) -> PrintedTable:
    """Two neighbouring figures share a cell, which shows the first or both."""
    rows = _rows(table)
    places = [(row, number) for row in rows for number in range(len(row) - 1) if row[number].key and row[number + 1].key]
    if not places:
        return table
    row, number = random.choice(places)
    first, second = row[number], row[number + 1]
    text = random.choice((first.text, f"{first.text}\n{second.text}"))
    row[number : number + 2] = [PrintedCell(text, 1, first.column_span + second.column_span)]
    return _with_rows(table, rows)


def letters_damaged(random: Random, table: PrintedTable) -> PrintedTable:
    """Letters of labels are lost, exchanged or added."""
    share, letters = random.choice((0.05, 0.3, 1)), random.choice((1, 2, 3))

    def damage(text: str) -> str:
        if not text or random.random() > share:
            return text
        for _ in range(letters):
            place = random.randrange(len(text) + 1)
            text = text[:place] + random.choice((*_LETTERS, "", "", "")) + text[place + random.choice((0, 1)) :]
        return text

    return _each_label(table, damage)


def labels_cut_short(random: Random, table: PrintedTable) -> PrintedTable:
    """Labels end too early."""
    share = random.choice((0.05, 0.3, 1))
    return _each_label(table, lambda text: text[: random.randint(1, len(text))] if text and random.random() < share else text)


def labels_blank(random: Random, table: PrintedTable) -> PrintedTable:
    """Labels are not there."""
    share = random.choice((0.05, 0.3))
    return _each_label(table, lambda text: "" if random.random() < share else text)


def a_label_twice(random: Random, table: PrintedTable) -> PrintedTable:
    """One label stands in the place of another."""
    labels = sorted({cell.text for row in table.rows for cell in row if not cell.key and cell.text})
    old, new = random.choice(labels), random.choice(labels)
    return _each_label(table, lambda text: new if text == old else text)


def a_foreign_row(random: Random, table: PrintedTable) -> PrintedTable:
    """A row that the form does not have, somewhere between rows without merged cells."""
    rows = _rows(table)
    head = _first_data_row(table)
    values = [PrintedCell(str(random.randint(900, 1900))) for _ in range(table.columns - table.label_columns)]
    row = [PrintedCell(random.choice(_FOREIGN), 1, max(table.label_columns, 1)), *values][: table.columns]
    place = random.choice([head, len(rows)])
    return _with_rows(table, [*rows[:place], row, *rows[place:]])


def a_row_left_out(random: Random, table: PrintedTable) -> PrintedTable:
    """A row without merged cells is missing."""
    rows = _rows(table)
    places = [number for number, row in enumerate(rows) if all(cell.row_span == 1 for cell in row)]
    del rows[random.choice(places)]
    return _with_rows(table, rows)


def headings_missing(random: Random, table: PrintedTable) -> PrintedTable:
    """Heading rows are missing from above."""
    return replace(table, rows=table.rows[_first_data_row(table) :])


DAMAGES: dict[str, Damage] = {
    damage.__name__: damage
    for damage in (
        row_spans_lost,
        label_row_spans_lost,
        column_spans_lost,
        a_cell_left_out,
        a_cell_too_many,
        a_number_in_two_cells,
        two_values_merged,
        letters_damaged,
        labels_cut_short,
        labels_blank,
        a_label_twice,
        a_foreign_row,
        a_row_left_out,
        headings_missing,
    )
}
