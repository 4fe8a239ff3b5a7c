"""What is to be said of reports that may be one report: several of one body and year, and one body under two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.names import same_agency
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.filing.versions import RULES, Difference, relation
from pipeline.normalise.model import Problem
from pipeline.normalise.problems import problem

Figures = frozenset[tuple[tuple[str, str | None], object]]
_END_OF_NAME = 3  # two names of one body end alike: only those are compared


def said_of_copy(catalog: Catalog, current: FiledReport, found: Sequence[Difference], rule: str) -> Problem:
    """What is said of a report that does not count: how it differs from the one that does, and the rule that set them apart."""
    how = relation({difference.kind for difference in found}, rule)
    count = sum(difference.kind == "contradicting" for difference in found)
    same_year = f"同一单位同一年度另有报告“{current.path}”"
    reason = f"采用的是其中{RULES[rule]}一份。"
    if how == "own_office":
        return problem(catalog, "copy_own_office", f"{same_year}，是全地区的汇总，本报告只有本级的数字；{reason}")
    if how == "contradicting":
        message = f"{same_year}，有 {count} 处数字与本报告不同；{reason}请确认以哪一份为准，把其余的移出 data/raw。"
        return problem(catalog, "copy_differs", message)
    if how == "corrected":
        return problem(catalog, "copy_corrected", f"本报告已更正：{same_year}，有 {count} 处数字不同；{reason}")
    if how == "partial":
        return problem(catalog, "copy_partial", f"{same_year}，两份都填写的数字相同，但各有所缺；{reason}")
    return problem(catalog, "copy_same", f"{same_year}，数字相同；{reason}")


def said_of_namesakes(catalog: Catalog, filed: Iterable[FiledReport]) -> dict[str, list[Problem]]:
    """By report id, what is said of current reports of one year that have the same figures under a shorter and a longer name.

    They may be two bodies (two offices with nothing to report), so that both are kept and added; a person has to tell.
    """
    alike: dict[tuple[Figures, str], list[FiledReport]] = defaultdict(list)
    for item in filed:
        if item.agency_name:
            alike[figures_of(item), item.agency_name[-_END_OF_NAME:]].append(item)
    said: dict[str, list[Problem]] = {}
    for group in alike.values():
        for item in group:
            for other in group:
                if (
                    item.agency_id != other.agency_id
                    and not _both_registered(item, other)
                    and same_agency(item.agency_name or "", other.agency_name or "")
                ):
                    message = (
                        f"与“{other.agency_name}”的报告（{other.path}）数字全部相同，可能是同一单位的两个名称；"
                        "如是，会重复汇总，请在 sources.csv 中登记同一名称。"
                    )
                    said.setdefault(item.report_id, []).append(problem(catalog, "agency_twice", message))
    return said


def _both_registered(item: FiledReport, other: FiledReport) -> bool:
    return bool(item.body and other.body and item.body.registered and other.body.registered)


def figures_of(item: FiledReport) -> Figures:
    """The cells of a report that hold numbers, with their values."""
    return frozenset(((cell.field, cell.applicant), cell.value) for cell in item.report.cells if cell.value is not None)
