"""汇总表二 …: the bodies of an area added up in the layout of the form, beside what its government published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby, pairwise
from typing import Any

from pipeline.catalog.row_types import FormTable
from pipeline.publish.printed_layout import PrintedCell, printed_table
from pipeline.publish.sums import Sum, said_of_corrections, sums_of
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import LINE_HEIGHT, write_note, write_number, write_remark, write_text
from pipeline.publish.workbook.lines import LinedTable, with_lines
from pipeline.publish.workbook.styles import ATTENTION_FILL, DOUBTFUL_FILL
from pipeline.publish.workbook.totals import COLUMN_WIDTH, LEAST_COLUMNS, PRINT_SCALE, ROLES, edges_of, heights_of

_REASONS = "SELECT agency_id, coverage_reason FROM core_report_coverage"
_EMPTY = "汇总表"
_LINES, _HEADING = ("合计", "公布", "差额"), "口径"  # of all bodies; by the government; published less added up
_COVERAGE = {"whole_area": "全地区", "own_office": "政府本级", "unknown": "不能判断"}
_WRONG = "数字有误"  # as out_rollup says of a body whose figure is wrong
_PAGE_HEIGHT = 490  # points of an A4 page in landscape, between the margins and a little less


def write_area_totals(book: Book) -> None:
    """A sheet for each area and printed table, or for all bodies together where the registry knows no area."""
    reasons = dict(book.tables.rows(_REASONS))
    found = list(_sheets(book))
    for name, table, sums in found:
        _write_table(book, book.sheet(name), table, sums, reasons.get(sums[0].area_id, ""))
    if not found:
        sheet = book.sheet(_EMPTY)
        write_text(sheet, 0, 0, _EMPTY, book.styles.named("title"))
        write_text(sheet, 1, 0, "没有可以汇总的报告。", book.styles.named("note"))


def first_sheet(book: Book) -> str:
    """The name of the first of these sheets."""
    return next((name for name, _, _ in _sheets(book)), _EMPTY)


def _sheets(book: Book) -> Iterator[tuple[str, FormTable, list[Sum]]]:
    areas = [list(rows) for _, rows in groupby(sums_of(book.tables), key=lambda row: row.area_id)]
    chosen = [sums for sums in areas if sums[0].area_id] or areas
    for number, sums in enumerate(chosen, start=1):
        by_table = {key: list(rows) for key, rows in groupby(sums, key=lambda row: (row.form, row.table))}
        several = len({form for form, _ in by_table}) > 1
        for table in (row for row in book.catalog.form_tables if (row.form, row.table) in by_table):
            name = f"汇总{table.number_zh}" + (f"·{table.form}格式" if several else "") + (f"（{number}）" if len(chosen) > 1 else "")
            yield name, table, by_table[table.form, table.table]


def _write_table(book: Book, sheet: Any, table: FormTable, sums: Sequence[Sum], reason: str) -> None:
    grid = printed_table(book.catalog, table.form, table.table)
    compared = (
        3 if any(cell.difference is not None for cell in sums) else 2 if any(cell.published_state is not None for cell in sums) else 1
    )
    lined = with_lines(grid, _LINES[:compared], _HEADING)
    columns = max(LEAST_COLUMNS, lined.grid.columns)
    sheet.set_column(0, columns - 1, COLUMN_WIDTH)
    area = sums[0].area_name if sums[0].area_id else "全部单位"
    write_text(sheet, 0, 0, f"{area}　{table.number_zh}　{table.title_zh}（汇总）", book.styles.named("title"))
    sheet.set_row(0, 26)
    top = 1
    for line in _notes(book, sums, reason):
        write_note(sheet, top, line, [COLUMN_WIDTH] * columns, book.styles)
        top += 1
    edges = edges_of(grid, columns)
    if lined.grid is not grid:  # the new column is as wide as one of the sheet
        before = edges_of(grid, columns - 1)
        at = grid.label_columns
        edges = [*before[: at + 1], *(edge + 1 for edge in before[at:])]
    heights = heights_of(lined.grid, edges)
    for row, height in enumerate(heights):
        sheet.set_row(top + row, height)
    lines = {(cell.row, cell.column): line for cell, line in lined.figures}
    figures = {(cell.field, cell.applicant): cell for cell in sums}
    for cell in lined.grid.cells:
        _write_cell(book, sheet, top, edges, cell, lines.get((cell.row, cell.column)), figures)
    _set_paper(sheet, lined, top, columns, heights)


def _notes(book: Book, sums: Sequence[Sum], reason: str) -> Iterator[str]:
    first = sums[0]
    absent = f"；没有报告或不能计入的单位：{first.bodies_missing}" if first.bodies_missing else ""
    other = f"；{first.bodies_other_form} 个单位该表用其他格式填报，未计入" if first.bodies_other_form else ""
    yield f"应计单位 {first.bodies_expected} 个，本表汇总 {first.bodies} 个{other}{absent}。有更正的采用更正后的数字。"
    if any(cell.published_state is not None for cell in sums):
        own = "，公布数不含所属单位，不与合计相减" if first.coverage == "own_office" else ""
        yield f"政府公布数的范围：{_COVERAGE[first.coverage]}{own}。{reason}"
    yield "空白：没有任何单位填写数字，不是 0。浅黄色：有单位未填数字。橙色：有单位的数字有误尚未更正，或者公布数与合计不同。"
    yield "合计为各单位数字之和，公布为政府报告中的数字，差额为公布减合计；有关单位的名称见各格批注。"
    if said := said_of_corrections(sums, book.money):
        yield said


def _write_cell(
    book: Book, sheet: Any, top: int, edges: list[int], cell: PrintedCell, line: int | None, figures: Mapping[tuple[str, str], Sum]
) -> None:
    row, left = top + cell.row, edges[cell.column]
    last, right = row + cell.row_span - 1, edges[cell.column + cell.column_span] - 1
    found = figures.get(cell.figure) if cell.figure and line is not None else None
    value = (found.total, found.published, found.difference)[line or 0] if found else None
    fill = _fill(found, line or 0) if found else ""
    style = book.styles.named(ROLES[cell.role]) if cell.role != "figure" else book.styles.number(0, fill)
    if last > row or right > left:
        sheet.merge_range(row, left, last, right, "", style)
    if cell.role == "figure":
        write_number(sheet, row, left, None if value is None else value / cell.factor, book.styles, fill)
        if found and (said := _said(found, line or 0)):
            write_remark(sheet, row, left, said)
    else:
        write_text(sheet, row, left, cell.text, style)


def _said(found: Sum, line: int) -> str:
    """What was corrected in a sum and who is behind one in doubt, and behind a published figure that is smaller than one of its parts."""
    if line == 2 and found.bodies_larger:
        return f"数字大于公布数的单位：{found.bodies_larger}"
    return "；".join(filter(None, (found.as_printed, found.bodies_in_doubt))) if line == 0 else ""


def _fill(found: Sum, line: int) -> str:
    if line == 0:
        return DOUBTFUL_FILL if _WRONG in found.bodies_in_doubt else ATTENTION_FILL if found.bodies_blank else ""
    return DOUBTFUL_FILL if line == 2 and found.difference else ""


def _set_paper(sheet: Any, lined: LinedTable, top: int, columns: int, heights: Sequence[float]) -> None:
    """A page is as wide as the table and ends between two items; where one table has headings over all of it, they are repeated."""
    scale = max(10, PRINT_SCALE * LEAST_COLUMNS // columns)
    sheet.set_print_scale(scale)
    repeated = lined.headings > 0 and all(cell.role != "heading" or cell.row < lined.headings for cell in lined.grid.cells)
    sheet.freeze_panes(top + lined.headings if repeated else 1, 0)
    if repeated:
        sheet.repeat_rows(top, top + lined.headings - 1)
    room = _PAGE_HEIGHT * 100 / scale
    again = sum(heights[: lined.headings]) if repeated else 0
    # An item begins below the last line of the one before, with the bands and headings that stand over it
    ends = sorted({cell.row + 1 for cell, line in lined.figures if line == max(each for _, each in lined.figures)})
    breaks, used = [], 26 + LINE_HEIGHT * 2 * (top - 1) + sum(heights[: lined.headings])
    for start, end in pairwise([lined.headings, *ends]):
        needed = sum(heights[start:end])
        if used + needed > room:
            breaks.append(top + start)
            used = again
        used += needed
    sheet.set_h_pagebreaks(breaks)
