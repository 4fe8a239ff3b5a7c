"""What a person has to look at in how body and year of a report were found."""

from __future__ import annotations

from collections.abc import Iterator

from pipeline.catalog.model import Catalog
from pipeline.normalise.identity.evidence import contradictions, years_said
from pipeline.normalise.identity.identify import Identity
from pipeline.normalise.model import Evidence, Problem
from pipeline.normalise.problems import problem


def said_of_identity(
    catalog: Catalog, identity: Identity, year: int | None, stated_year: int | None, stated_agency: str | None
) -> Iterator[Problem]:
    """That body or year are unknown, or were found elsewhere than in a title. year: the one decided on; stated: in sources.csv."""
    if identity.agency is None and not stated_agency:
        yield problem(catalog, "agency_unknown", "题目中没有写明报送单位，请在 sources.csv 中登记。")
    elif identity.agency_from and not stated_agency:
        where = catalog.evidence_kind(identity.agency_from, "agency").title_zh
        yield problem(catalog, "agency_inferred", f"题目中没有写明报送单位，按{where}视为“{identity.agency}”，请核实。")
    if identity.other_year_from == "opening" and not stated_year:
        yield problem(catalog, "year_inferred", f"题目和统计期限都没有写明报告年度，按正文开头视为 {year} 年。")
    elif identity.other_year_from == "published" and not stated_year:
        yield problem(catalog, "year_by_publication", f"没有写明报告年度，按发布日期的上一年视为 {year} 年，请核实。")
    if year is None:
        yield problem(catalog, "year_unknown", "题目和正文都没有写明报告年度，请在 sources.csv 中登记。")
    elif catalog.form_due(year) is None:
        yield problem(catalog, "form_unknown", f"没有 {year} 年度报告的格式，各表是否完整无法判断。")


def said_of_conflicts(
    catalog: Catalog, identity: Identity, evidence: tuple[Evidence, ...], year: int | None, stated_year: int | None
) -> Iterator[Problem]:
    """What speaks against the body and the year decided on. A body that is stated otherwise is a matter of rule S5."""
    said = {"题目": identity.title_year, "统计期限": identity.period_year, **years_said(catalog, evidence), "sources.csv 登记": stated_year}
    if len({found for found in said.values() if found}) > 1:
        places = "，".join(f"{place}为 {found} 年" for place, found in said.items() if found)
        yield problem(catalog, "year_conflict", f"{places}；按 {year} 年处理，请核实。")
    yield from contradictions(catalog, identity.agency, evidence)
