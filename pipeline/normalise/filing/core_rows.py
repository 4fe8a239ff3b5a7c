"""The rows of all core tables that describe the reports of one year: which of them count, and what is to be said of each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from pipeline.catalog.model import Catalog
from pipeline.normalise.agencies.body import said_of_body
from pipeline.normalise.agencies.lookup import Bodies
from pipeline.normalise.filing import records
from pipeline.normalise.filing.duplicates import said_of_copy, said_of_namesakes
from pipeline.normalise.filing.recognition import BodiesByCode, core_report_evidence, correction_marks
from pipeline.normalise.filing.records import FiledReport
from pipeline.normalise.filing.versions import Choice, choose, core_report_versions, differences
from pipeline.normalise.model import Problem
from pipeline.readers.records import Record

Rows = dict[str, list[Record]]


def core_rows(catalog: Catalog, bodies: Bodies, codes: BodiesByCode, year: int | None, filed: Sequence[FiledReport]) -> Rows:
    """By table the rows of the reports on `year`. Reports of an unknown year are no versions of each other."""
    groups: dict[str, list[FiledReport]] = defaultdict(list)
    for item in filed:
        body = item.agency_id if year is not None else None
        groups[body or item.report_id].append(item)
    choices = {key: choose(catalog, group) for key, group in groups.items()}
    current = {choice.current.report_id for choice in choices.values() if year is not None and choice.current and choice.current.agency_id}
    said: dict[str, list[Problem]] = defaultdict(list)
    said |= said_of_namesakes(catalog, (item for item in filed if item.report_id in current))
    for item in filed:
        if item.agency_name and item.report_id in current:
            said[item.report_id] += said_of_body(catalog, bodies, item.agency_name, year, groups.keys())
    rows: Rows = defaultdict(list)
    for key, group in groups.items():
        for item in group:
            rows["core_report_versions"] += _compared(catalog, choices[key], item, said)
            rows["core_reports"].append(_report(catalog, choices[key], item, is_current=item.report_id in current))
            rows["core_report_evidence"] += core_report_evidence(catalog, bodies, codes, item)
            rows["core_report_tables"] += records.core_report_tables(item)
            rows["core_cells"] += records.core_cells(item)
            rows["core_sections"] += records.core_sections(item)
            rows["core_claims"] += records.core_claims(item)
            rows["core_problems"] += records.core_problems(item, tuple(said[item.report_id]))
    return rows


def _compared(catalog: Catalog, choice: Choice, item: FiledReport, said: dict[str, list[Problem]]) -> Iterator[Record]:
    """A report that does not count compared with the one that does; adds what is to be said of it."""
    if choice.current is None or item is choice.current or item.report_id not in choice.rules:
        return
    is_own_office = choice.rules[item.report_id] == "level"  # other figures are no contradiction
    found = [] if is_own_office else differences(choice.current, item)
    said[item.report_id].append(said_of_copy(catalog, choice.current, found, choice.rules[item.report_id]))
    yield from core_report_versions(choice.current, item, found)


def _report(catalog: Catalog, choice: Choice, item: FiledReport, *, is_current: bool) -> Record:
    marks = correction_marks(catalog, item)
    others = {report_id for report_id, rule in choice.rules.items() if rule != "level"} - {
        choice.current.report_id if choice.current else ""
    }
    return records.core_report(
        catalog,
        item,
        is_current=is_current,
        copies=len(others) + 1,
        version_rule=choice.rules.get(item.report_id),
        correction_mark=marks[0].says if marks else None,
    )
