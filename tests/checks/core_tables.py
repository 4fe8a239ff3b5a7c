"""The facts of made reports as core tables, so that what is run over tables can be compared with what is run report by report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.checks.model import ReportFacts
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.model import Cell, Locator
from pipeline.readers.records import Record, box_columns
from pipeline.warehouse.schema import from_rows

TABLES = (
    "core_reports",
    "core_report_tables",
    "core_cells",
    "core_sections",
    "core_report_versions",
    "core_claims",
    "core_report_coverage",
    "core_problems",
)
_AT_ONCE = 500
_OF_CLAIM = {
    **{"claim_kind": "kind", "claim_measure": "measure", "claim_start": "start", "claim_end": "end", "claim_period": "period"},
    **{"claim_scope": "scope", "base_measure": "base", "whole_claim": "whole", "claim_rule": "rule"},
    **{name: name for name in ("value", "value_to", "unit", "raw", "sentence", "block", "section", "page", "approximate", "direction")},
}


def core_tables(catalog: Catalog, reports: Iterable[ReportFacts]) -> dict[str, pa.Table]:
    """The tables that hold these reports, all of them current; copies, deadlines and the roster are no part of them."""
    parts: dict[str, list[pa.Table]] = {table: [from_rows(catalog, table, [])] for table in TABLES}
    rows: dict[str, list[Record]] = defaultdict(list)

    def put_by() -> None:
        for table, listed in rows.items():
            parts[table].append(from_rows(catalog, table, listed))
        rows.clear()

    for number, facts in enumerate(reports, start=1):
        for table, row in _rows(facts):
            rows[table].append({"report_id": facts.report_id, "report_year": facts.report_year, **row})
        if number % _AT_ONCE == 0:
            put_by()
    put_by()
    return {table: pa.concat_tables(listed) for table, listed in parts.items()}


def _rows(facts: ReportFacts) -> Iterator[tuple[str, Record]]:
    yield "core_reports", _report(facts)
    for table, found in facts.tables.items():
        yield "core_report_tables", {"table": table, "form": found.form, "table_state": found.state}
    for cell in (*facts.cells.values(), *facts.extra_cells.values()):
        yield "core_cells", _cell(cell)
    for row in facts.sections:
        placed = {"section": row.section, "section_position": row.position, "section_number": row.number}
        yield "core_sections", {**placed, "heading": row.heading, "text": row.text}
    for number, (table, grid, at) in enumerate(sorted(facts.added_rows)):
        noticed = {"problem": number, "code": "line_added", "severity": "info", "message": "", "table": table}
        yield "core_problems", {**noticed, "grid": grid, "row": at}
    if facts.coverage != "unknown":
        told = {"coverage": facts.coverage, "coverage_basis": "statement", "coverage_reason": "", "report_digest": ""}
        told |= {"judged_coverage": facts.coverage, "judged_basis": "statement", "judged_reason": ""}
        yield "core_report_coverage", {"agency_id": facts.agency_id, **told}
    for number, claim in enumerate(facts.claims):
        yield "core_claims", {"claim": number, **_claim(claim)}


def _report(facts: ReportFacts) -> Record:
    same = ("agency_id", "agency_name", "agency_kind", "agency_level", "title_agency", "title_agency_id", "stated_agency", "form_due")
    same = (*same, "title", "title_year", "period_year", "published_on", "path")
    fixed = {"sha256": "0" * 64, "report_index": 0, "status": "parsed", "is_current": True, "copies": 1}
    return {**fixed, **{name: getattr(facts, name) for name in same}}


def _cell(cell: Cell) -> Record:
    place = cell.locator or Locator()
    told = {"table": cell.table, "field": cell.field, "applicant": cell.applicant or "", "state": cell.state, "value": cell.value}
    told |= {"raw": cell.raw, "confidence": cell.confidence, "is_extra": cell.extra}
    return {**told, "grid": place.table, "row": place.row, "column": place.column, "page": place.page, **box_columns(place.bbox)}


def _claim(claim: Claim) -> Record:
    return {column: getattr(claim, name) for column, name in _OF_CLAIM.items()}
