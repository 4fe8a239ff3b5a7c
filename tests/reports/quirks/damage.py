"""Damage to tables: cells, labels, rows and columns lost, doubled, merged or exchanged. Each draws where it strikes.

What is right for a figure is still what its key says: it comes back right, or it is said that it could not be told.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from tests.reports.layout import PrintedCell, PrintedTable
from tests.reports.quirks.model import Registry
from tests.reports.quirks.setting import each_label, figure_rows, set_placed, set_rows, without_row

DAMAGE = Registry("tables")
_LETTERS = "的一行政公开信息申请不其他年数量本新增减总计结果维持属于"
_FOREIGN = ("其他主动公开文件", "小计", "其中：网上申请", "其他", "合计", "行政检查", "行政征收", "属于个人隐私", "9.其他情形")
_WITH_SPANS = {
    "html",
    "text",
    "doc",
    "docx",
}  # our PDF needs a table without holes, and a sheet says itself under which heading a cell stands


def _rows(table: PrintedTable) -> list[list[PrintedCell]]:
    return [list(row) for row in table.rows]


@DAMAGE.table(keeps="some", containers=_WITH_SPANS)
def row_spans_lost(table: PrintedTable, random: Random) -> PrintedTable:
    """Cells merged downwards are there once, in the headings too; the rows below move to the left."""
    return set_rows(table, [[replace(cell, row_span=1) for cell in row] for row in table.rows])


@DAMAGE.table(keeps="some", containers=_WITH_SPANS)
def column_spans_lost(table: PrintedTable, random: Random) -> PrintedTable:
    """Cells merged sideways take one column."""
    return replace(set_rows(table, [[replace(cell, column_span=1) for cell in row] for row in table.rows]), columns=table.columns)


@DAMAGE.table(keeps="some", containers=_WITH_SPANS)
def a_cell_left_out(table: PrintedTable, random: Random) -> PrintedTable:
    """One cell is missing, of the headings, the labels or the figures."""
    rows = _rows(table)
    longer = [row for row in rows if len(row) > 1]
    if longer:
        row = random.choice(longer)
        del row[random.randrange(len(row))]
    return set_rows(table, rows)


@DAMAGE.table(keeps="some", containers=_WITH_SPANS)
def a_cell_too_many(table: PrintedTable, random: Random) -> PrintedTable:
    """One cell more than there should be, empty or with a digit."""
    rows = _rows(table)
    row = random.choice(rows)
    row.insert(random.randrange(len(row) + 1), PrintedCell(random.choice(("", "", "5"))))
    return set_rows(table, rows)


@DAMAGE.table(keeps="some")
def two_values_merged(table: PrintedTable, random: Random) -> PrintedTable:
    """Two neighbouring figures share a cell, which shows the first or both."""
    rows = _rows(table)
    places = [(row, number) for row in rows for number in range(len(row) - 1) if row[number].key and row[number + 1].key]
    if not places:
        return table
    row, number = random.choice(places)
    first, second = row[number], row[number + 1]
    text = random.choice((first.text, f"{first.text}\n{second.text}"))
    row[number : number + 2] = [PrintedCell(text, 1, first.column_span + second.column_span)]
    return set_rows(table, rows)


@DAMAGE.table(keeps="some")
def letters_damaged(table: PrintedTable, random: Random) -> PrintedTable:
    """Letters of labels are lost, exchanged or added."""
    share, letters = random.choice((0.05, 0.3, 1)), random.choice((1, 2, 3))

    def damage(text: str) -> str:
        if not text or random.random() > share:
            return text
        for _ in range(letters):
            place = random.randrange(len(text) + 1)
            text = text[:place] + random.choice((*_LETTERS, "", "", "")) + text[place + random.choice((0, 1)) :]
        return text

    return each_label(table, damage)


@DAMAGE.table(keeps="some")
def labels_cut_short(table: PrintedTable, random: Random) -> PrintedTable:
    """Labels end too early."""
    share = random.choice((0.05, 0.3, 1))
    return each_label(table, lambda text: text[: random.randint(1, len(text))] if text and random.random() < share else text)


@DAMAGE.table(keeps="some")
def labels_blank(table: PrintedTable, random: Random) -> PrintedTable:
    """Labels are not there."""
    share = random.choice((0.05, 0.3))
    return each_label(table, lambda text: "" if random.random() < share else text)


@DAMAGE.table(keeps="some")
def a_label_twice(table: PrintedTable, random: Random) -> PrintedTable:
    """One label stands wherever another should."""
    labels = sorted({cell.text for row in table.rows for cell in row if not cell.key and cell.text})
    if not labels:  # another damage took them
        return table
    old, new = random.choice(labels), random.choice(labels)
    return each_label(table, lambda text: new if text == old else text)


@DAMAGE.table(keeps="some")
def a_foreign_row(table: PrintedTable, random: Random) -> PrintedTable:
    """A row that the form does not have, at the head or the end."""
    rows = _rows(table)
    values = [PrintedCell(str(random.randint(900, 1900))) for _ in range(table.columns - table.label_columns)]
    row = [PrintedCell(random.choice(_FOREIGN), 1, max(table.label_columns, 1)), *values][: table.columns]
    place = random.choice([figure_rows(table)[0], len(rows)])
    return set_rows(table, [*rows[:place], row, *rows[place:]])


@DAMAGE.table(keeps="some", containers=_WITH_SPANS)
def headings_missing(table: PrintedTable, random: Random) -> PrintedTable:
    """Heading rows are missing from above."""
    return replace(table, rows=table.rows[figure_rows(table)[0] :])


@DAMAGE.table(keeps="some")
def lost_row(table: PrintedTable, random: Random) -> PrintedTable:
    """A row is not there; a cell merged over it is one row shorter."""
    return without_row(table, random.choice(figure_rows(table)))


@DAMAGE.table(keeps="some")
def lost_rows_below(table: PrintedTable, random: Random) -> PrintedTable:
    """The table ends after some row."""
    kept = random.choice(figure_rows(table))
    while len(table.rows) > kept + 1:
        table = without_row(table, len(table.rows) - 1)
    return table


@DAMAGE.table(keeps="some")
def lost_column(table: PrintedTable, random: Random) -> PrintedTable:
    """A column of figures is not there; a cell merged over it is one column narrower."""
    lost = random.randrange(table.label_columns, table.columns)
    placed: dict[tuple[int, int], PrintedCell] = {}
    for (row, column), cell in table.placed().items():
        if column <= lost < column + cell.column_span:
            if cell.column_span > 1:
                placed[row, column] = replace(cell, column_span=cell.column_span - 1)
        else:
            placed[row, column - (column > lost)] = cell
    return set_placed(table, placed, len(table.rows), table.columns - 1)


@DAMAGE.table(keeps="some")
def exchanged_rows(table: PrintedTable, random: Random) -> PrintedTable:
    """Two lines of the same build stand in each other's place, label and figures together."""
    placed = table.placed()
    shapes = {
        row: tuple(sorted((column, cell.row_span, cell.column_span) for (top, column), cell in placed.items() if top == row))
        for row in figure_rows(table)
    }
    first = random.choice(list(shapes))
    second = random.choice([row for row, shape in shapes.items() if shape == shapes[first]])
    moved = {first: second, second: first}
    return set_placed(
        table, {(moved.get(row, row), column): cell for (row, column), cell in placed.items()}, len(table.rows), table.columns
    )


@DAMAGE.table(keeps="some")
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
    return set_placed(
        table, {(row, moved.get(column, column)): cell for (row, column), cell in placed.items()}, len(table.rows), table.columns
    )


def _relabelled(table: PrintedTable, random: Random, change: Callable[[str], str]) -> PrintedTable:
    placed = table.placed()
    labels = [place for place, cell in placed.items() if cell.key is None and cell.text]
    if not labels:  # another damage took them
        return table
    place = random.choice(labels)
    placed[place] = replace(placed[place], text=change(placed[place].text))
    return set_placed(table, placed, len(table.rows), table.columns)


@DAMAGE.table(keeps="some")
def damaged_label(table: PrintedTable, random: Random) -> PrintedTable:
    """Some characters of one label are lost."""

    def change(text: str) -> str:
        places = sorted(random.sample(range(len(text)), random.randint(1, len(text))))
        return "".join(text[place] for place in places)

    return _relabelled(table, random, change)


@DAMAGE.table(keeps="some")
def foreign_label(table: PrintedTable, random: Random) -> PrintedTable:
    """A label says something that no form knows."""
    return _relabelled(table, random, lambda _: "窗口接待群众来访")


@DAMAGE.table(keeps="some")
def lost_label(table: PrintedTable, random: Random) -> PrintedTable:
    """The cell of one label is empty."""
    return _relabelled(table, random, lambda _: "")


@DAMAGE.table(keeps="some")
def borrowed_label(table: PrintedTable, random: Random) -> PrintedTable:
    """A label stands a second time, where another should be."""
    texts = [cell.text for cell in table.placed().values() if cell.key is None and cell.text]
    return _relabelled(table, random, lambda _: random.choice(texts))


@DAMAGE.table(keeps="some", alone=True)
def doubled_row(table: PrintedTable, random: Random) -> PrintedTable:
    """A line stands twice, the second time with other figures."""
    plain = [row for row in figure_rows(table) if all(cell.row_span == 1 for cell in table.rows[row])]
    row = random.choice(plain or [len(table.rows) - 1])
    again = tuple(replace(cell, text=str(random.randint(100, 999)), key=None) if cell.key else cell for cell in table.rows[row])
    placed: dict[tuple[int, int], PrintedCell] = {}
    for (top, column), cell in table.placed().items():
        if top <= row < top + cell.row_span and cell.row_span > 1:
            placed[top, column] = replace(cell, row_span=cell.row_span + 1)
        else:
            placed[top + (top > row), column] = cell
    columns = [column for (top, column) in table.placed() if top == row]
    placed |= {(row + 1, column): cell for column, cell in zip(columns, again, strict=True)}
    return set_placed(table, placed, len(table.rows) + 1, table.columns)


@DAMAGE.table(keeps="some")
def stray_number(table: PrintedTable, random: Random) -> PrintedTable:
    """A further column without a heading holds a number in one row."""
    row = random.choice(figure_rows(table))
    placed = table.placed()
    placed |= {(each, table.columns): PrintedCell("77" if each == row else "") for each in range(len(table.rows))}
    return set_placed(table, placed, len(table.rows), table.columns + 1)
