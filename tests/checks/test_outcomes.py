"""Pass, fail, not assessable, not applicable; and what a blank is and is not."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from pipeline.catalog.model import Catalog
from pipeline.checks.model import RuleResult
from pipeline.checks.rulebook import check_report

from .build_report import YEAR_BEFORE, make_report

COLUMNS = ("enterprise", "research_institution", "social_organization", "legal_service", "other_organization")
FROM_PERSONS_ONLY = {f"requests.{row}[natural_person]": number for row, number in (("new", "14"), ("granted", "9"), ("handled", "14"))}


def result_of(results: list[RuleResult], rule: str, part: str = "") -> RuleResult:
    return next(result for result in results if (result.rule, result.part) == (rule, part))


def check(catalog: Catalog, rule: str, change: dict[str, str], part: str = "", **more: object) -> RuleResult:
    return result_of(check_report(make_report(catalog, change=change, **more), None, catalog), rule, part)  # type: ignore[arg-type]


def test_blanks_that_are_zero_pass_with_one_note_for_the_rule(catalog: Catalog) -> None:
    rows = ("new", "carried_in", "granted", "handled")
    blank = {f"requests.{row}[{column}]": "" for row in rows for column in COLUMNS}
    result = check(catalog, "R3", FROM_PERSONS_ONLY | blank)
    assert (result.outcome, result.failed, result.not_assessable) == ("pass", 0, 0)
    assert result.blank_read_as_zero == 4
    (note,) = result.findings
    assert note.severity == "I"
    assert len(note.cells) == 20
    assert {cell.state for cell in note.cells} == {"blank"}
    assert note.message.startswith(
        "表三有 20 个单元格没有填写数字，按 0 计算时“各列合计”成立：“本年新收政府信息公开申请数量（商业企业）”、"
    )
    assert "等 20 处" in note.message


def test_a_sign_for_nothing_is_read_like_a_blank(catalog: Catalog) -> None:
    result = check(catalog, "R1", {"requests.carried_in[enterprise]": "/", "requests.carried_out[enterprise]": "/"})
    assert (result.outcome, result.passed, result.blank_read_as_zero) == ("pass", 7, 1)
    assert [cell.raw for cell in result.findings[0].cells] == ["/", "/"]


def test_a_blank_that_would_have_to_be_a_number_is_not_assessable(catalog: Catalog) -> None:
    result = check(catalog, "R1", {"requests.carried_in[natural_person]": ""})
    assert (result.outcome, result.passed, result.not_assessable, result.findings) == ("pass", 6, 1, ())


def test_all_blank_is_not_assessable_and_says_nothing(catalog: Catalog) -> None:
    blank = {f"requests.{row}[enterprise]": "" for row in ("new", "carried_in", "handled", "carried_out")}
    result = check(catalog, "R1", blank)
    assert (result.passed, result.not_assessable, result.blank_read_as_zero, result.findings) == (6, 1, 0, ())


def test_a_relation_that_no_figure_in_the_blank_can_mend_fails(catalog: Catalog) -> None:
    result = check(catalog, "R3", {"requests.new[total]": "12", "requests.new[legal_service]": ""})
    assert (result.outcome, result.failed) == ("fail", 1)
    (finding,) = [finding for finding in result.findings if finding.severity == "E"]
    assert (finding.expected, finding.actual, finding.difference) == (None, Decimal(12), None)
    assert "总计填报 12，六类申请人之和为 14 以上" in finding.message
    assert "相差 2 以上" in finding.message


def test_a_blank_that_may_be_negative_proves_nothing(catalog: Catalog) -> None:
    change = {"proactive.licensing.items_previous_year": "10", "proactive.licensing.items_change": "?"}
    result = check(catalog, "P6", change, form="2019")
    assert (result.failed, result.not_assessable) == (0, 1)


def test_an_inequality_that_holds_whatever_the_blank_needs_no_zero(catalog: Catalog) -> None:
    change = {"proactive.regulations.newly_disclosed": "0", "proactive.regulations.disclosed_total": ""}
    result = check(catalog, "P8", change, form="2019")
    assert (result.passed, result.blank_read_as_zero, result.findings) == (2, 0, ())


@pytest.mark.parametrize("text", ["?", "absent"])
def test_unreadable_and_missing_cells_are_never_zero(text: str, catalog: Catalog) -> None:
    result = check(catalog, "R3", {"requests.new[legal_service]": text})
    assert (result.failed, result.not_assessable, result.blank_read_as_zero) == (0, 1, 0)
    zero_at_least = check(catalog, "P8", {"proactive.regulations.disclosed_total": text}, form="2019")
    assert (zero_at_least.passed, zero_at_least.not_assessable) == (1, 1)


@pytest.mark.parametrize("state", ["absent", "unreadable"])
def test_without_a_table_its_rules_are_not_assessable_and_s3_says_so_once(state: str, catalog: Catalog) -> None:
    results = check_report(make_report(catalog, tables={"requests": state}), None, catalog)
    assert {result_of(results, rule).outcome for rule in ("R1", "R2", "R3", "R6", "R7", "R8", "L4")} == {"not_assessable"}
    assert [finding.table for finding in result_of(results, "S3", "table").findings] == ["requests"]
    assert result_of(results, "S3", "cell").findings == ()
    assert result_of(results, "L1").outcome == "pass"


def test_rules_between_years_without_the_year_before(catalog: Catalog) -> None:
    results = check_report(make_report(catalog), None, catalog)
    for rule, part in (("Y1", ""), ("Y2", ""), ("L2", ""), ("L5", ""), ("P1", "lower"), ("P2", ""), ("P3", "up"), ("P4", "up")):
        assert result_of(results, rule, part).outcome == "not_assessable", rule


def test_from_2020_to_2021_only_what_both_forms_have_is_compared(catalog: Catalog) -> None:
    facts = make_report(catalog, "2021", year=2021)
    previous = make_report(catalog, "2019", year=2020)
    results = check_report(facts, previous, catalog)
    not_applicable = [("P1", "higher"), ("P1", "lower"), ("P2", ""), ("P3", "up"), ("P3", "down"), ("P7", "")]
    assert {result_of(results, *row).outcome for row in not_applicable} == {"not_applicable"}
    assert {result_of(results, rule).outcome for rule in ("Y1", "Y2", "L2", "L5")} == {"pass"}
    assert (result_of(results, "P4", "up").passed, result_of(results, "P4", "up").not_applicable) == (2, 2)


def test_a_mixture_of_forms_is_read_table_by_table(catalog: Catalog) -> None:
    facts = make_report(catalog, "2021", tables={"requests": "2019"}, year=2023)
    results = check_report(facts, None, catalog)
    assert result_of(results, "S2").failed == 1
    assert result_of(results, "R2").outcome == "pass"
    assert result_of(results, "R3").passed == 23
    assert result_of(results, "P2").outcome == "not_assessable"


def test_a_report_of_another_year_is_not_the_year_before(catalog: Catalog) -> None:
    with pytest.raises(ValueError, match="year before"):
        check_report(make_report(catalog, year=2023), make_report(catalog, year=2021), catalog)


def test_without_a_year_the_rules_inside_the_report_still_run(catalog: Catalog) -> None:
    facts = make_report(catalog, change={"requests.new[enterprise]": "4"}, facts={"report_year": "none", "form_due": "none"})
    results = check_report(facts, None, catalog)
    assert result_of(results, "R1").failed == 1
    assert result_of(results, "S4", "title").outcome == "not_assessable"
    assert result_of(results, "S1", "missing").outcome == "not_assessable"


def test_a_workbook_without_prose_has_no_sections_to_assess(catalog: Catalog) -> None:
    facts = make_report(catalog, sections={}, facts={})
    results = check_report(replace(facts, sections=(), only_tables=True), None, catalog)
    assert {result_of(results, "S1", part).outcome for part in ("missing", "order")} == {"not_assessable"}
    assert result_of(check_report(replace(facts, sections=()), None, catalog), "S1", "missing").failed == 1


def test_sums_are_exact(catalog: Catalog) -> None:
    huge = 10**40
    column = {"requests.new[enterprise]": str(huge + 1), "requests.handled[enterprise]": str(huge)}
    result = check(catalog, "R1", column)
    (finding,) = result.findings
    assert finding.difference == 1
    assert str(huge + 1) in finding.message


def test_the_limit_itself_is_kept(catalog: Catalog) -> None:
    before = make_report(catalog, change=YEAR_BEFORE["2021"] | {"proactive.fees.amount": "0.1|0.00001"}, year=2022)
    for amount, outcome in (("316.227766", "fail"), ("316.227765", "pass")):
        facts = make_report(catalog, change={"proactive.fees.amount": f"{amount}|x"})
        assert result_of(check_report(facts, before, catalog), "P3", "up").outcome == outcome
