"""Two years in one table: the year of the report is read, another one never."""

from __future__ import annotations

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Report
from tests.normalise.grids import DOCUMENTS_2021, FIFTEEN, REMEDIES_HEAD, numbers, report_of


def said(report: Report) -> bool:
    return "other_year" in {item.code for item in report.problems}


def test_two_years_side_by_side(catalog: Catalog) -> None:
    head = [["信息内容^2", "2022年*3", "2023年*3"], DOCUMENTS_2021[0][1:] * 2]
    rows = [["规章", "9", "9", "9", "0", "1", "2"], ["行政规范性文件", "8", "8", "8", "3", "4", "5"]]
    report = report_of(catalog, [["第二十条第（一）项*7"], *head, *rows], year=2023)
    assert list(numbers(report, "proactive.").values()) == list(range(6))
    assert said(report)
    assert not {9, 8} & set(numbers(report_of(catalog, [*head, *rows], year=2024)).values())


def test_years_below_a_heading_and_in_front_of_one(catalog: Catalog) -> None:
    below = [["信息内容^2", "本年处理决定数量*2"], ["上年", "本年"], ["行政处罚", "9", "1"], ["行政强制", "8", "2"]]
    in_front = [["信息内容", "2023年度处理决定数量", "2022年度处理决定数量"], ["行政处罚", "1", "9"], ["行政强制", "2", "8"]]
    for table in (below, in_front):
        report = report_of(catalog, table, year=2023)
        assert list(numbers(report, "proactive.").values()) == [1, 2]
        assert said(report)


def test_a_row_for_each_year(catalog: Catalog) -> None:
    head = [["年度^3", *REMEDIES_HEAD[0]], *REMEDIES_HEAD[1:]]
    report = report_of(catalog, [*head, ["2022年", *["99"] * 15], ["2023年", *FIFTEEN]], year=2023)
    assert [str(value) for value in numbers(report, "remedies.").values()] == FIFTEEN


def test_years_that_explain_different_headings_are_no_pair(catalog: Catalog) -> None:
    head = ["信息内容", "上一年项目数量（2019年）", "本年增/减", "处理决定数量（2020年）"]
    report = report_of(catalog, [head, ["行政许可", "7", "-2", "5"], ["其他对外管理服务事项", "1", "2", "3"]], year=2020)
    assert list(numbers(report, "proactive.").values()) == [7, -2, 5, 1, 2, 3]
    assert not said(report)
