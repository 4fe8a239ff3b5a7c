"""The workbook as people open it: its sheets, what stands in them, and that it is replaced whole or not at all."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from pipeline.common.errors import GongkaiError
from pipeline.publish.workbook.overview import write_workbook
from pipeline.publish.workbook.styles import ATTENTION_FILL, MISSING_FILL, UNUSABLE_FILL
from pipeline.warehouse.store import Store
from tests.indicators.builders import FiledReport
from tests.publish.reading import fill_of, records_of, rows_of, sheet_names
from tests.publish.small_store import CITY, FIRST, LOOKS_LIKE_A_FORMULA, SECOND, UNREADABLE, small_store

LISTS = {
    "报送情况": "单位",
    "报送明细": "年度",
    "问题清单": "单位",
    "未读文件": "文件",
    "读取问题": "单位",
    "登记问题": "登记表",
    "人工决定": "单位",
    "与上年比较": "年度",
    "各单位与上年比较": "年度",
    "分析指标": "年度",
    "指标定义": "指标",
    "规则核对情况": "年度",
}


def test_the_sheets_stand_in_the_order_in_which_people_need_them(workbook: Path) -> None:
    names = ["说明", "报送情况", "报送明细", "问题清单", "旁证", "未读文件", "读取问题", "登记问题", "人工决定", "汇总2021", "汇总2020"]
    assert sheet_names(workbook) == [*names, "与上年比较", "各单位与上年比较", "分析指标", "指标定义", "规则核对情况"]


def test_the_guide_tells_sources_and_years_and_names_every_sheet(workbook: Path) -> None:
    rows = dict(row[:2] for row in rows_of(workbook, "说明"))
    assert rows["文件"] == "data/raw 下共 8 个文件，已读取 7 个，未读取 1 个；文件夹：扫描。"
    assert rows["报告"].startswith("识别出 4 份报告，其中现行报告 4 份；报告年度 2020 至 2021")
    assert "错误 1 条、提醒 0 条、提示 0 条" in rows["问题"]
    assert {name.rstrip("0123456789") for name in sheet_names(workbook)} - {"说明"} <= set(rows)


def test_the_guide_names_a_single_year_once(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path, catalog, [FiledReport("云泽市丁局", 2024)]), catalog, path)
    assert "；报告年度 2024（" in str(rows_of(path, "说明"))


def test_the_matrix_tells_reported_late_missing_and_not_expected_apart(workbook: Path) -> None:
    found = {row["单位"]: row for row in records_of(workbook, "报送情况", "单位")}
    assert found[FIRST] == {"单位": FIRST, "2020 年度": "已报送", "2021 年度": "逾期 10 天"}
    assert found[SECOND]["2021 年度"] == "未见报告"
    assert found[CITY] == {"单位": CITY, "2020 年度": "", "2021 年度": "已报送"}
    assert found["已报单位数/应报单位数"]["2020 年度"] == "2/2"
    assert found["已报单位数/应报单位数"]["2021 年度"] == "2/3"


def test_files_without_figures_have_a_word_of_their_own_and_are_not_counted_as_reports(tmp_path: Path, catalog: Catalog) -> None:
    none = dict.fromkeys(("proactive", "requests", "remedies"))
    reports = [
        FiledReport("云泽市丁局", 2022),
        FiledReport("云泽市丁局", 2023, {}, none, current=False, status="refused"),
        FiledReport("云泽市丙局", 2023, status="partial"),
        FiledReport("云泽市戊局", 2022),
    ]
    path = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path, catalog, reports), catalog, path)
    matrix = {row["单位"]: row["2023 年度"] for row in records_of(path, "报送情况", "单位")}
    assert matrix == {"已报单位数/应报单位数": "1/3", "云泽市丁局": "未取得数字", "云泽市丙局": "不完整", "云泽市戊局": "未见报告"}
    listed = [(row["单位"], row["报送情况"]) for row in records_of(path, "报送明细", "年度") if row["年度"] == 2023]
    assert listed == [("云泽市戊局", "未见报告"), ("云泽市丁局", "收到文件但未取得数字"), ("云泽市丙局", "已报送但不完整")]
    rows = rows_of(path, "报送情况")
    places = {row[0]: number for number, row in enumerate(rows)}
    column = next(row for row in rows if row[0] == "单位").index("2023 年度")
    fills = [fill_of(path, "报送情况", places[name], column) for name in ("云泽市戊局", "云泽市丁局", "云泽市丙局")]
    assert fills == [MISSING_FILL, UNUSABLE_FILL, ATTENTION_FILL]
    text = str(rows)
    assert "未取得数字”：收到了文件" in text and "以后年度" not in text


def test_the_list_of_submissions_has_dates_and_leaves_unknown_lateness_blank(workbook: Path) -> None:
    found = {(row["单位"], row["年度"]): row for row in records_of(workbook, "报送明细", "年度")}
    late = found[FIRST, 2021]
    assert (late["发布日期"], late["公布期限"], late["逾期天数"]) == (date(2022, 2, 10), date(2022, 1, 31), 10)
    assert (late["错误"], late["文件"]) == (1, f"{FIRST}-2021-0.docx")
    assert (found[SECOND, 2020]["发布日期"], found[SECOND, 2020]["逾期天数"]) == ("", "")
    assert found[FIRST, 2020]["逾期天数"] == 0


def test_a_problem_stands_with_its_cells_and_printed_text_is_never_a_formula(workbook: Path) -> None:
    (row,) = records_of(workbook, "问题清单", "单位")
    assert (row["单位"], row["年度"], row["规则"], row["程度"], row["表"]) == (FIRST, 2021, "R3", "错误", "表三")
    assert (row["应为"], row["实为"], row["相差"]) == (3, 30, 27)
    assert row["印出文字"] == LOOKS_LIKE_A_FORMULA
    assert row["有关单元格"] == "本年新收（总计）：=1+1（第2张表第4行第10列）；本年新收（商业企业）：空白（第2张表第4行第5列）"


def test_files_without_figures_are_listed_once_with_their_kind_and_reason(workbook: Path) -> None:
    found = [(row["文件"], row["文件类型"], row["结果"], row["原因和建议"]) for row in records_of(workbook, "未读文件", "文件")]
    none = "没有识别出政府信息公开工作年度报告的表格。如确为年度报告，请改报 Word、网页原件。"
    assert sorted(found) == [
        ("扫描/照片.jpg", "图片", "未读取", "暂不能读取图片，请改报文字版。"),
        ("扫描/通知.docx", "Word", "未采用", none),
        ("散乱.docx", "Word", "未采用", UNREADABLE),
        ("通知.docx", "Word", "未采用", none),
    ]


def test_reading_problems_name_their_place_and_remarks_are_counted(workbook: Path) -> None:
    row, copy = (row for row in records_of(workbook, "读取问题", "单位") if row["单位"])
    assert (row["单位"], row["程度"], row["问题"], row["位置"]) == (FIRST, "错误", "数字无法归位", "第2张表第3行第4列")
    assert (copy["单位"], copy["程度"], copy["问题"]) == (FIRST, "提示", "重复报送")  # promised where copies are spoken of
    assert any("另有 1 条仅供参考的提示未列出" in str(cells[0]) for cells in rows_of(workbook, "读取问题"))


def test_indicators_are_percentages_counts_or_blank(workbook: Path, catalog: Catalog) -> None:
    found = {(row["单位"], row["年度"]): row for row in records_of(workbook, "分析指标", "年度")}
    assert found[FIRST, 2021]["公开率\n（%）"] == 0.25
    assert found[CITY, 2021]["公开率\n（%）"] == "5/6"
    assert found[CITY, 2021]["复议率\n（%）"] == ""
    assert found[FIRST, 2021]["行政事业性收费金额\n（元）"] == 592372449.5
    definitions = {row["定义编号"]: row["定义"] for row in records_of(workbook, "指标定义", "指标")}
    stated = next(row.definition_zh for row in catalog.indicators if row.indicator == "disclosure_rate")
    assert definitions["disclosure_rate"] == stated


def test_a_rule_that_checked_nothing_is_not_said_to_have_passed(workbook: Path, catalog: Catalog) -> None:
    rows = records_of(workbook, "规则核对情况", "年度")
    assert len(rows) == 2 * len(catalog.rules)
    assert {row["核对情况"] for row in rows} == {"不适用"}


def test_the_same_tables_give_the_same_bytes(workbook: Path, tmp_path: Path, catalog: Catalog) -> None:
    again = tmp_path / "汇总.xlsx"
    write_workbook(small_store(tmp_path, catalog), catalog, again)
    assert again.read_bytes() == workbook.read_bytes()


def test_an_empty_warehouse_gives_a_workbook_that_says_so(tmp_path: Path, catalog: Catalog) -> None:
    path = tmp_path / "new" / "汇总.xlsx"
    write_workbook(Store(tmp_path, catalog), catalog, path)
    assert "尚未识别出任何年度报告" in str(rows_of(path, "说明"))
    assert rows_of(path, "汇总")[1][0] == "没有可以汇总的报告。"
    said = {name: records_of(path, name, heading) for name, heading in LISTS.items() if name != "指标定义"}
    assert all(len(rows) == 1 and str(next(iter(rows[0].values()))).endswith("。") for rows in said.values()), said


def test_a_workbook_that_somebody_has_open_stays_and_the_office_is_told(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "汇总.xlsx"
    path.write_bytes(b"old")

    def in_use(self: Path, target: Path) -> Path:
        raise PermissionError(13, "in use", str(target))

    monkeypatch.setattr(Path, "replace", in_use)
    with pytest.raises(GongkaiError, match="请关闭后重新运行"):
        write_workbook(Store(tmp_path, catalog), catalog, path)
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]
