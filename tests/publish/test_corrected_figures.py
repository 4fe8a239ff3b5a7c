"""Whatever sheet shows a figure that was corrected says what was printed."""

from __future__ import annotations

import re
import zipfile
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from pipeline.catalog import Catalog
from pipeline.publish.form.figures import filled_forms
from pipeline.publish.letters.sent import YearLetters
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.overview import write_workbook
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.reading import records_of, rows_of, sheet_names
from tests.publish.small_store import FIRST, small_store

NEW = ("requests.new", "total")  # 30 and 6, together 36; printed as if 甲局 had said 28
_CHANGED: dict[str, dict[str, Any]] = {
    "out_rollup": {"printed_total": Decimal(34)},
    "out_year_over_year": {"printed_value": Decimal(28)},
    "out_indicators": {"printed_level": Decimal(28)},
    "out_agency_comparison": {"printed_measure_value": 28.0, "printed_rank": 2, "printed_share": 28 / 34},
}


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory, catalog: Catalog) -> Store:
    """The small store, in which the new requests of 甲局 of 2021 were corrected from 28 to 30."""
    store = small_store(tmp_path_factory.mktemp("corrected"), catalog)
    for table, change in _CHANGED.items():
        rows = store.read(table, [2021]).to_pylist()
        for row in rows:
            ours = row.get("agency_name", FIRST) == FIRST
            item = (row.get("field"), row.get("applicant")) == NEW or "requests_received" in (row.get("indicator"), row.get("measure"))
            if ours and item:
                row |= {**change, "corrected_cells": 1}
        store.write(table, from_rows(catalog, table, rows), year=2021, fingerprint="test")
    return store


def test_the_workbook_of_a_year_says_what_was_printed(corrected: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "2021.xlsx"
    with Tables(corrected, [2021]) as tables:
        path.write_bytes(year_workbook(tables, catalog, YearLetters(2021)))
        (form,) = filled_forms(tables, catalog, 2021)
    said = "含更正 1 格，按印出的数字相加为 34"
    assert said in str(rows_of(path, "汇总表三")[:8])
    sheet = openpyxl.load_workbook(path)["汇总表三"]
    assert [cell.value for row in sheet.iter_rows() for cell in row if cell.comment and said in cell.comment.text] == [36]
    assert any(said in remark for remark in form.remarks)
    (row,) = [row for row in records_of(path, "各单位同比", "单位") if row["单位"] == FIRST and row["项目"].startswith("一、")]
    assert (row["本年"], row["说明"]) == (30, "含更正 1 格，按印出的数字：本年 28，上年 20")
    assert sum("含更正" in str(row["说明"]) for row in records_of(path, "同比", "表")) == 1
    ranks = {(row["指标"], row["单位"]): row["说明"] for row in records_of(path, "排名明细", "指标")}
    assert ranks["申请量", FIRST] == "含更正 1 格，按印出的数字为 28，按印出的数字排第 2 名，占合计 82.35%"
    assert {said for (_, body), said in ranks.items() if body != FIRST} == {""}
    (row,) = [row for row in records_of(path, "指标排名", "单位") if row["单位"] == FIRST]
    assert row["更正"] == "申请量：含更正 1 格，按印出的数字为 28，按印出的数字排第 2 名"


def test_the_workbook_over_all_years_says_what_was_printed(corrected: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "all.xlsx"
    write_workbook(corrected, catalog, path)
    assert "按印出的数字相加为 34" in str(rows_of(path, "汇总2021"))
    assert "按印出的数字相加为" not in str(rows_of(path, "汇总2020"))
    said = {(row["单位"], row["年度"]): row["更正"] for row in records_of(path, "分析指标", "年度")}
    assert said.pop((FIRST, 2021)) == "申请量 按印出的数字为 28"
    assert set(said.values()) == {""}


def test_the_first_sheet_says_how_the_year_stands_and_what_to_do_first(corrected: Store, catalog: Catalog, tmp_path: Path) -> None:
    path = tmp_path / "2021.xlsx"
    with Tables(corrected, [2021]) as tables:
        path.write_bytes(year_workbook(tables, catalog, YearLetters(2021)))
    rows = {row[0]: row[1] for row in rows_of(path, "说明") if row[0]}
    assert rows["报送"] == "应报单位 3 个，已报送 2 个，未见报告 1 个；逾期 1 个。"
    assert rows["问题"].startswith("尚待处理 错误 1 条、提醒 0 条")
    assert rows["函件"] == "本年度没有需要发送的函件。"
    assert next(iter(rows)) == "2021 年度政府信息公开工作年度报告核对汇总表"
    assert rows["第一步"].startswith("看“报送情况”")
    with zipfile.ZipFile(path) as archive:
        links = set(re.findall(r"location=\"'?([^'!]+)'?!A1\"", archive.read("xl/worksheets/sheet1.xml").decode()))
    assert links == {name for name in sheet_names(path) if name not in ("说明", "汇总表三", "汇总表四")}
