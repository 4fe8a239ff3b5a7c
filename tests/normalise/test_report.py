from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Cell, Locator, Report
from pipeline.normalise.output import plain, refused_line, report_line
from pipeline.normalise.report import normalise
from pipeline.orchestration.reading import read_bytes
from pipeline.readers import text
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from tests.normalise.grids import DOCUMENTS_2021, TITLE, codes, grid, numbers, report_of


def test_prose_about_a_report_is_refused(catalog: Catalog) -> None:
    texts = [
        TITLE.format(year=2021),
        "二、主动公开政府信息情况。制发规章0件，行政许可12件。",
        "三、收到和处理政府信息公开申请情况。新收3件。",
    ]
    (report,) = normalise(catalog, Document(tuple(map(Paragraph, texts))))
    assert (report.status, report.cells) == ("refused", ())
    assert "not_a_report" in codes(report)


def test_an_empty_document_is_refused(catalog: Catalog) -> None:
    (report,) = normalise(catalog, Document(()))
    assert (report.status, report.agency, report.report_year, report.sections) == ("refused", None, None, ())


@pytest.mark.parametrize("separator", [",", "\t"])
def test_a_text_saved_from_a_sheet_may_hold_only_tables(catalog: Catalog, separator: str) -> None:
    rows = [separator.join(row) for row in ([TITLE.format(year=2021), "", "", ""], *DOCUMENTS_2021)]
    for line, expected in (("", True), ("本年度收到申请3件，均已按期答复。", False)):
        (report,) = normalise(catalog, text.read("\n".join([line, *rows]).encode()))
        assert 5 in numbers(report).values()
        assert ("only_tables" in {item.code for item in report.problems}) is expected


@pytest.mark.parametrize(("more", "expected"), [([], True), (["一、总体情况"], False), (["本年度没有收到申请。"], False)])
def test_what_has_neither_a_heading_nor_a_sentence_holds_only_tables(catalog: Catalog, more: list[str], expected: bool) -> None:
    rows = ["\n".join(f"\t{cell}" for cell in row) for row in DOCUMENTS_2021]
    (report,) = normalise(catalog, text.read("\n\n".join([TITLE.format(year=2021), *more, *rows]).encode()))
    assert ("only_tables" in {item.code for item in report.problems}) is expected


def test_tables_that_may_be_pictures_are_unreadable(catalog: Catalog) -> None:
    (report,) = normalise(catalog, Document((Paragraph(TITLE.format(year=2021)),), {}, 3))
    assert {table.state for table in report.tables} == {"unreadable"}
    assert "table_unreadable" in codes(report)


@pytest.mark.parametrize(("installed", "said"), [(True, "没有从图片中识别出表格"), (False, "没有安装文字识别组件")])
def test_why_a_picture_was_not_read_is_said(catalog: Catalog, monkeypatch: pytest.MonkeyPatch, installed: bool, said: str) -> None:
    monkeypatch.setattr("pipeline.readers.recognition.can_recognise", lambda: installed)
    for year in (2016, 2021):
        (report,) = normalise(catalog, Document((Paragraph(TITLE.format(year=year)),), {}, 3))
        messages = [item.message for item in report.problems if item.code == "table_unreadable"]
        assert messages
        assert all(said in message for message in messages)


def test_a_missing_table_is_named_and_makes_the_report_partial(catalog: Catalog) -> None:
    report = report_of(catalog, DOCUMENTS_2021)
    assert report.status == "partial"
    assert {item.table for item in report.problems if item.code == "table_absent"} == {"requests", "remedies"}


def test_without_a_title_body_and_year_are_said_to_be_unknown(catalog: Catalog) -> None:
    (report,) = normalise(catalog, Document((grid(DOCUMENTS_2021),)))
    assert {"agency_unknown", "year_unknown"} <= codes(report)
    assert report.status == "partial"


def test_the_stated_year_helps_where_the_report_names_none(catalog: Catalog) -> None:
    document = Document((Paragraph("沐云区财政局政府信息公开工作年度报告"), grid(DOCUMENTS_2021)))
    assert normalise(catalog, document)[0].report_year is None
    assert normalise(catalog, document, 2022)[0].report_year == 2022


def test_title_and_period_that_differ_are_said(catalog: Catalog) -> None:
    texts = Paragraph(TITLE.format(year=2022)), Paragraph("统计期限为2023年1月1日至2023年12月31日。")
    (report,) = normalise(catalog, Document((*texts, grid(DOCUMENTS_2021))))
    assert "year_conflict" in codes(report)
    assert (report.title_year, report.period_year) == (2022, 2023)


def test_a_table_without_data_rows_is_unreadable_and_one_nowhere_is_absent(catalog: Catalog) -> None:
    states = {
        table.table: table.state for table in report_of(catalog, [DOCUMENTS_2021[0], ["信息内容", "本年处理决定数量", "", ""]]).tables
    }
    assert (states["proactive"], states["remedies"]) == ("unreadable", "absent")


def test_cells_that_the_report_lacks_are_blank_without_a_place(catalog: Catalog) -> None:
    report = report_of(catalog, DOCUMENTS_2021)
    absent = next(cell for cell in report.cells if cell.field == "proactive.fees.amount")
    assert (absent.state, absent.locator, absent.raw) == ("blank", None, "")


@pytest.mark.parametrize("index", range(3))
def test_huge_and_odd_grids_end(catalog: Catalog, index: int) -> None:
    """Thousands of rows, of copies of one row, and of columns: each is read or refused, none is invented."""
    head = ["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"]
    tables = [
        [head, *([f"名称{number}", "1", "2", "3"] for number in range(3000))],
        [head, *(["规章", "1", "2", "3"] for _ in range(3000))],
        [["信息内容", *(f"本年制发件数{number}" for number in range(190))], *(["规章", *map(str, range(190))] for _ in range(100))],
    ]
    assert not numbers(report_of(catalog, tables[index]))


def test_a_cell_that_overlaps_the_edge_does_no_harm(catalog: Catalog) -> None:
    cells = (GridCell(0, 0, "信息内容", 9, 9), GridCell(1, 3, "规章", 5, 5), GridCell(2, 0, "行政许可"))
    (report,) = normalise(catalog, Document((Grid(0, 3, 4, cells),)))
    assert not numbers(report)


def test_the_line_of_a_report(catalog: Catalog) -> None:
    report = report_of(catalog, DOCUMENTS_2021)
    line = json.loads(report_line(catalog, "甲.html", "ab", report))
    assert list(line["tables"]) == ["proactive", "requests", "remedies", "statistics"]
    assert line["tables"]["statistics"] == {"form": None, "status": "absent"}
    cell = next(cell for cell in line["cells"] if cell["field"] == "proactive.regulations.in_force")
    assert (cell["state"], cell["value"], cell["raw"]) == ("number", "2", "2")
    assert cell["locator"] == {"table": 0, "row": 1, "column": 3}
    assert (line["source"], line["report"], line["status"]) == ("甲.html", 0, "partial")


def test_extra_cells_stay_out_of_the_line(catalog: Catalog) -> None:
    extra = Cell("requests", "requests.new", "organization_subtotal", "number", Decimal(1), "1", Locator(0, 1, 2), extra=True)
    report = Report(0, "partial", None, None, "", None, None, (), (extra,), (), ())
    assert json.loads(report_line(catalog, "a", "b", report))["cells"] == []


def test_the_line_of_a_file_that_could_not_be_read(catalog: Catalog) -> None:
    line = json.loads(refused_line(catalog, "a.doc", None, "unsupported", "不支持。"))
    assert (line["status"], line["cells"], line["problems"][0]["code"]) == ("refused", [], "unsupported")


@pytest.mark.parametrize(("value", "text"), [("10", "10"), ("1E+3", "1000"), ("0.0920", "0.092"), ("12.00", "12"), ("-24", "-24")])
def test_decimals_are_printed_plainly(value: str, text: str) -> None:
    assert plain(Decimal(value)) == text


@pytest.mark.real
def test_real_reports_are_read_right(catalog: Catalog, real_reports: Path) -> None:
    """Every known cell of the real reports, and the body, the year and the status."""
    for path in sorted(real_reports.glob("*.truth.json")):
        truth = json.loads(path.read_bytes())
        data = (real_reports / truth["source"]).read_bytes()
        document = read_bytes(data).document
        assert document is not None
        report = normalise(catalog, document)[0]
        found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells}
        expected = {
            (field, applicant): (state, Decimal(value) if value is not None else None) for field, applicant, value, state in truth["cells"]
        }
        assert {key: found.get(key) for key in expected} == expected, path.name
        names = truth["agency"] if isinstance(truth["agency"], list) else [truth["agency"]]
        assert report.agency in names
        assert (report.report_year, report.status) == (truth["report_year"], truth["expect"])
