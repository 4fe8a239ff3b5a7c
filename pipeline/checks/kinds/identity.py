"""Kinds about who filed the report, for which year, and when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal

from pipeline.catalog.row_types import Rule
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import ReportFacts
from pipeline.common.errors import CatalogError
from pipeline.normalise.agencies.names import agency_name, same_agency

# where a year stands: how it is called, how to get it, and how many years after the report year it should be
_YEARS: Mapping[str, tuple[str, Callable[[ReportFacts], int | None], int]] = {
    "title": ("题目写明的年度", lambda facts: facts.title_year, 0),
    "period": ("正文统计期的年度", lambda facts: facts.period_year, 0),
    "published": ("发布日期的年份", lambda facts: facts.published_on.year if facts.published_on else None, 1),
}


def _year_agrees(rule: Rule, _: Expander) -> Check:
    if rule.parameters["source"] not in _YEARS:
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 source 应为 {'、'.join(_YEARS)} 之一。")
    what, year_of, later = _YEARS[rule.parameters["source"]]

    def tells(facts: ReportFacts) -> Assessment | None:
        year = year_of(facts)
        if year is None or facts.report_year is None:
            return NOT_ASSESSABLE
        return PASS if year == facts.report_year + later else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        year = year_of(facts)
        assert year is not None and facts.report_year is not None
        expected = facts.report_year + later
        details = {"what": what, "actual": str(year), "expected": str(expected)}
        numbers = Decimal(expected), Decimal(year), Decimal(year - expected)
        return [Assessment("fail", place=what, expected=numbers[0], actual=numbers[1], difference=numbers[2], details=details)]

    return Glance(tells, look)


def _agency_agrees(_: Rule, __: Expander) -> Check:
    def tells(facts: ReportFacts) -> Assessment | None:
        if facts.stated_agency is None:
            return NOT_APPLICABLE
        if facts.title_agency is None:
            return NOT_ASSESSABLE
        return PASS if same_agency(facts.title_agency, facts.stated_agency) or facts.title_agency_id == facts.agency_id else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        assert facts.title_agency is not None and facts.stated_agency is not None
        details = {"actual": agency_name(facts.title_agency), "expected": agency_name(facts.stated_agency)}
        return [Assessment("fail", place="题目", details=details)]

    return Glance(tells, look)


def _deadline(_: Rule, __: Expander) -> Check:
    def tells(facts: ReportFacts) -> Assessment | None:
        if facts.deadline is None:
            return NOT_APPLICABLE
        if facts.published_on is None:
            return NOT_ASSESSABLE
        return PASS if facts.published_on <= facts.deadline else None

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        assert facts.published_on is not None and facts.deadline is not None
        days = (facts.published_on - facts.deadline).days
        details = {"actual": _spoken(facts.published_on), "expected": _spoken(facts.deadline), "days": str(days)}
        return [Assessment("fail", place="发布日期", difference=Decimal(days), details=details)]

    return Glance(tells, look)


def _spoken(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"


def _on_roster(_: Rule, __: Expander) -> Check:
    def tells(facts: ReportFacts) -> Assessment | None:
        return NOT_APPLICABLE if facts.on_roster is None else PASS if facts.on_roster else None

    return Glance(tells, lambda facts, _: [Assessment("fail", place="整份报告", details={"body": facts.agency_name})])


YEAR_AGREES = Kind(_year_agrees, needs=frozenset({"source"}), says=frozenset({"what", "actual", "expected"}))
AGENCY_AGREES = Kind(_agency_agrees, says=frozenset({"actual", "expected"}))
DEADLINE = Kind(_deadline, says=frozenset({"actual", "expected", "days"}))
ON_ROSTER = Kind(_on_roster, says=frozenset({"body"}))
