"""What people state of files, several files for one report, and things that go wrong beside the files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from pipeline.catalog import Catalog
from pipeline.normalise.output import plain
from tests.installation import Installation, sample_files
from tests.reports import render_html, render_text
from tests.reports.content import Figure, ReportContent
from tests.reports.layout import printed_tables

NEW = ("requests.new", "total")


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.at(tmp_path / "installation")


def content_of(body: str, year: int) -> ReportContent:
    (file,) = [file for file in sample_files(body, years=(year,)) if file.is_current]
    return file.content


def text(catalog: Catalog, content: ReportContent) -> bytes:
    return render_text.render(content, printed_tables(catalog, content))


def without_body(content: ReportContent) -> ReportContent:
    return replace(content, title=f"{content.report_year}年政府信息公开工作年度报告")


def current(installation: Installation) -> dict[tuple[str, int], str]:
    rows = installation.rows("core_reports")
    return {(row["agency_name"], row["report_year"]): row["path"] for row in rows if row["is_current"]}


def codes(installation: Installation) -> list[str]:
    return sorted(row["code"] for row in installation.rows("core_problems") if row["severity"] != "info")


def test_one_content_stands_for_each_body_that_is_stated_of_it(installation: Installation, catalog: Catalog) -> None:
    data = text(catalog, without_body(content_of("青檀镇人民政府", 2021)))
    installation.put("甲/年报.txt", data)
    installation.put("乙/年报.txt", data)
    for folder, body in (("甲", "瀚川市沐云区甲镇人民政府"), ("乙", "瀚川市沐云区乙镇人民政府")):
        installation.put(f"{folder}/sources.csv", f"文件,单位\n年报.txt,{body}\n".encode())
    assert installation.build_only("out_rollup").success
    assert current(installation) == {("瀚川市沐云区甲镇人民政府", 2021): "甲/年报.txt", ("瀚川市沐云区乙镇人民政府", 2021): "乙/年报.txt"}
    assert {row["bodies_counted"] for row in installation.rows("out_rollup")} == {2}
    assert codes(installation) == []


def test_a_statement_beside_the_second_of_two_paths_counts(installation: Installation, catalog: Catalog) -> None:
    data = text(catalog, without_body(content_of("青檀镇人民政府", 2021)))
    installation.put("甲/年报.txt", data)
    installation.put("乙/年报.txt", data)
    installation.put("乙/sources.csv", "文件,单位,发布日期\n年报.txt,瀚川市沐云区青檀镇人民政府,2022-01-20\n".encode())
    assert installation.build_only("core_reports").success
    (report,) = installation.rows("core_reports")
    assert (report["agency_name"], report["published_on"], report["status"]) == ("瀚川市沐云区青檀镇人民政府", date(2022, 1, 20), "parsed")


def test_a_stated_year_counts_before_a_mistyped_title_and_both_are_said(installation: Installation, catalog: Catalog) -> None:
    mistyped = replace(content_of("教育局", 2024), title="瀚川市沐云区教育局2023年政府信息公开工作年度报告")
    installation.put("2023.txt", text(catalog, content_of("教育局", 2023)))
    installation.put("2024.txt", text(catalog, mistyped))
    installation.put("sources.csv", "文件,年度\n2024.txt,2024\n".encode())
    assert installation.build_only("out_findings").success
    assert current(installation) == {("瀚川市沐云区教育局", 2023): "2023.txt", ("瀚川市沐云区教育局", 2024): "2024.txt"}
    (message,) = [row["message"] for row in installation.rows("core_problems") if row["code"] == "year_conflict"]
    assert "题目为 2023 年" in message and "sources.csv 登记为 2024 年" in message and "按 2024 年处理" in message
    assert {row["rule"] for row in installation.rows("out_findings") if row["report_year"] == 2024} >= {"S4"}


def test_a_whole_report_counts_before_a_dated_fragment(installation: Installation, catalog: Catalog) -> None:
    whole = replace(content_of("财政局", 2022), published_on=None)
    tables = printed_tables(catalog, whole)
    fragment = replace(whole, published_on=date(2023, 3, 1))
    installation.put("全文.txt", text(catalog, whole))
    installation.put("网页.html", render_html.render(fragment, tables[:1]))
    assert installation.build_only("out_findings").success
    assert current(installation) == {("瀚川市沐云区财政局", 2022): "全文.txt"}
    assert {row["code"] for row in installation.rows("core_problems")} >= {"copy_partial"}
    assert {row["difference_kind"] for row in installation.rows("core_report_versions")} == {"missing"}
    assert of_rule(installation, "S13") == [("partial", "I")]


def of_rule(installation: Installation, rule: str) -> list[tuple[str, str]]:
    return [(row["part"], row["severity"]) for row in installation.rows("out_findings") if row["rule"] == rule]


def test_two_reports_that_contradict_each_other_are_an_error_with_both_figures(installation: Installation, catalog: Catalog) -> None:
    first = content_of("财政局", 2022)
    second = first.with_figures({NEW: Figure("99", Decimal(99))})
    installation.put("甲.txt", text(catalog, replace(first, published_on=None)))
    installation.put("乙.html", render_html.render(replace(second, published_on=date(2023, 3, 1)), printed_tables(catalog, second)))
    assert installation.build_only("out_findings").success
    assert current(installation) == {("瀚川市沐云区财政局", 2022): "乙.html"}
    assert of_rule(installation, "S13") == [("differs", "E")]
    (difference,) = installation.rows("core_report_versions")
    assert (difference["field"], difference["applicant"], difference["value"]) == (*NEW, Decimal(99))
    assert plain(difference["other_value"]) == plain(first.figures[NEW].value or Decimal(0))
    (finding,) = [row for row in installation.rows("out_findings") if row["rule"] == "S13"]
    assert "甲.txt" in finding["message"] and "99" in finding["message"] and "发布日期较晚的" in finding["message"]
    cells = [row for row in installation.rows("core_finding_cells") if row["finding_id"] == finding["finding_id"]]
    assert [row["side"] for row in cells] == ["left", "right"]
    assert {row["version_rule"] for row in installation.rows("core_reports")} == {"published_on"}
    assert [row["path"] for row in installation.rows("core_reports") if not row["is_current"]] == ["甲.txt"]
    assert codes(installation) == ["copy_differs"]


def test_a_correction_counts_before_the_first_version_and_that_is_no_error(installation: Installation, catalog: Catalog) -> None:
    first = content_of("财政局", 2022)
    second = replace(first.with_figures({NEW: Figure("99", Decimal(99))}), title=f"{first.title}（更正版）")
    installation.put("更正.txt", text(catalog, second))
    installation.put("甲.html", render_html.render(replace(first, published_on=date(2023, 3, 1)), printed_tables(catalog, first)))
    assert installation.build_only("out_findings").success
    assert current(installation) == {("瀚川市沐云区财政局", 2022): "更正.txt"}
    assert of_rule(installation, "S13") == [("corrected", "I")]
    marks = {row["path"]: (row["correction_mark"], row["version_rule"]) for row in installation.rows("core_reports")}
    assert marks == {"更正.txt": ("更正", "correction_mark"), "甲.html": (None, "correction_mark")}
    assert codes(installation) == []


def test_a_page_without_figures_is_no_other_copy(installation: Installation, catalog: Catalog) -> None:
    whole = content_of("财政局", 2022)
    installation.put("全文.txt", text(catalog, whole))
    installation.put("网页.txt", text(catalog, replace(whole, sections=())).split(b"\t")[0])
    assert installation.build_only("core_reports").success
    assert {row["path"]: (row["status"], row["copies"]) for row in installation.rows("core_reports")} == {
        "全文.txt": ("parsed", 1),
        "网页.txt": ("refused", 1),
    }
    assert not {"copy_same", "copy_differs"} & {row["code"] for row in installation.rows("core_problems")}


def test_reports_of_unknown_years_are_no_copies_of_each_other(installation: Installation, catalog: Catalog) -> None:
    for year in (2022, 2023):
        content = replace(content_of("财政局", year), title="瀚川市沐云区财政局政府信息公开工作年度报告", opening=())
        sections = tuple(replace(section, paragraphs=("情况如下。",)) for section in content.sections)
        installation.put(f"{year}.txt", text(catalog, replace(content, sections=sections)))
    assert installation.build().success
    assert {row["report_year"] for row in installation.rows("core_reports")} == {None}
    assert codes(installation) == ["year_unknown", "year_unknown"]


def test_a_figure_that_cannot_be_one_costs_only_its_cell(installation: Installation, catalog: Catalog) -> None:
    odd = {"财政局": "3.12345678", "教育局": "99999999999999999999", "卫生健康局": "12（34）"}
    for body, printed in odd.items():
        content = content_of(body, 2022)
        installation.put(f"{body}.txt", text(catalog, content.with_figures({NEW: Figure(printed, None, "unreadable")})))
    installation.put("交通运输局.txt", text(catalog, content_of("交通运输局", 2022)))
    assert installation.build().success
    bodies = {row["report_id"]: row["agency_name"].removeprefix("瀚川市沐云区") for row in installation.rows("core_reports")}
    unreadable = [row for row in installation.rows("core_cells") if row["state"] == "unreadable"]
    assert {bodies[row["report_id"]]: row["raw"] for row in unreadable} == odd
    assert [(row["field"], row["applicant"]) for row in unreadable] == [NEW] * len(odd)
    said = {bodies[row["report_id"]] for row in installation.rows("core_problems") if row["code"] == "cell_unreadable"}
    assert said == set(odd)


def test_a_year_without_a_form_is_said(installation: Installation, catalog: Catalog) -> None:
    old = replace(content_of("财政局", 2019), title="瀚川市沐云区财政局2016年政府信息公开工作年度报告", opening=())
    sections = tuple(replace(section, paragraphs=("情况如下。",)) for section in old.sections)
    installation.put("2016.txt", text(catalog, replace(old, sections=sections)))
    assert installation.build().success
    assert "form_unknown" in codes(installation)


def test_whoever_holds_the_published_file_does_not_stop_the_night(installation: Installation, catalog: Catalog) -> None:
    installation.put("甲.txt", text(catalog, content_of("财政局", 2022)))
    assert installation.build_only("gongkai_duckdb").success
    with duckdb.connect(installation.workspace.database):
        installation.put("乙.txt", text(catalog, content_of("教育局", 2022)))
        assert installation.build_only("gongkai_duckdb").success
    with duckdb.connect(installation.workspace.database, read_only=True) as connection:
        assert connection.execute("SELECT count(*) FROM core_reports").fetchall() == [(2,)]


def test_a_damaged_published_file_is_made_anew(installation: Installation, catalog: Catalog) -> None:
    installation.put("甲.txt", text(catalog, content_of("财政局", 2022)))
    assert installation.build_only("gongkai_duckdb").success
    database = installation.workspace.database
    size = database.stat().st_size
    for damage in (b"not a database", b"\0" * size):
        database.write_bytes(damage)
        assert installation.build_only("gongkai_duckdb").success
        with duckdb.connect(database, read_only=True) as connection:
            assert connection.execute("SELECT count(*) FROM core_reports").fetchall() == [(1,)]


@pytest.mark.parametrize("stage", ["reading", "reports", "summary"])
def test_a_damaged_entry_of_the_cache_is_read_again(stage: str, installation: Installation, catalog: Catalog) -> None:
    content = content_of("财政局", 2022)
    installation.put("甲.txt", text(catalog, content))
    assert installation.build_only("out_values").success
    before = installation.parquet()
    with installation.workspace.cache() as cache:
        cache._connection.execute("UPDATE results SET payload = x'00' WHERE stage = ?", (stage,))
        cache._connection.commit()
    assert installation.build_only("out_values", years=(2022,)).success
    assert installation.parquet() == before
    total = next(row["value"] for row in installation.rows("out_values") if (row["field"], row["applicant"]) == NEW)
    assert plain(total) == plain(content.figures[NEW].value or Decimal(0))


def test_one_body_under_a_longer_and_a_shorter_name_is_suspected(installation: Installation, catalog: Catalog) -> None:
    content = content_of("财政局", 2022)
    installation.put("长.txt", text(catalog, content))
    installation.put("短.txt", text(catalog, replace(content, title=content.title.replace("瀚川市", ""), agency="沐云区财政局")))
    installation.put("他.txt", text(catalog, content_of("教育局", 2022)))
    assert installation.build_only("core_problems").success
    said = {row["message"] for row in installation.rows("core_problems") if row["code"] == "agency_twice"}
    assert len(said) == 2 and all("可能是同一单位" in message for message in said)
