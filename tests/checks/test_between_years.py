"""Rules between two years where bodies were renamed, merged or split."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pytest

from pipeline.catalog.model import Catalog
from pipeline.catalog.registry.history import Group, Succession
from pipeline.checks.between_years import added_up, cover_different_things
from pipeline.checks.model import Finding, ReportFacts, RuleResult
from pipeline.checks.rulebook import check_report

from .build_report import make_report
from .report_by_report import check_year

KEPT, OUT = "requests.carried_in[total]", "requests.carried_out[total]"
NATURAL_KEPT, NATURAL_OUT = "requests.carried_in[natural_person]", "requests.carried_out[natural_person]"


def report(catalog: Catalog, name: str, year: int, change: Mapping[str, str] | None = None, form: str = "2021") -> ReportFacts:
    facts = {"agency_id": name, "agency_name": f"{name}局", "report_id": f"{name}-{year}"}
    return make_report(catalog, form, change, year=year, facts=facts)


def carried_out(number: int) -> dict[str, str]:
    return {OUT: str(number), NATURAL_OUT: str(number)}


def carried_in(number: int) -> dict[str, str]:
    return {KEPT: str(number), NATURAL_KEPT: str(number)}


def checked(catalog: Catalog, now: list[ReportFacts], before: list[ReportFacts], *group: object) -> dict[str, dict[str, RuleResult]]:
    """Results of the rules of one part, by body and rule."""
    agencies, previous, succession = group or ((), (), "same")
    groups = [Group(2023, agencies, previous, succession)] if agencies else []  # type: ignore[arg-type]
    return {facts.agency_id: {row.rule: row for row in results} for facts, results in check_year(catalog, now, before, groups)}


def finding(result: RuleResult) -> Finding:
    (found,) = result.findings
    return found


def test_a_renamed_body_stands_after_the_report_of_the_old_name(catalog: Catalog) -> None:
    before = [report(catalog, "旧", 2022, carried_out(5))]
    results = checked(catalog, [report(catalog, "新", 2023)], before, ("新",), ("旧",), "rename")["新"]
    found = finding(results["Y1"])
    assert (results["Y1"].outcome, found.expected, found.actual) == ("fail", 5, 2)
    assert found.message.endswith("请核对。（上一年度报告为“旧局”的报告。）")
    assert [cell.report_id for cell in found.cells] == ["新-2023", "旧-2022"]


def test_a_merged_body_stands_after_the_sum(catalog: Catalog) -> None:
    before = [report(catalog, "甲", 2022, carried_out(3)), report(catalog, "乙", 2022, carried_out(4))]
    group = ("丙",), ("甲", "乙"), "merge"
    good = checked(catalog, [report(catalog, "丙", 2023, carried_in(7))], before, *group)["丙"]
    assert (good["Y1"].outcome, good["Y2"].outcome) == ("pass", "pass")
    found = finding(checked(catalog, [report(catalog, "丙", 2023, carried_in(6))], before, *group)["丙"]["Y1"])
    assert (found.expected, found.actual, found.difference) == (7, 6, -1)
    assert found.message.endswith("（上一年度报告为“甲局”、“乙局”各份之和。）")
    assert [(cell.report_id, cell.value) for cell in found.cells] == [("丙-2023", 6), ("甲-2022", 3), ("乙-2022", 4)]
    assert "上一年度甲局结转下年度继续办理" in found.cells[1].label


@pytest.mark.parametrize("spoilt", [{OUT: "absent"}, {OUT: ""}, {OUT: "?"}])
def test_a_sum_that_lacks_a_cell_is_not_assessed(catalog: Catalog, spoilt: dict[str, str]) -> None:
    before = [report(catalog, "甲", 2022, carried_out(30)), report(catalog, "乙", 2022, spoilt)]
    results = checked(catalog, [report(catalog, "丙", 2023)], before, ("丙",), ("甲", "乙"), "merge")["丙"]
    assert (results["Y1"].outcome, results["Y1"].findings) == ("not_assessable", ())


def test_a_merger_of_which_a_report_is_missing_is_not_assessed(catalog: Catalog) -> None:
    before = [report(catalog, "甲", 2022, carried_out(30))]
    assert checked(catalog, [report(catalog, "丙", 2023)], before, ("丙",), ("甲", "乙"), "merge")["丙"]["Y1"].outcome == "not_assessable"


def test_reports_in_different_forms_are_not_added_up(catalog: Catalog) -> None:
    before = [report(catalog, "甲", 2022, carried_out(30)), report(catalog, "乙", 2022, carried_out(1), form="2019")]
    assert checked(catalog, [report(catalog, "丙", 2023)], before, ("丙",), ("甲", "乙"), "merge")["丙"]["Y1"].outcome == "not_assessable"


def test_what_came_out_of_a_split_is_checked_together_and_said_once(catalog: Catalog) -> None:
    now = [report(catalog, "乙", 2023, carried_in(3)), report(catalog, "丙", 2023, carried_in(4))]
    group = ("乙", "丙"), ("甲",), "split"
    good = checked(catalog, now, [report(catalog, "甲", 2022, carried_out(7))], *group)
    assert (good["乙"]["Y1"].outcome, good["丙"]["Y1"].outcome) == ("pass", "not_assessable")
    bad = checked(catalog, now, [report(catalog, "甲", 2022, carried_out(9))], *group)
    found = finding(bad["乙"]["Y1"])
    assert (found.expected, found.actual) == (9, 7) and bad["丙"]["Y1"].findings == ()
    assert found.message.startswith("乙局、丙局合计：表三") and found.message.endswith("（上一年度报告为“甲局”的报告。）")
    assert {cell.report_id for cell in found.cells} == {"乙-2023", "丙-2023", "甲-2022"}
    own = check_report(now[0], None, catalog)
    assert [row for row in own if row.rule == "R1"] == [bad["乙"]["R1"]], "rules within one report are about that report"


def test_a_split_of_which_a_report_is_missing_is_not_assessed(catalog: Catalog) -> None:
    results = checked(catalog, [report(catalog, "乙", 2023)], [report(catalog, "甲", 2022, carried_out(9))], ("乙", "丙"), ("甲",), "split")
    assert results["乙"]["Y1"].outcome == "not_assessable"


def test_a_body_without_a_group_stands_after_itself(catalog: Catalog) -> None:
    results = checked(catalog, [report(catalog, "甲", 2023)], [report(catalog, "甲", 2022, carried_out(5))])["甲"]
    assert results["Y1"].outcome == "fail" and "（上一年度" not in finding(results["Y1"]).message


@pytest.mark.parametrize("succession", ["same", "transfer"])
def test_a_body_that_goes_on_is_not_remarked_on(catalog: Catalog, succession: Succession) -> None:
    before = [report(catalog, "甲", 2022, carried_out(5))]
    results = checked(catalog, [report(catalog, "甲", 2023)], before, ("甲",), ("甲",), succession)["甲"]
    assert "（上一年度" not in finding(results["Y1"]).message


def test_a_sum_has_every_cell_that_all_parts_have(catalog: Catalog) -> None:
    parts = [report(catalog, "甲", 2022), report(catalog, "乙", 2022, {"requests.granted[total]": ""})]
    together = added_up(parts)
    assert set(parts[0].cells) - set(together.cells) == {("requests.granted", "total")}
    for key, cell in together.cells.items():
        assert cell.value == sum(part.cells[key].value or 0 for part in parts)


@pytest.mark.parametrize(
    ("covered", "outcome"),
    [
        (("own_office", "whole_area"), "not_applicable"),
        (("whole_area", "own_office"), "not_applicable"),
        (("own_office", "own_office"), "fail"),
        (("unknown", "whole_area"), "fail"),
        (("own_office", "unknown"), "fail"),
    ],
)
def test_an_own_office_is_not_held_against_a_whole_area(catalog: Catalog, covered: tuple[str, str], outcome: str) -> None:
    before = replace(report(catalog, "甲", 2022, {**carried_out(5), "remedies.review.pending": "9"}), coverage=covered[0])
    now = replace(report(catalog, "甲", 2023), coverage=covered[1])
    results = checked(catalog, [now], [before])["甲"]
    assert {results[rule].outcome for rule in ("Y1", "Y2", "L5")} == {outcome}
    assert results["R1"].outcome == "pass"


def test_a_whole_table_of_the_year_before_repeats_nothing_that_covers_something_else(catalog: Catalog) -> None:
    now, before = (replace(report(catalog, "甲", year), coverage="whole_area") for year in (2023, 2022))
    assert checked(catalog, [now], [before])["甲"]["Y4"].outcome == "fail"
    assert checked(catalog, [now], [replace(before, coverage="own_office")])["甲"]["Y4"].outcome == "not_applicable"


def test_a_sum_covers_what_all_of_its_parts_cover(catalog: Catalog) -> None:
    parts = [report(catalog, name, 2022) for name in ("甲", "乙")]
    known = [replace(parts[0], coverage="own_office"), replace(parts[1], coverage="own_office")]
    area = replace(report(catalog, "丙", 2023), coverage="whole_area")
    assert cover_different_things((area, added_up(known)))
    assert not cover_different_things((area, added_up([known[0], parts[1]])))
    assert not cover_different_things((replace(area, coverage="own_office"), added_up(known)))
