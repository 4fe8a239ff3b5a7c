"""Corrections as the checks take them, and findings with what corrections make of them as rows of the core tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pyarrow as pa

from pipeline.catalog.numbers import number_text
from pipeline.checks.corrected import Corrections, Standing
from pipeline.checks.model import CellKey, ReportFacts
from pipeline.checks.result_tables import finding_cell_rows, finding_rows
from pipeline.readers.records import Record

Printed = Mapping[tuple[str, CellKey], Record]  # what the report says in a cell that has a correction


def corrections_in_force(*core_corrections: pa.Table) -> tuple[Corrections, Printed]:
    """The corrected values of the reports of several years, and what is printed in their place."""
    rows = [row for table in core_corrections for row in table.to_pylist() if row["decision_state"] == "in_force"]
    by_cell = {(row["report_id"], (row["field"], row["applicant"] or None)): row for row in rows}
    corrections = {cell: row["corrected_value"] for cell, row in by_cell.items()}
    return corrections, {cell: {name: row[name] for name in ("state", "value", "raw")} for cell, row in by_cell.items()}


def standing_rows(facts: ReportFacts, standings: Sequence[Standing]) -> Iterator[Record]:
    """The rows of core_findings for one report."""
    for row, standing in zip(finding_rows(facts, [each.finding for each in standings]), standings, strict=True):
        yield {**row, "found_in": standing.found_in, "settled": standing.settled, "after_correction": standing.after_correction}


def standing_cell_rows(facts: ReportFacts, standings: Sequence[Standing], corrections: Corrections, printed: Printed) -> Iterator[Record]:
    """The rows of core_finding_cells for one report: every cell as printed, the corrected value beside it."""
    for row in finding_cell_rows(facts, [each.finding for each in standings]):
        cell = (str(row["report_id"]), (str(row["field"]), row["applicant"] or None))
        value, as_printed = corrections.get(cell), printed.get(cell)  # type: ignore[arg-type]
        # the sum of several reports, which stands under the id of the first, is left as it is
        if value is None or as_printed is None or row["raw"] not in (as_printed["raw"], number_text(value)):
            yield row
        else:
            yield {**row, **as_printed, "corrected_value": value}
