"""A report whose tables are a file attached to its page: one report, with the text of the one and the figures of the other."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog
from pipeline.cli import main
from tests.installation import Installation
from tests.reports import render_docx, render_html, render_xlsx
from tests.reports.content import ReportContent
from tests.reports.layout import printed_tables
from tests.test_renderers import made

BODY, OTHER = "瀚川市沐云区财政局", "瀚川市沐云区教育局"
PAGE, FILE = "财政局/2021年报.html", "财政局/附件 统计表.xlsx"
LINK = '<p>附件：<a href="/u/2022/%E9%99%84%E4%BB%B6%20%E7%BB%9F%E8%AE%A1%E8%A1%A8.xlsx?x=1">统计表</a></p></body>'


def content() -> ReportContent:
    return replace(made(), title=f"{BODY}2021年政府信息公开工作年度报告")


def page(link: str = LINK) -> bytes:
    return render_html.render(content(), ()).replace(b"</body>", link.encode())


def tables(catalog: Catalog, title: str = "", render: Any = render_xlsx.render) -> bytes:
    bare = replace(content(), title=title, sections=())
    data: bytes = render(bare, printed_tables(catalog, bare))
    return data


def built(installation: Installation, files: dict[str, bytes], *only: str) -> Installation:
    for path, data in files.items():
        installation.put(path, data)
    assert (installation.build_only(*only) if only else installation.build()).success
    return installation


@pytest.fixture
def empty(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    return Installation.at(tmp_path_factory.mktemp("attachments") / "installation")


def joined(installation: Installation) -> dict[str, str]:
    return {row["path"]: row["page_path"] for row in installation.rows("raw_files") if row["page_path"]}


def messages(installation: Installation) -> list[str]:
    return [row["message"] for row in installation.rows("out_findings")]


def test_page_and_attachment_are_one_report(empty: Installation, catalog: Catalog, tmp_path: Path) -> None:
    installation = built(empty, {PAGE: page(), FILE: tables(catalog)})
    assert joined(installation) == {FILE: PAGE}
    (report,) = installation.rows("core_reports")
    assert (report["path"], report["agency_name"], report["report_year"], report["is_current"]) == (FILE, BODY, 2021, True)
    assert report["published_on"] == content().published_on
    cells = {(row["field"], row["applicant"] or None): (row["state"], row["value"]) for row in installation.rows("out_values")}
    assert cells == {key: (figure.state, figure.value) for key, figure in content().figures.items()}
    assert [row["section_number"] for row in installation.rows("core_sections")] == [1, 2, 3, 4, 5, 6]
    problems = [(row["code"], row["severity"]) for row in installation.rows("core_problems")]
    assert problems == [("attached", "info")]
    whole = Installation.at(tmp_path / "whole")
    built(whole, {PAGE: render_html.render(content(), printed_tables(catalog, content()))}, "out_findings")
    assert messages(installation) == messages(whole)


def test_nothing_is_read_a_second_time_and_a_second_build_changes_nothing(empty: Installation, catalog: Catalog) -> None:
    installation = built(empty, {PAGE: page(), FILE: tables(catalog)}, "core_cells")
    before = installation.rows("core_cells")
    run = installation.build_only("core_cells")
    assert run.success and run.intake["files_read_now"] == 0
    assert installation.rows("core_cells") == before


def test_the_same_name_serves_where_the_page_has_no_link(empty: Installation, catalog: Catalog) -> None:
    installation = built(empty, {PAGE: page("</body>"), "财政局/2021年报.docx": tables(catalog, render=render_docx.render)}, "core_reports")
    assert joined(installation) == {"财政局/2021年报.docx": PAGE}


@pytest.mark.parametrize(
    ("beside", "expected"),
    [
        ("another folder", {}),
        ("another name", {}),
        ("another body", {}),
        ("another year", {}),
        ("its own body", {FILE: PAGE}),
        ("a report of its own", {}),
        ("two of them", {}),
        ("stated", {}),
    ],
)
def test_only_what_certainly_belongs_together_is_joined(empty: Installation, catalog: Catalog, beside: str, expected: Any) -> None:
    files = {
        "another folder": {"别处/附件 统计表.xlsx": tables(catalog)},
        "another name": {"财政局/别的.xlsx": tables(catalog)},
        "another body": {FILE: tables(catalog, f"{OTHER}政府信息公开工作年度报告")},
        "another year": {FILE: tables(catalog, "2022年政府信息公开工作年度报告")},
        "its own body": {FILE: tables(catalog, f"{BODY}政府信息公开工作年度报告")},
        "a report of its own": {FILE: tables(catalog, content().title)},
        "two of them": {FILE: tables(catalog), "财政局/2021年报.xlsx": tables(catalog)},
        "stated": {FILE: tables(catalog), "财政局/sources.csv": f"文件,单位,年度\n附件 统计表.xlsx,{OTHER},2020\n".encode()},
    }[beside]
    assert joined(built(empty, {PAGE: page(), **files}, "core_reports")) == expected


def parsed(capsys: pytest.CaptureFixture[str], *paths: Path) -> list[dict[str, Any]]:
    main(["parse", *map(str, paths), "--json"])
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_parse_joins_page_and_attachment_where_both_are_named(
    empty: Installation, catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    web, file = (empty.put(path, data) for path, data in ((PAGE, page()), (FILE, tables(catalog))))
    lines = parsed(capsys, web, file)
    assert [(line["status"], line["agency"], line["report_year"]) for line in lines] == [("refused", BODY, 2021), ("parsed", BODY, 2021)]
    assert "附件 统计表.xlsx" in next(item["message"] for item in lines[0]["problems"] if item["code"] == "not_a_report")
    assert {"attached"} <= {item["code"] for item in lines[1]["problems"]}
    assert parsed(capsys, file, web) == lines[::-1]
    assert [(line["status"], line["agency"]) for line in parsed(capsys, file)] == [("partial", None)]


def test_parse_joins_nothing_that_does_not_certainly_belong(
    empty: Installation, catalog: Catalog, capsys: pytest.CaptureFixture[str]
) -> None:
    web, file = empty.put(PAGE, page()), empty.put("别处/附件 统计表.xlsx", tables(catalog))
    other = empty.put(FILE, tables(catalog, "2022年政府信息公开工作年度报告"))
    lines = parsed(capsys, file, web, other)
    assert [(line["status"], line["agency"]) for line in lines] == [("partial", None), ("refused", BODY), ("partial", None)]
