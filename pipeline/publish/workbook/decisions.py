"""人工决定: every correction, waiver and confirmation, those that somebody has to look at first."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.checks.decided import IN_VAIN, KINDS, STATES, spoken
from pipeline.publish.workbook.book import Book
from pipeline.publish.workbook.listing import Column, Listing, write_listing

# In the workbook of a year those of its year; in the one over all years all, also those that are about no report that is there.
_DECISIONS = """
    SELECT coalesce(agency_name, agency_id), report_year, decision_kind, decision_state, label, rule, finding_id, expected_state,
           expected_value, state, value, corrected_value, state_reason, decision_reason, source, decided_by, decided_on, valid_until
    FROM core_decisions
    WHERE $1 OR report_year IN (SELECT report_year FROM core_reports)
    ORDER BY NOT list_contains($2, decision_state), report_year DESC, 1, decision_kind, decision_id
"""
_COLUMNS = (
    Column("单位", 22, "long"),
    Column("年度", 6, "year"),
    Column("决定", 6, "centred", "更正：一格的数字；豁免：一个问题不需更正；确认：一个问题属实；范围：政府报告是全地区的还是本级的。"),
    Column(
        "状态", 8, "centred", "失效：报告的数字已改动，或问题已不存在；过期：过了有效期；对不上：没有该单位该年度的报告，或问题编号不符。"
    ),
    Column("格或问题", 30, "long"),
    Column("登记时印的", 13, "number"),
    Column("现在印的", 13, "number"),
    Column("更正为", 13, "number", "金额以元计。"),
    Column("状态说明", 30, "long", "决定为什么不起作用、应怎么办。"),
    Column("理由", 28, "long"),
    Column("依据", 18, "long"),
    Column("决定人", 11, "long"),
    Column("决定日期", 11.5, "date"),
    Column("有效期至", 11.5, "date"),
)


def write_decisions(book: Book, *, all_years: bool = True) -> None:
    """One row for each decision with what has become of it."""
    loud = f"SELECT count(*) FROM core_decisions WHERE list_contains({list(IN_VAIN)!r}, decision_state)"
    number = book.tables.number(loud)
    notes: tuple[str, ...] = (
        "报告印的数字不改，更正后的数字写在旁边；合计、指标、比较采用起作用的更正。用 gongkai correct、waive、confirm、cover 登记。",
    )
    if number and all_years:
        notes = (*notes, f"有 {number} 项决定失效、过期或对不上，排在最前，请逐项核对。")
    write_listing(
        book, Listing("人工决定", "人工决定", _COLUMNS, notes, "没有登记更正、豁免、确认或报告范围。", fixed=2), _rows(book, all_years)
    )


def _rows(book: Book, all_years: bool) -> Iterator[list[object]]:
    for name, year, kind, state, label, rule, finding, expected_state, expected, now_state, now, corrected, *said in book.tables.rows(
        _DECISIONS, all_years, list(IN_VAIN)
    ):
        shown: object = ("attention", STATES[state]) if state in IN_VAIN else STATES[state]
        what = label or f"{rule}（{finding}）"
        printed = [
            each if each is not None else spoken(of, each) if of else None for of, each in ((expected_state, expected), (now_state, now))
        ]
        yield [name, year, KINDS[kind], shown, what, *printed, corrected, *said]
