"""规则核对情况: how much each rule could check in each year, so that a rule that checked nothing is seen."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_COVERAGE = """
    SELECT report_year, rule, part, title_zh, severity, bodies, passed, failed, not_assessable, not_applicable, blank_read_as_zero
    FROM out_rule_coverage
"""
_COLUMNS = (
    Column("年度", 8, "year"),
    Column("规则", 8, "centred"),
    Column("规则名称", 26, "long"),
    Column("程度", 8, "centred"),
    Column("核对单位数", 10, "number", "至少有一处能够核对的报告数。"),
    Column("通过", 10, "number", "核对后成立的处数。"),
    Column("不符", 10, "number", "核对后不成立的处数。"),
    Column("无法核对", 10, "number", "所需的单元格空白、无法识别或缺少，因而不能判断的处数。"),
    Column("不适用", 10, "number", "因格式、年度或单位性质而不适用的处数。"),
    Column("空白按 0 处数", 10, "number", "只有把空白看作 0 才成立的处数，已另作提示。"),
    Column("核对情况", 16, "centred"),
    Column("规则定义", 70, "long"),
)


def write_coverage(book: Book) -> None:
    """One row for each rule and year, the latest year first, rules in the order of the catalogue."""
    notes = ("“无法核对”不等于通过。“没有核对”：该年度没有一处能够核对，有没有问题不得而知。",)
    write_listing(
        book, Listing("规则核对情况", "规则核对情况", _COLUMNS, notes, "没有核对任何报告。", fixed=3, latest_year=True), _rows(book)
    )


def _rows(book: Book) -> Iterator[list[object]]:
    order = {(rule.rule, rule.part): (number, rule.definition_zh) for number, rule in enumerate(book.catalog.rules)}
    found = sorted(book.tables.rows(_COVERAGE), key=lambda row: (-row[0], order.get((row[1], row[2]), (len(order), ""))[0]))
    for year, rule, part, title, severity, bodies, passed, failed, not_assessable, not_applicable, as_zero in found:
        counts = (bodies, passed, failed, not_assessable, not_applicable, as_zero)
        definition = order.get((rule, part), (0, ""))[1]
        yield [year, rule, title, severities.FINDINGS[severity], *counts, _verdict(passed, failed, not_assessable), definition]


def _verdict(passed: int, failed: int, not_assessable: int) -> object:
    if passed + failed == 0:
        return ("attention", "没有核对") if not_assessable else "不适用"
    if failed:
        return "有不符"
    return "部分无法核对" if not_assessable else "全部通过"
