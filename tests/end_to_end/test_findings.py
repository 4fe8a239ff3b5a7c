"""The findings of the sample are the planted ones: all of them and nothing else."""

from __future__ import annotations

import csv
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog import Catalog
from tests.installation import Installation
from tests.sample.files import report_files

Row = dict[str, Any]
Planted = dict[str, str]
PLANTED = Path(__file__).resolve().parents[1] / "sample" / "planted.csv"
SHOWN = ("file", "agency", "report_year", "rule", "part", "place", "outcome")
BESIDE_OTHER_COLUMNS = {"R7", "R8"}  # rules on one column that name cells of others as well


OF_2014 = {"A1", "A2", "A3", "A4", "A5"}


def planted() -> list[Planted]:
    with PLANTED.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


@pytest.fixture(scope="module")
def cells(sample: Installation) -> dict[str, list[Row]]:
    """The cells of each finding."""
    grouped: dict[str, list[Row]] = defaultdict(list)
    for row in sample.rows("core_finding_cells"):
        grouped[row["finding_id"]].append(row)
    return grouped


def test_findings_are_the_planted_ones_and_nothing_else(sample: Installation, cells: dict[str, list[Row]], catalog: Catalog) -> None:
    expected = [row for row in planted() if row["shown_in"] == "findings"]
    texts = section_texts(sample)
    found = []
    for finding in sample.rows("out_findings"):
        if finding["found_in"] == "corrected" or finding["rule"] == "Y3":  # see test_decisions.py, and below
            continue
        same = [row for row in expected if (row["file"], row["rule"], row["part"]) == (finding["path"], finding["rule"], finding["part"])]
        places = [row["place"] for row in same if stands_at(row["place"], finding, cells[finding["finding_id"]], catalog, texts)]
        noted = finding["severity"] == "I" and "按 0 计算" in finding["message"]
        found.append(
            (
                finding["path"],
                finding["agency_name"],
                str(finding["report_year"]),
                finding["rule"],
                finding["part"],
                " or ".join(places) or finding["place"],
                "blank_read_as_zero" if noted else "fail",
            )
        )
    assert sorted(found) == sorted(tuple(row[name] for name in SHOWN) for row in expected)


def test_what_is_far_from_usual_is_what_was_planted_to_jump_or_stays_there(sample: Installation) -> None:
    jumps = {(row["agency"], int(row["report_year"])) for row in planted() if row["rule"] in ("P3", "P4")}
    far = [row for row in sample.rows("out_findings") if row["rule"] == "Y3"]
    assert {row["part"] for row in far} == {"own", "peers"}
    assert all(any(row["agency_name"] == agency and row["report_year"] >= year for agency, year in jumps) for row in far)


def section_texts(sample: Installation) -> dict[tuple[str, str], str]:
    """(path, section) -> text."""
    paths = {row["report_id"]: row["path"] for row in sample.rows("core_reports", "report_id", "path")}
    return {(paths[row["report_id"]], row["section"]): row["text"] for row in sample.rows("core_sections")}


def stands_at(place: str, finding: Row, cells: list[Row], catalog: Catalog, texts: dict[tuple[str, str], str]) -> bool:
    """Whether a finding is about a planted place: an applicant, a field, a group or line of fields, a table, a section, or words."""
    fields, applicants = {cell["field"] for cell in cells}, {cell["applicant"] for cell in cells}
    section = next((row for row in catalog.sections if row.section == place), None)
    if place in {row.applicant for row in catalog.applicants}:
        return place in applicants if finding["rule"] in BESIDE_OTHER_COLUMNS else applicants == {place}
    if finding["table"] == place:
        return True
    if section and finding["rule"].startswith("N"):  # the sentence is quoted
        return finding["message"].split("（原文“")[1].split("”")[0] in texts[finding["path"], place]
    if section and finding["place"] == "正文":  # a word quoted from somewhere in the text
        return finding["message"].split("“")[1].split("”")[0] in texts[finding["path"], place]
    if section:
        return any(heading in finding["place"] + finding["message"] for heading in section.headings)
    if place in ("period", "late"):
        return finding["place"] == {"period": "正文统计期的年度", "late": "发布日期"}[place]
    return bool(fields) and all(field == place or place in field.split(".")[1:2] for field in fields)


def test_findings_say_what_an_office_could_forward(sample: Installation) -> None:
    for finding in sample.rows("out_findings"):
        assert finding["message"].endswith(("。", "。）"))
        assert not set("{}[]") & set(finding["message"]), finding["message"]
        assert "requests." not in finding["message"] and "proactive." not in finding["message"]
        if finding["expected"] is not None and finding["actual"] is not None:
            assert finding["difference"] == finding["actual"] - finding["expected"]


def test_findings_have_the_severity_of_their_rule_and_notes_on_blanks_are_infos(sample: Installation, catalog: Catalog) -> None:
    severities = {(rule.rule, rule.part): rule.severity for rule in catalog.rules}
    for finding in sample.rows("core_findings"):
        note = "按 0 计算" in finding["message"]
        assert finding["severity"] == ("I" if note else severities[finding["rule"], finding["part"]])


def test_cells_of_findings_are_as_printed_and_say_where_they_stand(sample: Installation) -> None:
    paths = {row["report_id"]: row["path"] for row in sample.rows("core_reports", "report_id", "path")}
    contents = {file.path: file.content for file in report_files()}
    rows = sample.rows("core_finding_cells")
    assert len(rows) > 100
    for cell in rows:
        figure = contents[paths[cell["report_id"]]].figures[cell["field"], cell["applicant"] or None]
        assert (cell["state"], cell["value"]) == (figure.state, figure.value)
        assert "".join(cell["raw"].split()) == "".join(figure.printed.split())
        assert cell["location"]


def test_the_crossing_of_row_and_column_is_told_with_its_figures(sample: Installation) -> None:
    """市场监督管理局 2020: carried over in all 8, the six kinds together 6; received and carried in 88, handled and carried over 90."""
    found = {
        row["rule"]: row
        for row in sample.rows("out_findings")
        if (row["agency_name"], row["report_year"], row["found_in"]) == ("瀚川市沐云区市场监督管理局", 2020, "printed")
    }
    assert set(found) == {"R1", "R3"}
    assert "合" not in found["R1"]["place"] and found["R1"]["place"] == "表三“总计”列"
    assert all(text in found["R1"]["message"] for text in ("88", "90", "相差 2"))
    assert found["R3"]["place"] == "表三“结转下年度继续办理”行"
    assert all(text in found["R3"]["message"] for text in ("填报 8", "之和为 6", "相差 2"))
    assert "R3" not in {row["rule"] for row in sample.rows("out_findings") if row["agency_name"].endswith("瀚川市沐云区自然资源局")}


def test_the_only_reading_problems_are_the_planted_period_and_the_version_that_was_corrected(sample: Installation) -> None:
    paths = {row["report_id"]: row["path"] for row in sample.rows("core_reports", "report_id", "path")}
    problems = {(row["code"], row["severity"], paths[row["report_id"]]) for row in sample.rows("core_problems")}
    wrong_period = {row["file"] for row in planted() if row["part"] == "period"}
    first_versions = {file.path for file in report_files() if not file.is_current}
    assert problems == {("year_conflict", "warning", path) for path in wrong_period} | {
        ("copy_corrected", "info", path) for path in first_versions
    }
    assert len(problems) == 2


def test_every_rule_says_how_many_bodies_it_could_assess(sample: Installation, catalog: Catalog) -> None:
    coverage = {(row["report_year"], row["rule"], row["part"]): row for row in sample.rows("out_rule_coverage")}
    years = {row["report_year"] for row in sample.rows("core_reports", "report_year")}
    assert set(coverage) == {(year, rule.rule, rule.part) for year in years for rule in catalog.rules}
    failures = Counter(
        (int(row["report_year"]), row["rule"], row["part"])
        for row in planted()
        if row["shown_in"] == "findings" and row["outcome"] == "fail"
    )
    assert {key: row["failed"] for key, row in coverage.items() if row["failed"] and row["rule"] != "Y3"} == failures
    nothing_tested = {rule for (year, rule, part), row in coverage.items() if year == 2023 and not row["passed"] + row["failed"]}
    assert (
        nothing_tested
        <= {"R4", "P3", "P6", "P7", "P8", "P9", "S5", "S13", "Y3", "H1", "H2", "H3", "H4"}
        | {"R5", "R7", "R8", "L2", "L3"}
        | {"N3", "N4", "N5", "N8"}
        | OF_2014
    )
    assert {rule for (year, rule, _), row in coverage.items() if year == 2018 and row["passed"] + row["failed"]} >= OF_2014
