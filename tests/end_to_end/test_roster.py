"""A roster from proposal to workbook: who owes, who is late, who should not be there, and what is wrong in the lists themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from pipeline.catalog import Catalog
from pipeline.cli import main
from tests.catalog.registry.registry_files import write_registry
from tests.end_to_end.test_statements_and_copies import content_of, text
from tests.installation import Installation
from tests.reports import render_html
from tests.reports.layout import printed_tables

FINANCE, SCHOOLS = "瀚川市沐云区财政局", "瀚川市沐云区教育局"


def environment(installation: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, folder in (("RAW", "raw"), ("WAREHOUSE", "warehouse"), ("DECISIONS", "decisions")):
        monkeypatch.setenv(f"GONGKAI_{variable}", str(getattr(installation.settings, folder)))


def test_a_roster_from_proposal_to_workbook(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installation = Installation.at(tmp_path / "installation")
    environment(installation, monkeypatch)
    installation.put("2022/甲.txt", text(catalog, content_of("财政局", 2022)))
    installation.put("sources.csv", "文件,单位\n没有这个文件.txt,某局\n".encode())
    assert installation.build_tables().success
    capsys.readouterr()
    assert main(["roster", "check"]) == 0
    assert "没有内容" in capsys.readouterr().out
    assert main(["roster", "propose"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == f",{FINANCE},2023,,,2022 年度已报送"

    rows = [
        {"agency_name": FINANCE, "first_year": "2023", "deadline": "01-15"},
        {"agency_name": "瀚川市沐云区林业局", "first_year": "2023"},
    ]
    write_registry(installation.settings.decisions, roster=rows)
    late = replace(content_of("财政局", 2023), published_on=date(2024, 1, 20))
    installation.put("2023/甲.html", render_html.render(late, printed_tables(catalog, late)))
    installation.put("2023/乙.txt", text(catalog, content_of("教育局", 2023)))
    assert installation.build().success
    found = {row["agency_name"]: row for row in installation.rows("out_submission_status") if row["report_year"] == 2023}
    assert {name: (row["submission"], row["days_late"]) for name, row in found.items()} == {
        FINANCE: ("reported", 5),
        SCHOOLS: ("unexpected", None),
        "瀚川市沐云区林业局": ("not_reported", None),
    }
    rules = {(row["rule"], row["agency_name"]) for row in installation.rows("out_findings") if row["report_year"] == 2023}
    assert {("S12", FINANCE), ("H4", SCHOOLS)} <= rules
    assert main(["roster", "check"]) == 1
    assert "第 3 行" in capsys.readouterr().out

    book = openpyxl.load_workbook(installation.workspace.workbook)
    shown = {sheet: str([[cell.value for cell in row] for row in book[sheet]]) for sheet in ("报送情况", "报送明细", "登记问题")}
    assert "逾期 5 天" in shown["报送情况"] and "不在应报之列" in shown["报送情况"] and "1/2" in shown["报送情况"]
    assert "应报名单" in shown["报送明细"]
    assert "没有这个文件.txt" in shown["登记问题"] and "林业局”没有登记" in shown["登记问题"]


def test_years_of_the_roster_without_any_report_and_doubts_about_the_registry_are_shown(tmp_path: Path, catalog: Catalog) -> None:
    installation = Installation.at(tmp_path / "installation")
    installation.put("甲.txt", text(catalog, content_of("财政局", 2023)))
    agencies = [{"agency_id": "cz", "agency_name": FINANCE, "organisation_code": "91330000000000000X"}]
    roster = [{"agency_id": "cz", "first_year": "2022"}, {"agency_name": FINANCE, "first_year": "2025"}]
    write_registry(installation.settings.decisions, agencies=agencies, roster=roster)
    assert installation.build().success
    found = {row["report_year"]: row["submission"] for row in installation.rows("out_submission_status")}
    assert found == {2022: "not_reported", 2023: "reported", 2024: "not_reported", 2025: "not_reported"}
    problems = [row["message"] for row in installation.rows("core_roster_problems")]
    assert [problem.split(" ")[0] for problem in problems] == ["agencies.csv"]
    book = openpyxl.load_workbook(installation.workspace.workbook)
    shown = {sheet: str([[cell.value for cell in row] for row in book[sheet]]) for sheet in ("报送情况", "登记问题")}
    assert "2025 年度" in shown["报送情况"] and "0/1" in shown["报送情况"]
    assert "agencies.csv" in shown["登记问题"] and "校验码不对" in shown["登记问题"]
