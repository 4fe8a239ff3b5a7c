"""读取问题: what was noticed while files were read and cells placed."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Locator
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

# A remark is listed only where other sheets and papers promise that it stands here: which reports were not taken.
_LISTED = "(severity <> 'info' OR code LIKE 'copy_%')"
_PROBLEMS = f"""
    SELECT report.agency_name, problem.report_year, is_current, severity, problem.code, "table", message, report.path,
           grid, row, "column", page
    FROM core_problems AS problem JOIN core_reports AS report USING (report_id)
    WHERE {_LISTED}
    ORDER BY report.agency_name NULLS FIRST, severity, problem.report_year DESC, report_id, problem.problem
"""
_REMARKS = f"SELECT count(*) FROM core_problems WHERE NOT {_LISTED}"
_COLUMNS = (
    Column("单位", 32, "long", "空白：报送单位不明。"),
    Column("年度", 7, "year", "空白：报告年度不明。"),
    Column("是否采用", 9, "centred", "同一单位同一年度有多份报告时，只采用一份。"),
    Column("程度", 7, "centred", "错误：有数字没有采用；提醒：请对照原件核实；提示：供参考。"),
    Column("问题", 22, "long"),
    Column("表", 7, "centred"),
    Column("说明", 70, "long"),
    Column("文件", 50, "long"),
    Column("位置", 20, "long"),
)


def write_problems(book: Book) -> None:
    """Errors and warnings that were noticed while files were read and cells placed, and the reports that are there twice."""
    remarks = book.tables.number(_REMARKS)
    notes = (
        "读取和归位过程中发现的问题：没有采用的数字、没有找到的表格和单元格、需要对照原件的数字、重复报送的报告。",
        f"另有 {remarks} 条仅供参考的提示未列出，需要时请维护人员从数据库中查出。" if remarks else "没有其他提示。",
    )
    write_listing(book, Listing("读取问题", "读取问题", _COLUMNS, notes, "没有读取问题。", fixed=2), _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    titles = {row.code: row.title_zh for row in book.catalog.problems}
    for name, year, current, severity, code, table, message, path, grid, row, column, page in book.tables.rows(_PROBLEMS):
        known = any(part is not None for part in (grid, row, column, page))
        place = location_text(Locator(grid, row, column, page)) if known else ""
        degree = severities.PROBLEMS[severity]
        beginning = [name, year, "采用" if current else "未采用", degree, titles.get(code, code), book.table_name(table)]
        yield [*beginning, message, path, place]
