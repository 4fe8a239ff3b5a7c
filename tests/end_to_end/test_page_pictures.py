"""A page whose tables are pictures in files beside it: page and pictures are one report, in a build and in a call."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pipeline.cli import main
from tests.installation import Installation
from tests.intake.zips import packed
from tests.reports import render_html
from tests.reports.layout import printed_tables
from tests.test_renderers import CATALOG, made

BODY = "瀚川市沐云区财政局"
PAGE, PICTURE = "财政局/2021年报.html", "财政局/images/表四.png"
CONTENT = replace(made(), title=f"{BODY}2021年政府信息公开工作年度报告")


def page() -> bytes:
    """Two tables as tables, and 表四 as a picture."""
    html = render_html.render(CONTENT, printed_tables(CATALOG, CONTENT)[:2])
    return html.replace(b"</body>", b'<p><img src="./images/%E8%A1%A8%E5%9B%9B.png"></p></body>')


def picture(scans: ModuleType, seed: int = 7) -> bytes:
    content = replace(made(seed=seed), title="")
    ((pixels,),) = scans.render_pictures.pictures_of(content, printed_tables(CATALOG, content)[2:])
    data: bytes = scans.render_scan.wrapped([pixels], "png", 200)
    return data


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.at(tmp_path / "installation")


def statuses(installation: Installation) -> dict[str, Any]:
    return {row["path"]: (row["read_status"], row["page_path"]) for row in installation.rows("raw_files")}


def remedies(installation: Installation) -> dict[str, Any]:
    rows = installation.rows("core_cells")
    return {row["field"]: (row["state"], row["value"]) for row in rows if row["field"].startswith("remedies.")}


def printed(seed: int = 7) -> dict[str, Any]:
    figures = made(seed=seed).figures
    return {field: (figure.state, figure.value) for (field, _), figure in figures.items() if field.startswith("remedies.")}


def test_page_and_pictures_are_one_report_and_the_picture_none_of_its_own(installation: Installation, scans: ModuleType) -> None:
    installation.put(PAGE, page())
    installation.put(PICTURE, picture(scans))
    assert installation.build().success
    assert statuses(installation) == {PAGE: ("read", None), PICTURE: ("in_page", PAGE)}
    (report,) = installation.rows("core_reports")
    assert (report["path"], report["agency_name"], report["status"]) == (PAGE, BODY, "parsed")
    assert remedies(installation) == printed()
    assert installation.build_only("core_cells").intake["files_read_now"] == 0
    installation.put(PICTURE, picture(scans, seed=8))  # the page is the same to the last byte
    assert installation.build_only("core_cells").success
    assert remedies(installation) == printed(seed=8) != printed()
    (installation.raw / PICTURE).unlink()
    assert installation.build_only("core_cells").intake["files_read_now"] == 0  # the page alone was read in the first build
    assert "“images/表四.png”" in " ".join(row["message"] for row in installation.rows("core_problems"))
    assert not any(state == "number" for state, _ in remedies(installation).values())


def test_the_same_page_with_other_pictures_is_another_report(installation: Installation, scans: ModuleType) -> None:
    for folder, seed in (("甲", 7), ("乙", 8)):
        installation.put(f"{folder}/年报.html", page())
        installation.put(f"{folder}/images/表四.png", picture(scans, seed))
    assert installation.build_only("core_cells").success
    reports = {row["report_id"]: row["path"] for row in installation.rows("core_reports")}
    assert sorted(reports.values()) == ["乙/年报.html", "甲/年报.html"]
    cells: dict[str, dict[str, Any]] = {path: {} for path in reports.values()}
    for row in installation.rows("core_cells"):
        if row["field"].startswith("remedies."):
            cells[reports[row["report_id"]]][row["field"]] = (row["state"], row["value"])
    assert cells == {"甲/年报.html": printed(), "乙/年报.html": printed(seed=8)}


@pytest.mark.usefixtures("scans")
def test_a_picture_that_is_stated_is_a_report_of_its_own(installation: Installation, scans: ModuleType) -> None:
    installation.put(PAGE, page())
    installation.put(PICTURE, picture(scans))
    installation.put("财政局/images/sources.csv", f"文件,单位,年度\n表四.png,{BODY},2020\n".encode())
    assert installation.build_only("core_cells").success
    assert statuses(installation)[PICTURE] == ("read", None)


def lines(capsys: pytest.CaptureFixture[str], *files: Path | str) -> list[dict[str, Any]]:
    main(["parse", *map(str, files), "--json"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_parse_reads_the_pictures_of_a_page(installation: Installation, scans: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    path = installation.put(PAGE, page())
    installation.put(PICTURE, picture(scans))
    archive = installation.put("县.zip", packed({"局/年报.html": page(), "局/images/表四.png": picture(scans), "年报.html": page()}, "gbk"))
    (line,) = lines(capsys, path)
    assert (line["status"], line["tables"]["remedies"]["status"]) == ("parsed", "found")
    whole, lacking = lines(capsys, f"{archive}!局/年报.html", f"{archive}!年报.html")
    assert (whole["status"], lacking["tables"]["remedies"]["status"]) == ("parsed", "unreadable")
    states = Counter(cell["state"] for cell in whole["cells"])
    assert states["number"] == len(CONTENT.figures)
