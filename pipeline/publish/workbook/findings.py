"""问题清单: everything found in the current reports, by body, worst first, with the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
from pipeline.publish.stored import PERHAPS_MISREAD
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_MOST_CELLS = 30  # of one finding; a rule over a whole table may involve all of its cells
_FINDINGS = f"""
    WITH cell AS (
        SELECT finding_id, count(*) AS cells,
               arg_min(CASE WHEN state = 'absent' THEN '（未找到）' WHEN trim(raw) = '' THEN '（空白）' ELSE trim(raw) END,
                       position) AS raw,
               list(label || '：' || CASE WHEN state = 'absent' THEN '未找到' WHEN trim(raw) = '' THEN '空白' ELSE trim(raw) END
                    || CASE WHEN state = 'absent' OR location = '' THEN '' ELSE '（' || location || '）' END
                    ORDER BY position)[:{_MOST_CELLS}] AS listed
        FROM core_finding_cells GROUP BY finding_id
    )
    SELECT agency_name, report_year, severity, rule, title_zh, "table", place, cell.raw, expected, actual, difference, probable, message,
           CASE WHEN status = 'open' AND {PERHAPS_MISREAD} THEN 'misread' ELSE status END,
           decision_reason, path, location, cell.listed, cell.cells, finding_id
    FROM out_findings LEFT JOIN cell USING (finding_id)
    WHERE weak = ?
    ORDER BY agency_name, agency_id, CASE severity WHEN 'E' THEN 1 WHEN 'W' THEN 2 ELSE 3 END, report_year DESC, rule, part, place,
             finding_id
"""
_COLUMNS = (
    Column("单位", 22, "long"),
    Column("年度", 6, "year"),
    Column("程度", 6, "centred", "错误：数字之间矛盾或不合规定，应当更正；提醒：不合常理，应当核实；提示：写法不规范，供参考。"),
    Column("表", 6, "centred"),
    Column("位置", 22, "long"),
    Column("印出文字", 11, "long", "所涉第一个单元格内印出的原文，未作改动。"),
    Column("应为", 15, "number", "按规则应有的数值；规则只定范围的为空。金额以元计。"),
    Column("实为", 15, "number", "报告中的数值。金额以元计。"),
    Column("相差", 13, "number", "实为减应为。金额以元计。"),
    Column("研判", 34, "long", "由勾稽关系推算的很可能有误的数字；不能代替原始台账。"),
    Column("说明", 46, "long", "可转发给报送单位的说明。"),
    Column(
        "状态",
        10,
        "centred",
        "待处理；先对照原件：可能是识别有误，核对后再发函；已确认：主管部门确认有误；已豁免：主管部门认定不是问题；已更正：按更正后的数字已不存在。",
    ),
    Column("处理说明", 24, "long", "人工决定的理由。"),
    Column("规则", 7, "centred", "规则编号，定义见“规则核对情况”或“填报说明”。"),
    Column("规则名称", 22),
    Column("文件", 36, "text", "文件在 data/raw 下的相对路径。"),
    Column("出处", 20, "text", "所涉第一个单元格在文件中的位置。"),
    Column("有关单元格", 50, "text", f"规则涉及的全部单元格、印出文字与位置，最多列 {_MOST_CELLS} 个。"),
    Column("问题编号", 19, "text", "同一问题在各次运行中编号不变；数值改动后编号随之改变。"),
)
_PRINTED = 13  # columns; by what rule and where to look it up is for the screen
_STATUSES = {"open": "待处理", "misread": "先对照原件", "confirmed": "已确认", "waived": "已豁免", "corrected": "已更正"}
_NOTES = ("只列现行报告的问题。规则指出数字之间的矛盾；哪一个数字很可能有误见“研判”，请对照原件核改。“应为”“实为”“相差”中的金额以元计。",)
_WEAK_NOTES = ("旁证只根据数字大小、增减幅度或者文字雷同推测，供核实时参考，不等于数字有误，不列入“问题清单”。",)


def write_findings(book: Book) -> None:
    """The list of findings, and apart from it the weak evidence.

    Bodies by name, within a body errors before warnings before remarks, latest year first.
    """
    listing = Listing("问题清单", "问题清单", _COLUMNS, _NOTES, "现行报告中没有发现问题。", fixed=2, printed=_PRINTED)
    write_listing(book, listing, _rows(book, weak=False))
    listing = Listing("旁证", "旁证：仅供核实时参考的线索", _COLUMNS, _WEAK_NOTES, "没有旁证。", fixed=2, printed=_PRINTED)
    write_listing(book, listing, _rows(book, weak=True))


def _rows(book: Book, *, weak: bool) -> Iterator[list[object]]:
    for row in book.tables.rows(_FINDINGS, weak):
        name, year, severity, rule, title, table, place, raw, expected, actual, difference, probable, message, *rest = row
        status, decided, path, location, cells, count, key = rest
        shown = "；".join(cells or ()) + (f"；……共 {count} 个单元格" if (count or 0) > _MOST_CELLS else "")
        degree: object = severities.FINDINGS[severity] if severity != "E" or weak else ("attention", severities.FINDINGS[severity])
        beginning = [name, year, degree, book.table_name(table), place, raw or "", expected, actual, difference, probable, message]
        yield [*beginning, _STATUSES.get(status, status), decided, rule, title, path, location, shown, key]
