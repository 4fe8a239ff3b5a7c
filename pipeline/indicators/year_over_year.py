"""out_year_over_year: every cell beside the cell of last year's report that it may be compared with."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.comparability import comparability_relation
from pipeline.indicators.relations import declared

_STATE = "CASE {}.state WHEN 'blank' THEN '该格空白' WHEN 'not_applicable' THEN '该格填的是“无”一类的符号' ELSE '该格无法识别' END"

_YEAR_OVER_YEAR = f"""
    WITH last_value AS (SELECT *, report_year + 1 AS next_year FROM last_year),
    last_report AS (SELECT DISTINCT agency_id, next_year FROM last_value),
    last_table AS (SELECT DISTINCT agency_id, next_year, "table", form FROM last_value),
    beside AS (
        SELECT this.*,
               last.value AS previous_value,
               CASE
                   WHEN last_report.agency_id IS NULL THEN '上年没有可用的报告'
                   WHEN last_table.form IS NULL THEN '上年报告中没有读到这张表'
                   WHEN pair.comparable = 'no' THEN pair.reason
                   WHEN this.state <> 'number' THEN '本年' || {_STATE.format("this")}
                   WHEN last.state IS NULL THEN '上年报告缺少该格'
                   WHEN last.state <> 'number' THEN '上年' || {_STATE.format("last")}
               END AS obstacle,
               pair.comparable AS by_definition,
               pair.reason
        FROM this_year AS this
        LEFT JOIN last_report ON last_report.agency_id = this.agency_id AND last_report.next_year = this.report_year
        LEFT JOIN last_table ON last_table.agency_id = this.agency_id AND last_table.next_year = this.report_year
             AND last_table."table" = this."table"
        LEFT JOIN pair ON pair.form = this.form AND pair.field = this.field AND pair.applicant = this.applicant
             AND pair.previous_form = last_table.form
        LEFT JOIN last_value AS last ON last.agency_id = this.agency_id AND last.next_year = this.report_year
             AND last.field = pair.previous_field AND last.applicant = pair.previous_applicant AND last.form = pair.previous_form
    ),
    compared AS (
        SELECT *, CASE WHEN obstacle IS NULL THEN TRY_CAST(value - previous_value AS DECIMAL(24, 6)) END AS change FROM beside
    )
    SELECT agency_id, agency_name, report_year, "table", field, applicant, label, unit, value, previous_value, change,
           CASE WHEN previous_value > 0 THEN CAST(change AS DOUBLE) / CAST(previous_value AS DOUBLE) * 100 END AS percent_change,
           CASE WHEN obstacle IS NULL THEN by_definition ELSE 'no' END AS comparable,
           coalesce(obstacle, reason) AS comparable_reason
    FROM compared
"""


def out_year_over_year(catalog: Catalog, values_this_year: pa.Table, values_last_year: pa.Table) -> pa.Table:
    """One row for each cell of this year's out_values, with last year's value, change and per cent.

    comparable is `no`, with a reason, where the forms differ in meaning, where last year's report or table is missing and
    where one of the two cells is not a number; values that exist stay side by side, change and per cent are then null.
    percent_change is null also where last year's value is 0 or negative. Rows of other years in `values_last_year` do no harm.
    """
    return declared(
        catalog,
        "out_year_over_year",
        _YEAR_OVER_YEAR,
        this_year=values_this_year,
        last_year=values_last_year,
        pair=comparability_relation(catalog),
    )
