"""The facts of the reports in the core tables. Cells, sections and claims become objects only where a rule looks at them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from pipeline.checks.cell_rows import CellRows
from pipeline.checks.grouped_rows import GroupedRows
from pipeline.checks.model import CopyDifference, CopyFacts, ReportFacts
from pipeline.normalise.agencies.area_bodies import Coverage
from pipeline.normalise.agencies.duties import Roster
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.model import Section, TableFound

# the tables that say what the reports of a year hold; COVERAGE, beside them, what the figures of governments are
# for, and PROBLEMS what was noticed in reading them
COVERAGE, PROBLEMS = "core_report_coverage", "core_problems"
ADDED = ("label_unmatched", "line_added")  # codes of problems about rows that are not of the form
CORE_TABLES = ("core_reports", "core_report_tables", "core_cells", "core_sections", "core_report_versions", "core_claims")
# the columns of a section and of a claim, in the order in which these are made
_OF_SECTION = ("section", "section_position", "section_number", "heading", "text")
_OF_CLAIM = (
    *(
        "claim_kind",
        "claim_measure",
        "value",
        "unit",
        "raw",
        "sentence",
        "block",
        "claim_start",
        "claim_end",
        "section",
        "page",
        "value_to",
    ),
    *("approximate", "claim_period", "claim_scope", "base_measure", "direction", "whole_claim", "claim_rule"),
)
Row = dict[str, Any]
_SIDE = ("state", "value", "raw", "location")
_COMPARED = ("table", "field", *_SIDE, *(f"other_{name}" for name in _SIDE))


def facts_from_tables(roster: Roster, tables: Mapping[str, pa.Table]) -> Iterator[ReportFacts]:
    """The facts of every current report whose body and year are known and from which figures were taken.

    tables: CORE_TABLES of one year; the reports in core_reports that do not count are the copies of the others. Without COVERAGE
    nothing is known of what a report covers, without PROBLEMS nothing of rows that are not of the form.
    """
    reports = tables["core_reports"].to_pylist()
    found = defaultdict[str, list[Row]](list)
    for row in tables["core_report_tables"].to_pylist():
        found[row["report_id"]].append(row)
    cells = CellRows(tables["core_cells"])
    sections = GroupedRows(tables["core_sections"], _OF_SECTION, Section)
    claims = GroupedRows(tables["core_claims"], _OF_CLAIM, Claim)
    coverage, added = _coverage(tables), _added_rows(tables)
    copies = _copies(reports, tables["core_report_versions"])
    for row in reports:
        if not row["is_current"] or row["agency_id"] is None or row["report_year"] is None or row["status"] == "refused":
            continue
        report_id, year = row["report_id"], row["report_year"]
        yield ReportFacts(
            report_id=report_id,
            agency_id=row["agency_id"],
            agency_name=row["agency_name"],
            agency_kind=row["agency_kind"],
            agency_level=row["agency_level"],
            report_year=year,
            form_due=row["form_due"],
            tables={each["table"]: TableFound(each["table"], each["form"], each["table_state"]) for each in found[report_id]},
            cells=cells.of(report_id),
            extra_cells=cells.of(report_id, extra=True),
            sections=sections.of(report_id),
            title=row["title"],
            title_agency=row["title_agency"],
            title_year=row["title_year"],
            period_year=row["period_year"],
            stated_agency=row["stated_agency"],
            published_on=row["published_on"],
            deadline=roster.deadline(row["agency_id"], row["agency_name"], row["agency_kind"], year),
            path=row["path"],
            title_agency_id=row["title_agency_id"],
            copies=copies.get(row["agency_id"], ()),
            claims=claims.of(report_id),
            on_roster=row["agency_id"] in roster.entries(year) if roster.covers(year) else None,
            coverage=coverage.get(report_id, "unknown"),
            added_rows=frozenset(added[report_id]) if report_id in added else frozenset(),
        )


def _added_rows(tables: Mapping[str, pa.Table]) -> dict[str, set[tuple[str, int, int]]]:
    """By report the table, grid and row of what stands in its tables and is not of the form."""
    found: dict[str, set[tuple[str, int, int]]] = {}
    if PROBLEMS in tables:
        noticed = tables[PROBLEMS].filter(pc.field("code").isin(pa.array(ADDED)))
        for row in noticed.select(["report_id", "table", "grid", "row"]).to_pylist():
            if None not in row.values():
                found.setdefault(row["report_id"], set()).add((row["table"], row["grid"], row["row"]))
    return found


def _coverage(tables: Mapping[str, pa.Table]) -> dict[str, Coverage]:
    """By report what it covers, as far as it was looked at."""
    judged = tables[COVERAGE].select(["report_id", "coverage"]).to_pylist() if COVERAGE in tables else []
    return {row["report_id"]: row["coverage"] for row in judged}


def _copies(reports: list[Row], core_report_versions: pa.Table) -> dict[str, tuple[CopyFacts, ...]]:
    """By body the reports that do not count, each with its differences from the one that does."""
    differing: dict[str, list[CopyDifference]] = defaultdict(list)
    for row in core_report_versions.to_pylist():
        values = {name: row[name] for name in _COMPARED}
        differing[row["other_report_id"]].append(CopyDifference(row["difference_kind"], applicant=row["applicant"] or None, **values))
    found: dict[str, list[CopyFacts]] = defaultdict(list)
    for row in reports:
        if row["agency_id"] and not row["is_current"] and row["version_rule"]:
            copy = CopyFacts(row["report_id"], row["path"], row["version_rule"], tuple(differing[row["report_id"]]))
            found[row["agency_id"]].append(copy)
    return {agency: tuple(copies) for agency, copies in found.items()}
