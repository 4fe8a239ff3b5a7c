"""What is to be said of reports that may be one report: several of one body and year, and one body under two names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies import same_agency
from pipeline.normalise.model import Problem
from pipeline.normalise.problems import problem
from pipeline.normalise.records import FiledReport

Figures = frozenset[tuple[tuple[str, str | None], object]]
_END_OF_NAME = 3  # two names of one body end alike: only those are compared


def said_of_copies(catalog: Catalog, item: FiledReport, copies: Sequence[FiledReport]) -> list[Problem]:
    """What is said of `item`, of whose body and year there are `copies` (itself among them)."""
    others = [other for other in copies if other is not item]
    if not others or item.report.status == "refused":
        return []
    differing = [other.path for other in others if figures_of(other) != figures_of(item)]
    if differing:
        message = f"同一单位同一年度另有数字不同的报告：{'、'.join(differing)}。请确认以哪一份为准，把其余的移出 data/raw。"
        return [problem(catalog, "copy_differs", message)]
    return [problem(catalog, "copy_same", f"同一单位同一年度另有数字相同的报告：{'、'.join(other.path for other in others)}。")]


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
