"""Whose a report is where it does not say so itself, and the table of what speaks for and against."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from pipeline.catalog import Catalog
from tests.catalog.registry.registry_files import agency, write_registry
from tests.end_to_end.test_statements_and_copies import content_of, text, without_body
from tests.installation import Installation
from tests.reports.content import ReportContent

BODY = "瀚川市沐云区青檀镇人民政府"


@pytest.fixture
def installation(tmp_path: Path) -> Installation:
    return Installation.at(tmp_path / "installation")


def nameless() -> ReportContent:
    return without_body(content_of("青檀镇人民政府", 2021))


def the_report(installation: Installation) -> dict[str, object]:
    (found,) = installation.rows("core_reports")
    return found


def codes(installation: Installation) -> set[str]:
    return {row["code"] for row in installation.rows("core_problems") if row["severity"] != "info"}


def test_a_folder_tells_whose_a_nameless_report_is_and_that_is_said(installation: Installation, catalog: Catalog) -> None:
    installation.put("2021/沐云区/青檀镇/年报.txt", text(catalog, nameless()))
    assert installation.build().success
    report = the_report(installation)
    assert (report["agency_name"], report["status"], report["is_current"]) == ("沐云区青檀镇", "parsed", True)
    assert codes(installation) == {"agency_by_path"}
    (message,) = [row["message"] for row in installation.rows("core_problems") if row["code"] == "agency_by_path"]
    assert "文件夹“2021/沐云区/青檀镇”" in message and "sources.csv" in message


@pytest.mark.parametrize("path", ["青檀镇年报.txt", "沐云区/年报.txt", "各乡镇/年报2022.txt"])
def test_a_file_name_alone_or_a_folder_of_many_tells_nobody(path: str, installation: Installation, catalog: Catalog) -> None:
    installation.put(path, text(catalog, nameless()))
    assert installation.build().success
    assert (the_report(installation)["agency_name"], codes(installation)) == (None, {"agency_unknown"})


def test_a_registered_code_on_the_page_tells_the_body(installation: Installation, catalog: Catalog) -> None:
    write_registry(installation.settings.decisions, [agency("qtz", BODY, organisation_code="00001434-9")])
    content = nameless()
    installation.put("年报.txt", "索引号：000014349/2022-00012\n".encode() + text(catalog, content))
    assert installation.build_only("core_reports").success
    assert the_report(installation)["agency_name"] == BODY
    assert codes(installation) == {"agency_by_path"}


def test_a_folder_never_overrules_what_the_report_says(installation: Installation, catalog: Catalog) -> None:
    installation.put("沐云区/白桦镇/年报.txt", text(catalog, content_of("青檀镇人民政府", 2021)))
    assert installation.build_only("core_reports").success
    assert the_report(installation)["agency_name"] == BODY
    (folder,) = [row for row in installation.rows("core_report_evidence") if (row["evidence_kind"], row["about"]) == ("folder", "agency")]
    assert (folder["says"], folder["agrees"]) == ("沐云区白桦镇", "no")
    assert codes(installation) == set()


def test_every_piece_of_evidence_is_kept_with_its_weight_and_agreement(installation: Installation, catalog: Catalog) -> None:
    content = content_of("青檀镇人民政府", 2021)
    mistyped = replace(content, title=content.title.replace("青檀", "青坛"))
    installation.put("2021/青檀镇2022.txt", text(catalog, mistyped))
    installation.put("2021/sources.csv", f"文件,单位,年度\n青檀镇2022.txt,{BODY},2021\n".encode())
    assert installation.build_only("core_reports").success
    found = {(row["evidence_kind"], row["about"]): row for row in installation.rows("core_report_evidence")}
    assert {key: row["agrees"] for key, row in found.items() if key[1] == "agency"} == {
        ("sender", "agency"): "yes",
        ("title", "agency"): "near",
        ("file_name", "agency"): "yes",
    }
    assert {row["agrees"] for key, row in found.items() if key[1] == "year"} == {"yes"}
    assert {"sender", "title", "period", "form", "folder", "file_name"} <= {kind for kind, about in found if about == "year"}
    assert found["form", "year"]["says"] == "2021—"
    assert found["sender", "agency"]["weight"] == catalog.evidence_kind("sender", "agency").weight


def test_another_name_of_the_body_agrees_where_the_registry_knows_it(installation: Installation, catalog: Catalog) -> None:
    write_registry(installation.settings.decisions, [agency("qtz", BODY, short_names="沐云区青檀人民公社")])
    installation.put("年报.txt", "来源：沐云区青檀人民公社\n".encode() + text(catalog, content_of("青檀镇人民政府", 2021)))
    assert installation.build_only("core_reports").success
    (source,) = [row for row in installation.rows("core_report_evidence") if row["evidence_kind"] == "source"]
    assert (the_report(installation)["agency_id"], source["agrees"]) == ("qtz", "yes")


def test_a_folder_only_hints_at_the_year(installation: Installation, catalog: Catalog) -> None:
    content = content_of("青檀镇人民政府", 2021)
    silent = replace(content, title=content.title.replace("2021年", ""), opening=())
    sections = tuple(replace(section, paragraphs=("情况如下。",)) for section in silent.sections)
    installation.put("2021年度/年报.txt", text(catalog, replace(silent, sections=sections)))
    assert installation.build().success
    assert the_report(installation)["report_year"] is None
    (message,) = [row["message"] for row in installation.rows("core_problems") if row["code"] == "year_unknown"]
    assert "文件夹“2021年度”像是 2021 年度" in message and "sources.csv" in message
