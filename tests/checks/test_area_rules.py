"""H1 to H4: a government beside the bodies of its area; each rule passing, failing, not assessable and not applicable."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

import pyarrow as pa
import pytest

from pipeline.catalog.model import AREA_KINDS, Catalog
from pipeline.checks.areas.comparison import compare
from pipeline.checks.areas.rules import AreaRules
from pipeline.checks.model import RuleResult
from pipeline.checks.names import Names
from tests.checks.build_report import make_report
from tests.indicators.builders import FORM_2019, FORM_2021, FiledReport, Key, core_cells, core_report_tables, core_reports, declared_table

NEW, HANDLED = ("requests.new", "total"), ("requests.handled", "total")
FEES, REVIEWS = "proactive.fees.amount", "remedies.review.total"
YEAR = 2023
Figures = Mapping[Key, int | str | Decimal]


@dataclass
class Area:
    """云川市青禾区: a government, its bodies with their figures (None: on the roster without a report), and what is known of them."""

    government: Figures
    bodies: Mapping[str, Figures | None]
    coverage: str = "whole_area"
    roles: Mapping[str, str] = field(default_factory=dict)
    forms: Mapping[str, Mapping[str, str | None]] = field(default_factory=dict)
    not_counted: tuple[str, ...] = ()
    corrections: Mapping[str, Mapping[Key, int]] = field(default_factory=dict)
    nested: bool = False
    has_roster: bool = True
    published: Mapping[str, date] = field(default_factory=dict)


def results(catalog: Catalog, area: Area) -> dict[tuple[str, str], RuleResult]:
    filed = {"区政府": area.government} | {name: figures for name, figures in area.bodies.items() if figures is not None}
    reports = [
        FiledReport(name, YEAR, figures, area.forms.get(name, FORM_2021), published_on=area.published.get(name))
        for name, figures in filed.items()
    ]
    core = [
        {**row, "correction_mark": "更正" if row["agency_name"] in area.corrections else None}
        for row in core_reports(catalog, reports).to_pylist()
    ]
    cells = [{**row, "grid": 0} for row in core_cells(catalog, reports).to_pylist()]
    told = {"report_id": f"区政府-{YEAR}-0", "report_year": YEAR, "agency_id": "id-区政府", "coverage": area.coverage}
    compared = compare(
        catalog,
        declared_table(catalog, "core_reports", core),
        core_report_tables(catalog, reports),
        declared_table(catalog, "core_cells", cells),
        _versions(catalog, area),
        declared_table(catalog, "core_report_coverage", [{**told, "coverage_basis": "none", "coverage_reason": ""}]),
        _bodies(catalog, area),
    )
    facts = replace(
        make_report(catalog, year=YEAR), report_id=f"区政府-{YEAR}-0", agency_id="id-区政府", agency_name="云川市青禾区人民政府"
    )
    return AreaRules(catalog, Names(catalog), compared, area.has_roster).results(facts)


def _bodies(catalog: Catalog, area: Area) -> pa.Table:
    common = {"report_year": YEAR, "area_id": "id-区政府", "area_name": "区政府", "body_reason": ""}
    rows = [
        {
            **common,
            "agency_id": f"id-{name}",
            "agency_name": name,
            "report_id": None if figures is None else f"{name}-{YEAR}-0",
            "body_role": area.roles.get(name, "body"),
            "is_counted": figures is not None and name not in area.not_counted,
            "is_expected": name not in area.not_counted,
        }
        for name, figures in area.bodies.items()
    ]
    if area.nested:
        rows += [{**rows[0], "area_id": rows[0]["agency_id"], "agency_id": "id-丁镇", "agency_name": "丁镇"}]
    return declared_table(catalog, "core_area_bodies", rows)


def _versions(catalog: Catalog, area: Area) -> pa.Table:
    rows = [
        {
            "report_id": f"{name}-{YEAR}-0",
            "report_year": YEAR,
            "other_report_id": f"{name}-{YEAR}-1",
            "difference_kind": "contradicting",
            "field": key if isinstance(key, str) else key[0],
            "applicant": "" if isinstance(key, str) else key[1],
            "other_value": Decimal(value),
        }
        for name, before in area.corrections.items()
        for key, value in before.items()
    ]
    return declared_table(catalog, "core_report_versions", rows)


def outcome(catalog: Catalog, area: Area, rule: str, part: str = "") -> str:
    return results(catalog, area)[rule, part].outcome


TWO = {"甲局": {NEW: 6, HANDLED: 6}, "乙镇": {NEW: 4, HANDLED: 4}}
SUM: Figures = {NEW: 10, HANDLED: 10}


LATER = {"甲局": {NEW: 6, HANDLED: 6}, "乙镇": {NEW: 7, HANDLED: 4}}
CASES = (
    ("H1", "", "pass", Area(SUM, TWO)),
    ("H1", "", "fail", Area({**SUM, HANDLED: 9}, TWO)),
    ("H1", "", "not_assessable", Area(SUM, {**TWO, "丙局": None})),
    ("H1", "", "not_applicable", Area({NEW: 9}, TWO, coverage="own_office")),
    ("H1", "corrected", "pass", Area(SUM, TWO)),
    ("H1", "corrected", "fail", Area(SUM, LATER, corrections={"乙镇": {NEW: 4}})),
    ("H1", "corrected", "not_assessable", Area(SUM, TWO, coverage="unknown")),
    ("H1", "corrected", "not_applicable", Area(SUM, TWO, coverage="own_office")),
    ("H2", "", "pass", Area({**SUM, NEW: 20}, TWO)),
    ("H2", "", "fail", Area({**SUM, NEW: 5}, TWO)),
    ("H2", "", "not_assessable", Area({NEW: 5}, TWO, coverage="unknown")),
    ("H2", "", "not_applicable", Area({NEW: 5}, TWO, coverage="own_office")),
    ("H2", "corrected", "pass", Area(SUM, TWO)),
    ("H2", "corrected", "fail", Area(SUM, {**LATER, "乙镇": {NEW: 14, HANDLED: 4}}, corrections={"乙镇": {NEW: 4}})),
    ("H2", "corrected", "not_assessable", Area({NEW: 5}, TWO, coverage="unknown")),
    ("H2", "corrected", "not_applicable", Area({NEW: 5}, TWO, coverage="own_office")),
    ("H3", "", "pass", Area(SUM, TWO, nested=True)),
    ("H3", "", "fail", Area({**SUM, NEW: 9}, TWO, nested=True)),
    ("H3", "", "not_assessable", Area(SUM, {**TWO, "丙县": None}, nested=True)),
    ("H3", "", "not_applicable", Area(SUM, TWO)),
    ("H3", "corrected", "pass", Area(SUM, TWO, nested=True)),
    ("H3", "corrected", "fail", Area(SUM, LATER, corrections={"乙镇": {NEW: 4}}, nested=True)),
    ("H3", "corrected", "not_assessable", Area(SUM, {**TWO, "丙县": None}, nested=True)),
    ("H3", "corrected", "not_applicable", Area(SUM, TWO)),
    ("H4", "missing", "pass", Area(SUM, TWO)),
    ("H4", "missing", "fail", Area(SUM, {**TWO, "丙局": None})),
    ("H4", "missing", "not_applicable", Area(SUM, {**TWO, "丙局": None}, has_roster=False)),
)


@pytest.mark.parametrize(("rule", "part", "expected", "area"), CASES, ids=[" ".join(filter(None, case[:3])) for case in CASES])
def test_case(rule: str, part: str, expected: str, area: Area, catalog: Catalog) -> None:
    result = results(catalog, area)[rule, part]
    assert (result.outcome, len(result.findings)) == (expected, expected == "fail")


def test_every_rule_between_bodies_has_its_cases(catalog: Catalog) -> None:
    shown = {case[:3] for case in CASES}
    for rule in catalog.rules:
        if rule.kind in AREA_KINDS:
            assert {(rule.rule, rule.part, outcome) for outcome in ("pass", "fail", "not_applicable")} <= shown


def test_a_sum_that_is_the_sum_passes_whatever_the_form(catalog: Catalog) -> None:
    found = results(catalog, Area(SUM, TWO))
    assert {key: result.outcome for key, result in found.items()} == {
        ("H1", ""): "pass",
        ("H1", "corrected"): "pass",
        ("H2", ""): "pass",
        ("H2", "corrected"): "pass",
        ("H3", ""): "not_applicable",
        ("H3", "corrected"): "not_applicable",
        ("H4", "missing"): "pass",
    }
    assert (found["H1", ""].passed, found["H2", ""].passed) == (3, 6)
    older = dict.fromkeys(("区政府", *TWO), FORM_2019)
    assert outcome(catalog, Area(SUM, TWO, forms=older), "H1") == "pass"


def test_a_sum_that_is_smaller_than_its_parts_fails_with_both_figures(catalog: Catalog) -> None:
    result = results(catalog, Area({**SUM, HANDLED: 9}, TWO))["H1", ""]
    (finding,) = result.findings
    assert (finding.severity, finding.expected, finding.actual, finding.difference) == ("W", 10, 9, -1)
    assert finding.place == "表三“总计”行“总计”列"
    assert "公布 9 件、各单位之和 10 件" in finding.message and "所属 2 个单位" in finding.message
    assert [(cell.side, cell.value) for cell in finding.cells] == [("left", 9), ("right", 4), ("right", 6)]
    assert "乙镇" in finding.cells[1].label


def test_what_the_own_office_may_have_done_is_no_mistake_unless_it_reported_itself(catalog: Catalog) -> None:
    more = {**SUM, HANDLED: 12}
    assert outcome(catalog, Area(more, TWO), "H1") == "pass"  # the other cells of the table are equal; this one cannot be told
    with_office = {**TWO, "区政府办": {NEW: 0, HANDLED: 1}}
    result = results(catalog, Area(more, with_office, roles={"区政府办": "own"}))["H1", ""]
    assert [(finding.expected, finding.actual) for finding in result.findings] == [(11, 12)]


def test_bodies_with_the_table_in_another_form_leave_the_sum_open(catalog: Catalog) -> None:
    assert outcome(catalog, Area(SUM, TWO, forms={"乙镇": FORM_2019}), "H1") == "not_assessable"


def test_a_body_larger_than_the_whole_is_named_and_the_sum_says_no_more(catalog: Catalog) -> None:
    found = results(catalog, Area({**SUM, NEW: 5}, TWO))
    (finding,) = found["H2", ""].findings
    assert (finding.severity, finding.actual, found["H2", ""].failed) == ("E", 6, 1)
    assert finding.message.startswith("“甲局”的表三") and "填报 6 件，全地区 5 件" in finding.message
    assert found["H1", ""].outcome == "pass"


def test_what_is_left_out_of_the_area_is_left_out_of_the_rules(catalog: Catalog) -> None:
    vertical = {**TWO, "税务局": {NEW: 1000, HANDLED: 1000}}
    found = results(catalog, Area(SUM, vertical, not_counted=("税务局",)))
    assert (found["H1", ""].outcome, found["H2", ""].outcome) == ("pass", "pass")


def test_a_correction_after_the_sum_was_made_is_a_remark(catalog: Catalog) -> None:
    bodies = LATER
    area = Area(SUM, bodies, corrections={"乙镇": {NEW: 4}})
    found = results(catalog, area)
    assert found["H1", ""].findings == ()
    (remark,) = found["H1", "corrected"].findings
    assert remark.severity == "I" and "更正以前" in remark.message
    larger = results(catalog, Area(SUM, {**bodies, "乙镇": {NEW: 14, HANDLED: 4}}, corrections={"乙镇": {NEW: 4}}))
    assert (larger["H2", ""].findings, len(larger["H2", "corrected"].findings)) == ((), 1)
    unexplained = results(catalog, Area(SUM, bodies, corrections={"乙镇": {NEW: 5}}))
    assert len(unexplained["H1", ""].findings) == 1


def test_a_correction_of_which_only_the_date_is_known_is_a_remark_too(catalog: Catalog) -> None:
    bodies = LATER
    dates = {"区政府": date(2024, 2, 1), "乙镇": date(2024, 3, 1)}
    found = results(catalog, Area(SUM, bodies, corrections={"乙镇": {}}, published=dates))
    assert (found["H1", ""].findings, len(found["H1", "corrected"].findings)) == ((), 1)
    before = results(catalog, Area(SUM, bodies, corrections={"乙镇": {}}, published={**dates, "乙镇": date(2024, 1, 9)}))
    assert len(before["H1", ""].findings) == 1


def test_a_blank_is_read_as_zero_only_aloud(catalog: Catalog) -> None:
    bodies = {"甲局": {NEW: 10, HANDLED: 10}, "乙镇": {NEW: "blank", HANDLED: 0}}
    result = results(catalog, Area(SUM, bodies))["H1", ""]
    assert (result.outcome, result.blank_read_as_zero) == ("pass", 1)
    (note,) = result.findings
    assert note.severity == "I" and "乙镇" in note.message
    too_small = results(
        catalog, Area({**SUM, NEW: 9}, {"甲局": {NEW: 6, HANDLED: 6}, "乙镇": {NEW: "blank", HANDLED: 4}, "丙局": {NEW: 5}})
    )
    assert [finding.severity for finding in too_small["H1", ""].findings] == ["W"]
    assert too_small["H1", ""].findings[0].expected is None  # what the blank was is not known
    unreadable = results(catalog, Area({**SUM, NEW: 12}, {"甲局": {NEW: 6, HANDLED: 6}, "乙镇": {NEW: "unreadable", HANDLED: 4}}))
    assert unreadable["H1", ""].findings == ()


def test_amounts_rounded_to_the_printed_digit_are_equal(catalog: Catalog) -> None:
    bodies = {"甲局": {FEES: 123400}, "乙镇": {FEES: 56700}}
    assert outcome(catalog, Area({FEES: 180000}, bodies), "H1") == "pass"
    assert results(catalog, Area({FEES: 170000}, bodies))["H1", ""].failed == 1
    assert results(catalog, Area({REVIEWS: 17}, {"甲局": {REVIEWS: 9}, "乙镇": {REVIEWS: 9}}))["H1", ""].failed == 1


def test_bodies_of_the_roster_without_a_report_are_named(catalog: Catalog) -> None:
    lacking = Area(SUM, {**TWO, "丙局": None})
    (finding,) = results(catalog, lacking)["H4", "missing"].findings
    assert (finding.severity, finding.place) == ("E", "应报名单") and "1 个单位没有报告：“丙局”" in finding.message
