"""指标排名 and 排名明细: the bodies of a year against each other, as a table for paper and as a list for the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from pipeline.indicators.terms import CompiledIndicator, compile_indicators, one_of_each
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import shown
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_STANDING = """
    SELECT shown.agency_name, shown.agency_id, indicator, shown_as, shown.ratio, shown.level, numerator, denominator, rank,
           shown.corrected_cells, printed_rank, printed_ratio, printed_level
    FROM out_indicators AS shown
    LEFT JOIN (FROM out_agency_comparison WHERE measure_kind = 'indicator') AS compared
         ON measure = indicator AND compared.agency_id = shown.agency_id AND compared.report_year = shown.report_year
    WHERE shown_as <> 'missing' ORDER BY 1, 2
"""
_RANKS = """
    SELECT measure, rank, compared.agency_name, ratio, level, numerator, denominator, bodies, share, shown.corrected_cells, printed_rank,
           printed_ratio, printed_level, printed_share
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
_MEANING = "名次只表示数值大小，不表示优劣：例如公开率高低与申请内容有关。分母过小的单位只列件数，不参加排名。"
_NOTES = (
    _MEANING,
    "金额以元计。各指标的算式见数据字典。用表头的筛选按钮选一项指标，即为该项指标的名次表；本表供在屏幕上查看，打印用“指标排名”。",
)
_TABLE_NOTES = (
    _MEANING,
    "每项指标两列：数值（件数等，或百分比）和由大到小的名次。写作“分子/分母”的是分母过小、不算比率的；空白是所需单元格没有数字，不是 0。",
    "金额以元计。指标含义见各列标题的批注；某一项指标的名次表见“排名明细”。",
)


def write_ranking(book: Book) -> None:
    """One row for each body with the value and the rank that it has in each indicator; then a list with a row for each of these.

    Indicators that are written out for each of several items are left out.
    """
    standing = list(book.tables.rows(_STANDING))
    there = {row[2] for row in standing}
    used = [row for row in _indicators(book) if row.indicator in there]
    columns = [Column("单位", 30, "long"), *(column for row in used for column in _pair(row))]
    corrected = Column("更正", 30, "long", "采用了更正后数字的指标，按印出的数字是多少、第几名；别的单位有更正的，名次也可能不同。")
    table = Listing("指标排名", "指标排名", [*columns, corrected], _TABLE_NOTES, "没有可以排名的指标。", fixed=1)
    write_listing(book, table, _table(used, standing))
    listing = Listing("排名明细", "指标排名明细", _COLUMNS, _NOTES, "没有可以排名的指标。", fixed=1, on_paper=False)
    write_listing(book, listing, _rows(book))


def _indicators(book: Book) -> list[CompiledIndicator]:
    plain = {row.indicator for row in book.catalog.indicators if not row.each}
    return [row for row in one_of_each(compile_indicators(book.catalog)) if row.indicator in plain]


def _pair(row: CompiledIndicator) -> tuple[Column, Column]:
    heading = row.label if row.is_ratio else f"{row.label}（{row.unit}）"
    return Column(heading, 9, "percent" if row.is_ratio else "number", row.definition_zh), Column("名次", 5, "number")


def _table(used: Sequence[CompiledIndicator], standing: Sequence[tuple[Any, ...]]) -> Iterator[list[object]]:
    for (name, _), group in groupby(standing, key=lambda row: row[:2]):
        found = {indicator: rest for _, _, indicator, *rest in group}
        values: list[object] = [name]
        said = []
        for row in used:
            if row.indicator not in found:
                values += [None, None]
                continue
            shown_as, ratio, level, numerator, denominator, rank, *printed = found[row.indicator]
            few = f"{shown(numerator)}/{shown(denominator)}"
            values += [few if shown_as == "counts" else ratio if row.is_ratio else level, rank or "—"]
            remark = _as_printed(rank, *printed, is_ratio=row.is_ratio)
            said += [f"{row.label}：{remark}"] if remark else []
        yield [*values, "；".join(said)]


def _rows(book: Book) -> Iterator[list[object]]:
    found: dict[str, list[tuple[Any, ...]]] = {}
    for measure, *rest in book.tables.rows(_RANKS):
        found.setdefault(measure, []).append(tuple(rest))
    for row in _indicators(book):
        for rank, name, ratio, level, numerator, denominator, bodies, share, *printed, printed_share in found.get(row.indicator, ()):
            figure = ("percent", ratio) if row.is_ratio else level
            unit = "%" if row.is_ratio else row.unit
            said = _as_printed(rank, *printed, is_ratio=row.is_ratio)
            if printed[0] and printed_share is not None:
                said += f"，占合计 {printed_share:.2%}"
            yield [row.label, rank, name, figure, unit, numerator, denominator, bodies, share, said, row.definition_zh]


def _as_printed(rank: Any, corrected: int, printed_rank: Any, ratio: float | None, level: Any, *, is_ratio: bool) -> str:
    """What the row would say without corrections, "" where it would say the same."""
    figure = (f"{ratio:.2%}" if ratio is not None else shown(None)) if is_ratio else shown(level)
    said = [f"含更正 {corrected} 格，按印出的数字为 {figure}"] if corrected else []
    if printed_rank != rank:
        said.append(f"按印出的数字排第 {printed_rank} 名" if printed_rank else "按印出的数字不参加排名")
    return "，".join(said)
