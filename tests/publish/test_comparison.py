"""与上年比较: sums over the same bodies, and nothing compared that has another meaning."""

from __future__ import annotations

from pathlib import Path

from pipeline.catalog import Catalog
from pipeline.publish.workbook.comparison import key_items
from pipeline.publish.workbook.order import field_order
from tests.publish.reading import records_of
from tests.publish.small_store import CITY, FIRST


def test_sums_are_over_the_bodies_that_have_both_years(workbook: Path) -> None:
    found = {row["项目"]: row for row in records_of(workbook, "与上年比较", "年度")}
    new = found["一、本年新收政府信息公开申请数量（总计）"]
    assert (new["年度"], new["表"], new["单位数"]) == (2021, "表三", 1)
    assert (new["本年"], new["上年"], new["增减"], new["增减%"], new["可比性"]) == (30, 20, 10, 0.5, "可比")


def test_what_may_not_be_compared_has_a_reason_and_no_difference(workbook: Path) -> None:
    found = {row["项目"]: row for row in records_of(workbook, "与上年比较", "年度")}
    fees = found["第二十条第（八）项 / 行政事业性收费 / 本年收费金额"]
    assert [fees[name] for name in ("单位数", "本年", "上年", "增减", "增减%", "可比性")] == [0, "", "", "", "", "不可比"]
    weak = found["第二十条第（一）项 / 行政规范性文件 / 现行有效件数"]
    assert (weak["可比性"], weak["说明"]) == ("勉强可比", "2019年格式为对外公开总数量，2021年格式为现行有效件数")
    unlike = found["第二十条第（一）项 / 行政规范性文件 / 本年废止件数"]
    assert unlike["说明"].startswith("上年没有可用的报告（1 个单位）；同一位置含义不同")


def test_the_first_year_of_all_is_compared_with_nothing(workbook: Path) -> None:
    for name in ("与上年比较", "各单位与上年比较"):
        assert {row["年度"] for row in records_of(workbook, name, "年度")} == {2021}


def test_each_body_has_its_key_items_with_amounts_in_yuan(workbook: Path, catalog: Catalog) -> None:
    rows = records_of(workbook, "各单位与上年比较", "年度")
    assert {row["单位"] for row in rows} == {FIRST, CITY}
    fees = next(row for row in rows if row["单位"] == FIRST and "收费金额" in row["项目"])
    assert (fees["项目"].endswith("本年收费金额"), fees["计量单位"], fees["本年"], fees["增减"]) == (True, "元", 592372449.5, "")
    city = next(row for row in rows if row["单位"] == CITY and row["项目"].startswith("一、"))
    assert (city["本年"], city["上年"], city["说明"]) == (6, "", "上年没有可用的报告")


def test_key_items_follow_the_indicators_of_the_catalogue(catalog: Catalog) -> None:
    items = key_items(catalog)
    assert {"requests.new", "requests.handled", "requests.carried_out", "proactive.fees.amount", "remedies.review.total"} <= set(items)
    assert "requests.denied.state_secret" not in items
    assert items == tuple(sorted(items, key=list(field_order(catalog)).index))


def test_the_order_of_items_is_the_printed_one_of_every_form(catalog: Catalog) -> None:
    order = field_order(catalog)
    assert set(order) == {field.field for field in catalog.fields}
    for form in catalog.forms:
        names = [field.field for field in catalog.fields_of(form.form)]
        assert sorted(names, key=order.__getitem__) == names
