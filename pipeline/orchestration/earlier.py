"""What the bodies of a year reported in the years long before it: what is usual for each of them (rule Y3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import duckdb
import pyarrow as pa

from pipeline.checks.core_facts import COVERAGE
from pipeline.common.sql import relation
from pipeline.orchestration.workspace import Workspace

EARLIER_TABLES = ("core_reports", "core_cells", COVERAGE)
_YEARS = 10  # what a body did longer ago says little of what is usual for it
_CELLS = ["report_id", "field", "applicant", "value"]


def earlier_values(workspace: Workspace, year: int) -> pa.Table:
    """The figures of current reports from ten years before `year` to two years before it, one row each: agency_id (of the body
    that bears the name now, where it was renamed), field, applicant, value. The year before is not among them: rules have it anyway;
    nor is a government's report on its own office alone where this year's is on its whole area, or the other way round.
    """
    years = range(year - _YEARS, year - 1)
    lineage_id = workspace.bodies.history.lineage_id
    reports = workspace.store.read("core_reports", years, ["report_id", "agency_id", "is_current"])
    now = workspace.store.read("core_reports", [year], ["agency_id"])["agency_id"].unique()
    by_lineage: dict[str, list[str]] = defaultdict(list)  # two names of one body may both have reported in the year of the change
    for agency_id in now.to_pylist():
        if agency_id is not None:
            by_lineage[lineage_id(agency_id)].append(agency_id)
    covered, covered_now = _covered(workspace, years, "report_id"), _covered(workspace, [year], "agency_id")
    ascribed = [
        {"report_id": row["report_id"], "agency_id": agency_id}
        for row in reports.to_pylist()
        if row["is_current"] and row["agency_id"] is not None
        for agency_id in by_lineage.get(lineage_id(row["agency_id"]), ())
        if None in (both := {covered.get(row["report_id"]), covered_now.get(agency_id)}) or len(both) == 1
    ]
    with duckdb.connect(":memory:", config={"python_enable_replacements": False}) as connection:
        connection.register("ascribed", relation(ascribed, report_id=pa.string(), agency_id=pa.string()))
        connection.register("core_cells", workspace.store.read("core_cells", years, _CELLS))
        chosen = "SELECT agency_id, field, applicant, value FROM core_cells JOIN ascribed USING (report_id)"
        return connection.sql(f"{chosen} WHERE value IS NOT NULL ORDER BY ALL").to_arrow_table()


def _covered(workspace: Workspace, years: Iterable[int], by: str) -> dict[str, str]:
    """What reports are known to cover, by report or body."""
    rows = workspace.store.read(COVERAGE, list(years), [by, "coverage"]).to_pylist()
    return {row[by]: row["coverage"] for row in rows if row["coverage"] != "unknown"}
