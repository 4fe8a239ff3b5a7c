"""汇总2024: all current reports of a year added up, in the layout of the printed form, one sheet a year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from pipeline.catalog.row_types import FormTable
from pipeline.publish.printed_layout import PrintedCell, PrintedTable, printed_table
from pipeline.publish.sums import ALL_BODIES, Sum, said_of_corrections, sums_of
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import LINE_HEIGHT, lines_needed, write_note, write_number, write_remark, write_text
from pipeline.publish.workbook.styles import ATTENTION_FILL, DOUBTFUL_FILL

LEAST_COLUMNS = 15
COLUMN_WIDTH = 9.5
PRINT_SCALE = 70  # per cent, at which a table fits a page, also where a wider font stands in for that of the office
ROLES = {"heading": "heading", "band": "band", "label": "label", "empty": "label"}
_MOST_NAMED = 5
_STATUS = """
    SELECT count(*), count(*) FILTER (submission = 'not_reported'), count(*) FILTER (submission = 'unusable')
    FROM out_submission_status WHERE report_year = ? AND submission NOT IN ('unexpected', 'not_owed')
"""
_GOVERNMENTS = """
    SELECT DISTINCT agency_name FROM core_reports
    WHERE report_year = ? AND is_current AND agency_kind = 'government' ORDER BY 1
"""
# A body has a blank in a table where fewer of its cells are numbers than the form has.
_WHOLE = """
    WITH filled AS (
        SELECT form, "table", agency_id, count(*) FILTER (state = 'number') AS numbers
        FROM out_values WHERE report_year = $1 GROUP BY ALL
    )
    SELECT form, "table", count(*) FROM filled
    JOIN (SELECT form, "table", count(DISTINCT (field, applicant)) AS numbers FROM out_rollup WHERE report_year = $1 GROUP BY ALL)
    USING (form, "table", numbers) GROUP BY ALL
"""
# A sum cannot be trusted where a figure in it is wrong by an E rule, or a thousand times too large or small, which P3 (a W rule, as it
# may be true) finds: amounts in yuan under a 万元 heading. Other W rules speak of figures that are odd but of the right order.
# Between two years it cannot be told whose figure is wrong: P3 marks both.
_DOUBTFUL_RULES = ("P3",)
_DOUBTFUL = """
    WITH doubtful AS (
        SELECT DISTINCT cell.report_id, cell.field, coalesce(cell.applicant, '') AS applicant
        FROM out_findings AS finding JOIN core_finding_cells AS cell USING (finding_id)
        WHERE finding.report_year IN ($1, $1 + 1) AND finding.status NOT IN ('waived', 'corrected')
              AND (severity = 'E' AND finding.report_id = cell.report_id OR list_contains($2, rule))
    )
    SELECT form, "table", field, applicant, list(DISTINCT agency_id)
    FROM out_values JOIN doubtful USING (report_id, field, applicant) WHERE report_year = $1 GROUP BY ALL
"""


@dataclass
class TableTotals:
    """The totals of one printed table by (field, applicant), and how many bodies there are.

    whole: bodies that filled in every cell. doubtful: the cells with figures not to be trusted, and the bodies that these are from.
    """

    figures: dict[tuple[str, str], Sum] = field(default_factory=dict)
    bodies: int = 0
    whole: int = 0
    doubtful: dict[tuple[str, str], list[str]] = field(default_factory=dict)


def write_totals(book: Book) -> None:
    """One sheet for each year of out_rollup, the latest first; where there is none, one sheet that says so."""
    by_year: dict[int, list[Sum]] = {}
    for cell in sums_of(book.tables):
        if cell.area_id == ALL_BODIES:
            by_year.setdefault(cell.report_year, []).append(cell)
    for year in sorted(by_year, reverse=True):
        _write_year(book, year, totals_of(book, year, by_year[year]))
    if not by_year:
        sheet = book.sheet("汇总")
        write_text(sheet, 0, 0, "汇总表", book.styles.named("title"))
        write_text(sheet, 1, 0, "没有可以汇总的报告。", book.styles.named("note"))


def sheet_name(year: int) -> str:
    """The name of the sheet of a year."""
    return f"汇总{year}"


def totals_of(book: Book, year: int, sums: Iterable[Sum]) -> dict[tuple[str, str], TableTotals]:
    """The totals of a year by form and printed table."""
    totals: dict[tuple[str, str], TableTotals] = {}
    for cell in sums:
        one = totals.setdefault((cell.form, cell.table), TableTotals())
        one.figures[cell.field, cell.applicant] = cell
        one.bodies = max(one.bodies, cell.bodies)
    for form, table, bodies in book.tables.rows(_WHOLE, year):
        totals[form, table].whole = bodies  # joined with out_rollup, so it is there
    for form, table, name, applicant, bodies in book.tables.rows(_DOUBTFUL, year, _DOUBTFUL_RULES):
        totals[form, table].doubtful[name, applicant] = bodies
    return totals


def _write_year(book: Book, year: int, totals: dict[tuple[str, str], TableTotals]) -> None:
    due = book.catalog.form_due(year)
    forms = sorted({form for form, _ in totals}, key=lambda form: (due is None or form != due.form, form))
    tables = [row for form in forms for row in book.catalog.tables_of(form) if (form, row.table) in totals]
    grids = [printed_table(book.catalog, row.form, row.table) for row in tables]
    columns = max(LEAST_COLUMNS, *(grid.columns for grid in grids))
    sheet = book.sheet(sheet_name(year))
    sheet.set_column(0, columns - 1, COLUMN_WIDTH)
    write_text(sheet, 0, 0, f"{year} 年度政府信息公开工作年度报告汇总表", book.styles.named("title"))
    sheet.set_row(0, 26)
    row = 1
    for line in _notes(book, year):
        write_text(sheet, row, 0, line, book.styles.named("note"))
        row += 1
    sheet.freeze_panes(1, 0)
    # Excel heeds page breaks only where it need not fit the sheet to the page
    sheet.set_print_scale(max(10, PRINT_SCALE * LEAST_COLUMNS // columns))
    breaks = []
    for declared, grid in zip(tables, grids, strict=True):
        breaks.append(row + 1)
        row = _write_table(book, sheet, row + 1, columns, declared, grid, totals[declared.form, declared.table])
    sheet.set_h_pagebreaks(breaks[1:])


def _notes(book: Book, year: int) -> list[str]:
    expected, missing, unusable = next(book.tables.rows(_STATUS, year))
    counted = ((missing, "个未见报告"), (unusable, "个收到文件但未取得数字"))
    absent = "、".join(f"{count} {what}" for count, what in counted if count)
    state = f"其中 {absent}，未计入合计" if absent else "均已收到报告"
    lines = [f"应报单位 {expected} 个，{state}。各表为现行报告逐格相加，各表汇总的单位数见表下。"]
    lines.append("有更正的采用更正后的数字；按印出的数字相加是多少，见各格批注和表下。")
    lines.append("没有任何单位填写数字的格为空白。浅黄色的格：有单位未填数字（空白、“/”、无法识别或缺少该表），合计只含填了数字的单位。")
    lines.append(
        "橙色的格：有单位的数字涉及尚未更正的错误，或疑为以元填入“万元”栏（含与下一年度相比悬殊的），合计照数相加，引用前请先核实（见“问题清单”）。"
    )
    governments = [name for (name,) in book.tables.rows(_GOVERNMENTS, year)]
    if governments:
        named = "、".join(governments[:_MOST_NAMED]) + (f"等 {len(governments)} 个" if len(governments) > _MOST_NAMED else "")
        lines.append(f"合计含政府本身的报告（{named}）。如该报告已是全地区的汇总数，合计即有重复，使用时应予剔除。")
    return lines


def _write_table(book: Book, sheet: Any, top: int, columns: int, declared: FormTable, grid: PrintedTable, totals: TableTotals) -> int:
    """Write title, grid and the line under it from row `top` on; the first row after them."""
    form = next(row.title_zh for row in book.catalog.forms if row.form == declared.form)
    write_text(sheet, top, 0, f"{declared.number_zh}　{declared.title_zh}（{form}）", book.styles.named("subtitle"))
    sheet.set_row(top, 22)
    first = top + 1
    edges = edges_of(grid, columns)
    for row, height in enumerate(heights_of(grid, edges)):
        sheet.set_row(first + row, height)
    for cell in grid.cells:
        _write_cell(book, sheet, first, edges, cell, totals)
    line = f"汇总单位 {totals.bodies} 个，其中 {totals.bodies - totals.whole} 个单位该表有空白"
    doubtful = {body for bodies in totals.doubtful.values() for body in bodies}
    line += f"，{len(doubtful)} 个单位有数字涉及尚未更正的错误或疑为金额单位有误（橙色的格，见“问题清单”）。" if doubtful else "。"
    end = first + grid.rows
    for said in filter(None, (line, said_of_corrections(totals.figures.values(), book.money))):
        write_note(sheet, end, said, [COLUMN_WIDTH] * columns, book.styles)
        end += 1
    return end


def _write_cell(book: Book, sheet: Any, first: int, edges: list[int], cell: PrintedCell, totals: TableTotals) -> None:
    row, left = first + cell.row, edges[cell.column]
    last, right = row + cell.row_span - 1, edges[cell.column + cell.column_span] - 1
    found = totals.figures.get(cell.figure) if cell.figure else None
    total = found.total if found else None
    fill = DOUBTFUL_FILL if cell.figure in totals.doubtful else ATTENTION_FILL if found and found.bodies_blank else ""
    style = book.styles.named(ROLES[cell.role]) if cell.role != "figure" else book.styles.number(0, fill)
    if last > row or right > left:
        sheet.merge_range(row, left, last, right, "", style)
    if cell.figure:
        write_number(sheet, row, left, None if total is None else total / cell.factor, book.styles, fill)
        if found and found.as_printed:
            write_remark(sheet, row, left, found.as_printed)
    else:
        write_text(sheet, row, left, cell.text, style)


def edges_of(grid: PrintedTable, columns: int) -> list[int]:
    """Where each column of a printed table begins on the sheet, and where the last one ends: the tables share its columns.

    Figures are equally wide; the last label column, which holds the longest texts, takes what is over.
    """
    figures = grid.columns - grid.label_columns
    each = max(1, (columns * 3 // 5 if grid.label_columns else columns) // figures)
    over = columns - each * figures
    groups = max(0, grid.label_columns - 1)
    group = max(1, min(over // 4, over // max(1, grid.label_columns)))
    widths = [group] * groups + [max(1, over - group * groups)] * (grid.label_columns - groups) + [each] * figures
    edges = [0]
    for width in widths:
        edges.append(edges[-1] + width)
    return edges


def heights_of(grid: PrintedTable, edges: list[int]) -> list[float]:
    """The height of each row in points, so that the labels that stand in it alone can be read whole."""
    lines = [1] * grid.rows
    for cell in grid.cells:
        if cell.row_span == 1:
            width = (edges[cell.column + cell.column_span] - edges[cell.column]) * COLUMN_WIDTH
            lines[cell.row] = max(lines[cell.row], lines_needed(cell.text, width))
    return [LINE_HEIGHT * count + 5 for count in lines]
