from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.names import agency_name, provisional_id
from pipeline.normalise.filing.records import FiledReport, core_cells, core_problems, core_report, core_report_tables, core_sections
from pipeline.normalise.model import Cell, Locator, Problem, Report, Section, TableFound

SHA = "0123456789abcdef" * 4
CELL = Cell("requests", "requests.new", "total", "number", Decimal(3), "3 件", Locator(1, 2, 3, 4, (0.0, 1.0, 2.0, 3.0)))
REPORT = Report(
    index=1,
    status="partial",
    agency="沐云区财政局",
    report_year=2021,
    title="题目",
    title_year=2021,
    period_year=None,
    tables=(TableFound("requests", "2021", "found"),),
    cells=(CELL, Cell("remedies", "remedies.review.total", None, "blank", None, "", None)),
    sections=(Section("overview", 1, 1, "一、总体情况", "正文"),),
    problems=(Problem("table_absent", "warning", "没有表二。", "proactive"),),
    published_on="2022-01-20",
)


@pytest.mark.parametrize("printed", ["沐云区 财政局", "沐云区\u3000财政局", "沐雲區財政局"])
def test_the_same_body_printed_differently_has_one_id(printed: str) -> None:
    assert provisional_id(printed) == provisional_id("沐云区财政局")
    assert provisional_id(printed).startswith("p-")


def test_names_keep_characters_that_are_at_home_in_both_scripts() -> None:
    assert agency_name("乾安县人民政府") == "乾安县人民政府"
    assert agency_name("乾縣人民政府") == "乾县人民政府"


def test_a_report_is_filed_under_the_body_that_is_stated() -> None:
    stated = FiledReport(SHA, "a.html", REPORT, "别的局", date(2022, 3, 1))
    assert (stated.report_id, stated.agency_name, stated.published_on) == ("0123456789abcdef-1", "别的局", date(2022, 3, 1))
    assert FiledReport(SHA, "a.html", REPORT, "財政局").agency_name == "沐云区财政局", "the fuller of two names for one body"
    assert FiledReport(SHA, "a.html", REPORT, "瀚川市沐云区财政局").agency_name == "瀚川市沐云区财政局"
    silent = FiledReport(SHA, "a.html", Report(0, "refused", None, None, "", None, None, (), (), (), (), "昨天"), "别 的局")
    assert (silent.agency_name, silent.published_on) == ("别的局", None)
    assert FiledReport(SHA, "a", silent.report).agency_id is None


def test_rows_of_the_core_tables(catalog: Catalog) -> None:
    filed = FiledReport(SHA, "a.html", REPORT)
    row = core_report(catalog, filed, is_current=True, copies=1, version_rule=None, correction_mark=None)
    assert (row["form_due"], row["report_index"], row["published_on"]) == ("2021", 1, date(2022, 1, 20))
    (table,) = core_report_tables(filed)
    assert (table["table"], table["table_state"]) == ("requests", "found")
    first, second = core_cells(filed)
    assert (first["applicant"], first["grid"], first["row"], first["column"], first["page"]) == ("total", 1, 2, 3, 4)
    assert (second["applicant"], second["grid"], second["value"]) == ("", None, None)
    (section,) = core_sections(filed)
    assert (section["section"], section["section_number"]) == ("overview", 1)
    more = Problem("copy_same", "info", "另有一份。")
    assert [row["problem"] for row in core_problems(filed, (more,))] == [0, 1]
