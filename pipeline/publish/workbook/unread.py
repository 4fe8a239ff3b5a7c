"""未读文件: the files and reports that give no figures, and why."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_NO_TABLE = "没有识别出政府信息公开工作年度报告的表格。如确为年度报告，请改报 Word、网页原件。"
# What a refused report says stands for every file of its content; body and year may be stated for each path of its own.
_UNREAD = f"""
    WITH said AS (
        SELECT report_id, string_agg(DISTINCT message, '' ORDER BY message) AS text FROM core_problems
        WHERE code IN ('table_unreadable', 'lines_removed') GROUP BY report_id
    )
    SELECT path, kind, size_bytes, '未读取' AS result, coalesce(reason, '原因不明') AS reason FROM raw_files WHERE read_status = 'not_read'
    UNION
    SELECT file.path, kind, size_bytes, '未采用',
           CASE WHEN status = 'refused' THEN coalesce(said.text, '{_NO_TABLE}')
                WHEN report_year IS NULL AND agency_id IS NULL THEN '报告年度和报送单位都不明，未计入汇总。请在 sources.csv 中登记。'
                WHEN report_year IS NULL THEN '报告年度不明，未计入汇总。请在 sources.csv 中登记。'
                ELSE '报送单位不明，未计入汇总。请在 sources.csv 中登记。' END
    FROM core_reports AS report
    JOIN raw_files AS file ON file.sha256 = report.sha256 AND (file.path = report.path OR status = 'refused')
    LEFT JOIN said USING (report_id)
    WHERE status = 'refused' OR report_year IS NULL OR agency_id IS NULL
    ORDER BY 1, 4, 5
"""
_COLUMNS = (
    Column("文件", 70, "long"),
    Column("文件类型", 10, "centred", "按文件内容而非后缀判定。"),
    Column("大小（字节）", 13, "number"),
    Column("结果", 10, "centred"),
    Column("原因和建议", 80, "long"),
)


def write_unread(book: Book) -> None:
    """The files and reports that give no figures, each with its reason."""
    notes = ("以下文件或报告中的数字没有进入任何一张表，也没有被当作 0。请按原因处理后重新放入 data/raw。",)
    write_listing(book, Listing("未读文件", "未读文件", _COLUMNS, notes, "全部文件都已读取。"), _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    for path, kind, size, result, reason in book.tables.rows(_UNREAD):
        yield [path, book.catalog.kind_label(kind), size, result, reason]
