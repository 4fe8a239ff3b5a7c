"""The list of statistics (form 2014) as provinces print it: more columns, two blocks, rows of their own, other words, other numbering."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from pipeline.catalog.model import Catalog
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import NO_UNIT, PrintedCell, PrintedTable, cut
from tests.reports.quirks.model import Registry, Tables
from tests.reports.quirks.setting import each_cell, figure_rows, set_placed, set_rows, without_row

LISTS = Registry("lists")
FORMS = {"2014"}
_WITH_WIDTHS = {"html", "docx", "doc", "xlsx"}  # where merged headings and two blocks keep their places
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+\.|其中：)")


def _with_columns(table: PrintedTable, heading: list[list[PrintedCell]], *shares: float) -> PrintedTable:
    """The list below another heading, with further columns that hold a share of each figure."""
    rows = [*heading]
    for row in table.rows[1:]:
        printed = row[-1].text
        more = [str(int(float(printed) * share)) if printed.replace(".", "").isdigit() else printed for share in shares]
        rows.append([*row, *map(PrintedCell, more)])
    return set_rows(table, rows)


@LISTS.table(forms=FORMS, alone=True, containers=_WITH_WIDTHS)
def total_own_and_below(table: PrintedTable, random: Random) -> PrintedTable:
    """统计数 over 合计, 本级 and 下级: the total is the figure of the report."""
    upper = [PrintedCell("统计指标", 2), PrintedCell("单位", 2), PrintedCell("统计数", 1, 3)]
    lower = [PrintedCell(text) for text in ("合计", "沐云区本级", "镇街")]
    return _with_columns(table, [upper, lower], 0.3, 0.7)


@LISTS.table(forms=FORMS, alone=True)
def of_the_year_and_since_2008(table: PrintedTable, random: Random) -> PrintedTable:
    """当年 beside 历年累计."""
    return _with_columns(table, [[PrintedCell(text) for text in ("统计指标", "单位", "当年", "历年累计")]], 7.0)


@LISTS.table(forms=FORMS, alone=True, keeps="some")
def columns_that_say_nothing(table: PrintedTable, random: Random) -> PrintedTable:
    """Two columns of figures, and no telling which one is the total."""
    return _with_columns(table, [[PrintedCell(text) for text in ("统计指标", "单位", "甲", "乙")]], 0.5)


@LISTS.table(forms=FORMS, alone=True, containers=_WITH_WIDTHS)
def two_blocks_side_by_side(table: PrintedTable, random: Random) -> PrintedTable:
    """The second half of the list stands beside the first."""
    head, *rows = map(list, table.rows)
    half = (len(rows) + 1) // 2
    right = [*rows[half:], *([[PrintedCell("")] * 3] * (2 * half - len(rows)))]
    return set_rows(table, [[*head, *head], *([*one, *other] for one, other in zip(rows[:half], right, strict=True))])


@LISTS.table(forms=FORMS, alone=True)
def rows_of_the_place(table: PrintedTable, random: Random) -> PrintedTable:
    """A block of 重点领域 that the national form does not have."""
    words = ["主动公开重点领域政府信息数", "其中：财政预算决算和“三公经费”信息数", "保障性安居工程信息数", "征地拆迁信息数"]
    more = [[PrintedCell(text), PrintedCell("条"), PrintedCell(str(random.randint(1, 900)))] for text in words]
    return set_rows(table, [*map(list, table.rows[:5]), *more, *map(list, table.rows[5:])])


@LISTS.content(forms=FORMS)
def other_words(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """网上申请数 for 网络申请数, 政府信息公开工作机构数 for 专门机构数, and the like: any of the known wordings."""
    labels = [label for label in catalog.labels_of("2014", "statistics") if label.axis == "row" and label.role == "item"]
    chosen = {("statistics", "row", label.label): _reworded(label.texts[0], random.choice(label.texts)) for label in labels}
    return replace(content, labels={**content.labels, **chosen})


def _reworded(printed: str, words: str) -> str:
    number = _NUMBERING.match(printed)
    return words if _NUMBERING.match(words) or not number else number[0] + words


@LISTS.table(forms=FORMS)
def numbering_lost(table: PrintedTable, random: Random) -> PrintedTable:
    """The numbers before the labels are lost, as those of automatic lists are."""
    return each_cell(table, lambda cell: cell if cell.key else replace(cell, text=_NUMBERING.sub("", cell.text)))


@LISTS.table(forms=FORMS)
def numbered_otherwise(table: PrintedTable, random: Random) -> PrintedTable:
    """1． for 1. and the reasons numbered too."""
    return each_cell(
        table,
        lambda cell: (
            cell if cell.key else replace(cell, text=re.sub(r"^(\d)\.", r"\1．", cell.text).replace("其中：涉及", "其中：（1）涉及"))
        ),
    )


@LISTS.table(forms=FORMS, says={"cells_missing", "S3"}, status="partial")
def list_rows_missing(table: PrintedTable, random: Random) -> PrintedTable:
    """Three rows are not printed, none of them a group of rows that are printed alike."""
    for _ in range(3):
        rows = [row for row in figure_rows(table) if not re.match("[四五]、", table.rows[row][0].text)]
        table = without_row(table, random.choice(rows))
    return table


@LISTS.table(forms=FORMS, alone=True, keeps="some")
def group_of_lawsuits_missing(table: PrintedTable, random: Random) -> PrintedTable:
    """五、行政诉讼数量 is not printed, and the rows below it are worded like those of 行政复议."""
    lost = next(number for number, row in enumerate(table.rows) if "行政诉讼数" in row[0].text)
    return each_cell(
        without_row(table, lost), lambda cell: cell if cell.key else replace(cell, text=cell.text.replace("或者驳回原告诉讼请求", ""))
    )


@LISTS.table(forms=FORMS, alone=True)
def units_in_the_labels(table: PrintedTable, random: Random) -> PrintedTable:
    """No column of units: they stand in brackets behind the labels."""
    rows = [
        [row[0] if row[1].text in (NO_UNIT, "单位") else replace(row[0], text=f"{row[0].text}（{row[1].text}）"), row[2]]
        for row in table.rows
    ]
    return replace(set_rows(table, rows), columns=2)


@LISTS.table(forms=FORMS, alone=True, says={"S7"})
def units_beside_the_figures(table: PrintedTable, random: Random) -> PrintedTable:
    """No column of units: they stand behind the figures in their cells."""
    rows = [
        [row[0], replace(row[2], text=row[2].text + row[1].text) if row[2].key and row[2].text[-1:].isdigit() else row[2]]
        for row in table.rows
    ]
    return replace(set_rows(table, rows), columns=2)


@LISTS.content(forms=FORMS)
def amounts_in_yuan(content: ReportContent, catalog: Catalog, random: Random) -> ReportContent:
    """元 in the column of units where the form has 万元."""
    changed = {
        key: Figure(str(int(figure.value)), figure.value)
        for key, figure in content.figures.items()
        if figure.value is not None and catalog.field(content.form, key[0]).kind == "money"
    }
    return replace(content.with_figures(changed), labels={**content.labels, ("statistics", "unit", "money"): "元"})


@LISTS.table(forms=FORMS, alone=True)
def codes_beside_the_labels(table: PrintedTable, random: Random) -> PrintedTable:
    """A column of codes 01, 02, 03 between label and unit."""
    rows = [[row[0], PrintedCell(f"{number:02}" if number else "代码"), *row[1:]] for number, row in enumerate(table.rows)]
    return set_rows(table, rows)


@LISTS.table(forms=FORMS, alone=True)
def heading_left_out(table: PrintedTable, random: Random) -> PrintedTable:
    """The list begins with its first row."""
    return replace(table, rows=table.rows[1:])


@LISTS.table(forms=FORMS, alone=True)
def lines_for_signatures(table: PrintedTable, random: Random) -> PrintedTable:
    """单位负责人, 审核人 and a telephone number in the last row, the title in the first."""
    last = [PrintedCell("单位负责人：张某"), PrintedCell("审核人：李某"), PrintedCell("联系电话：0999-1234567")]
    return set_rows(table, [[PrintedCell("政府信息公开情况统计表", 1, table.columns)], *map(list, table.rows), last])


@LISTS.table(forms=FORMS, alone=True, containers=_WITH_WIDTHS)
def groups_in_a_column_of_their_own(table: PrintedTable, random: Random) -> PrintedTable:
    """一、 to 九、 merged downwards left of their rows."""
    starts = [number for number, row in enumerate(table.rows) if re.match(r"[一二三四五六七八九]、", row[0].text)]
    rows: list[list[PrintedCell]] = [[replace(table.rows[0][0], column_span=2), *table.rows[0][1:]]]
    for start, end in zip(starts, [*starts[1:], len(table.rows)], strict=True):
        head, *below = table.rows[start:end]
        if head[2].key or not below:
            rows += [[replace(row[0], column_span=2), *row[1:]] for row in (head, *below)]
            continue
        rows.append([replace(head[0], row_span=len(below)), *below[0]])
        rows += [list(row) for row in below[1:]]
    return set_rows(table, rows)


@LISTS.tables(forms=FORMS, alone=True)
def list_over_three_pages(tables: Tables, random: Random) -> Tables:
    """The list goes on in two more tables, without headings."""

    def parts(table: PrintedTable) -> list[PrintedTable]:
        upper, lower = cut(table, random.randint(15, 25))
        return [upper, *cut(lower, random.randint(15, 25))]

    return tuple(part for table in tables for part in parts(table))


@LISTS.table(forms=FORMS, alone=True)
def label_indented_by_columns(table: PrintedTable, random: Random) -> PrintedTable:
    """Labels of groups begin a column further left than those of their rows."""
    placed = {}
    for (row, column), cell in table.placed().items():
        if column == 0:
            is_outer = bool(re.match(r"[一二三四五六七八九十]、|（", cell.text)) or row == 0
            placed[row, 0] = replace(cell, column_span=2) if is_outer else PrintedCell("")
            if not is_outer:
                placed[row, 1] = cell
        else:
            placed[row, column + 1] = cell
    return set_placed(table, placed, len(table.rows), table.columns + 1)
