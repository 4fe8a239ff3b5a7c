"""汇总: the sums in the printed layout, exact, in the printed unit, with blanks that stay blank."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.publish.workbook import write_workbook
from tests.indicators.builders import FiledReport
from tests.publish.reading import merged_in, row_of, rows_of
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


def test_lines_under_the_tables_count_blanks_and_errors(workbook: Path) -> None:
    lines = [row[0] for row in rows_of(workbook, "汇总2021") if str(row[0]).startswith("汇总单位")]
    assert lines == [
        "汇总单位 2 个，其中 1 个单位该表有空白。",
        "汇总单位 2 个，其中 0 个单位该表有空白，1 个单位该表有尚未更正的错误（见“问题清单”）。",
        "汇总单位 2 个，其中 1 个单位该表有空白。",
    ]


def test_the_sheet_says_who_is_missing_and_that_a_government_is_among_them(workbook: Path) -> None:
    text = "".join(str(row[0]) for row in rows_of(workbook, "汇总2021"))
    assert "应报单位 3 个，其中 1 个未见报告" in text
    assert f"合计含政府本身的报告（{CITY}）" in text
    assert "合计含政府本身的报告" not in str(rows_of(workbook, "汇总2020"))


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
