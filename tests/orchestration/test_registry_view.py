"""`gongkai agencies`: what is printed, and the exit status."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from pipeline.cli import INCOMPLETE, OK, WRONG_CALL, main
from pipeline.common.settings import Settings
from pipeline.normalise.agencies.names import provisional_id
from pipeline.orchestration.workspace import Workspace
from pipeline.warehouse.schema import from_rows
from tests.catalog.registry.registry_files import Rows, agency, link, write_registry

AGENCIES = [
    agency("gov", "瀚川市沐云区人民政府"),
    agency("sp", "瀚川市沐云区行政审批管理办公室", "", "2018-12-31", parent_id="gov", short_names="沐云审批办"),
    agency("zw", "瀚川市沐云区政务服务管理办公室", "2019-01-01", parent_id="gov"),
    agency("sw", "瀚川市沐云区水务局", parent_id="gov"),
]
LINKS = [link("rename", "sp", "zw", "2019-01-01") | {"source": "机构改革方案"}]
UNKNOWN = "瀚川市沐云区水务居"


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installation with a registry, of which three bodies reported, one of them unregistered."""
    monkeypatch.setenv("GONGKAI_ROOT", str(tmp_path))
    write_registry(tmp_path / "data" / "decisions", AGENCIES, links=LINKS)
    workspace = Workspace(Settings.discover())
    reported = [
        ("sp", AGENCIES[1]["agency_name"], 2017),
        ("sp", AGENCIES[1]["agency_name"], 2018),
        ("zw", AGENCIES[2]["agency_name"], 2020),
    ]
    reported.append((provisional_id(UNKNOWN), UNKNOWN, 2020))
    for year in (2017, 2018, 2020):
        rows = [_report(*row) for row in reported if row[2] == year]
        workspace.store.write("core_reports", from_rows(workspace.catalog, "core_reports", rows), year=year, fingerprint="x")
    unregistered = {"agency_id": provisional_id(UNKNOWN), "agency_name": UNKNOWN, "agency_kind": "department", "registered": False}
    agencies = [unregistered | {"lineage_id": "x", "first_year": 2020, "last_year": 2020}]
    workspace.store.write("core_agencies", from_rows(workspace.catalog, "core_agencies", agencies), fingerprint="x")
    return tmp_path


def _report(agency_id: str, name: str, year: int) -> dict[str, object]:
    names = {"report_id": f"{agency_id}-{year}", "report_year": year, "sha256": "0", "path": "a.html", "report_index": 0}
    return names | {"agency_id": agency_id, "agency_name": name, "status": "parsed", "title": "", "is_current": True, "copies": 1}


def change(root: Path, agencies: Rows) -> None:
    write_registry(root / "data" / "decisions", agencies, links=LINKS)


def test_a_good_registry_passes_the_check(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "check"]) == OK
    assert capsys.readouterr().out == "单位登记表没有问题：单位 4 行，其他名称 0 行，变更 1 行，应报名单 0 行。\n"


def test_mistakes_are_listed_and_fail_the_check(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, [*AGENCIES, agency("sw-2", "瀚川市沐云区水务局")])
    assert main(["agencies", "check"]) == INCOMPLETE
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "agencies.csv 第 6 行“agency_name”列：“瀚川市沐云区水务局”同一时间也是“sw”的名称；请更正，或用起止日期分开。"
    assert lines[1].startswith("共 1 处问题")


def test_a_registry_that_cannot_be_loaded_is_checked_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, [*AGENCIES, agency("sw", "瀚川市沐云区水利局")])
    assert main(["agencies", "check"]) == INCOMPLETE
    assert "编号“sw”在第 5 行已经登记过" in capsys.readouterr().out
    assert main(["agencies", "list"]) == WRONG_CALL
    assert "单位登记表" in capsys.readouterr().err


def test_a_build_ends_at_once_where_the_registry_contradicts_itself(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    change(root, [*AGENCIES, agency("sw", "瀚川市沐云区水利局")])
    assert main(["build"]) == WRONG_CALL
    assert "编号“sw”在第 5 行已经登记过" in capsys.readouterr().err


def test_the_list_puts_renamed_bodies_together(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "list"]) == OK
    assert capsys.readouterr().out.splitlines() == [
        "瀚川市沐云区人民政府（gov，起止不限）",
        "瀚川市沐云区行政审批管理办公室（sp，2018-12-31 止，报告 2017—2018）",
        "  → 瀚川市沐云区政务服务管理办公室（zw，2019-01-01 起，报告 2020）",
        "瀚川市沐云区水务局（sw，起止不限）",
        "共登记 4 个单位；另有 1 个单位报送过报告而没有登记（gongkai agencies propose）。",
    ]


@pytest.mark.parametrize("name", ["瀚川市沐云区政务服务管理办公室", "沐云审批办", "沐云区行政审批管理办公室"])
def test_a_body_is_shown_under_any_of_its_names(root: Path, capsys: pytest.CaptureFixture[str], name: str) -> None:
    assert main(["agencies", "show", name]) == OK
    text = capsys.readouterr().out
    assert text.startswith(
        "瀚川市沐云区行政审批管理办公室（sp，2018-12-31 止，报告 2017—2018）\n    其他名称：沐云审批办\n    上级：瀚川市沐云区人民政府\n"
    )
    change = "2019-01-01：“瀚川市沐云区行政审批管理办公室”更名为“瀚川市沐云区政务服务管理办公室”（机构改革方案）"
    assert text.count(change) == 2 and "水务局" not in text


def test_a_name_that_is_not_registered_shows_what_comes_near(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "show", UNKNOWN]) == OK
    assert capsys.readouterr().out.splitlines()[:3] == [
        f"登记表中没有“{UNKNOWN}”。",
        f"以这一名称报送过 2020 年度的报告，临时编号 {provisional_id(UNKNOWN)}。",
        "名称相近的有：瀚川市沐云区水务局（sw）",
    ]
    assert main(["agencies", "show", "无名公司"]) == INCOMPLETE


def test_rows_for_unregistered_bodies_can_be_pasted(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "propose"]) == OK
    printed = capsys.readouterr()
    (row,) = csv.DictReader(printed.out.splitlines())
    assert (row["agency_name"], row["parent_id"], row["note"], row["division_code"]) == (UNKNOWN, "gov", "报告年度 2020—2020", "")
    assert f"“{UNKNOWN}”与已登记而没有报告的“瀚川市沐云区水务局”（sw）名称相近" in printed.err
    change(root, [*AGENCIES, row])
    assert main(["agencies", "check"]) == OK


def test_a_division_is_proposed_where_a_name_begins_with_one(root: Path) -> None:
    from pipeline.orchestration.registry_view import _division

    workspace = Workspace(Settings.discover())
    assert _division(workspace, "宁波市鄞州区示例局", 2020) == "330212"
    assert _division(workspace, "西湖区示例局", 2020) == "", "of two divisions none is taken"


def test_wrong_calls(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["agencies", "show"]) == WRONG_CALL
    assert main(["agencies", "check", "名称"]) == WRONG_CALL
    with pytest.raises(SystemExit) as raised:
        main(["agencies", "polish"])
    assert raised.value.code == WRONG_CALL
    assert "没有“polish”这个命令" in capsys.readouterr().err
