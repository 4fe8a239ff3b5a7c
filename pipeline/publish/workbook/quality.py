"""数据质量: how far the report of each body could be read and checked."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_QUALITY = """
    WITH cell AS (
        SELECT report_id, count(*) AS cells, count(*) FILTER (state = 'number') AS numbers, count(*) FILTER (state = 'blank') AS blank,
               count(*) FILTER (state = 'not_applicable') AS signs, count(*) FILTER (state = 'unreadable') AS unreadable,
               count(corrected_value) AS corrected
        FROM out_values GROUP BY report_id
    ),
    problem AS (
        SELECT report_id, count(*) FILTER (severity = 'error') AS errors, count(*) FILTER (severity = 'warning') AS warnings
        FROM core_problems GROUP BY report_id
    ),
    result AS (
        SELECT report_id, sum(passed) AS passed, sum(failed) AS failed, sum(not_assessable) AS not_assessable
        FROM core_rule_results GROUP BY report_id
    ),
    held AS (
        SELECT report_id, string_agg(form, '、' ORDER BY form) AS forms
        FROM (SELECT DISTINCT report_id, form FROM core_report_tables WHERE form IS NOT NULL) GROUP BY report_id
    )
    SELECT report.agency_name, report.status, forms, report.form_due, cells, numbers, blank, signs, unreadable, corrected,
           coalesce(problem.errors, 0), coalesce(problem.warnings, 0), result.passed, result.failed, result.not_assessable, ratio,
           report.path
    FROM core_reports AS report
    LEFT JOIN cell USING (report_id) LEFT JOIN problem USING (report_id) LEFT JOIN result USING (report_id) LEFT JOIN held USING (report_id)
    LEFT JOIN (SELECT agency_id, ratio FROM out_indicators WHERE indicator = 'quality_score') AS score USING (agency_id)
    WHERE is_current ORDER BY ratio NULLS FIRST, report.agency_name, report.agency_id
"""
_STATUSES = {"parsed": "完整", "partial": ("attention", "不完整"), "refused": ("unusable", "未采用")}
_COLUMNS = (
    Column("单位", 36, "long"),
    Column("读取程度", 9, "centred", "不完整：有表格缺少、读不出或者未能归位，见“读取问题”。"),
    Column("所用格式", 14, "centred", "按表内文字识别；与该年度应用格式不同的标黄。"),
    Column("单元格", 8, "number"),
    Column("数字", 8, "number"),
    Column("空白", 8, "number", "没有填写，不等于 0。"),
    Column("“/”等", 8, "number", "填“/”、“—”、“无”一类符号，不等于 0。"),
    Column("无法识别", 8, "number"),
    Column("已更正", 8, "number", "主管部门更正的单元格数，汇总采用更正后的数字。"),
    Column("读取错误", 8, "number"),
    Column("读取提醒", 8, "number"),
    Column("核对通过", 8, "number", "勾稽规则核对后成立的处数。"),
    Column("核对不符", 8, "number"),
    Column("无法核对", 8, "number", "所需单元格没有数字，不能判断的处数。无法核对不等于通过。"),
    Column("质量得分", 9, "percent", "可以核对的规则中成立的比重，错误级的权数为 3，提醒级为 1；可核对的过少不计分。"),
    Column("文件", 60),
)
_NOTES = ("质量得分由低到高排列；没有得分的在前。只列现行报告，未报送的见“报送情况”。",)


def write_quality(book: Book) -> None:
    """One row for each current report, the worst first."""
    listing = Listing("数据质量", "数据质量", _COLUMNS, _NOTES, "没有报告。", fixed=1, printed=15)
    write_listing(book, listing, _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    titles = {row.form: row.title_zh.removesuffix("格式") for row in book.catalog.forms}
    for name, status, forms, due, *rest in book.tables.rows(_QUALITY):
        used = "、".join(titles.get(form, form) for form in (forms or "").split("、") if form)
        shown: object = used if forms in (None, due) else ("attention", used)
        yield [name, _STATUSES.get(status, status), shown, *rest]
