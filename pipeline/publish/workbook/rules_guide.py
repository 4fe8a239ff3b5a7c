"""填报说明: what each rule asks for, in the words for those who fill in the form, and how much of it could be checked."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog import severities
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.guide import READING
from pipeline.publish.workbook.listing import Column, Listing, write_listing

_COVERAGE = "SELECT rule, part, bodies, passed, failed, not_assessable FROM out_rule_coverage"
_COLUMNS = (
    Column("规则", 7, "centred"),
    Column("名称", 24, "long"),
    Column("表", 7, "centred"),
    Column("程度", 9, "centred"),
    Column("填报要求", 86, "long"),
    Column("核对单位数", 9, "number"),
    Column("通过", 8, "number"),
    Column("不符", 8, "number"),
    Column("无法核对", 8, "number"),
)


def write_rules_guide(book: Book) -> None:
    """How the figures come about, then one row for each rule that is about this year, in the order of the catalogue."""
    notes = tuple(f"{title}：{text}" for title, text in READING)
    write_listing(book, Listing("填报说明", "填报说明", _COLUMNS, notes, "没有核对任何报告。", fixed=2), _rows(book))


def _rows(book: Book) -> Iterator[list[object]]:
    found = {(rule, part): counts for rule, part, *counts in book.tables.rows(_COVERAGE)}
    for rule in book.catalog.rules:
        bodies, passed, failed, not_assessable = found.get((rule.rule, rule.part), (0, 0, 0, 0))
        if passed or failed or not_assessable:
            degree = "旁证" if rule.weak else severities.FINDINGS[rule.severity]
            table = book.table_name(rule.table)
            yield [rule.rule, rule.title_zh, table, degree, rule.definition_zh, bodies, passed, failed, not_assessable]
