"""The unit of amounts that stands on a line above the table, or nowhere although the amount is large."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.around.units_above import units_named
from pipeline.normalise.model import Report
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import codes, grid, numbers

TITLE = "瀚川市沐云区财政局{}年政府信息公开工作年度报告"


def fees(catalog: Catalog, above: str, heading: str, amount: str) -> Report:
    table = grid([["信息内容", heading], ["行政事业性收费", amount]], 0)
    (report,) = normalise(catalog, Document((Paragraph(TITLE.format(2023)), Paragraph(above), table)))
    return report


@pytest.mark.parametrize(
    ("above", "heading", "amount", "yuan", "said"),
    [
        ("单位：件、项、元", "本年收费金额", "23456.5", "23456.5", {"unit_differs"}),
        ("（单位：万元）", "本年收费金额", "3.5", "35000", set()),
        ("单位：元", "本年收费金额（单位：万元）", "3.5", "35000", set()),  # the heading is nearer
        ("单位：元", "本年收费金额", "3.5万元", "35000", set()),  # and the cell nearest
        ("二、主动公开政府信息情况", "本年收费金额", "3.5", "35000", set()),  # by the form
        ("二、主动公开政府信息情况", "本年收费金额", "23456.5", "234565000", {"unit_missing"}),
    ],
)
def test_the_unit_of_an_amount(catalog: Catalog, above: str, heading: str, amount: str, yuan: str, said: set[str]) -> None:
    report = fees(catalog, above, heading, amount)
    assert str(numbers(report)["proactive.fees.amount"].normalize().__format__("f")) == yuan
    assert codes(report, "proactive") - {"cells_missing"} == said


def test_an_amount_without_a_unit_in_the_form_takes_the_one_above(catalog: Catalog) -> None:
    table = grid([["信息内容", "采购项目数量", "采购总金额"], ["政府集中采购", "2", "9.5"]], 0)
    lines = (Paragraph(TITLE.format(2020)), Paragraph("单位：件/万元"), table)
    (report,) = normalise(catalog, Document(lines))
    assert numbers(report)["proactive.procurement.amount"] == 95000
    assert "unit_missing" not in codes(report, "proactive")


@pytest.mark.parametrize(
    ("line", "units"),
    [
        *((line, ()) for line in ("填报单位：元", "单位：元、万元", "单位：瀚川市沐云区财政局", "元", "本单位：元宝镇")),
        ("单位：件", ("件",)),
        ("单位：万件、万元", ("万元", "万件")),
        ("单位：件、项、元", ("元",)),
    ],
)
def test_the_units_that_a_line_names(catalog: Catalog, line: str, units: tuple[str, ...]) -> None:
    assert units_named(catalog, line) == units


def test_counts_in_ten_thousands_are_multiplied_and_said(catalog: Catalog) -> None:
    for above, heading in (("", "本年处理决定数量（万件）"), ("单位：万件", "本年处理决定数量"), ("", "本年处理决定数量（单位：万件）")):
        table = grid([["信息内容", heading], ["行政许可", "1.5"]], 0)
        (report,) = normalise(catalog, Document((Paragraph(TITLE.format(2023)), Paragraph(above or "二"), table)))
        assert numbers(report)["proactive.licensing.decisions"] == 15000
        assert "unit_differs" in codes(report, "proactive")


def test_an_amount_whose_unit_is_left_open_is_said(catalog: Catalog) -> None:
    assert "unit_missing" in codes(fees(catalog, "二", "本年收费金额（单位：万元/元）", "3.5"), "proactive")
