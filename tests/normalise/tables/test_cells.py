"""Golden cases: what stands in one cell, and the unit of an amount."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from tests.normalise.grids import DOCUMENTS_2021, REQUESTS_HEAD, codes, grid, numbers, report_of, states


def procurement(catalog: Catalog, items: str, amount: str, heading: str = "采购总金额") -> tuple[Decimal | None, set[str]]:
    report = report_of(catalog, [["信息内容", "采购项目数量", heading], ["政府集中采购", items, amount]], year=2019)
    value = next(cell.value for cell in report.cells if cell.field == "proactive.procurement.amount")
    return value, codes(report, "proactive") - {"cells_missing"}


@pytest.mark.parametrize(
    ("items", "amount", "heading", "yuan", "expected"),
    [
        ("9项", "403万", "采购总金额", "4030000", set()),
        ("2", "251000元", "采购总金额", "251000", set()),
        ("3", "160.5964万元", "采购总金额", "1605964", set()),
        ("3", "12.5", "采购总金额(万元)", "125000", set()),
        ("3", "12.5", "采购总金额（单位：万元）", "125000", set()),
        ("3", "251000元", "采购总金额（万元）", "251000", set()),
        ("1", "8040", "采购总金额", "8040", {"unit_missing"}),
        ("53", "6944.93", "采购总金额", "69449300", {"unit_missing"}),
        ("0", "0", "采购总金额", "0", set()),
    ],
)
def test_amounts(catalog: Catalog, items: str, amount: str, heading: str, yuan: str, expected: set[str]) -> None:
    assert procurement(catalog, items, amount, heading) == (Decimal(yuan), expected)


def test_a_unit_in_a_cell_of_its_own(catalog: Catalog) -> None:
    report = report_of(catalog, [["信息内容", "单位", "本年收费金额"], ["行政事业性收费", "万元", "3.5"]])
    assert numbers(report, "proactive.fees.") == {"amount": 35000}


def test_another_unit_than_the_form_prints_is_said(catalog: Catalog) -> None:
    report = report_of(catalog, [["信息内容", "本年收费金额（单位：元）"], ["行政事业性收费", "35"]])
    assert numbers(report, "proactive.fees.") == {"amount": 35}
    assert "unit_differs" in codes(report, "proactive")


@pytest.mark.parametrize("printed", ["12万元", "3万", "12元"])
def test_a_sum_of_money_is_no_count(catalog: Catalog, printed: str) -> None:
    report = report_of(catalog, [DOCUMENTS_2021[0], ["规章", printed, "1", "2"]])
    assert states(report, "proactive.regulations.issued") == {"unreadable"}
    assert "cell_unreadable" in codes(report, "proactive")


def test_a_count_in_ten_thousands(catalog: Catalog) -> None:
    assert numbers(report_of(catalog, [DOCUMENTS_2021[0], ["规章", "1.2万件", "1", "2"]]))["proactive.regulations.issued"] == 12000


@pytest.mark.parametrize(("printed", "state"), [("", "blank"), ("/", "not_applicable"), ("无", "not_applicable"), ("约5", "unreadable")])
def test_states_are_kept_apart(catalog: Catalog, printed: str, state: str) -> None:
    report = report_of(catalog, [DOCUMENTS_2021[0], ["规章", printed, "1", "2"]])
    assert states(report, "proactive.regulations.issued") == {state}


def test_a_number_cut_by_a_line_break_is_joined_and_said(catalog: Catalog) -> None:
    report = report_of(catalog, [DOCUMENTS_2021[0], ["规章", "13\n810", "1", "2"]])
    assert numbers(report)["proactive.regulations.issued"] == 13810
    assert "number_repaired" in codes(report, "proactive")


def test_a_number_cut_into_two_cells_is_not_read(catalog: Catalog) -> None:
    rows = [["一、本年新收政府信息公开申请数量*3", "1", "1", *"234567"], ["二、上年结转政府信息公开申请数量*3", *"2345678"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows])
    assert states(report, "requests.new") == {"unreadable"}
    assert numbers(report, "requests.carried_in/")["total"] == 8


@pytest.mark.parametrize("row", [["规章", "1*2", "3"], ["规章", "1", "2*2"]])
def test_one_value_over_two_columns_belongs_to_neither(catalog: Catalog, row: list[str]) -> None:
    report = report_of(catalog, [DOCUMENTS_2021[0], row, DOCUMENTS_2021[2]])
    assert len(numbers(report, "proactive.regulations.")) == 1
    assert "cell_unplaced" in codes(report, "proactive")


def test_one_value_over_two_rows_belongs_to_neither(catalog: Catalog) -> None:
    report = report_of(catalog, [DOCUMENTS_2021[0], ["规章", "1^2", "2", "3"], ["行政规范性文件", "4", "5"]])
    assert states(report, "proactive.regulations.issued") == states(report, "proactive.normative_documents.issued") == {"unreadable"}


def test_numbers_of_rows_are_no_figures(catalog: Catalog) -> None:
    rows = [["1.", "一、本年新收政府信息公开申请数量*2", *"1234567"], ["2", "二、上年结转政府信息公开申请数量*2", *"2345678"]]
    report = report_of(catalog, [*REQUESTS_HEAD, *rows])
    assert numbers(report, "requests.new/")["natural_person"] == 1
    assert codes(report, "requests") == {"cells_missing"}


def test_a_note_below_the_table_is_no_row(catalog: Catalog) -> None:
    report = report_of(catalog, [*DOCUMENTS_2021, ["注：以上为2021年12月31日数据*4"]])
    assert codes(report, "proactive") == {"cells_missing"}


def test_a_text_dump_counts_cells_behind_the_label(catalog: Catalog) -> None:
    """Widths are inferred wrongly here; the order of cells within a row is certain."""
    rows = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "申请人情况*9"],
        ["", "自然人*3", "法人或其他组织*5", "总计"],
    ]
    rows += [["", "*3", *REQUESTS_HEAD[2], ""], ["", "（四）无法提供", "1.本机关不掌握相关政府信息", *"1234567"]]
    report = report_of(catalog, grid(rows, spans="inferred"))
    assert list(numbers(report, "requests.unavailable.not_held/").values()) == [1, 2, 3, 4, 5, 6, 7]


def test_a_value_outside_the_form_is_said(catalog: Catalog) -> None:
    report = report_of(
        catalog, [["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"], DOCUMENTS_2021[1], ["行政许可", "1", "2", "3"]]
    )
    assert "cell_unplaced" in codes(report, "proactive")
    assert "proactive.licensing.decisions" not in numbers(report)
