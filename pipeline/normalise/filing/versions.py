"""Several reports of one body and year: which of them counts and by which rule, and in which cells they differ."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Literal, NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.normalise.filing.recognition import correction_marks
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.locations import location_text
from pipeline.normalise.model import Cell
from pipeline.readers.records import Record

# In the order in which they decide; a rule decides where the ones before it leave two reports alike.
RULES: Mapping[str, str] = {
    "level": "涵盖全地区的",
    "correction_mark": "注明是更正、修订或重新发布的",
    "completeness": "读取完整的",
    "published_on": "发布日期较晚的",
    "path": "文件路径排在后面的",
}
DifferenceKind = Literal["contradicting", "missing", "unclear", "sign"]
Relation = Literal["identical", "partial", "contradicting", "corrected", "own_office"]


class Choice(NamedTuple):
    """The report that counts, and by report id the rule that set it apart: of the current one from the next best, of others from it."""

    current: FiledReport | None
    rules: dict[str, str]


class Difference(NamedTuple):
    """A cell in which two reports differ; a report that has no such cell has None."""

    kind: DifferenceKind
    here: Cell | None
    there: Cell | None

    @property
    def cell(self) -> Cell:
        """The cell of either report."""
        found = self.here or self.there
        assert found is not None
        return found


def choose(catalog: Catalog, group: Sequence[FiledReport]) -> Choice:
    """Which of the reports of a body on a year counts.

    One of the whole area before one of the office alone. Then one that is marked as a correction, unless a table is missing
    there that another one has (a notice that gives the corrected table alone must not stand for the whole); then a complete one;
    then the one published last; then the last by path. A report from which no figure was taken never counts.
    """
    usable = [item for item in group if item.report.status != "refused"]
    tables = {id(item): {found.table for found in item.report.tables if found.state == "found"} for item in usable}
    every = set().union(*tables.values())
    keys = {
        item.report_id: (
            not _is_of_the_own_office(catalog, item),
            tables[id(item)] == every and bool(correction_marks(catalog, item)),
            item.report.status == "parsed",
            item.published_on or date.min,
            item.path,
        )
        for item in usable
    }
    ranked = sorted(usable, key=lambda item: keys[item.report_id], reverse=True)
    if len(ranked) < 2:
        return Choice(next(iter(ranked), None), {})
    first, second = (keys[item.report_id] for item in ranked[:2])
    rules = {item.report_id: _deciding(first, keys[item.report_id]) for item in ranked[1:]}
    return Choice(ranked[0], {ranked[0].report_id: _deciding(first, second), **rules})


def _is_of_the_own_office(catalog: Catalog, item: FiledReport) -> bool:
    """As the lines above its tables say, where one file holds both, or else its title."""
    in_title = {row.coverage for row in catalog.coverage_words if row.place == "title" and row.pattern.search(item.report.title)}
    return item.report.level == "own_office" or in_title == {"own_office"}


def _deciding(better: tuple[object, ...], worse: tuple[object, ...]) -> str:
    return next((rule for rule, one, other in zip(RULES, better, worse, strict=True) if one != other), "path")


def differences(here: FiledReport, there: FiledReport) -> list[Difference]:
    """The cells of the form in which two reports differ.

    `contradicting`: both print the cell, one of them a number, and not the same one; `missing`: one of them lacks the cell;
    `unclear`: one of them cannot be read there; `sign`: neither has a number, but one a blank and the other a sign.
    """
    one, other = _cells(here), _cells(there)
    pairs = ((one.get(key), other.get(key)) for key in dict.fromkeys((*one, *other)))
    return [Difference(kind, *pair) for pair in pairs if (kind := _kind(*pair))]


def _cells(filed: FiledReport) -> dict[tuple[str, str | None], Cell]:
    printed = (cell for cell in filed.report.cells if not cell.extra and not (cell.state == "blank" and cell.locator is None))
    return {(cell.field, cell.applicant): cell for cell in printed}


def _kind(here: Cell | None, there: Cell | None) -> DifferenceKind | None:
    if here is None or there is None:
        return "missing"
    if (here.state, here.value) == (there.state, there.value):
        return None
    if "unreadable" in (here.state, there.state):
        return "unclear"
    return "contradicting" if "number" in (here.state, there.state) else "sign"


def relation(kinds: Collection[str], rule: str) -> Relation:
    """What two reports are to each other, by the kinds of their differences; rule: the one by which the current one counts."""
    if rule == "level":
        return "own_office"
    if "contradicting" in kinds:
        return "corrected" if rule == "correction_mark" else "contradicting"
    return "partial" if {"missing", "unclear"} & set(kinds) else "identical"


def core_report_versions(current: FiledReport, other: FiledReport, found: Sequence[Difference]) -> Iterator[Record]:
    """The rows of core_report_versions: every cell in which another report of the same body and year differs from the current one."""
    for item in found:
        yield {
            "report_id": current.report_id,
            "other_report_id": other.report_id,
            "report_year": current.report.report_year,
            "agency_id": current.agency_id,
            "table": item.cell.table,
            "field": item.cell.field,
            "applicant": item.cell.applicant or "",
            "difference_kind": item.kind,
            **_side("", item.here),
            **_side("other_", item.there),
        }


def _side(prefix: str, cell: Cell | None) -> Record:
    return {
        f"{prefix}state": cell.state if cell else "absent",
        f"{prefix}value": cell.value if cell else None,
        f"{prefix}raw": cell.raw if cell else "",
        f"{prefix}location": location_text(cell.locator if cell else None),
    }
