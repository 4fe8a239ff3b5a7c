"""Whose a filed report is and for which year: what speaks for and against, and what tells it where the report does not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from pipeline.catalog.divisions import directory
from pipeline.catalog.model import Catalog
from pipeline.catalog.registry import Registry, load_registry
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.filing.recognition import (
    bodies_by_code,
    core_report_evidence,
    evidence_of_filed,
    with_agency_of_its_place,
    with_years_of_its_place,
)
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.model import Evidence, Problem, Report, TableFound
from tests.catalog.registry.registry_files import agency, write_registry

BODY = "瀚川市沐云区财政局"
CODE = "00694001X"  # its check digit holds
TABLES = tuple(TableFound(table, "2021", "found") for table in ("proactive", "requests", "remedies"))
REPORT = Report(0, "parsed", BODY, 2023, "题目", 2023, None, TABLES, (), (), ())
NAMELESS = structs.replace(REPORT, agency=None, status="partial", problems=(Problem("agency_unknown", "warning", "没有写明单位。"),))
FILED = FiledReport("a" * 64, "a.docx", REPORT)


@pytest.fixture
def registry(tmp_path: Path) -> Registry:
    return load_registry(write_registry(tmp_path, [agency("cz", BODY, short_names="沐云财政", organisation_code=CODE)]))


def said(catalog: Catalog, filed: FiledReport, codes: dict[str, str] | None = None) -> dict[tuple[str, str], str]:
    return {(piece.kind, piece.about): piece.says for piece in evidence_of_filed(catalog, codes or {}, filed)}


def test_what_the_sender_states_is_evidence_and_what_nobody_states_is_none(catalog: Catalog) -> None:
    assert said(catalog, FILED) == {("form", "year"): "2021—"}
    stated = FiledReport("a" * 64, "a.docx", REPORT, BODY, date(2024, 1, 20), stated_year=2022)
    assert said(catalog, stated) == {("sender", "agency"): BODY, ("sender", "year"): "2022", ("form", "year"): "2021—"}
    of_page = FiledReport("a" * 64, "a.docx", REPORT, BODY, stated_year=2022, page_path="网页.html")
    assert said(catalog, of_page) == {("page", "agency"): BODY, ("page", "year"): "2022", ("form", "year"): "2021—"}


def test_a_code_says_the_body_that_is_registered_under_it(catalog: Catalog, registry: Registry) -> None:
    numbered = structs.replace(REPORT, evidence=(Evidence("index_code", "agency", f"索引号：{CODE}", CODE),))
    filed = FiledReport("a" * 64, "a.docx", numbered)
    codes = bodies_by_code(registry)
    assert said(catalog, filed, dict(codes))["index_code", "agency"] == BODY
    assert said(catalog, filed)["index_code", "agency"] == CODE


@pytest.mark.parametrize(
    ("year", "agrees"), [(2020, "no"), (2021, "yes"), (2023, "yes"), (None, None)], ids=["before", "first", "later", "unknown"]
)
def test_an_open_form_agrees_with_the_years_from_its_first(
    catalog: Catalog, registry: Registry, year: int | None, agrees: str | None
) -> None:
    filed = FiledReport("a" * 64, "a.docx", structs.replace(REPORT, report_year=year))
    assert evidence_rows(catalog, registry, filed)["form", "year"] == agrees


@pytest.mark.parametrize(("year", "agrees"), [(2018, "no"), (2019, "yes"), (2020, "yes"), (2021, "no")])
def test_a_form_of_the_past_agrees_with_its_years_alone(catalog: Catalog, registry: Registry, year: int, agrees: str) -> None:
    old = structs.replace(REPORT, report_year=year, tables=(TableFound("requests", "2019", "found"),))
    assert evidence_rows(catalog, registry, FiledReport("a" * 64, "a.docx", old))["form", "year"] == agrees


def test_a_stated_year_agrees_with_itself_alone(catalog: Catalog, registry: Registry) -> None:
    for stated, agrees in ((2022, "no"), (2023, "yes"), (2024, "no")):
        filed = FiledReport("a" * 64, "a.docx", REPORT, stated_year=stated)
        assert evidence_rows(catalog, registry, filed)["sender", "year"] == agrees


def evidence_rows(catalog: Catalog, registry: Registry, filed: FiledReport) -> dict[tuple[str, str], str | None]:
    rows = core_report_evidence(catalog, Bodies(registry, directory()), {}, filed)
    return {(str(row["evidence_kind"]), str(row["about"])): row["agrees"] for row in rows}  # type: ignore[misc]


def test_folder_and_file_name_together_tell_the_body_of_a_nameless_report_and_a_file_name_alone_does_not(catalog: Catalog) -> None:
    def told(path: str, *evidence: Evidence) -> FiledReport:
        report = structs.replace(NAMELESS, evidence=evidence)
        return with_agency_of_its_place(catalog, {}, FiledReport("a" * 64, path, report))

    found = told(f"{BODY}/{BODY}2023年.docx")
    assert (found.agency_name, [item.code for item in found.report.problems], found.report.status) == (BODY, ["agency_by_path"], "parsed")
    alone = told(f"{BODY}2023年.docx")
    assert (alone.agency_name, [item.code for item in alone.report.problems], alone.report.status) == (None, ["agency_unknown"], "partial")
    other = Evidence("contact", "agency", "请与瀚川市沐云区教育局联系", "瀚川市沐云区教育局")
    assert told(f"{BODY}/2023年.docx", other).agency_name == BODY, "the folder weighs more"
    publisher = structs.replace(other, kind="publisher")
    assert told(f"{BODY}/2023年.docx", publisher).agency_name is None, "two bodies for which as much speaks"


def test_a_report_that_names_its_body_or_was_refused_is_left_as_it_is(catalog: Catalog) -> None:
    for report in (REPORT, structs.replace(NAMELESS, status="refused")):
        filed = FiledReport("a" * 64, "瀚川市沐云区教育局/瀚川市沐云区教育局2023年.docx", report)
        assert with_agency_of_its_place(catalog, {}, filed) is filed


def test_years_of_folder_and_file_name_are_said_of_a_report_without_a_year_and_not_taken(catalog: Catalog) -> None:
    problem = Problem("year_unknown", "warning", "没有写明年度。")
    filed = FiledReport("a" * 64, "2023年度/年报.docx", structs.replace(REPORT, report_year=None, problems=(problem,)))
    found = with_years_of_its_place(catalog, filed).report
    assert found.report_year is None
    assert [item.message for item in found.problems] == ["没有写明年度。（文件夹“2023年度”像是 2023 年度，未据以认定。）"]
    dated = FiledReport("a" * 64, "2023年度/年报.docx", REPORT)
    assert with_years_of_its_place(catalog, dated) is dated
