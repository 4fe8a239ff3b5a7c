"""Adding up by area, and governments beside their bodies: processor seconds for many reports in many areas, from tables in memory."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

import pyarrow as pa

from benchmarks.many_reports import YEARS, many_tables
from pipeline.catalog import Catalog
from pipeline.catalog.load import load_catalog
from pipeline.checks.areas.comparison import compare
from pipeline.checks.areas.step import AREA_RULE_TABLES, with_area_rules
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.common.sql import query
from pipeline.indicators.rollup import out_rollup
from pipeline.indicators.values import out_values
from pipeline.warehouse.schema import empty_table

# Bodies are numbered; the first of an area is its government, whose figures are the sums of the others (in every tenth area 3 too few).
_BODIES = """
    SELECT report_year, area_id, '地区' || area_id AS area_name, agency_id, agency_name, report_id,
           CASE WHEN agency_id = area_id THEN 'sum' ELSE 'body' END AS body_role, agency_id <> area_id AS is_counted,
           agency_id <> area_id AS is_expected, '' AS body_reason
    FROM (SELECT *, 'a-' || (CAST(agency_id[3:] AS INTEGER) // {size}) * {size} AS area_id FROM core_reports)
"""
_COVERAGE = """
    SELECT report_id, report_year, agency_id, 'whole_area' AS coverage, 'figures' AS coverage_basis, '' AS coverage_reason,
           'whole_area' AS judged_coverage, 'figures' AS judged_basis, '' AS judged_reason, '' AS report_digest,
           NULL::VARCHAR AS decision_id
    FROM core_area_bodies WHERE body_role = 'sum'
"""
_CELLS = """
    WITH added AS (
        SELECT whole.report_id, field, applicant, sum(cell.value) - 3 * CAST(hash(any_value(area_id)) % 10 = 0 AS INTEGER) AS value
        FROM core_area_bodies AS whole JOIN core_area_bodies AS part USING (area_id)
        JOIN core_cells AS cell ON cell.report_id = part.report_id
        WHERE whole.body_role = 'sum' AND part.is_counted AND cell.state = 'number' GROUP BY ALL
    )
    SELECT cell.* REPLACE (coalesce(greatest(added.value, 0), cell.value)::DECIMAL(24, 6) AS value)
    FROM core_cells AS cell LEFT JOIN added USING (report_id, field, applicant)
"""


@dataclass(frozen=True)
class AreaRun:
    """Processor seconds for `reports` reports in `areas` areas: sums, cells compared, rules on them; and who had a finding."""

    reports: int
    areas: int
    rollup: float
    compared: float
    rules: float
    with_findings: int


def measure(catalog: Catalog, count: int, areas: int) -> AreaRun:
    """out_rollup and H1-H4 over `count` made reports, year by year as in a build."""
    rollup = compared = rules = 0.0
    found = reports = 0
    for made in many_tables(catalog, count).values():
        tables = _with_areas(made, size=-(-count // (len(YEARS) * areas)))
        of_rules = {name: tables[name] for name in AREA_RULE_TABLES}
        values = out_values(catalog, tables["core_reports"], tables["core_cells"], tables["core_report_tables"])
        of_sums = [tables[name] for name in ("core_reports", "core_report_tables", "core_report_coverage", "core_area_bodies")]
        nothing, findings = (empty_table(catalog, name) for name in ("core_rule_results", "out_findings"))
        marks = [time.process_time()]
        both = compare(catalog, **of_rules)
        marks.append(time.process_time())
        _, said = with_area_rules(catalog, nothing, [], of_rules["core_reports"], both, has_roster=False)
        marks.append(time.process_time())
        out_rollup(catalog, values, *of_sums, findings, empty_table(catalog, "core_finding_cells"))
        marks.append(time.process_time())
        took = [end - start for start, end in pairwise(marks)]
        compared, rules, rollup = compared + took[0], rules + took[1], rollup + took[2]
        reports, found = reports + tables["core_reports"].num_rows, found + len(said)
    return AreaRun(reports, areas, rollup, compared, rules, found)


def _with_areas(tables: Mapping[str, pa.Table], size: int) -> dict[str, pa.Table]:
    bodies = query(_BODIES.format(size=size), core_reports=tables["core_reports"])
    cells = query(_CELLS, core_area_bodies=bodies, core_cells=tables["core_cells"])
    return {**tables, "core_area_bodies": bodies, "core_report_coverage": query(_COVERAGE, core_area_bodies=bodies), "core_cells": cells}


def main() -> None:
    """`python -m benchmarks.areas [REPORTS AREAS]…`: a line for each pair."""
    numbers = [int(text) for text in sys.argv[1:]] or [2500, 50, 5000, 100, 10_000, 200, 10_000, 20]
    catalog = load_catalog(DEFAULT_CATALOG)
    sys.stdout.write("reports  areas  out_rollup  compared  rules  with findings\n")
    for count, areas in zip(numbers[::2], numbers[1::2], strict=True):
        run = measure(catalog, count, areas)
        sys.stdout.write(
            f"{run.reports:7}  {run.areas:5}  {run.rollup:9.2f}s  {run.compared:7.2f}s  {run.rules:5.2f}s  {run.with_findings:13}\n"
        )


if __name__ == "__main__":
    main()
