"""out_agency_comparison: the bodies of one year against each other, cell by cell and indicator by indicator."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.relations import declared
from pipeline.indicators.values import figures_in_force

# Of 表三 only the total column is compared: per kind of applicant most bodies have 0, and the table would be six times as large.
# Ranks are taken on the exact decimals (or on the ratio), not on measure_value.
_COMPARISON = """
    WITH measured AS (
        SELECT report_year, 'field' AS measure_kind, field AS measure, applicant, label, agency_id, agency_name,
               value AS amount, CAST(NULL AS DOUBLE) AS ratio,
               corrected_cells
        FROM out_values
        WHERE state = 'number' AND applicant IN ('', 'total')
        UNION ALL
        SELECT report_year, 'indicator', indicator, '', label, agency_id, agency_name, level, ratio, corrected_cells
        FROM out_indicators
        WHERE shown_as IN ('ratio', 'level')
    ),
    ranked AS (
        SELECT *, rank() OVER (one_measure ORDER BY amount DESC, ratio DESC) AS rank,
               count(*) OVER one_measure AS bodies, sum(amount) OVER one_measure AS whole, min(amount) OVER one_measure AS smallest
        FROM measured
        WINDOW one_measure AS (PARTITION BY report_year, measure_kind, measure, applicant)
    )
    SELECT report_year, measure_kind, measure, applicant, label, agency_id, agency_name, rank, bodies,
           coalesce(CAST(amount AS DOUBLE), ratio) AS measure_value,
           CASE WHEN bodies > 1 THEN (bodies - rank) / (bodies - 1) END AS percentile,
           CASE WHEN whole > 0 AND smallest >= 0 THEN CAST(amount AS DOUBLE) / CAST(whole AS DOUBLE) END AS share,
           corrected_cells
    FROM ranked
"""


def out_agency_comparison(catalog: Catalog, out_values: pa.Table, out_indicators: pa.Table) -> pa.Table:
    """One row for each body and each cell with a number, and each indicator with a ratio or a level, within a year.

    rank: largest first, ties share a rank. percentile: the share of the other bodies whose value is not larger, null where
    there is no other body. share: of the sum over all bodies; null for ratios, where the sum is 0, and where a value is
    negative (本年增/减), since parts of such a sum mean nothing.
    """
    return declared(catalog, "out_agency_comparison", _COMPARISON, out_values=figures_in_force(out_values), out_indicators=out_indicators)
