"""Tables as offices set them: merges, wrapped and damaged labels, rows and columns more or less, tables cut, joined and mixed."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import PrintedCell, PrintedTable, cut
from tests.reports.quirks import setting
from tests.reports.quirks.model import Registry, Tables
from tests.reports.quirks.setting import each_cell, figure_rows, set_placed, set_rows, without_row

TABLES = Registry("tables")
_BLANK = Figure("", None, "blank")
_WITH_TABLES = {"2019", "2021"}  # 表二, 表三 and 表四


@TABLES.table()
def lost_merges(table: PrintedTable, random: Random | None = None) -> PrintedTable:
    """Cells merged downwards fall apart: the label stands in the first, the others are empty."""
    return setting.lost_merges(table)


@TABLES.table(containers={"html", "text", "doc", "docx"}, keeps="some")
def label_merges_dropped(table: PrintedTable, random: Random) -> PrintedTable:
    """Labels merged downwards are there once and the rows below begin at the left: the numbering tells the group."""
    head = figure_rows(table)[0]
    rows = [[replace(cell, row_span=1) if number >= head else cell for cell in row] for number, row in enumerate(table.rows)]
    return set_rows(table, rows)


@TABLES.table()
def wrapped_labels(table: PrintedTable, random: Random) -> PrintedTable:
    """Labels broken over lines in the middle of a word."""
    return each_cell(
        table, lambda cell: replace(cell, text=f"{cell.text[:3]}\n{cell.text[3:]}") if cell.key is None and len(cell.text) > 4 else cell
    )


@TABLES.table()
def vertical_labels(table: PrintedTable, random: Random) -> PrintedTable:
    """Tall label cells with one character a line."""
    return each_cell(table, lambda cell: replace(cell, text="\n".join(cell.text)) if cell.key is None and cell.row_span > 9 else cell)


@TABLES.content()
def damaged_labels(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """Labels as damaged as they were seen: 其他法律行政止公开, 行政事业型收费, 现行有效件, 本年增/."""
    labels = {
        ("requests", "row", "denied.barred_by_law"): "2.其他法律行政止公开",
        ("proactive", "row", "fees"): "行政事业型收费",
        ("proactive", "column", "in_force"): "现行有效件",
        ("proactive", "column", "items_change"): "本年增/",
    }
    return replace(content, labels={**content.labels, **labels})


@TABLES.content(forms={"2019"})
def two_columns_headed_alike(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """本年新 over both 本年新制作数量 and 本年新公开数量."""
    labels = {("proactive", "column", label): "本年新" for label in ("made", "newly_disclosed")}
    return replace(content, labels={**content.labels, **labels})


@TABLES.content()
def explanations_in_labels(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """Whole explanations behind labels, with digits in them."""
    labels = {
        ("proactive", "row", "regulations"): "规章：指有立法权的人民政府依照《立法法》第82条制定的规章，没有的填0",
        ("proactive", "row", "licensing"): "行政许可（指依据行政许可法第12条设定的事项，如有3项则填3）",
        ("proactive", "row", "penalties"): "行政处罚：指2017年修正的行政处罚法第8条所列各类",
        ("requests", "row", "new"): "一、本年新收政府信息公开申请数量（含网上申请、信函等4种渠道）",
    }
    return replace(content, labels={**content.labels, **labels})


@TABLES.table(says={"label_unmatched"}, status="partial", forms=_WITH_TABLES)
def rows_of_one_province(table: PrintedTable, random: Random) -> PrintedTable:
    """A last row that the national form does not have: 其他主动公开文件."""
    if table.label_columns != 1:
        return table
    (*spans,) = (cell.column_span for cell in table.rows[-1][1:])
    values = [PrintedCell(str(random.randint(100, 900)), 1, span) for span in spans]
    return set_rows(table, [*map(list, table.rows), [PrintedCell("其他主动公开文件"), *values]])


@TABLES.table(says={"cells_missing", "S3"}, status="partial")
def rows_left_out(table: PrintedTable, random: Random) -> PrintedTable:
    """Two rows are not printed: their cells are blank and have no place."""
    if not table.label_columns:
        return table
    for _ in range(2):
        rows = figure_rows(table)[1:-1]
        table = without_row(table, random.choice(rows)) if rows else table
    return table


@TABLES.table()
def subtotal_column(table: PrintedTable, random: Random) -> PrintedTable:
    """An extra column 法人小计 behind the kinds of organisation; it adds up."""
    if table.label_columns < 2:
        return table
    placed = table.placed()
    last = table.columns - 1  # 总计 moves one to the right
    moved = {}
    for (row, column), cell in placed.items():
        if column == last:
            moved[row, column + 1] = cell
        elif column < last < column + cell.column_span or (cell.column_span > 1 and column + cell.column_span == last):  # 法人或其他组织
            moved[row, column] = replace(cell, column_span=cell.column_span + 1)
        else:
            moved[row, column] = cell
    moved[figure_rows(table)[0] - 1, last] = PrintedCell("法人小计")
    for row in figure_rows(table):
        parts = [placed[row, column].text for column in range(last - 5, last)]
        moved[row, last] = PrintedCell(str(sum(map(int, parts))) if all(part.isdigit() for part in parts) else "")
    return set_placed(table, moved, len(table.rows), table.columns + 1)


@TABLES.table()
def columns_in_another_order(table: PrintedTable, random: Random) -> PrintedTable:
    """The kinds of organisation stand in another order, headings and figures together."""
    if table.label_columns < 2:
        return table
    first = table.columns - 6
    order = list(range(first, first + 5))
    moved = dict(zip(order, random.sample(order, 5), strict=True))
    head = figure_rows(table)[0] - 1
    placed = {
        (row, moved.get(column, column) if row >= head and cell.column_span == 1 else column): cell
        for (row, column), cell in table.placed().items()
    }
    return set_placed(table, placed, len(table.rows), table.columns)


@TABLES.table()
def spare_column(table: PrintedTable, random: Random) -> PrintedTable:
    """An empty column at the right edge."""
    first, *rest = table.rows
    rows = ((*first, PrintedCell("", row_span=len(table.rows))), *rest)
    return replace(table, columns=table.columns + 1, rows=rows)


@TABLES.table()
def spare_column_inside(table: PrintedTable, random: Random) -> PrintedTable:
    """An empty column without a heading between labels and figures."""
    if not table.label_columns:
        return table
    placed = {}
    for (row, column), cell in table.placed().items():
        over = column < table.label_columns < column + cell.column_span
        placed[row, column + (column >= table.label_columns)] = replace(cell, column_span=cell.column_span + 1) if over else cell
    for row in range(len(table.rows)):
        if not any(
            top <= row < top + cell.row_span and left <= table.label_columns < left + cell.column_span
            for (top, left), cell in placed.items()
        ):
            placed[row, table.label_columns] = PrintedCell("")
    return set_placed(table, placed, len(table.rows), table.columns + 1)


@TABLES.tables(forms=_WITH_TABLES)
def small_tables(tables: Tables, random: Random) -> Tables:
    """表二 as one small table for each item of the article."""
    return tuple(part for table in tables for part in (_parts(table) if table.label_columns == 1 else [table]))


def _parts(table: PrintedTable) -> list[PrintedTable]:
    starts = [number for number, row in enumerate(table.rows) if len(row) == 1]
    parts = []
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        rows = table.rows[start:end]
        width = max(len(row) for row in rows)
        narrow = [[replace(cell, column_span=width if len(row) == 1 else 1) for cell in row] for row in rows]
        parts.append(replace(table, rows=tuple(map(tuple, narrow)), columns=width))
    return parts


@TABLES.table()
def narrow_figures_below_wide_headings(table: PrintedTable, random: Random) -> PrintedTable:
    """Headings of 表二 span more columns than the cells below them, which leaves holes at the right."""
    if table.label_columns != 1:
        return table
    return replace(table, rows=tuple(tuple(replace(cell, column_span=1) if cell.key else cell for cell in row) for row in table.rows))


def _is_long(table: PrintedTable) -> bool:
    """Whether it is 表三 with enough rows to be cut within; another oddity may have cut it before."""
    return table.label_columns > 1 and bool(figure_rows(table)[4:-2])


def _halves(table: PrintedTable, random: Random) -> tuple[PrintedTable, PrintedTable]:
    return cut(table, random.choice(figure_rows(table)[4:-2]))


@TABLES.tables()
def requests_over_two_pages(tables: Tables, random: Random) -> Tables:
    """表三 goes on in a second table without headings."""
    return tuple(part for table in tables for part in (_halves(table, random) if _is_long(table) else (table,)))


@TABLES.tables()
def requests_over_two_pages_with_headings(tables: Tables, random: Random) -> Tables:
    """表三 goes on in a second table, below its headings once more."""

    def halves(table: PrintedTable) -> tuple[PrintedTable, ...]:
        upper, lower = _halves(table, random)
        return upper, replace(lower, rows=(*cut(table, figure_rows(table)[0])[0].rows, *lower.rows))

    return tuple(part for table in tables for part in (halves(table) if _is_long(table) else (table,)))


@TABLES.table()
def page_number_between_rows(table: PrintedTable, random: Random) -> PrintedTable:
    """A row with the number of the page (`- 4 -`, 第4页 共6页) inside 表三."""
    if not _is_long(table):
        return table
    upper, lower = _halves(table, random)
    number = PrintedCell(random.choice(["- 4 -", "第4页 共6页", "—4—"]), 1, table.columns)
    return replace(table, rows=(*upper.rows, (number,), *lower.rows))


@TABLES.tables()
def remedies_away_from_its_headings(tables: Tables, random: Random) -> Tables:
    """The one row of 表四 is a table of its own, its headings stand in the table before."""
    return tuple(part for table in tables for part in (cut(table, len(table.rows) - 1) if not table.label_columns else (table,)))


@TABLES.tables()
def remedies_in_three_tables(tables: Tables, random: Random) -> Tables:
    """表四 as a table for each kind of case, which only the line above it names."""
    captions = ("（一）行政复议", "（二）行政诉讼（未经复议直接起诉）", "（三）行政诉讼（复议后起诉）")
    return tuple(
        part
        for table in tables
        for part in (_kinds_of_cases(table, captions) if not table.label_columns and _has_headings_and_figures(table) else [table])
    )


def _has_headings_and_figures(table: PrintedTable) -> bool:
    return len(table.rows) > 1 and any(cell.key for cell in table.rows[-1])


def _kinds_of_cases(table: PrintedTable, captions: tuple[str, ...]) -> list[PrintedTable]:
    leaves = [
        cell for (row, _), cell in sorted(table.placed().items(), key=lambda item: item[0][1]) if cell.column_span == 1 and not cell.key
    ]
    figures = table.rows[-1]
    width = len(figures) // len(captions)
    parts = []
    for place, caption in enumerate(captions):
        headings = tuple(replace(cell, row_span=1) for cell in leaves[place * width : (place + 1) * width])
        rows = (headings, figures[place * width : (place + 1) * width])
        parts.append(replace(table, rows=rows, columns=width, caption=caption))
    return parts


@TABLES.tables()
def requests_in_a_table_for_each_group(tables: Tables, random: Random) -> Tables:
    """表三 as a table for each group of rows, each below the headings."""
    return tuple(part for table in tables for part in (_groups_of_rows(table) if table.label_columns > 1 else [table]))


def _groups_of_rows(table: PrintedTable) -> list[PrintedTable]:
    first = figure_rows(table)[0]
    head = cut(table, first)[0].rows
    starts = [row for (row, column), cell in table.placed().items() if column == 1 and cell.row_span > 1 and row > first]
    parts, rest, done = [], table, 0
    for start in sorted(starts):
        upper, rest = cut(rest, start - done)
        parts.append(upper if not done else replace(upper, rows=(*head, *upper.rows)))
        done = start
    return [*parts, replace(rest, rows=(*head, *rest.rows))]


@TABLES.content(says={"S3"})
def totals_blank(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """总计 is blank though the details are there."""
    return content.with_figures({key: _BLANK for key in content.figures if key[1] == "total"})


@TABLES.content(says={"S3"})
def details_blank(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """The kinds of applicants are blank though the total is there."""
    return content.with_figures({key: _BLANK for key in content.figures if key[1] not in (None, "total")})


@TABLES.content(says={"S3"}, alone=True)
def every_cell_blank(content: ReportContent, _: Catalog, random: Random) -> ReportContent:
    """Nothing is filled in."""
    return content.with_figures(dict.fromkeys(content.figures, _BLANK))


@TABLES.tables(containers={"html", "doc", "docx", "xlsx"}, alone=True, forms=_WITH_TABLES)
def two_tables_side_by_side(tables: Tables, random: Random) -> Tables:
    """表二 and 表四 share their rows, an empty column between them."""
    left = next(table for table in tables if table.label_columns == 1)
    right = next(table for table in tables if not table.label_columns)
    height = max(len(left.rows), len(right.rows))
    shift = left.columns + 1
    placed = left.placed() | {(row, column + shift): cell for (row, column), cell in right.placed().items()}
    columns = shift + right.columns
    placed |= {(row, left.columns): PrintedCell("") for row in range(height)}
    for table, start in ((left, 0), (right, shift)):
        if len(table.rows) < height:
            placed[len(table.rows), start] = PrintedCell("", height - len(table.rows), table.columns)
    joined = set_placed(left, placed, height, columns)
    return tuple(joined if table is left else table for table in tables if table is not right)


@TABLES.table(containers={"html", "doc", "docx", "xlsx"}, alone=True)
def rows_and_columns_exchanged(table: PrintedTable, random: Random) -> PrintedTable:
    """表三 lies on its side."""
    if table.label_columns < 2:
        return table
    placed = {
        (column, row): replace(cell, row_span=cell.column_span, column_span=cell.row_span) for (row, column), cell in table.placed().items()
    }
    return set_placed(table, placed, table.columns, len(table.rows))
