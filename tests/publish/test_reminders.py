"""Reminders: who still has to file, to whom a letter may go, what it says; and their list in 报送情况."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.publish.letters.outstanding import Outstanding, UnusableFile, outstanding_of
from pipeline.publish.letters.sent import YearLetters, letter_files
from pipeline.publish.letters.untold import UntoldFile, untold_files
from pipeline.publish.stored import Tables
from pipeline.publish.workbook.yearly import year_workbook
from pipeline.readers.recognition import HOW_TO_INSTALL
from pipeline.warehouse.schema import from_rows
from pipeline.warehouse.store import Store
from tests.publish.docx_rules import broken_rules
from tests.publish.reading import out_of_order, records_of, rows_of
from tests.publish.test_letters import ITEM, OFFICE, letter, text_of

SCHOOLS, TOWN, HEALTH = "瀚川市沐云区教育局", "瀚川市沐云区鹤汀镇人民政府", "瀚川市沐云区卫生健康局"
DEADLINE = date(2025, 1, 31)
MISSING = Outstanding("id-1", SCHOOLS, 2024, "missing", DEADLINE)


def written(catalog: Catalog, *found: Outstanding, office: Office = OFFICE) -> list[tuple[str, bytes]]:
    return letter_files(YearLetters(2024, (), found), office, catalog)


def test_a_reminder_says_what_is_owed_since_when_by_what_rule_and_what_to_do(catalog: Catalog) -> None:
    ((name, content),) = written(catalog, MISSING)
    text = text_of(content)
    assert name == f"{SCHOOLS}（催报函）.docx"
    expected = [
        "关于催报2024年度\n政府信息公开工作年度报告的函\n瀚川市沐云区教育局：",
        "根据《中华人民共和国政府信息公开条例》第四十九条的规定，你单位应当于2025年1月31日前公布并报送2024年度",
        "一、请于2025年3月14日前公布年度报告，并将电子文件报送办公室政务公开科。",
        "二、请使用2021年格式（国办公开办函〔2021〕30号）填报",
        "机构合并、更名、撤销或者不需报送的，请书面说明。",
        "四、联系人：王某",
        "特此函告。\n\n附件：年度报告报送情况回执\n\n瀚川市沐云区人民政府办公室\n2025年2月20日",
        "附件\n2024年度政府信息公开工作年度报告\n报送情况回执",
        "未按期报送的原因",
    ]
    assert out_of_order(expected, text) == []
    assert broken_rules(content) == []
    assert written(catalog, MISSING)[0][1] == content


def test_the_law_and_the_form_are_those_of_the_year(catalog: Catalog) -> None:
    text = text_of(written(catalog, replace(MISSING, report_year=2015, deadline=date(2016, 3, 31)))[0][1])
    assert "（国务院令第492号）第三十一条" in text and "2014年格式" in text


def test_a_letter_dated_before_the_deadline_asks_for_the_deadline(catalog: Catalog) -> None:
    ((name, content),) = written(catalog, replace(MISSING, kind="early"))
    text = text_of(content)
    assert "按期报送提醒函" in name and text.startswith("关于按期报送2024年度")
    assert "请于2025年1月31日前公布年度报告" in text and "截至" not in text


def test_one_whose_file_gave_nothing_is_told_which_file_and_why(catalog: Catalog) -> None:
    came = replace(MISSING, kind="unusable", files=(UnusableFile("年报.docx", "表格是图片，读不出来。"),))
    text = text_of(written(catalog, came, office=Office())[0][1])
    assert text.startswith("关于重新报送2024年度")
    assert "（一）年报.docx：表格是图片，读不出来。" in text
    assert "请自收到本函之日起5个工作日内将年度报告正文（含全部表格）的电子文件报送我单位" in text
    assert "尚未收到" not in text


def test_reminders_and_letters_about_findings_go_out_together(catalog: Catalog) -> None:
    held = replace(MISSING, agency_id="id-2", agency_name=TOWN, withheld="先核对。")
    sent = YearLetters(2024, [letter(ITEM, name=HEALTH), letter(replace(ITEM, part="I"))], [MISSING, held])
    names = [name for name, _ in letter_files(sent, OFFICE, catalog)]
    assert names == [f"{HEALTH}.docx", "瀚川市沐云区甲局.docx", f"{SCHOOLS}（催报函）.docx"]
    assert sent.kinds() == {f"id-{HEALTH}": "answered", "id-瀚川市沐云区甲局": "hints", "id-1": "missing", "id-2": "withheld"}
    first, second = sent.summary(catalog)
    assert "核改函1份、提示函1份、催报函1份" in first and "函件2024.zip" in first
    assert "暂不发函的1个单位" in second
    assert YearLetters(2024).summary(catalog) == ("本年度没有需要发送的函件。",)


def status(name: str, submission: str = "not_reported", owed_by: str = "roster", **more: Any) -> dict[str, Any]:
    common = {"copies": 0, "contradicting": 0, "errors": 0, "warnings": 0, "infos": 0, "report_year": 2024, "deadline": DEADLINE}
    return {**common, "agency_id": f"id-{name}", "agency_name": name, "submission": submission, "owed_by": owed_by, **more}


def store_of(folder: Path, catalog: Catalog, rows: Sequence[dict[str, Any]], reports: Sequence[dict[str, Any]] = ()) -> Store:
    """A store in which these bodies stand as said; reports: rows of core_reports, each with a problem that names `reason`."""
    store = Store(folder, catalog)
    names = [{"agency_id": row["agency_id"], "name": row["agency_name"], "name_kind": "legal"} for row in rows]
    store.write("core_agency_names", from_rows(catalog, "core_agency_names", names), fingerprint="test")
    store.write("out_submission_status", from_rows(catalog, "out_submission_status", list(rows)), year=2024, fingerprint="test")
    common: dict[str, Any] = {"report_index": 0, "status": "refused", "is_current": False, "copies": 1, "title": "", "report_year": 2024}
    listed = [{**common, "sha256": f"s{number}", "report_id": f"s{number}-0", **row} for number, row in enumerate(reports)]
    said = [
        {"report_id": row["report_id"], "report_year": 2024, "problem": 0, "code": "table_unreadable", "severity": "error"}
        | {"message": row.pop("reason")}
        for row in listed
        if "reason" in row
    ]
    store.write("core_problems", from_rows(catalog, "core_problems", said), year=2024, fingerprint="test")
    for year in {row["report_year"] for row in listed}:
        rows_of_year = [row for row in listed if row["report_year"] == year]
        store.write("core_reports", from_rows(catalog, "core_reports", rows_of_year), year=year, fingerprint="test")
    return store


def found_in(store: Store, catalog: Catalog, office: Office = OFFICE, untold: Sequence[UntoldFile] = ()) -> dict[str, Outstanding]:
    with Tables(store, [2024]) as tables:
        found = outstanding_of(tables, [*untold, *untold_files(store)], catalog, office, 2024)
    return {one.agency_name: one for one in found}


def test_whose_report_is_missing_is_told_by_the_list_of_who_owes(tmp_path: Path, catalog: Catalog) -> None:
    others = [status(HEALTH, "reported"), status("瀚川市沐云区体育局", "not_owed"), status("瀚川市沐云区人民政府")]
    store = store_of(tmp_path, catalog, [status(SCHOOLS), status(TOWN, owed_by="reports"), *others])
    found = found_in(store, catalog)
    assert set(found) == {SCHOOLS, TOWN, "瀚川市沐云区人民政府"}
    assert (found[SCHOOLS].kind, found[SCHOOLS].deadline, found[SCHOOLS].withheld) == ("missing", DEADLINE, "")
    assert "以前年度报送过" in found[TOWN].withheld
    assert "本机关编写" in found["瀚川市沐云区人民政府"].withheld
    early = found_in(store, catalog, replace(OFFICE, letter_date=DEADLINE))
    assert early[SCHOOLS].kind == "early"


@pytest.mark.parametrize(("untold", "withheld"), [
    (UntoldFile("扫描/教育局.pdf"), True),
    (UntoldFile("2025年报送/教育局.pdf"), True),
    (UntoldFile("2019年/教育局.pdf"), False),
    (UntoldFile("扫描/卫生健康局.pdf"), False),
    (UntoldFile("1.pdf", "瀚川市沐云区教育局", 2024), True),
    (UntoldFile("1.pdf", "瀚川市沐云区教育局", 2023), False),
    (UntoldFile("1.pdf", "沐云区教育局政府信息公开工作年度报告"), True),
])  # fmt: skip
def test_no_reminder_goes_out_where_a_file_of_nobody_may_be_the_report(
    untold: UntoldFile, withheld: bool, tmp_path: Path, catalog: Catalog
) -> None:
    store = store_of(tmp_path, catalog, [status(SCHOOLS), status(HEALTH, "reported")])
    found = found_in(store, catalog, untold=[untold])[SCHOOLS].withheld
    assert bool(found) == withheld
    assert not found or untold.path in found


def test_files_of_nobody_are_those_not_read_and_reports_without_body_or_year(tmp_path: Path, catalog: Catalog) -> None:
    reports = [
        {"path": "甲.docx", "agency_id": "id-甲", "agency_name": "甲"},
        {"path": "乙.docx", "title_agency": "乙局"},
        {"path": "丙.docx", "agency_id": "id-丙", "agency_name": "丙局", "report_year": None},
    ]
    store = store_of(tmp_path, catalog, [], reports)
    common = {"size_bytes": 1, "kind": "pdf", "reports": 0}
    files = [{**common, "path": f"{name}.pdf", "sha256": name, "read_status": name} for name in ("read", "not_read")]
    store.write("raw_files", from_rows(catalog, "raw_files", files), fingerprint="test")
    assert untold_files(store) == [UntoldFile("not_read.pdf"), UntoldFile("丙.docx", "丙局"), UntoldFile("乙.docx", "乙局", 2024)]


def test_no_reminder_goes_out_to_one_who_may_have_filed_under_another_name(tmp_path: Path, catalog: Catalog) -> None:
    store = store_of(tmp_path, catalog, [status(SCHOOLS), status(HEALTH), status("沐云区教育局", "unexpected")])
    found = found_in(store, catalog)
    assert "“沐云区教育局”" in found[SCHOOLS].withheld
    assert found[HEALTH].withheld == ""


@pytest.mark.parametrize(("reason", "withheld"), [("表格是图片，缺了文件。", False), (f"表三是图片，{HOW_TO_INSTALL}。", True)])
def test_what_we_lack_ourselves_is_not_laid_at_the_door_of_the_body(reason: str, withheld: bool, tmp_path: Path, catalog: Catalog) -> None:
    report = {"path": "2025/年报.zip!教育局.docx", "agency_id": f"id-{SCHOOLS}", "agency_name": SCHOOLS, "reason": reason}
    found = found_in(store_of(tmp_path, catalog, [status(SCHOOLS, "unusable")], [report]), catalog)[SCHOOLS]
    assert (found.kind, found.files) == ("unusable", (UnusableFile("教育局.docx", reason),))
    assert bool(found.withheld) == withheld


def test_the_list_of_who_has_reported_names_the_letter_of_each(tmp_path: Path, catalog: Catalog) -> None:
    store = store_of(tmp_path, catalog, [status(SCHOOLS), status(TOWN, owed_by="reports"), status(HEALTH, "reported", report_id="r")])
    with Tables(store, [2024]) as tables:
        outstanding = outstanding_of(tables, (), catalog, OFFICE, 2024)
        sent = YearLetters(2024, [letter(ITEM, name=HEALTH)], outstanding)
        path = tmp_path / "book.xlsx"
        path.write_bytes(year_workbook(tables, catalog, sent))
    listed = {row["单位"]: (row["函件"], bool(row["函件说明"])) for row in records_of(path, "报送情况", "单位")}
    assert listed == {SCHOOLS: ("催报函", False), TOWN: ("暂不发函", True), HEALTH: ("核改函", False)}
    assert "核改函1份、催报函1份" in str(rows_of(path, "报送情况")[:4])
