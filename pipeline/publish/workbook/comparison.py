"""与上年比较 and 各单位与上年比较: this year beside the year before, with what may not be compared left blank and said."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.catalog.model import Catalog
from pipeline.indicators.terms import compile_indicators
from pipeline.publish.workbook.book import COMPARABILITY, Book
from pipeline.publish.workbook.cells import shown
from pipeline.publish.workbook.listing import Column, Listing, write_listing
from pipeline.publish.workbook.order import field_order
from pipeline.warehouse.wide import without_printed_unit

# Only bodies with a number in both years are added, so that both sums are over the same bodies.
_TOTALS = """
    WITH usable AS (
        SELECT *, comparable <> 'no' AND value IS NOT NULL AND previous_value IS NOT NULL AS used
        FROM out_year_over_year WHERE applicant IN ('', 'total')
    ),
    reason AS (
        SELECT report_year, "table", field, label, unit, comparable_reason, count(*) AS bodies, bool_or(used) AS used
        FROM usable WHERE report_year IN (SELECT report_year FROM usable WHERE previous_value IS NOT NULL) GROUP BY ALL
    ),
    added AS (
        SELECT report_year, "table", field, label, unit, comparable, count(*) AS bodies, sum(value) AS this_year,
               sum(previous_value) AS last_year, string_agg(DISTINCT comparable_reason, '；' ORDER BY comparable_reason) AS reason,
               sum(corrected_cells) AS corrected, sum(printed_value) AS printed_this, sum(printed_previous_value) AS printed_last
        FROM usable WHERE used GROUP BY ALL
        UNION ALL
        SELECT report_year, "table", field, label, unit, 'no', 0, NULL, NULL,
               string_agg(comparable_reason || '（' || bodies || ' 个单位）', '；' ORDER BY bodies DESC, comparable_reason), 0, NULL, NULL
        FROM reason GROUP BY ALL HAVING NOT bool_or(used)
    )
    SELECT report_year, "table", label, field, unit, bodies, this_year, last_year, comparable, reason, corrected, printed_this,
           printed_last FROM added
"""
_BODIES = """
    SELECT report_year, agency_name, label, unit, value, previous_value, comparable,
           concat_ws('；', nullif(comparable_reason, ''), '上年为' || previous_name) AS reason,
           corrected_cells, printed_value, printed_previous_value
    FROM out_year_over_year JOIN key_item USING (field)
    WHERE applicant IN ('', 'total')
          AND report_year IN (SELECT report_year FROM out_year_over_year WHERE previous_value IS NOT NULL)
    ORDER BY report_year DESC, agency_name, agency_id, position, label
"""
_CHANGE_COLUMNS = (
    Column("本年", 18, "number"),
    Column("上年", 18, "number", "上年报告中可比的一项；改换格式时可能是另一名称的项目。"),
    Column("增减", 18, "number", "本年减上年；不可比的为空。"),
    Column("增减%", 10, "percent", "增减除以上年；上年为 0 或不可比的为空。"),
    Column("可比性", 9, "centred"),
    Column("说明", 40, "long", "不可比或勉强可比的原因；更名、合并、分设的，上年与之相比的单位；有更正的，按印出的数字是多少。"),
)


_TOTAL_COLUMNS = (
    Column("年度", 7, "year"),
    Column("表", 7, "centred"),
    Column("项目", 58, "long"),
    Column("计量单位", 9, "centred"),
    Column("单位数", 8, "number", "两个年度都有可比数字、计入合计的单位数。"),
    *_CHANGE_COLUMNS,
)
_BODY_COLUMNS = (
    Column("年度", 7, "year"),
    Column("单位", 30, "long"),
    Column("项目", 58, "long"),
    Column("计量单位", 9, "centred"),
    *_CHANGE_COLUMNS,
)
_CORRECTED = "含更正 {count} 格，按印出的数字：本年 {this}，上年 {last}"
_NOTHING = "没有两个相邻年度的报告可以比较。"


def write_comparison(book: Book, names: tuple[str, str] = ("与上年比较", "各单位与上年比较")) -> None:
    """The sums over all bodies, then the key items of each body; names: of the two sheets."""
    notes: tuple[str, ...] = (
        "每项只加总两个年度都有可比数字的单位，两个合计的单位范围因此相同，与“汇总”表中的全部合计可以不同。金额以元计。",
        "两种格式之间含义不同的项目不作比较；“勉强可比”的项目名称或口径有变化，引用时应予说明。",
    )
    write_listing(book, Listing(names[0], "合计与上年比较", _TOTAL_COLUMNS, notes, _NOTHING, latest_year=True), _totals(book))
    notes = ("只列分析指标直接使用的主要项目，其余项目见数据库。金额以元计。",)
    listing = Listing(names[1], "各单位主要项目与上年比较", _BODY_COLUMNS, notes, _NOTHING, fixed=2, latest_year=True)
    write_listing(book, listing, _bodies(book))


def key_items(catalog: Catalog) -> tuple[str, ...]:
    """The fields that an indicator uses alone as its numerator or denominator, in printed order: what offices ask for first.

    Indicators that are written out for each of several items (the reasons of refusal) do not count.
    """
    plain = {row.indicator for row in catalog.indicators if not row.each}
    alone: set[str] = set()
    for indicator in compile_indicators(catalog):
        if indicator.indicator in plain:
            for form in indicator.forms:
                for side in ("numerator", "denominator"):
                    fields = [term.field for term in indicator.terms if term.form == form and term.side == side]
                    alone.update(fields if len(fields) == 1 else ())
    return tuple(name for name in field_order(catalog) if name in alone)


def _totals(book: Book) -> Iterator[list[object]]:
    order = field_order(book.catalog)
    found = sorted(book.tables.rows(_TOTALS), key=lambda row: (-row[0], order[row[3]], row[8], row[2]))
    for year, table, label, _, unit, bodies, *figures in found:
        yield [year, book.table_name(table), _item(label, unit), unit, bodies, *_change(*figures)]


def _bodies(book: Book) -> Iterator[list[object]]:
    names = key_items(book.catalog)
    if not names:
        return
    listed = ", ".join(f"({number}, ?)" for number in range(len(names)))
    sql = f"WITH key_item(position, field) AS (VALUES {listed}) {_BODIES}"
    for year, name, label, unit, *figures in book.tables.rows(sql, *names):
        yield [year, name, _item(label, unit), unit, *_change(*figures)]


def _item(label: str, unit: str) -> str:
    return without_printed_unit(label) if unit == "元" else label


def _change(
    this_year: Any, last_year: Any, comparable: str, reason: str, corrected: int, printed_this: Any, printed_last: Any
) -> list[object]:
    change = this_year - last_year if comparable != "no" and this_year is not None and last_year is not None else None
    share = float(change) / float(last_year) if change is not None and last_year > 0 else None
    said = _CORRECTED.format(count=corrected, this=shown(printed_this), last=shown(printed_last)) if corrected else ""
    return [this_year, last_year, change, share, COMPARABILITY[comparable], "；".join(filter(None, (reason, said)))]
