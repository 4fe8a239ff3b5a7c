"""Areas for the made reports: every fortieth body is the government of an area, with the sums of the 39 before it in its tables."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipeline.catalog import Catalog
from pipeline.common.sql import query
from pipeline.readers.records import Record
from pipeline.warehouse.schema import from_rows

_BODIES = 40  # of an area, its government last
_WRONG = 10  # areas, of which one is wrong
# A government adds up the numbers that it was sent, a blank as nothing; one in ten has got each twentieth cell wrong by one.
_SUMMED = """
    WITH added AS (
        SELECT body.whole AS report_id, cell.field, cell.applicant,
               coalesce(sum(cell.value), 0)
               + any_value(CASE WHEN body.is_wrong AND hash(cell.field, cell.applicant) % 20 = 0 THEN 1 ELSE 0 END) AS together
        FROM core_cells AS cell JOIN body USING (report_id) GROUP BY ALL
    )
    SELECT cell.* REPLACE (
        CASE WHEN together IS NOT NULL THEN together ELSE value END AS value,
        CASE WHEN together IS NOT NULL THEN 'number' ELSE state END AS state,
        CASE WHEN together IS NOT NULL THEN (together::BIGINT)::VARCHAR ELSE raw END AS raw
    ) FROM core_cells AS cell LEFT JOIN added USING (report_id, field, applicant)
"""


def with_areas(catalog: Catalog, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """The core tables of a year with areas: what governments cover, whom they add up, and their sums."""
    reports = sorted(tables["core_reports"].select(["report_id", "report_year", "agency_id", "agency_name"]).to_pylist(), key=_report_id)
    areas = [reports[start : start + _BODIES] for start in range(0, len(reports) - _BODIES + 1, _BODIES)]
    bodies = [_body(area[-1], body, is_first=body is area[0]) for area in areas for body in area[:-1]]
    governments = [{name: area[-1][name] for name in ("report_id", "report_year", "agency_id")} for area in areas]
    covered = [{**government, "coverage": "whole_area", "coverage_basis": "none", "coverage_reason": ""} for government in governments]
    summed_up = pa.table(
        {
            "report_id": [body["report_id"] for area in areas for body in area[:-1]],
            "whole": [area[-1]["report_id"] for area in areas for _ in area[:-1]],
            "is_wrong": [number % _WRONG == 0 for number, area in enumerate(areas) for _ in area[:-1]],
        }
    )
    cells = query(_SUMMED, core_cells=tables["core_cells"], body=summed_up).cast(tables["core_cells"].schema)
    return {
        **tables,
        "core_cells": cells,
        "core_report_coverage": from_rows(catalog, "core_report_coverage", covered),
        "core_area_bodies": from_rows(catalog, "core_area_bodies", bodies),
    }


def _report_id(row: Record) -> str:
    return str(row["report_id"])


def _body(government: Record, body: Record, is_first: bool) -> Record:
    told = {"body_role": "own" if is_first else "body", "body_reason": "", "is_counted": True, "is_expected": True}
    return {**body, **told, "area_id": government["agency_id"], "area_name": government["agency_name"]}
