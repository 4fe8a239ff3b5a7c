"""分析指标 and 指标定义: every indicator of every body, one row a body and year, and what each one means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import groupby
from typing import Any

from pipeline.catalog.numbers import number_text
from pipeline.indicators.terms import CompiledIndicator, compile_indicators, one_of_each
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.cells import shown
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_INDICATORS = """
    SELECT report_year, agency_name, agency_id, indicator, shown_as, ratio, level, numerator, denominator, corrected_cells,
           printed_shown_as, printed_ratio, printed_level, printed_numerator, printed_denominator
    FROM out_indicators ORDER BY report_year DESC, agency_name, agency_id
"""
_DEFINITION_COLUMNS = (
    Column("指标", 44, "long"),
    Column("计量单位", 10, "centred"),
    Column("定义", 70, "long"),
    Column("算式", 60, "long", "分子 ÷ 分母，写的是指标编号，见数据字典。"),
    Column("使用提示", 44, "long", "引用该指标时应当说明的事项。"),
    Column("分母下限", 10, "number", "分母小于此数时不计算比率，只列“分子/分母”。"),
    Column("适用格式", 26, "long"),
    Column("定义编号", 34, "text"),
)


def write_indicators(book: Book) -> None:
    """The indicators of all years, the latest first, and their definitions."""
    compiled = compile_indicators(book.catalog)
    there = {name for (name,) in book.tables.rows("SELECT DISTINCT indicator FROM out_indicators")}
    used = tuple(row for row in one_of_each(compiled) if row.indicator in there)
    columns = [
        Column("年度", 8, "year"),
        Column("单位", 36),
        *(_column(row) for row in used),
        Column("更正", 40, "long", "采用了更正后数字的指标，按印出的数字是多少。"),
    ]
    notes = (
        "比率以百分数表示。分母过小的不算比率，写作“分子/分母”（单位：件）。",
        "占比类指标的分母不大时，比率随几件申请而大幅变动；其 95% 置信区间见数据库 out_indicators 的 ratio_low、ratio_high。",
        "空白：所需单元格空白、无法识别或缺少，不能计算，不等于 0；或该格式没有这一指标。",
        "定义见“指标定义”和各列标题的批注。不同格式之间的可比性见“与上年比较”。金额以元计。",
    )
    write_listing(
        book, Listing("分析指标", "分析指标", columns, notes, "没有可以计算的指标。", fixed=2, latest_year=True), _rows(book, used)
    )
    definitions = Listing(
        "指标定义", "分析指标的定义", _DEFINITION_COLUMNS, ("比率为分子除以分母；分子或分母所需的任一单元格没有数字，即不计算。",)
    )
    write_listing(book, definitions, _definitions(book, compiled))


def _column(row: CompiledIndicator) -> Column:
    unit = "%" if row.is_ratio else row.unit
    return Column(f"{row.label}\n（{unit}）" if unit else row.label, 15, "percent" if row.is_ratio else "number", row.definition_zh)


def _rows(book: Book, compiled: tuple[CompiledIndicator, ...]) -> Iterator[list[object]]:
    for (year, name, _), group in groupby(book.tables.rows(_INDICATORS), key=lambda row: row[:3]):
        listed = {indicator: rest for _, _, _, indicator, *rest in group}
        found = {indicator: _shown(*rest[:5]) for indicator, rest in listed.items()}
        said = (_as_printed(row, listed[row.indicator]) for row in compiled if row.indicator in listed)
        yield [year, name, *(found.get(row.indicator) for row in compiled), "；".join(filter(None, said))]


def _as_printed(row: CompiledIndicator, told: Sequence[Any]) -> str:
    """What an indicator with corrected cells would be by printed figures, "" for others."""
    if not told[5]:
        return ""
    value = _shown(*told[6:])
    text = value if isinstance(value, str) else f"{value:.2%}" if isinstance(value, float) else shown(value)
    return f"{row.label} 按印出的数字为 {text}"


def _shown(
    shown_as: str, ratio: float | None, level: Decimal | None, numerator: Decimal | None, denominator: Decimal | None
) -> str | float | Decimal | None:
    if shown_as == "counts" and numerator is not None and denominator is not None:
        return f"{number_text(numerator)}/{number_text(denominator)}"
    return {"ratio": ratio, "level": level}.get(shown_as)


def _definitions(book: Book, compiled: tuple[CompiledIndicator, ...]) -> Iterator[list[object]]:
    titles = {form.form: form.title_zh for form in book.catalog.forms}
    for row in compiled:
        unit = "%" if row.is_ratio else row.unit
        forms = "、".join(titles[form] for form in row.forms) or "各格式"
        limit = row.minimum_denominator or None
        yield [row.label, unit, row.definition_zh, row.formula, row.caveat_zh, limit, forms, row.definition]
