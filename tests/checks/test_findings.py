"""Findings: the cells behind them, their places, their ids, and their shape as problems of `gongkai parse`."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from msgspec.structs import replace as replace_struct

from pipeline.catalog.model import Catalog
from pipeline.checks.evidence import figure_text
from pipeline.checks.model import CopyDifference, CopyFacts, Finding, ReportFacts
from pipeline.checks.problems import problems_of
from pipeline.checks.rulebook import check_report
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Cell, Locator

from .build_report import YEAR_BEFORE, make_report

WRONG = {"requests.new[natural_person]": "11"}


def findings(facts: ReportFacts, catalog: Catalog, previous: ReportFacts | None = None) -> dict[tuple[str, str], Finding]:
    found = [finding for result in check_report(facts, previous, catalog) for finding in result.findings]
    assert len({finding.finding_id for finding in found}) == len(found)
    return {(finding.rule, finding.place): finding for finding in found}


def test_a_finding_names_its_cells_as_printed_and_where_they_stand(catalog: Catalog) -> None:
    facts = make_report(catalog, change=WRONG | {"requests.handled[natural_person]": "10|10 件"})
    finding = findings(facts, catalog)["R1", "表三“自然人”列"]
    assert [(cell.side, cell.label, cell.raw, cell.location) for cell in finding.cells] == [
        ("left", "本年新收政府信息公开申请数量（自然人）", "11", "第2张表第11行第3列"),
        ("left", "上年结转政府信息公开申请数量（自然人）", "2", "第2张表第12行第3列"),
        ("right", "本年度办理结果/总计（自然人）", "10 件", "第2张表第34行第3列"),
        ("right", "结转下年度继续办理（自然人）", "2", "第2张表第35行第3列"),
    ]


def test_places_in_words() -> None:
    assert location_text(Locator(table=0, row=3, column=1, page=3)) == "第3页第4行第2列"
    assert location_text(Locator(table=1, row=4, column=2)) == "第2张表第5行第3列"
    assert location_text(None) == "未找到该单元格"
    assert location_text(Locator(page=2)) == "第2页"


def test_what_a_cell_says_in_words() -> None:
    cell = Cell("proactive", "proactive.fees.amount", None, "number", Decimal(62000), "6.2 万元", Locator(table=0))
    assert figure_text(None, "件") == "未找到"
    assert figure_text(replace_struct(cell, state="blank", value=None, raw="", locator=None), "件") == "未找到"
    assert figure_text(replace_struct(cell, state="blank", value=None, raw=""), "件") == "空白"
    assert figure_text(replace_struct(cell, locator=None), "件") == "62000 件", "a figure that was worked out stands nowhere"
    assert figure_text(cell, "元") == "62000 元（印出“6.2 万元”）"
    assert figure_text(replace_struct(cell, raw="62000"), "元") == "62000 元"
    assert figure_text(replace_struct(cell, state="not_applicable", value=None, raw=" / "), "件") == "填“/”"
    assert figure_text(replace_struct(cell, state="unreadable", value=None, raw="约五"), "件") == "无法识别（“约五”）"
    assert figure_text(replace_struct(cell, state="unreadable", value=None, raw=""), "件") == "无法识别"


def test_a_cell_of_the_year_before_belongs_to_that_report(catalog: Catalog) -> None:
    previous = make_report(catalog, change=YEAR_BEFORE["2021"] | {"requests.carried_out[total]": "absent"}, year=2022)
    changed = make_report(catalog, change=YEAR_BEFORE["2021"] | {"requests.carried_out[total]": "5"}, year=2022)
    facts = make_report(catalog)
    assert "Y1" not in {rule for rule, _ in findings(facts, catalog, previous)}
    (finding,) = [finding for (rule, _), finding in findings(facts, catalog, changed).items() if rule == "Y1"]
    assert [(cell.report_id, cell.label) for cell in finding.cells] == [
        ("report-2023", "上年结转政府信息公开申请数量（总计）"),
        ("report-2022", "上一年度结转下年度继续办理（总计）"),
    ]


def test_the_id_survives_a_new_file_and_lapses_with_the_figures(catalog: Catalog) -> None:
    key = ("R1", "表三“自然人”列")
    facts = make_report(catalog, change=WRONG)
    first = findings(facts, catalog)[key].finding_id
    assert findings(replace(facts, report_id="another-file", title="另一题目", path="b.docx"), catalog)[key].finding_id == first
    assert findings(make_report(catalog, change=WRONG | {"requests.new[enterprise]": "9"}), catalog)[key].finding_id == first
    assert findings(make_report(catalog, change={"requests.new[natural_person]": "12"}), catalog)[key].finding_id != first
    assert findings(replace(facts, agency_id="a-2"), catalog)[key].finding_id != first


def test_an_id_that_an_office_has_written_down_stays_the_same_through_versions_of_the_program(catalog: Catalog) -> None:
    """Every waiver and confirmation names one; with another way to make them all of these would lapse."""
    assert findings(make_report(catalog, change=WRONG), catalog)["R1", "表三“自然人”列"].finding_id == "036170dd3bf3183d"


def test_the_id_of_a_finding_about_text_follows_the_text(catalog: Catalog) -> None:
    texts = ["XX局", "XX局", "××局"]
    found = [findings(make_report(catalog, sections={"overview": text}), catalog)["S10", "正文"].finding_id for text in texts]
    assert found[0] == found[1] != found[2]


def test_the_note_on_blanks_is_another_finding_than_a_failure(catalog: Catalog) -> None:
    blank = {"requests.carried_in[enterprise]": "", "requests.new[natural_person]": "11"}
    results = check_report(make_report(catalog, change=blank), None, catalog)
    (result,) = [result for result in results if result.rule == "R1"]
    assert [(finding.severity, finding.place) for finding in result.findings] == [("E", "表三“自然人”列"), ("I", "表三")]
    assert result.outcome == "fail"


def test_a_finding_of_a_condition_shows_the_cells_of_the_condition(catalog: Catalog) -> None:
    facts = make_report(catalog, change={"requests.other.fee_overdue[total]": "1"}, sections={"other": "无。"})
    finding = findings(facts, catalog)["R5", "“其他需要报告的事项”"]
    assert [(cell.field, cell.raw) for cell in finding.cells] == [("requests.other.fee_overdue", "1")]


def test_problems_of_a_report(catalog: Catalog) -> None:
    facts = make_report(catalog, change=WRONG | {"requests.new[legal_service]": ""}, sections={"other": "无。"})
    problems = problems_of(check_report(facts, None, catalog))
    assert [(problem.code, problem.severity, problem.table) for problem in problems] == [
        ("S3", "warning", "requests"),
        ("S9", "warning", None),
        ("R1", "error", "requests"),
        ("R1", "info", "requests"),
        ("R3", "error", "requests"),
    ]
    first = next(problem for problem in problems if problem.code == "R1")
    assert (first.field, first.locator) == ("requests.new", Locator(table=1, row=10, column=2))


def test_equal_findings_of_one_report_have_ids_of_their_own(catalog: Catalog) -> None:
    """Two other copies may differ in the same figures: both are found, and neither stops the table of findings."""
    printed = ("number", Decimal(14), "14", ""), ("number", Decimal(15), "15", "")
    difference = CopyDifference("contradicting", "requests", "requests.new", "total", *printed[0], *printed[1])
    copies = tuple(CopyFacts(f"other-{name}", f"{name}.docx", "path", (difference,)) for name in "ab")
    results = check_report(replace(make_report(catalog), copies=copies), None, catalog)
    ids = [finding.finding_id for result in results for finding in result.findings if finding.rule == "S13"]
    assert len(set(ids)) == len(ids) == 2
    alone = check_report(replace(make_report(catalog), copies=copies[:1]), None, catalog)
    assert ids[0] in {finding.finding_id for result in alone for finding in result.findings}, "the first is called as if it were alone"
