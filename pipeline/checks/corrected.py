"""The rules run twice where figures were corrected: what was found in the printed figures, and what is left or new in the corrected ones.

Findings are always about what is printed; a correction settles one (it no longer holds), leaves it, or causes another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.catalog.model import Catalog
from pipeline.catalog.numbers import number_text
from pipeline.catalog.registry.history import Group
from pipeline.checks.model import CellKey, Finding, ReportFacts
from pipeline.checks.run import Checked, run_rules
from pipeline.normalise.agencies.duties import Roster
from pipeline.readers.records import Record

Tables = Mapping[str, pa.Table]
Corrections = Mapping[tuple[str, CellKey], Decimal]  # report_id and cell -> the value that is right


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding and what corrections make of it.

    found_in: `corrected` where only the corrected figures show it. settled: it is not in the corrected figures.
    after_correction: what is still wrong with the corrected figures, where they say something else than the printed ones.
    """

    finding: Finding
    found_in: Literal["printed", "corrected"] = "printed"
    settled: bool = False
    after_correction: str | None = None


@dataclass(frozen=True, slots=True)
class CheckedTwice:
    """core_rule_results of the printed figures, and each report of which there is something to say with its findings."""

    results: pa.Table
    findings: list[tuple[ReportFacts, list[Standing]]]


def check_twice(
    catalog: Catalog, roster: Roster, tables: Tables, before: Tables, groups: Iterable[Group], corrections: Corrections
) -> CheckedTwice:
    """Every report of a year, checked as printed, and once more where the year or the one before has corrections in force.

    See `run_rules`. Corrected figures of the year before count, since that is the version to which a report has to link up. All
    reports are checked again, not only those with corrections: some rules look at what stands beside a report.
    """
    groups = list(groups)
    printed = run_rules(catalog, roster, tables, before, groups)
    corrected = printed
    if corrections:
        corrected = run_rules(catalog, roster, with_corrections(tables, corrections), with_corrections(before, corrections), groups)
    return CheckedTwice(printed.results, list(_side_by_side(printed, corrected)))


def with_corrections(tables: Tables, corrections: Corrections) -> Tables:
    """The core tables of a year as they would be if the reports printed the corrected values."""
    cells = tables["core_cells"]
    ids = {report_id for report_id, _ in corrections}
    rows = [_corrected(row, corrections) if row["report_id"] in ids else row for row in _rows(cells, ids)]
    others = cells.filter(pc.invert(_is_in(cells, ids)))
    return {**tables, "core_cells": pa.concat_tables([others, pa.Table.from_pylist(rows, schema=cells.schema)])}


def compared(printed: Sequence[Finding], corrected: Sequence[Finding]) -> Iterator[Standing]:
    """What became of each finding in the printed figures, and what only the corrected ones show.

    The same place of the same rule is the same matter, though its figures may have changed: first by its cells, then by its place.
    """
    left = {finding.finding_id: finding for finding in corrected}
    still = {finding.finding_id: left.pop(finding.finding_id) for finding in printed if finding.finding_id in left}
    for alike in (_by_cells, _by_place):
        for finding in printed:
            if finding.finding_id not in still:
                match = next((other for other in left.values() if alike(other) == alike(finding)), None)
                if match is not None:
                    still[finding.finding_id] = left.pop(match.finding_id)
    for finding in printed:
        now = still.get(finding.finding_id)
        changed = now is not None and now.finding_id != finding.finding_id
        yield Standing(finding, settled=now is None, after_correction=now.message if now is not None and changed else None)
    yield from (Standing(finding, "corrected") for finding in left.values())


def _side_by_side(printed: Checked, corrected: Checked) -> Iterator[tuple[ReportFacts, list[Standing]]]:
    found = {facts.report_id: findings for facts, findings in printed.findings}
    again = {facts.report_id: findings for facts, findings in corrected.findings}
    reports = {facts.report_id: facts for facts, _ in (*corrected.findings, *printed.findings)}
    for report_id, facts in reports.items():
        yield facts, list(compared(found.get(report_id, ()), again.get(report_id, ())))


def _by_place(finding: Finding) -> tuple[object, ...]:
    return finding.rule, finding.part, finding.severity, finding.table, finding.place


def _by_cells(finding: Finding) -> tuple[object, ...]:
    return *_by_place(finding), frozenset((cell.side, cell.report_id, cell.field, cell.applicant) for cell in finding.cells)


def _is_in(cells: pa.Table, ids: Iterable[str]) -> pa.Array:
    return pc.is_in(cells["report_id"], pa.array(sorted(ids), pa.string()))


def _rows(cells: pa.Table, ids: Iterable[str]) -> list[Record]:
    rows: list[Record] = cells.filter(_is_in(cells, ids)).to_pylist()
    return rows


def _corrected(row: Record, corrections: Corrections) -> Record:
    value = corrections.get((str(row["report_id"]), (str(row["field"]), row["applicant"] or None)))  # type: ignore[arg-type]
    if value is None or row["is_extra"]:
        return row
    return {**row, "state": "number", "value": value, "raw": number_text(value), "confidence": 1.0}
