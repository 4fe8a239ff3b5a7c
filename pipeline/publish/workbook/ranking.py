"""指标排名: the bodies of a year against each other, indicator by indicator."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pipeline.indicators.terms import compile_indicators, one_of_each
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import shown
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_RANKS = """
    SELECT measure, rank, compared.agency_name, ratio, level, numerator, denominator, bodies, share, shown.corrected_cells, printed_rank,
           printed_ratio, printed_level
    FROM out_agency_comparison AS compared
    JOIN out_indicators AS shown
         ON shown.indicator = compared.measure AND shown.agency_id = compared.agency_id AND shown.report_year = compared.report_year
    WHERE measure_kind = 'indicator' ORDER BY rank, compared.agency_name, compared.agency_id
"""
_COLUMNS = (
    Column("指标", 30, "long"),
    Column("名次", 7, "number", "数值由大到小；数值相同的名次相同。"),
    Column("单位", 36, "long"),
    Column("数值", 14, "number"),
    Column("计量单位", 9, "centred"),
    Column("分子", 12, "number"),
    Column("分母", 12, "number"),
    Column("参加排名单位数", 10, "number", "有该指标数值的单位数；分母过小、缺少所需单元格的单位不参加排名。"),
    Column("占合计", 10, "percent", "该单位数值占各单位合计的比重；比率没有合计。"),
    Column("说明", 30, "long", "有更正的，按印出的数字是多少、第几名；别的单位有更正的，名次也可能不同。"),
    Column("指标含义", 60),
)
_NOTES = (
    "名次只表示数值大小，不表示优劣：例如公开率高低与申请内容有关。分母过小的单位只列件数，不参加排名。",
    "金额以元计。各指标的算式见数据字典。",
)


def write_ranking(book: Book) -> None:
    """One row for each indicator and body that has it; indicators that are written out for each of several items are left out."""
    listing = Listing("指标排名", "指标排名", _COLUMNS, _NOTES, "没有可以排名的指标。", fixed=1, printed=10)
    write_listing(book, listing, _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    plain = {row.indicator for row in book.catalog.indicators if not row.each}
    found: dict[str, list[tuple[Any, ...]]] = {}
    for measure, *rest in book.tables.rows(_RANKS):
        found.setdefault(measure, []).append(tuple(rest))
    for row in one_of_each(compile_indicators(book.catalog)):
        if row.indicator in plain:
            for rank, name, ratio, level, numerator, denominator, bodies, share, *printed in found.get(row.indicator, ()):
                figure = ("percent", ratio) if row.is_ratio else level
                unit = "%" if row.is_ratio else row.unit
                said = _as_printed(rank, *printed, is_ratio=row.is_ratio)
                yield [row.label, rank, name, figure, unit, numerator, denominator, bodies, share, said, row.definition_zh]


def _as_printed(rank: Any, corrected: int, printed_rank: Any, ratio: float | None, level: Any, *, is_ratio: bool) -> str:
    """What the row would say without corrections, "" where it would say the same."""
    figure = (f"{ratio:.2%}" if ratio is not None else shown(None)) if is_ratio else shown(level)
    said = [f"含更正 {corrected} 格，按印出的数字为 {figure}"] if corrected else []
    if printed_rank != rank:
        said.append(f"按印出的数字排第 {printed_rank} 名" if printed_rank else "按印出的数字不参加排名")
    return "，".join(said)
