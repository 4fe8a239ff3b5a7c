"""out_rollup: all current reports of a year added up, cell by cell, in the layout of each form."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.relations import declared, due_relation, fields_relation
from pipeline.indicators.values import figures_in_force

# A report whose table was not found counts among the blanks of the form due for its year.
_ROLLUP = """
    WITH report AS (SELECT report_id, report_year FROM core_reports WHERE is_current AND report_year IS NOT NULL),
    found_table AS (SELECT report_id, "table", form FROM core_report_tables WHERE form IS NOT NULL),
    report_table AS (
        SELECT report.report_year, found_table."table", found_table.form FROM report JOIN found_table USING (report_id)
        UNION ALL
        SELECT report.report_year, due."table", due.form
        FROM report JOIN due USING (report_year) ANTI JOIN found_table USING (report_id, "table")
    ),
    expected AS (SELECT report_year, form, "table", count(*) AS reports FROM report_table GROUP BY ALL),
    added AS (
        SELECT report_year, form, field, applicant, sum(value) AS total, count(*) AS bodies,
               CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells
        FROM out_values WHERE state = 'number' GROUP BY ALL
    )
    SELECT expected.report_year, expected.form, expected."table", cell.field, cell.applicant, cell.label, cell.unit,
           TRY_CAST(added.total AS DECIMAL(24, 6)) AS total, coalesce(added.bodies, 0) AS bodies,
           expected.reports - coalesce(added.bodies, 0) AS bodies_blank, coalesce(added.corrected_cells, 0) AS corrected_cells
    FROM expected
    JOIN cell USING (form, "table")
    LEFT JOIN added ON added.report_year = expected.report_year AND added.form = expected.form AND added.field = cell.field
         AND added.applicant = cell.applicant
"""


def out_rollup(catalog: Catalog, out_values: pa.Table, core_reports: pa.Table, core_report_tables: pa.Table) -> pa.Table:
    """One row for each cell of each form in use (or due): the exact sum (money in yuan) over the current reports.

    total is null where no report has a number there; bodies counts the reports with a number, bodies_blank all others,
    with those whose table could not be found. Corrected values count in place of printed ones: corrected_cells of them.
    Everything current is added: a government's own 汇总 report among its
    departments' is the caller's to leave out.
    """
    return declared(
        catalog,
        "out_rollup",
        _ROLLUP,
        out_values=figures_in_force(out_values),
        core_reports=core_reports,
        core_report_tables=core_report_tables,
        due=due_relation(catalog, core_reports["report_year"].unique().to_pylist()),
        cell=fields_relation(catalog),
    )
