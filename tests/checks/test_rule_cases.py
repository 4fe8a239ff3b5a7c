"""Every row of rules.csv on reports that keep it and on reports that break it; the cases are data (cases/*.toml)."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.catalog.model import AREA_KINDS, Catalog
from pipeline.checks.model import ReportFacts, RuleResult
from pipeline.checks.rulebook import check_report

from .build_report import YEAR_BEFORE, YEARS, make_report

OUTCOMES = ("pass", "fail", "not_assessable", "not_applicable")
# It is always known which other reports there are and who owes one; years and figures are asked of every report.
NEVER = {(kind, "not_assessable") for kind in ("copies", "on_roster")} | {
    (kind, "not_applicable") for kind in ("year_agrees", "whole_numbers", "remark_in_count", "text_free_of")
}
_REPORT = ("change", "tables", "sections", "section_order", "facts", "year")


def _cases() -> list[dict[str, Any]]:
    files = sorted((Path(__file__).parent / "cases").glob("*.toml"))
    return [case for path in files for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]]


def _name(case: dict[str, Any]) -> str:
    return f"{case['rule']}{case.get('part', '')}-{case['outcome']}-{case.get('form', '2021')}"


def _reports(case: dict[str, Any], catalog: Catalog) -> tuple[ReportFacts, ReportFacts | None]:
    form = case.get("form", "2021")
    facts = make_report(catalog, form, **{name: case[name] for name in _REPORT if name in case})
    if "previous" not in case:
        return facts, None
    before = case.get("previous_form", form)
    change = YEAR_BEFORE[before] | case["previous"]
    return facts, make_report(catalog, before, change, year=case.get("year", YEARS[form]) - 1, tables=case.get("previous_tables"))


def _result(results: list[RuleResult], rule: str, part: str) -> RuleResult:
    return next(result for result in results if (result.rule, result.part) == (rule, part))


@pytest.mark.parametrize("case", _cases(), ids=_name)
def test_case(case: dict[str, Any], catalog: Catalog) -> None:
    facts, previous = _reports(case, catalog)
    result = _result(check_report(facts, previous, catalog), case["rule"], case.get("part", ""))
    assert result.outcome == case["outcome"], [finding.message for finding in result.findings]
    failures = [finding for finding in result.findings if finding.severity != "I" or case["outcome"] == "fail"]
    assert len(failures) == case.get("findings", 1 if case["outcome"] == "fail" else 0)
    for text in case.get("says", []):
        assert text in result.findings[0].message
    assert result.blank_read_as_zero == case.get("blank_read_as_zero", 0)


def test_every_rule_row_has_a_case_of_every_outcome_that_it_can_have(catalog: Catalog) -> None:
    shown = {(case["rule"], case.get("part", ""), case["outcome"]) for case in _cases()}
    alone = [rule for rule in catalog.rules if rule.kind not in AREA_KINDS]  # the others: test_area_rules.py
    wanted = {(rule.rule, rule.part, outcome) for rule in alone for outcome in OUTCOMES if (rule.kind, outcome) not in NEVER}
    assert wanted - shown == set()


def test_no_case_is_about_a_rule_that_is_not_there(catalog: Catalog) -> None:
    rows = {(rule.rule, rule.part) for rule in catalog.rules}
    assert {(case["rule"], case.get("part", "")) for case in _cases()} <= rows


@pytest.mark.parametrize("form", ["2014", "2019", "2021"])
def test_the_consistent_report_breaks_no_rule(form: str, catalog: Catalog) -> None:
    facts = make_report(catalog, form)
    previous = make_report(catalog, form, YEAR_BEFORE[form], year=YEARS[form] - 1)
    results = check_report(facts, previous, catalog)
    assert [finding.message for result in results for finding in result.findings] == []
    assert [result.rule for result in results] == [rule.rule for rule in catalog.rules]
    assert {result.rule for result in results if result.outcome == "not_assessable"} <= {"S11", "Y3"}  # other reports would be needed
