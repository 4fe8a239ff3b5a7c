"""Rows in one row of cells, columns in several parts, rows of numbers and units: what a person reads without a doubt."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from tests.normalise.grids import APPLICANTS, DOCUMENTS_2021, REQUESTS_HEAD, codes, numbers, report_of

SEVEN = [str(number) for number in range(11, 17)] + ["81"]
NUMBERED = [str(number) for number in range(1, 8)]


def test_rows_in_one_row_of_cells_are_parted_and_keep_their_place(catalog: Catalog) -> None:
    table = [
        DOCUMENTS_2021[0],
        ["规章\n行政规范性文件", "0\n3", "1\n/", "2\n5"],
        ["信息内容", "本年处理决定数量*3"],
        ["行政处罚\n行政强制", "7\n8*3"],
    ]
    report = report_of(catalog, table)
    found = numbers(report, "proactive.")
    assert {key: int(value) for key, value in found.items() if "documents" in key} == {
        "normative_documents.issued": 3,
        "normative_documents.in_force": 5,
    }
    assert (found["penalties.decisions"], found["coercion.decisions"]) == (7, 8)
    places = {cell.field: cell.locator.row for cell in report.cells if cell.locator}
    assert places["proactive.normative_documents.issued"] == 1
    assert places["proactive.coercion.decisions"] == 3


@pytest.mark.parametrize("figures", ["13\n810\n2", "13", "13\n详见附件"])
def test_lines_that_are_not_one_for_each_label_stay_together(catalog: Catalog, figures: str) -> None:
    report = report_of(catalog, [["信息内容", "本年处理决定数量"], ["行政处罚\n行政强制", figures]])
    assert "penalties.decisions" not in numbers(report, "proactive.")


def test_a_wrapped_label_is_one_row(catalog: Catalog) -> None:
    report = report_of(catalog, [["信息内容", "本年处理决定数量"], ["行政\n处罚", "13\n810"]])
    assert numbers(report, "proactive.") == {"penalties.decisions": 13810}


@pytest.mark.parametrize("row", [["*3", *NUMBERED], ["单位：件*3", *["件"] * 7], ["*3", *["件"] * 7]])
def test_a_row_that_numbers_columns_or_gives_units_is_no_data(catalog: Catalog, row: list[str]) -> None:
    report = report_of(catalog, [*REQUESTS_HEAD, row, ["一、本年新收政府信息公开申请数量*3", *SEVEN]])
    assert sorted(numbers(report, "requests.new/").values()) == sorted(map(int, SEVEN))
    assert codes(report, "requests") == {"cells_missing"}


def test_columns_in_two_parts_are_one_table(catalog: Catalog) -> None:
    labels = [label for label in catalog.labels_of("2021", "requests") if (label.axis, label.role) == ("row", "item")]
    parts = []
    for first, last, head in ((0, 3, ["自然人^2", "法人或其他组织*2"]), (3, 7, ["法人或其他组织*3", APPLICANTS[-1]])):
        heads = [["项目*3^3", f"申请人情况*{last - first}"], head, REQUESTS_HEAD[2][max(0, first - 1) : last - 1]]
        parts.append([*heads, *([f"{label.texts[0]}*3", *SEVEN[first:last]] for label in labels)])
    report = report_of(catalog, *parts)
    found = numbers(report, "requests.")
    assert len(found) == 7 * len(labels)
    assert [int(found[f"new/{name}"]) for name in ("natural_person", "social_organization", "total")] == [11, 14, 81]
    assert codes(report, "requests") == set()
