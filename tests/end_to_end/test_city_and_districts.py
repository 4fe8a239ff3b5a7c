"""A city above two districts, whose sum of 2014 lacks three offices (H3), until somebody says what its report covers."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from pipeline.catalog import Catalog
from pipeline.cli import INCOMPLETE, OK, main
from tests.installation import Installation, sample_files
from tests.reports import render_text
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import printed_tables

YEAR, OFFICES = 2014, ("statistics.capacity.offices", None)
CITY, FIRST, SECOND = "瀚川市人民政府", "瀚川市沐云区人民政府", "瀚川市青禾区人民政府"
BODIES = ((CITY, ""), (FIRST, CITY), (SECOND, CITY))


def content_of(body: str, times: int = 1, less: int = 0) -> ReportContent:
    """The sum of 沐云区 under another name, every figure so many times; `less` offices than that."""
    (file,) = sample_files("沐云区人民政府", years=(YEAR,))
    numbers = {key: (figure.value or 0) * times - (less if key == OFFICES else 0) for key, figure in file.content.figures.items()}
    figures = {key: Figure(str(number), number) for key, number in numbers.items() if file.content.figures[key].value is not None}
    return replace(file.content.with_figures(figures), agency=body, title=file.content.title.replace(FIRST, body))


def test_the_sum_of_a_city_that_lacks_offices_and_what_a_decision_makes_of_it(
    tmp_path: Path, catalog: Catalog, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    installation = Installation.at(tmp_path / "installation")
    for name in ("RAW", "WAREHOUSE", "DECISIONS"):
        monkeypatch.setenv(f"GONGKAI_{name}", str(getattr(installation.settings, name.lower())))
    _register(installation)
    for content in (content_of(FIRST), content_of(SECOND), content_of(CITY, 2, less=3)):
        installation.put(f"{content.agency}.txt", render_text.render(content, printed_tables(catalog, content)))
    assert installation.build().success
    (finding,) = _of_area(installation)
    offices = content_of(FIRST).figures[OFFICES].value or 0
    assert (finding["rule"], finding["agency_name"], finding["expected"], finding["actual"]) == ("H3", CITY, 2 * offices, 2 * offices - 3)
    assert _sum(installation)[:3] == (2 * offices, "whole_area", "complete")

    decided = (
        "cover",
        "瀚川市人民政府",
        str(YEAR),
        "政府本级",
        "--reason",
        "市政府办公室答复",
        "--source",
        "电话",
        "--by",
        "王某",
        "--on",
        "2026-03-02",
    )
    assert main([*decided, "--look"]) == OK
    looked = capsys.readouterr().out
    assert "程序判断为全地区" in looked and f"“{CITY}”的合计由 2 份报告变为 3 份。" in looked and "解决 1 处问题" in looked
    assert not (installation.settings.decisions / "coverage.csv").exists()
    assert main(decided) == OK
    assert installation.build().success
    assert _of_area(installation) == []
    assert _sum(installation) == (4 * offices - 3, "own_office", "complete", f"{CITY}（本级）")
    with duckdb.connect(installation.workspace.database, read_only=True) as connection:
        audit = connection.execute('SELECT "影响", "项目", "原为", "现为" FROM decisions_audit ORDER BY 1, 2').fetchall()
    assert [row[0] for row in audit] == ["地区汇总", "地区汇总", "报告范围", "解决的问题"]
    assert audit[2] == ("报告范围", "报告范围", "全地区", "政府本级")
    assert audit[3][1].startswith("H3 ") and audit[0][2:3] == ("计入 2 份报告",)
    assert main(decided) == INCOMPLETE  # decided already
    capsys.readouterr()
    assert main(["decisions", "list"]) == main(["coverage", "list"]) == OK
    said = capsys.readouterr().out
    assert "范围【起作用】瀚川市人民政府 2014 年度 报告范围：政府本级" in said
    assert "瀚川市人民政府 2014 年度 【政府本级】人工决定：市政府办公室答复（王某，2026-03-02）。程序判断为全地区" in said


def _register(installation: Installation) -> None:
    folder = installation.settings.decisions
    folder.mkdir()
    with (folder / "agencies.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(("agency_id", "agency_name", "short_names", "agency_kind", "agency_level", "division_code", "parent_id",
                         "organisation_code", "valid_from", "valid_to", "note"))  # fmt: skip
        writer.writerows((name, name, "", "government", "", "", above, "", "", "", "") for name, above in BODIES)


def _of_area(installation: Installation) -> list[dict[str, object]]:
    return [row for row in installation.rows("out_findings") if row["rule"] in ("H1", "H2", "H3")]


def _sum(installation: Installation) -> tuple[object, ...]:
    (row,) = [row for row in installation.rows("out_rollup") if (row["area_id"], row["field"]) == (CITY, OFFICES[0])]
    return row["total"], row["coverage"], row["total_kind"], *([row["own_office"]] if row["own_office"] else [])
