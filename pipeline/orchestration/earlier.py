"""What the bodies of a year reported in the years long before it: what is usual for each of them (rule Y3)."""

from __future__ import annotations

import duckdb
import pyarrow as pa

from pipeline.orchestration.workspace import Workspace

EARLIER_TABLES = ("core_reports", "core_cells")
_YEARS = 10  # what a body did longer ago says little of what is usual for it
_CELLS = ["report_id", "field", "applicant", "value"]


def earlier_values(workspace: Workspace, year: int) -> pa.Table:
    """The figures of current reports from ten years before `year` to two years before it, one row each: agency_id (of the body
    that bears the name now, where it was renamed), field, applicant, value. The year before is not among them: rules have it anyway.
    """
    years = range(year - _YEARS, year - 1)
    lineage_id = workspace.bodies.history.lineage_id
    reports = workspace.store.read("core_reports", years, ["report_id", "agency_id", "is_current"])
    now = workspace.store.read("core_reports", [year], ["agency_id"])["agency_id"].unique()
    by_lineage = {lineage_id(agency_id): agency_id for agency_id in now.to_pylist() if agency_id is not None}
    kept = [
        (row["report_id"], by_lineage[lineage_id(row["agency_id"])])
        for row in reports.to_pylist()
        if row["is_current"] and row["agency_id"] is not None and lineage_id(row["agency_id"]) in by_lineage
    ]
    ascribed = {"report_id": [report_id for report_id, _ in kept], "agency_id": [agency_id for _, agency_id in kept]}
    with duckdb.connect(":memory:", config={"python_enable_replacements": False}) as connection:
        connection.register("ascribed", pa.table(ascribed, schema=pa.schema([(name, pa.string()) for name in ascribed])))
        connection.register("core_cells", workspace.store.read("core_cells", years, _CELLS))
        chosen = "SELECT agency_id, field, applicant, value FROM core_cells JOIN ascribed USING (report_id)"
        return connection.sql(f"{chosen} WHERE value IS NOT NULL ORDER BY ALL").to_arrow_table()
