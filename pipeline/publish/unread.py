"""未读文件 and 读取问题: what could not be taken from the files, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
from pipeline.checks.evidence import location_text
from pipeline.normalise.model import Locator
from pipeline.publish.book import Book
from pipeline.publish.listing import Column, Listing, write_listing

_UNREAD = """
    SELECT path, kind, size_bytes, '未读取' AS result, coalesce(reason, '原因不明') AS reason FROM raw_files WHERE read_status = 'not_read'
    UNION ALL
    SELECT path, kind, size_bytes, '没有报告', '文件已读取，其中没有识别出政府信息公开工作年度报告' FROM raw_files
    WHERE read_status = 'read' AND reports = 0 AND path NOT IN (SELECT page_path FROM raw_files WHERE page_path IS NOT NULL)
    UNION ALL
    SELECT report.path, kind, size_bytes, '未采用',
           CASE WHEN status = 'refused' THEN '没有可以采信的数字'
                WHEN report_year IS NULL AND agency_id IS NULL THEN '报告年度和报送单位都不明'
                WHEN report_year IS NULL THEN '报告年度不明' ELSE '报送单位不明' END || '，未计入汇总'
    FROM core_reports AS report LEFT JOIN raw_files USING (path, sha256)
    WHERE status = 'refused' OR report_year IS NULL OR agency_id IS NULL
    ORDER BY 1, 4, 5
"""
_PROBLEMS = """
    SELECT report.agency_name, problem.report_year, is_current, severity, problem.code, "table", message, report.path,
           grid, row, "column", page
    FROM core_problems AS problem JOIN core_reports AS report USING (report_id)
    WHERE severity <> 'info'
    ORDER BY report.agency_name NULLS FIRST, severity, problem.report_year DESC, report_id, problem.problem
"""
_REMARKS = "SELECT count(*) FROM core_problems WHERE severity = 'info'"
_UNREAD_COLUMNS = (
    Column("文件", 70, "long"),
    Column("文件类型", 10, "centred", "按文件内容而非后缀判定。"),
    Column("大小（字节）", 13, "number"),
    Column("结果", 10, "centred"),
    Column("原因和建议", 80, "long"),
)
_PROBLEM_COLUMNS = (
    Column("单位", 32, "long", "空白：报送单位不明。"),
    Column("年度", 7, "year", "空白：报告年度不明。"),
    Column("是否采用", 9, "centred", "同一单位同一年度有多份报告时，只采用一份。"),
    Column("程度", 7, "centred", "错误：有数字没有采用；提醒：请对照原件核实。"),
    Column("问题", 22, "long"),
    Column("表", 7, "centred"),
    Column("说明", 70, "long"),
    Column("文件", 50, "long"),
    Column("位置", 20, "long"),
)


def write_unread(book: Book) -> None:
    """The files and reports that give no figures, each with its reason."""
    notes = ("以下文件或报告中的数字没有进入任何一张表，也没有被当作 0。请按原因处理后重新放入 data/raw。",)
    write_listing(book, Listing("未读文件", "未读文件", _UNREAD_COLUMNS, notes, "全部文件都已读取。"), book.tables.rows(_UNREAD))


def write_reading_problems(book: Book) -> None:
    """Errors and warnings that were noticed while files were read and cells placed."""
    remarks = book.tables.number(_REMARKS)
    notes = (
        "读取和归位过程中发现的问题：没有采用的数字、没有找到的表格和单元格、需要对照原件的数字。",
        f"另有 {remarks} 条仅供参考的提示未列出，见数据仓库 core_problems。" if remarks else "没有其他提示。",
    )
    listing = Listing("读取问题", "读取问题", _PROBLEM_COLUMNS, notes, "没有读取问题。", fixed=2)
    write_listing(book, listing, _problems(book))


def _problems(book: Book) -> Iterator[list[object]]:
    titles = {row.code: row.title_zh for row in book.catalog.problems}
    for name, year, current, severity, code, table, message, path, grid, row, column, page in book.tables.rows(_PROBLEMS):
        known = any(part is not None for part in (grid, row, column, page))
        place = location_text(Locator(grid, row, column, page)) if known else ""
        degree = severities.PROBLEMS[severity]
        beginning = [name, year, "采用" if current else "未采用", degree, titles.get(code, code), book.table_name(table)]
        yield [*beginning, message, path, place]
