"""问题清单: everything found in the current reports, by body, worst first, with the cells behind it."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
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
    SELECT agency_name, report_year, severity, rule, title_zh, "table", place, cell.raw, expected, actual, difference, message,
           path, location, cell.listed, cell.cells, finding_id
    FROM out_findings LEFT JOIN cell USING (finding_id)
    ORDER BY agency_name, agency_id, CASE severity WHEN 'E' THEN 1 WHEN 'W' THEN 2 ELSE 3 END, report_year DESC, rule, part, place,
             finding_id
"""
_COLUMNS = (
    Column("单位", 26, "long"),
    Column("年度", 7, "year"),
    Column("程度", 7, "centred", "错误：数字之间矛盾或不合规定，应当更正；提醒：不合常理，应当核实；提示：写法不规范，供参考。"),
    Column("规则", 7, "centred", "规则编号，定义见“规则核对情况”。"),
    Column("规则名称", 16, "long"),
    Column("表", 7, "centred"),
    Column("位置", 24, "long"),
    Column("印出文字", 12, "long", "所涉第一个单元格内印出的原文，未作改动。"),
    Column("应为", 17, "number", "按规则应有的数值；规则只定范围的为空。金额以元计。"),
    Column("实为", 17, "number", "报告中的数值。金额以元计。"),
    Column("相差", 15, "number", "实为减应为。金额以元计。"),
    Column("说明", 50, "long", "可转发给报送单位的说明。"),
    Column("文件", 36, "long", "文件在 data/raw 下的相对路径。"),
    Column("出处", 20, "long", "所涉第一个单元格在文件中的位置。"),
    Column("有关单元格", 50, "text", f"规则涉及的全部单元格、印出文字与位置，最多列 {_MOST_CELLS} 个。"),
    Column("问题编号", 19, "text", "同一问题在各次运行中编号不变；数值改动后编号随之改变。"),
)


def write_findings(book: Book) -> None:
    """The list of findings: bodies by name, within a body errors before warnings before remarks, latest year first."""
    notes = ("只列现行报告的问题。规则只指出数字之间的矛盾，不判断哪一个数字是错的；请对照原件核改。“应为”“实为”“相差”中的金额以元计。",)
    listing = Listing("问题清单", "问题清单", _COLUMNS, notes, "现行报告中没有发现问题。", fixed=2)
    write_listing(book, listing, _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    for row in book.tables.rows(_FINDINGS):
        name, year, severity, rule, title, table, place, raw, expected, actual, difference, message, path, location, cells, count, key = row
        shown = "；".join(cells or ()) + (f"；……共 {count} 个单元格" if (count or 0) > _MOST_CELLS else "")
        degree: object = severities.FINDINGS[severity] if severity != "E" else ("attention", severities.FINDINGS[severity])
        beginning = [name, year, degree, rule, title, book.table_name(table), place, raw or ""]
        yield [*beginning, expected, actual, difference, message, path, location, shown, key]
