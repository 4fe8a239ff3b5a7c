"""The rule book: rows that make no sense are refused at the start, and a rule of a known kind costs a row and no code."""

from __future__ import annotations

import csv
import shutil
from pathlib import Path

import pytest

from pipeline.catalog.load import load_catalog
from pipeline.catalog.model import Catalog
from pipeline.checks.rulebook import RuleBook, check_report
from pipeline.common.errors import CatalogError
from pipeline.common.settings import DEFAULT_CATALOG

from .build_report import make_report

ROW = {
    "rule": "Z1",
    "kind": "relation",
    "severity": "W",
    "table": "requests",
    "holds": "requests.granted[total] <= requests.handled[total]",
    "title_zh": "予以公开不多于办理总数",
    "message_zh": "{place}：{left} 多于 {right}。",
    "definition_zh": "予以公开不应多于办理结果总计",
}


def catalog_with(row: dict[str, str], folder: Path) -> Catalog:
    rows = folder / "rows"
    shutil.copytree(DEFAULT_CATALOG, rows)
    with (rows / "rules.csv").open(encoding="utf-8", newline="") as handle:
        header = next(csv.reader(handle))
    with (rows / "rules.csv").open("a", encoding="utf-8", newline="") as handle:
        csv.DictWriter(handle, header, restval="", lineterminator="\n").writerow(ROW | row)
    return load_catalog(rows)


def test_a_new_rule_is_a_row(tmp_path: Path) -> None:
    catalog = catalog_with({}, tmp_path)
    facts = make_report(catalog, change={"requests.granted[total]": "15"})
    result = next(result for result in check_report(facts, None, catalog) if result.rule == "Z1")
    assert [finding.message for finding in result.findings] == ["表三“总计”列：15 多于 14。"]


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ({"kind": "relations"}, "没有“relations”这种规则类型"),
        ({"parameters": "limit=3"}, "没有参数 limit"),
        ({"parameters": "last_year=soon"}, "last_year"),
        ({"holds": "requests.granted[total]"}, "holds 应写明一个等式或不等式"),
        ({"holds": ""}, "holds 应写明一个等式或不等式"),
        ({"holds": "requests.granted <= requests.handled[total]"}, "申请人类别的写法不符"),
        ({"holds": "requests.granted[total] <= proactive.procurement.items", "forms": "2021"}, "没有一种格式具备"),
        ({"forms": "2022"}, "没有“2022”这种格式"),
        ({"each": "@everyone", "holds": "requests.granted[$] >= 0"}, "each 中没有“@everyone”"),
        ({"message_zh": "{place}：{count}"}, "不能使用 {count}"),
        ({"message_zh": "{place：{left}"}, "花括号不成对|不能使用"),
        ({"kind": "section_says", "holds": "", "parameters": "says=费用", "message_zh": "缺"}, "缺少参数 section"),
        ({"kind": "section_says", "holds": "", "parameters": "section=six; says=费用", "message_zh": "缺"}, "没有“six”这个部分"),
        ({"kind": "text_free_of", "holds": "", "parameters": "pattern=(", "message_zh": "缺"}, "不是正确的正则表达式"),
        ({"kind": "form_due", "message_zh": "缺"}, "不使用 each 和 holds"),
        ({"kind": "year_agrees", "holds": "", "parameters": "source=cover", "message_zh": "缺"}, "参数 source"),
        ({"kind": "amount_without_unit", "holds": "", "parameters": "field=requests.new; minimum=1", "message_zh": "缺"}, "应为一项金额"),
    ],
)
def test_a_row_that_makes_no_sense_is_refused_at_the_start(row: dict[str, str], message: str, tmp_path: Path) -> None:
    with pytest.raises(CatalogError, match=message):
        RuleBook(catalog_with(row, tmp_path))


def test_kinds_and_levels_of_body(tmp_path: Path) -> None:
    catalog = catalog_with({"agency_kinds": "town department/city", "holds": "requests.granted[total] = 0"}, tmp_path)
    outcomes = {}
    for kind, level in (("town", "town"), ("department", "city"), ("department", "county"), ("government", "city"), (None, None)):
        facts = make_report(catalog, facts={"agency_kind": kind, "agency_level": level})
        outcomes[kind, level] = next(result.outcome for result in check_report(facts, None, catalog) if result.rule == "Z1")
    assert [pair for pair, outcome in outcomes.items() if outcome == "fail"] == [("town", "town"), ("department", "city")]
    assert [outcome for outcome in outcomes.values() if outcome != "fail"] == ["not_applicable"] * 3


def test_first_year(tmp_path: Path) -> None:
    catalog = catalog_with({"first_year": "2023", "holds": "requests.granted[total] = 0"}, tmp_path)
    outcomes = [
        next(result.outcome for result in check_report(make_report(catalog, year=year), None, catalog) if result.rule == "Z1")
        for year in (2022, 2023)
    ]
    assert outcomes == ["not_applicable", "fail"]
