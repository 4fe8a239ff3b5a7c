"""out_year_over_year: every cell beside the cell (or the sum of cells) of last year's report that it may be compared with."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.comparability import pair_relation, pairs, term_relation
from pipeline.indicators.coverage_breaks import no_breaks
from pipeline.indicators.relations import declared
from pipeline.indicators.succession import last_year, this_year, unchanged

_STATE = "CASE {} WHEN 'blank' THEN '该格空白' WHEN 'not_applicable' THEN '该格填的是“无”一类的符号' ELSE '该格无法识别' END"

# Last year's form is that of the table in which the counterpart stands; of two such forms the one that can be compared counts.
_YEAR_OVER_YEAR = f"""
    WITH body AS (
        SELECT DISTINCT unnest([agency_id, group_id]) AS agency_id, group_id, link, previous_name,
               bool_or(agency_id = previous_agency_id) OVER (PARTITION BY group_id) AND link IN ('same', 'transfer') AS is_itself
        FROM groups
    ),
    last_value AS (SELECT *, report_year + 1 AS next_year FROM last_year),
    last_report AS (SELECT DISTINCT agency_id, next_year FROM last_value),
    last_table AS (SELECT DISTINCT agency_id, next_year, "table", form FROM last_value),
    chosen AS (
        SELECT this.agency_id, this.report_year, this.field, this.applicant, pair.previous_form, pair.comparable, pair.reason, pair.cells
        FROM this_year AS this
        JOIN pair USING (form, field, applicant)
        JOIN last_table ON last_table.agency_id = this.agency_id AND last_table.next_year = this.report_year
             AND last_table.form = pair.previous_form AND last_table."table" = coalesce(pair.previous_table, last_table."table")
        QUALIFY row_number() OVER (
            PARTITION BY this.agency_id, this.report_year, this.field, this.applicant
            ORDER BY pair.comparable = 'no', pair.previous_form <> this.form, pair.previous_form DESC
        ) = 1
    ),
    added AS (
        SELECT this.agency_id, this.report_year, this.field, this.applicant, count(*) AS found,
               count(*) FILTER (last.state = 'number') AS numbers,
               TRY_CAST(sum(last.value) FILTER (last.state = 'number') AS DECIMAL(24, 6)) AS value,
               min(last.state) FILTER (last.state <> 'number') AS state,
               CAST(sum(last.corrected_cells) AS BIGINT) AS corrected_cells
        FROM this_year AS this
        JOIN chosen USING (agency_id, report_year, field, applicant)
        JOIN term ON term.form = this.form AND term.field = this.field AND term.applicant = this.applicant
             AND term.previous_form = chosen.previous_form
        JOIN last_value AS last ON last.agency_id = this.agency_id AND last.next_year = this.report_year AND last.form = term.previous_form
             AND last.field = term.previous_field AND last.applicant = term.previous_applicant
        GROUP BY ALL
    ),
    beside AS (
        SELECT this.* REPLACE (this.corrected_cells + coalesce(added.corrected_cells, 0) AS corrected_cells),
               CASE WHEN added.numbers = chosen.cells THEN added.value END AS previous_value,
               body.link,
               CASE WHEN NOT body.is_itself THEN body.previous_name END AS previous_name,
               CASE
                   WHEN body.group_id <> this.agency_id THEN '本年分设或重组，与上年比较见有关各单位的合计'
                   WHEN body.link = 'established' THEN '本年新设'
                   WHEN body.link = 'ended' THEN '按单位登记表，该单位当年已并入或改为其他单位'
                   WHEN last_report.agency_id IS NULL AND body.link IN ('merge', 'regroup') THEN '上年各单位的报告不齐，不能相加'
                   WHEN last_report.agency_id IS NULL THEN '上年没有可用的报告'
                   WHEN apart.reason IS NOT NULL THEN apart.reason
                   WHEN chosen.comparable IS NULL THEN '上年报告中没有读到这张表'
                   WHEN chosen.comparable = 'no' THEN chosen.reason
                   WHEN this.state <> 'number' THEN '本年' || {_STATE.format("this.state")}
                   WHEN coalesce(added.found, 0) < chosen.cells THEN '上年报告缺少该格'
                   WHEN added.numbers < chosen.cells AND chosen.cells > 1 THEN '上年有关各格不全是数字，不能相加'
                   WHEN added.numbers < chosen.cells THEN '上年' || {_STATE.format("added.state")}
               END AS obstacle,
               CASE WHEN body.link = 'transfer' AND chosen.comparable = 'yes' THEN 'weakly' ELSE chosen.comparable END AS by_definition,
               CASE WHEN body.link = 'transfer' THEN concat_ws('；', nullif(chosen.reason, ''), '本年有部分职能划转')
                    ELSE chosen.reason END AS reason
        FROM this_year AS this
        LEFT JOIN body USING (agency_id)
        LEFT JOIN chosen USING (agency_id, report_year, field, applicant)
        LEFT JOIN added USING (agency_id, report_year, field, applicant)
        LEFT JOIN last_report ON last_report.agency_id = this.agency_id AND last_report.next_year = this.report_year
        LEFT JOIN apart ON apart.agency_id = this.agency_id
    ),
    compared AS (
        SELECT *, CASE WHEN obstacle IS NULL THEN TRY_CAST(value - previous_value AS DECIMAL(24, 6)) END AS change FROM beside
    )
    SELECT agency_id, agency_name, report_year, "table", field, applicant, label, unit, value, previous_value, change,
           CASE WHEN previous_value > 0 THEN CAST(change AS DOUBLE) / CAST(previous_value AS DOUBLE) * 100 END AS percent_change,
           CASE WHEN obstacle IS NULL THEN by_definition ELSE 'no' END AS comparable,
           coalesce(obstacle, reason) AS comparable_reason, coalesce(link, 'same') AS link, previous_name,
           corrected_cells
    FROM compared
"""


def out_year_over_year(
    catalog: Catalog,
    values_this_year: pa.Table,
    values_last_year: pa.Table,
    predecessors: pa.Table | None = None,
    apart: pa.Table | None = None,
) -> pa.Table:
    """One row for each cell of this year's out_values, with last year's value, change and per cent.

    previous_value: of the cell that bridges.csv names, or the sum of the cells. comparable is `no`, with a reason, where the
    forms differ in meaning, where last year's report or table is missing and where one of the cells is not a number; values
    that exist stay side by side, change and per cent are then null. percent_change is null also where last year's value is 0
    or negative. Rows of other years in `values_last_year` do no harm.
    predecessors: core_agency_predecessors of the year; without it every body is compared with itself. A renamed body is compared
    with the one of the old name, a merged one with the sum of those that went into it; of a split there is a row more, under
    the ids joined by +, that compares the sum of what came out of it, while its bodies are compared with nothing. link says so.
    apart: see `coverage_breaks`.
    """
    listed = pairs(catalog)
    groups = unchanged(values_this_year) if predecessors is None else predecessors
    return declared(
        catalog,
        "out_year_over_year",
        _YEAR_OVER_YEAR,
        this_year=this_year(values_this_year, groups),
        last_year=last_year(values_last_year, groups),
        groups=groups,
        apart=no_breaks() if apart is None else apart,
        pair=pair_relation(listed),
        term=term_relation(listed),
    )
