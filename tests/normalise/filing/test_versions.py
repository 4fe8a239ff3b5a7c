"""Which of several reports of one body and year counts, by which rule, and in which cells they differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from pipeline.catalog.model import Catalog
from pipeline.normalise.filing.recognition import correction_marks
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.filing.versions import RULES, choose, core_report_versions, differences, relation
from pipeline.normalise.model import Cell, Evidence, Locator, Report, ReportStatus, State, TableFound
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph

BODY = "瀚川市沐云区财政局"
TABLES = ("proactive", "requests", "remedies")
MARK = Evidence("title", "version", "（更正版）", "更正")


def cell(field: str, state: State, value: int | None = None, *, printed: bool = True) -> Cell:
    number = Decimal(value) if value is not None else None
    return Cell("requests", field, "total", state, number, str(value or ""), Locator(1, 2, 3) if printed else None)


def filed(
    name: str,
    status: ReportStatus = "parsed",
    day: date | None = None,
    path: str = "",
    *,
    marked: bool = False,
    tables: tuple[str, ...] = TABLES,
    cells: tuple[Cell, ...] = (),
) -> FiledReport:
    found = tuple(TableFound(table, "2021", "found" if table in tables else "absent") for table in TABLES)
    evidence = (MARK,) if marked else ()
    report = Report(0, status, BODY, 2023, "题目", 2023, None, found, cells, (), (), evidence=evidence)
    return FiledReport(name * 64, path or f"{name}.docx", report, stated_on=day)


def chosen(catalog: Catalog, *group: FiledReport) -> tuple[str | None, list[str | None]]:
    """The path of the current report, and the rules of all in their order."""
    choice = choose(catalog, group)
    return choice.current.path if choice.current else None, [choice.rules.get(item.report_id) for item in group]


def test_a_report_alone_needs_no_rule(catalog: Catalog) -> None:
    assert chosen(catalog, filed("a")) == ("a.docx", [None])
    assert chosen(catalog, filed("a", "refused")) == (None, [None])
    assert chosen(catalog, filed("a"), filed("b", "refused")) == ("a.docx", [None, None])


def test_each_rule_decides_where_the_ones_before_leave_two_alike(catalog: Catalog) -> None:
    early, late = date(2024, 1, 20), date(2024, 3, 1)
    assert chosen(catalog, filed("a", day=early), filed("b", day=late)) == ("b.docx", ["published_on"] * 2)
    assert chosen(catalog, filed("a"), filed("b", "partial", day=late)) == ("a.docx", ["completeness"] * 2)
    assert chosen(catalog, filed("a", day=early, marked=True), filed("b", day=late)) == ("a.docx", ["correction_mark"] * 2)
    assert chosen(catalog, filed("a"), filed("b")) == ("b.docx", ["path"] * 2)
    assert chosen(catalog, filed("a"), filed("b", day=early)) == ("b.docx", ["published_on"] * 2)
    three = filed("a", day=late), filed("b", "partial", day=late), filed("c", day=early)
    assert chosen(catalog, *three) == ("a.docx", ["published_on", "completeness", "published_on"])


def test_the_report_of_the_area_counts_before_that_of_the_office_alone(catalog: Catalog) -> None:
    own = filed("b", day=date(2024, 3, 1))
    own = replace(own, report=structs.replace(own.report, level="own_office"))
    assert chosen(catalog, filed("a"), own) == ("a.docx", ["level", "level"])
    assert relation(["contradicting"], "level") == "own_office"
    titled = replace(own, report=structs.replace(own.report, level=None, title=f"{BODY}（本级）2023年政府信息公开工作年度报告"))
    assert chosen(catalog, filed("a"), titled) == ("a.docx", ["level", "level"])


def test_a_corrected_report_with_a_doubtful_cell_counts_before_the_first_one(catalog: Catalog) -> None:
    assert chosen(catalog, filed("a"), filed("b", "partial", marked=True))[0] == "b.docx"


def test_a_notice_with_the_corrected_table_alone_does_not_stand_for_the_whole(catalog: Catalog) -> None:
    notice = filed("b", "partial", date(2024, 3, 1), marked=True, tables=("requests",))
    assert chosen(catalog, filed("a"), notice) == ("a.docx", ["completeness"] * 2)


KINDS: list[tuple[ReportStatus, int, bool]] = [
    (status, day, marked) for status in ("parsed", "partial") for day in (1, 2) for marked in (False, True)
]
ALL_KINDS = [
    filed(str(number), status, date(2024, 1, day), f"{number}.docx", marked=marked) for number, (status, day, marked) in enumerate(KINDS)
]


@given(st.permutations(ALL_KINDS))
def test_the_order_in_which_files_come_changes_nothing(catalog: Catalog, group: list[FiledReport]) -> None:
    choice = choose(catalog, group)
    assert choice.current == ALL_KINDS[KINDS.index(("parsed", 2, True))]
    assert choice.rules == choose(catalog, ALL_KINDS).rules
    assert set(choice.rules) == {item.report_id for item in group}
    assert set(choice.rules.values()) <= set(RULES)


@pytest.mark.parametrize(
    ("here", "there", "kind"),
    [
        (cell("f", "number", 3), cell("f", "number", 3), None),
        (cell("f", "number", 3), cell("f", "number", 4), "contradicting"),
        (cell("f", "number", 0), cell("f", "blank"), "contradicting"),
        (cell("f", "not_applicable"), cell("f", "number", 1), "contradicting"),
        (cell("f", "blank"), cell("f", "not_applicable"), "sign"),
        (cell("f", "unreadable"), cell("f", "number", 1), "unclear"),
        (cell("f", "blank", printed=False), cell("f", "number", 1), "missing"),
        (None, cell("f", "number", 1), "missing"),
        (None, cell("f", "blank", printed=False), None),
    ],
)
def test_a_cell_that_is_not_there_contradicts_nothing(here: Cell | None, there: Cell | None, kind: str | None) -> None:
    pair = [filed(name, cells=(item,) if item else ()) for name, item in (("a", here), ("b", there))]
    assert [item.kind for item in differences(*pair)] == ([kind] if kind else [])
    assert [item.kind for item in differences(*reversed(pair))] == ([kind] if kind else []), "whichever of the two counts"


@pytest.mark.parametrize(
    ("kinds", "rule", "how"),
    [
        ([], "path", "identical"),
        (["sign"], "path", "identical"),
        (["missing", "sign"], "completeness", "partial"),
        (["missing", "contradicting"], "completeness", "contradicting"),
        (["contradicting"], "correction_mark", "corrected"),
    ],
)
def test_what_two_reports_are_to_each_other(kinds: list[str], rule: str, how: str) -> None:
    assert relation(kinds, rule) == how


def test_differences_are_kept_cell_by_cell_with_both_places() -> None:
    current, other = filed("a", cells=(cell("requests.new", "number", 3),)), filed("b", cells=(cell("requests.new", "number", 4),))
    (row,) = core_report_versions(current, other, differences(current, other))
    assert (row["report_id"], row["other_report_id"]) == (current.report_id, other.report_id)
    assert (row["field"], row["applicant"], row["value"], row["other_value"]) == ("requests.new", "total", Decimal(3), Decimal(4))
    assert row["location"] == row["other_location"] == "第2张表第3行第4列"


@pytest.mark.parametrize(
    ("title", "path", "marks"),
    [
        (f"{BODY}2023年政府信息公开工作年度报告（更正版）", "a.docx", ["更正"]),
        (f"关于更正{BODY}2023年政府信息公开工作年度报告的公告", "a.docx", ["更正"]),
        (f"{BODY}2023年政府信息公开工作年度报告（2024年3月修订）", "a.docx", ["修订"]),
        (f"{BODY}关于重新发布2023年政府信息公开工作年度报告的公告", "a.docx", ["重新发布"]),
        (f"{BODY}2023年政府信息公开工作年度报告", "财政局年报（修改版）.docx", ["修改"]),
        (f"{BODY}2023年政府信息公开工作年度报告", "更正/财政局年报.docx", []),
        (f"{BODY}2023年政府信息公开工作年度报告", "财政局年报修改前.docx", []),
        (f"{BODY}2023年政府信息公开工作年度报告", "城市更新局年报.docx", []),
        ("瀚川市城市更新局2023年政府信息公开工作年度报告", "a.docx", []),
    ],
)
def test_what_marks_a_correction(title: str, path: str, marks: list[str], catalog: Catalog) -> None:
    report = normalise(catalog, Document((Paragraph(title), Paragraph("一、总体情况"), Paragraph("二、主动公开"))))[0]
    assert report.report_year == 2023
    assert report.agency is not None and "更正" not in report.agency
    assert [piece.says for piece in correction_marks(catalog, FiledReport("a" * 64, path, report))] == marks


@pytest.mark.parametrize(
    ("line", "marked"),
    [
        ("因统计口径有误，现予更正如下。", True),
        ("现将2023年政府信息公开工作年度报告重新发布如下。", True),
        ("原发布的2023年年度报告同时作废。", True),
        ("年度报告更正说明", True),
        ("我镇把信息公开与日常业务一同安排，发现错漏随时更正。", False),
        ("公开栏目有人更新、有人检查，制度及时修订。", False),
        ("现公布2023年政府信息公开工作年度报告。", False),
    ],
)
def test_only_what_is_said_of_the_report_itself_marks_it(line: str, marked: bool, catalog: Catalog) -> None:
    report = normalise(catalog, Document((Paragraph(f"{BODY}2023年政府信息公开工作年度报告"), Paragraph(line))))[0]
    assert bool(correction_marks(catalog, FiledReport("a" * 64, "a.docx", report))) is marked
