"""汇总: the sums in the printed layout, exact, in the printed unit, with blanks that stay blank."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.publish.workbook.overview import write_workbook
from pipeline.publish.workbook.styles import ATTENTION_FILL, DOUBTFUL_FILL
from pipeline.warehouse.schema import from_rows
from tests.indicators.builders import FORM_2014, FiledReport
from tests.publish.reading import fill_of, merged_in, row_of, rows_of
from tests.publish.small_store import CITY, small_store


def test_totals_are_the_sums_of_all_bodies_in_the_printed_layout(workbook: Path) -> None:
    rows = rows_of(workbook, "汇总2021")
    new = row_of(rows, "一、本年新收政府信息公开申请数量")
    assert [cell for cell in new if cell != ""] == ["一、本年新收政府信息公开申请数量", 7, 0, 0, 0, 0, 0, 36]
    assert row_of(rows, "（一）予以公开")[-1] == 10
    assert row_of(rows, "行政许可")[6] == 7


def test_money_is_exact_and_in_the_printed_unit(workbook: Path) -> None:
    fees = row_of(rows_of(workbook, "汇总2021"), "行政事业性收费")
    assert [cell for cell in fees if cell != ""] == ["行政事业性收费", 59237.24495]
    rows = rows_of(workbook, "汇总2020")
    assert any("采购总金额（单位：万元）" in row for row in rows)
    procurement = row_of(rows, "政府集中采购")
    assert [cell for cell in procurement if cell != ""] == ["政府集中采购", 0, 12.345678]


def test_the_list_of_2014_is_added_up_in_its_layout(tmp_path: Path, catalog: Catalog) -> None:
    figures = {"statistics.requests.received": 3, "statistics.litigation.corrected": 2, "statistics.capacity.budget": Decimal("12345.5")}
    reports = [FiledReport(name, 2016, figures, FORM_2014, status="parsed") for name in ("云泽市丁局", "云泽市戊局")]
    path = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path / "warehouse", catalog, reports), catalog, path)
    rows = [[cell for cell in row if cell != ""] for row in rows_of(path, "汇总2016")]
    assert ["　（一）收到申请数", "件", 6] in rows
    at = next(number for number, row in enumerate(rows) if row[:1] == ["五、行政诉讼数量"])
    assert [row[-1] for row in rows[at : at + 4]] == [0, 0, 4, 0]
    assert any(row[1:] == ["万元", 2.4691] for row in rows)


def test_lines_under_the_tables_count_blanks_and_errors(workbook: Path) -> None:
    lines = [row[0] for row in rows_of(workbook, "汇总2021") if str(row[0]).startswith("汇总单位")]
    assert lines == [
        "汇总单位 2 个，其中 1 个单位该表有空白。",
        "汇总单位 2 个，其中 0 个单位该表有空白，1 个单位有数字涉及尚未更正的错误或疑为金额单位有误（橙色的格，见“问题清单”）。",
        "汇总单位 2 个，其中 1 个单位该表有空白。",
    ]


def fills_of(path: Path, sheet: str, label: str) -> list[str]:
    """The backgrounds of the figures in the one row with that label."""
    rows = rows_of(path, sheet)
    (number,) = (number for number, row in enumerate(rows) if label in row)
    return [fill_of(path, sheet, number, column) for column, cell in enumerate(rows[number]) if isinstance(cell, float | int)]


def test_a_sum_with_a_figure_in_error_is_marked_and_no_other(workbook: Path) -> None:
    new = fills_of(workbook, "汇总2021", "一、本年新收政府信息公开申请数量")
    assert new == ["", DOUBTFUL_FILL, "", "", "", "", DOUBTFUL_FILL]
    assert set(fills_of(workbook, "汇总2020", "（一）予以公开")) == {""}
    assert fills_of(workbook, "汇总2021", "行政事业性收费") == [ATTENTION_FILL]


def doubted(tmp_path: Path, catalog: Catalog, rule: str, severity: str) -> Path:
    """A workbook on fees of two years, of which the second has a finding over both."""
    reports = [FiledReport(name, year, {"proactive.fees.amount": 7}) for name in ("云泽市丁局", "云泽市戊局") for year in (2022, 2023)]
    store = small_store(tmp_path, catalog, reports)
    body = {"report_id": "云泽市丁局-2023-0", "report_year": 2023, "agency_id": "id-云泽市丁局", "agency_name": "云泽市丁局"}
    said = {"rule": rule, "part": "up", "severity": severity, "weak": True, "title_zh": "收费", "place": "表二", "message": "请核对。"}
    finding = {"finding_id": "f1", **body, **said, "path": "a.docx", "location": "", "raw": "", "status": "open"}
    cell = {"finding_id": "f1", "report_year": 2023, "field": "proactive.fees.amount", "applicant": "", "label": "收费", "state": "number"}
    cells = [
        {**cell, "position": number, "report_id": f"云泽市丁局-{year}-0", "side": "left", "raw": "7", "location": ""}
        for number, year in enumerate((2023, 2022))
    ]
    store.write("out_findings", from_rows(catalog, "out_findings", [finding]), year=2023, fingerprint="x")
    store.write("core_finding_cells", from_rows(catalog, "core_finding_cells", cells), year=2023, fingerprint="x")
    path = tmp_path / "汇总.xlsx"
    write_workbook(store, catalog, path)
    return path


@pytest.mark.parametrize(
    ("rule", "severity", "marked"), [("P3", "W", {2022, 2023}), ("P4", "E", {2023}), ("P4", "W", set()), ("P4", "I", set())]
)
def test_an_error_or_a_doubt_about_the_unit_marks_the_sum(
    tmp_path: Path, catalog: Catalog, rule: str, severity: str, marked: set[int]
) -> None:
    path = doubted(tmp_path, catalog, rule, severity)
    for year in (2022, 2023):
        assert fills_of(path, f"汇总{year}", "行政事业性收费") == [DOUBTFUL_FILL if year in marked else ""]
        assert fills_of(path, f"汇总{year}", "行政许可") == [""]
        (line,) = (str(row[0]) for row in rows_of(path, f"汇总{year}") if "个单位有数字涉及" in str(row[0])) if year in marked else ("",)
        assert ("，1 个单位有数字涉及" in line) == (year in marked)
    assert "橙色的格：" in str(rows_of(path, "汇总2023")) and "橙色的格：" in str(rows_of(path, "说明"))


def test_files_without_figures_are_said_beside_those_missing(tmp_path: Path, catalog: Catalog) -> None:
    scan = FiledReport("云泽市戊局", 2023, {}, dict.fromkeys(("proactive", "requests", "remedies")), current=False, status="refused")
    path = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path, catalog, [FiledReport("云泽市丁局", 2023), scan]), catalog, path)
    assert "应报单位 2 个，其中 1 个收到文件但未取得数字，未计入合计。" in str(rows_of(path, "汇总2023"))


def test_the_sheet_says_who_is_missing_and_that_a_government_is_among_them(workbook: Path) -> None:
    text = "".join(str(row[0]) for row in rows_of(workbook, "汇总2021"))
    assert "应报单位 3 个，其中 1 个未见报告" in text
    assert f"合计含政府本身的报告（{CITY}）" in text
    assert "合计含政府本身的报告" not in str(rows_of(workbook, "汇总2020"))
    assert "应报单位 2 个，均已收到报告。" in str(rows_of(workbook, "汇总2020"))


def test_a_cell_without_any_number_stays_blank_and_zero_is_zero(tmp_path: Path, catalog: Catalog) -> None:
    figures = {"proactive.coercion.decisions": "blank", "proactive.penalties.decisions": 0}
    store = small_store(tmp_path, catalog, [FiledReport("云泽市丁局", 2023, figures)])
    path = tmp_path / "汇总.xlsx"
    write_workbook(store, catalog, path)
    rows = rows_of(path, "汇总2023")
    assert [cell for cell in row_of(rows, "行政强制") if cell != ""] == ["行政强制"]
    assert [cell for cell in row_of(rows, "行政处罚") if cell != ""] == ["行政处罚", 0]


def test_two_forms_in_one_year_stand_apart_with_the_form_due_first(tmp_path: Path, catalog: Catalog) -> None:
    old = {"proactive": "2019", "requests": "2019", "remedies": "2021"}
    new = FiledReport("云泽市丁局", 2023, {"proactive.licensing.decisions": 4})
    store = small_store(tmp_path, catalog, [new, FiledReport("云泽市戊局", 2023, {"proactive.licensing.decisions": 5}, old)])
    path = tmp_path / "汇总.xlsx"
    write_workbook(store, catalog, path)
    titles = [row[0] for row in rows_of(path, "汇总2023") if str(row[0]).endswith("年格式）")]
    assert [title[:2] + title[title.rindex("（") + 1 :] for title in titles] == [
        "表二2021年格式）",
        "表三2021年格式）",
        "表四2021年格式）",
        "表二2019年格式）",
        "表三2019年格式）",
    ]
    licensing = [row for row in rows_of(path, "汇总2023") if "行政许可" in row]
    assert [[cell for cell in row if cell != ""][-1] for row in licensing] == [4, 5]


def test_groups_are_merged_as_they_are_printed(workbook: Path) -> None:
    rows = rows_of(workbook, "汇总2021")
    top = next(number for number, row in enumerate(rows) if "三、本年度办理结果" in row)
    heights = {first[0]: last[0] - first[0] + 1 for first, last in merged_in(workbook, "汇总2021") if first[1] == 0}
    assert heights[top] == 22
