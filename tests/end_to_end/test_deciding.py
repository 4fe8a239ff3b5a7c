"""The commands about findings and decisions on a small installation, and the builds after them."""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from pipeline.cli import INCOMPLETE, OK, WRONG_CALL, main
from tests.installation import Installation, copy_registry, copy_sample, sample_files
from tests.sample.decisions import CARRIED_OVER_WAITS

BY = ("--by", "王某", "--on", "2026-03-02")
MARKET = ("correct", "市场监督管理局", "2020", "结转下年度继续办理", "6", "--column", "总计", "--reason", "多计", "--source", "复函", *BY)


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Two bodies, three reports, no decisions; not to be changed."""
    installation = Installation.at(tmp_path_factory.mktemp("deciding") / "installation")
    copy_sample(installation, [*sample_files("市场监督管理局", years=(2020, 2021)), *sample_files("交通运输局", years=(2024,))])
    copy_registry(installation)
    for file in ("corrections.csv", "waivers.csv", "confirmations.csv"):
        (installation.settings.decisions / file).unlink()
    assert installation.build().success
    return installation


@pytest.fixture
def built(before: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Installation:
    copied = before.copied(tmp_path / "installation")
    installation = Installation(replace(copied.settings, today=date(2026, 3, 2)))
    for name in ("RAW", "WAREHOUSE", "DECISIONS"):
        monkeypatch.setenv(f"GONGKAI_{name}", str(getattr(installation.settings, name.lower())))
    monkeypatch.setenv("GONGKAI_TODAY", "2026-03-02")
    return installation


def said(capsys: pytest.CaptureFixture[str], *arguments: str, status: int = OK) -> str:
    capsys.readouterr()
    assert main(arguments) == status
    shown = capsys.readouterr()
    return shown.out if status == OK else shown.err


def statuses(installation: Installation) -> dict[tuple[int, str], str]:
    rows = installation.rows("out_findings", "report_year", "rule", "status", "severity")
    return {(row["report_year"], row["rule"]): row["status"] for row in rows if row["rule"] in ("R1", "R3", "Y1", "N2", "R6")}


def test_findings_are_listed_filtered_and_shown(built: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    listed = said(capsys, "findings", "--body", "沐云区市场监督管理局", "--severity", "错误")
    assert [line.split()[1:5] for line in listed.splitlines()[:-1]] == [
        ["2021", "瀚川市沐云区市场监督管理局", "错误", "Y1"],
        ["2020", "瀚川市沐云区市场监督管理局", "错误", "R1"],
        ["2020", "瀚川市沐云区市场监督管理局", "错误", "R3"],
    ]
    assert listed.splitlines()[-1] == "共 3 处：错误 3 处，提醒 0 处，提示 0 处。"
    shown = said(capsys, "findings", CARRIED_OVER_WAITS[:6])
    assert "单位：瀚川市沐云区交通运输局（muyun-transport），2024 年度" in shown
    assert "结转下年度继续办理（总计）：10（第" in shown
    assert f"gongkai waive {CARRIED_OVER_WAITS}" in shown
    rows = list(csv.reader(io.StringIO(said(capsys, "findings", "--rule", "r6", "--csv").removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == ["问题编号", CARRIED_OVER_WAITS]
    assert "没有编号为“zz”的问题" in said(capsys, "findings", "zz", status=INCOMPLETE)
    assert "没有 1999 年度的报告" in said(capsys, "findings", "--year", "1999", status=INCOMPLETE)
    assert "应为 待处理、已确认、已豁免、已更正、全部 之一" in said(capsys, "findings", "--status", "好", status=WRONG_CALL)


def test_a_correction_says_what_it_will_do_does_it_and_lapses_with_the_report(
    built: Installation, capsys: pytest.CaptureFixture[str]
) -> None:
    only_looked = said(capsys, *MARKET, "--look")
    assert "瀚川市沐云区市场监督管理局 2020 年度 表三“结转下年度继续办理（总计）”：印的是“8 件”，更正为“6 件”。" in only_looked
    settled, caused = only_looked.split("注意：更正后会新出现 1 处问题：")
    assert "解决 3 处问题：" in settled
    assert [line.split()[3] for line in settled.splitlines() if " 年度 错误 " in line] == ["R1", "R3", "Y1"]
    assert "N2" in caused
    assert not (built.settings.decisions / "corrections.csv").exists()
    assert "第 2 行。运行 gongkai build 后起作用。" in said(capsys, *MARKET)
    assert "有 1 行是上次运行之后登记的" in said(capsys, "decisions", "check")
    assert built.build_tables().success
    assert statuses(built) == {
        **{(2020, "R1"): "corrected", (2020, "R3"): "corrected", (2021, "Y1"): "corrected"},
        **{(2020, "N2"): "open", (2024, "R6"): "open"},
    }
    effects = {
        (row["effect_kind"], row["report_year"]): (row["before_text"], row["after_text"]) for row in built.rows("out_decision_effects")
    }
    assert effects["cell", 2020] == ("8", "6")
    assert effects["indicator", 2020] == ("0.090909", "0.068182")
    assert {key for key, _ in effects} == {"cell", "settled", "caused", "sum", "indicator"}
    (file,) = sample_files("市场监督管理局", years=(2020,))
    path = built.raw / file.path
    path.write_bytes(path.read_bytes().replace(b">8<", b">7<"))
    assert built.build_tables().success
    (decision,) = built.rows("core_decisions")
    assert (decision["decision_state"], decision["value"]) == ("lapsed", 7)
    assert [row for row in built.rows("out_values") if row["corrected_value"] is not None] == []
    assert "更正【失效】" in said(capsys, "decisions", "check")
    path.unlink()
    assert built.build_tables().success
    (decision,) = built.rows("core_decisions")
    assert decision["decision_state"] == "unknown"


def test_a_waiver_takes_a_finding_off_the_list_until_it_expires(
    built: Installation, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "有效期至 2026-06-30" in said(capsys, "waive", CARRIED_OVER_WAITS[:8], "--reason", "在期限之内", "--until", "2026/6/30", *BY)
    said(capsys, "confirm", CARRIED_OVER_WAITS, "--reason", "属实", *BY)
    assert built.build_tables().success
    assert statuses(built)[2024, "R6"] == "waived"
    assert (2024, "R6") not in {(row["report_year"], row["effect_kind"]) for row in built.rows("out_decision_effects")}
    transport = next(row for row in built.rows("out_submission_status") if row["agency_id"] == "muyun-transport" and row["report_id"])
    assert transport["warnings"] == sum(
        row["severity"] == "W" and row["status"] != "waived" for row in built.rows("out_findings") if row["report_year"] == 2024
    )
    assert "已经豁免：在期限之内" in said(capsys, "waive", CARRIED_OVER_WAITS, "--reason", "x", *BY, status=INCOMPLETE)
    assert "另有已豁免 1 处没有列出" in said(capsys, "findings", "--rule", "R6")
    monkeypatch.setenv("GONGKAI_TODAY", "2026-07-01")
    assert Installation(replace(built.settings, today=date(2026, 7, 1))).build_tables().success
    assert statuses(built)[2024, "R6"] == "confirmed"
    assert {row["decision_state"] for row in built.rows("core_decisions")} == {"expired", "in_force"}


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({1: "水务局"}, "没有叫“水务局”的单位"),
        ({2: "2010"}, "“市场监督管理局”没有 2010 年度的现行报告"),
        ({3: "结转上年度"}, "该报告中没有叫“结转上年度”的格"),
        ({3: "行政许可"}, "“行政许可”不分列，请去掉 --column"),
        ({6: "商业"}, "没有“商业”这一列。列有：自然人、商业企业"),
        ({4: "八"}, "“八”不是数字"),
        ({4: "6元"}, "不是金额，不带“元”"),
        ({4: "-6"}, "不应为负数"),
        ({4: "8"}, "与 printed_value 相同"),
    ],
)
def test_what_is_not_clear_is_asked_back_and_nothing_is_written(
    built: Installation, capsys: pytest.CaptureFixture[str], change: dict[int, str], message: str
) -> None:
    arguments = [change.get(place, text) for place, text in enumerate(MARKET)]
    assert message in said(capsys, *arguments, status=INCOMPLETE)
    assert not (built.settings.decisions / "corrections.csv").exists()


def test_a_mistake_in_a_file_stops_the_build_before_any_work(built: Installation, capsys: pytest.CaptureFixture[str]) -> None:
    (built.settings.decisions / "waivers.csv").write_text("finding_id\nabc\n", encoding="utf-8")
    assert "缺少列" in said(capsys, "build", "--quiet", status=INCOMPLETE)
    capsys.readouterr()
    assert main(["decisions", "check"]) == INCOMPLETE
    assert "waivers.csv 第 1 行：缺少列 agency_id" in capsys.readouterr().out
