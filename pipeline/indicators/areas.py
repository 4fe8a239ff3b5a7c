"""out_area_indicators: how requests spread over the bodies of an area, and how many of its reports came in time."""

from __future__ import annotations

from collections.abc import Mapping

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import relation
from pipeline.indicators.intervals import wilson
from pipeline.indicators.relations import declared

_ALL = "全部单位"
_LARGEST = 10

# A body with a division code counts in that area and among all. A government reports on its whole area, so it is left out of both.
_AREAS = f"""
    WITH member AS (
        SELECT DISTINCT report.agency_id, report.report_year, area.area_id, area.area_name
        FROM core_reports AS report
        JOIN (SELECT agency_id, area_id, area_name FROM area UNION ALL SELECT DISTINCT agency_id, '', '{_ALL}' FROM core_reports) AS area
          USING (agency_id)
        WHERE report.is_current
    ),
    measured AS (
        SELECT area_id, area_name, report_year, indicator AS measure, level AS value, corrected_cells,
               row_number() OVER (PARTITION BY area_id, report_year, indicator ORDER BY level) AS place,
               row_number() OVER (PARTITION BY area_id, report_year, indicator ORDER BY level DESC) AS place_from_top
        FROM member JOIN out_indicators USING (agency_id, report_year)
        WHERE shown_as = 'level' AND agency_id NOT IN (SELECT agency_id FROM core_reports WHERE agency_kind = 'government')
    ),
    spread AS (
        SELECT area_id, area_name, report_year, measure, count(*) AS bodies, sum(value) AS whole,
               count(*) FILTER (value = 0) AS zeros, sum(value) FILTER (place_from_top <= {_LARGEST}) AS largest,
               CAST(sum(place * value) AS DOUBLE) AS ranked, CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells
        FROM measured GROUP BY ALL
    ),
    punctual AS (
        SELECT area_id, area_name, report_year, count(*) AS bodies, count(*) FILTER (days_late = 0) AS in_time
        FROM member JOIN out_submission_status USING (agency_id, report_year)
        WHERE days_late IS NOT NULL GROUP BY ALL
    ),
    counted AS (
        SELECT area_id, area_name, report_year, definition.*, bodies,
               CASE kind WHEN 'zero_share' THEN zeros WHEN 'top_share' THEN largest END AS numerator,
               CASE kind WHEN 'zero_share' THEN bodies WHEN 'top_share' THEN whole END AS denominator,
               CASE WHEN kind = 'gini' AND whole > 0 THEN 2 * ranked / (bodies * CAST(whole AS DOUBLE)) - (bodies + 1) / bodies END AS gini,
               corrected_cells
        FROM spread JOIN definition USING (measure)
        UNION ALL
        SELECT area_id, area_name, report_year, definition.*, bodies, in_time, bodies, NULL, 0
        FROM punctual JOIN definition ON definition.kind = 'on_time'
    ),
    shown AS (
        SELECT *, CASE
            WHEN kind = 'gini' THEN CASE WHEN gini IS NULL OR bodies < minimum_bodies THEN 'missing' ELSE 'ratio' END
            WHEN bodies < minimum_bodies OR denominator < 10 THEN 'counts'
            ELSE 'ratio' END AS shown_as,
            CASE WHEN kind IN ('zero_share', 'on_time') THEN CAST(denominator AS DOUBLE) END AS whole,
            CASE WHEN whole > 0 THEN CAST(numerator AS DOUBLE) / whole END AS share
        FROM counted
    )
    SELECT area_id, area_name, report_year, indicator, label, bodies, CAST(numerator AS DECIMAL(24, 6)) AS numerator,
           CAST(denominator AS DECIMAL(24, 6)) AS denominator,
           CASE WHEN shown_as = 'ratio' THEN coalesce(gini, CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE)) END AS ratio,
           {wilson("share", "whole")}, shown_as, indicator AS definition, caveat, corrected_cells
    FROM shown
"""


def out_area_indicators(
    catalog: Catalog,
    out_indicators: pa.Table,
    out_submission_status: pa.Table,
    core_reports: pa.Table,
    areas: Mapping[str, tuple[str, str]],
) -> pa.Table:
    """One row for each area, and one for all bodies together (area_id ""), and each indicator of area_indicators.csv.

    All tables: of one year. areas: id and name of the area by agency_id. ratio is null where there are too few bodies or cases
    (shown_as `counts`, or `missing` for the Gini coefficient, which has no counts).
    """
    rows = [
        {
            "indicator": row.indicator,
            "kind": row.kind,
            "measure": row.measure,
            "label": row.label_zh,
            "minimum_bodies": row.minimum_bodies,
            "caveat": row.caveat_zh,
        }
        for row in catalog.area_indicators
    ]
    names = ("indicator", "kind", "measure", "label", "caveat")
    placed = [{"agency_id": agency_id, "area_id": code, "area_name": name} for agency_id, (code, name) in sorted(areas.items())]
    return declared(
        catalog,
        "out_area_indicators",
        _AREAS,
        out_indicators=out_indicators,
        out_submission_status=out_submission_status,
        core_reports=core_reports,
        definition=relation(rows, **dict.fromkeys(names, pa.string()), minimum_bodies=pa.int64()),
        area=relation(placed, **dict.fromkeys(("agency_id", "area_id", "area_name"), pa.string())),
    )
