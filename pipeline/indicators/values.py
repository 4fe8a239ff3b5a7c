"""out_values: the cells of the reports in force, with their Chinese names and units, as printed and as corrected."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.common.sql import query, relation
from pipeline.indicators.relations import AMOUNT, declared, fields_relation

_VALUES = """
    SELECT report.agency_id, report.agency_name, report.report_year, cell.report_id, found.form, cell."table", cell.field,
           cell.applicant, field.label, cell.state, cell.value,
           CAST(correction.corrected_value AS DECIMAL(24, 6)) AS corrected_value, field.unit, cell.raw
    FROM core_cells AS cell
    JOIN core_reports AS report USING (report_id)
    LEFT JOIN core_report_tables AS found ON found.report_id = cell.report_id AND found."table" = cell."table"
    LEFT JOIN fields AS field ON field.form = found.form AND field.field = cell.field AND field.applicant = cell.applicant
    LEFT JOIN correction ON correction.report_id = cell.report_id AND correction.field = cell.field
         AND correction.applicant = cell.applicant
    WHERE report.is_current AND NOT cell.is_extra
"""

_IN_FORCE = """
    SELECT * REPLACE (
               CASE WHEN corrected_value IS NULL THEN state ELSE 'number' END AS state, coalesce(corrected_value, value) AS value
           ),
           CAST(corrected_value IS NOT NULL AS BIGINT) AS corrected_cells
    FROM printed
"""

_HOLDING = "SELECT report_id, field, applicant, corrected_value FROM corrections WHERE decision_state = 'in_force'"

_STRAY = "SELECT report_id, form, field, applicant FROM out_values WHERE label IS NULL ORDER BY ALL LIMIT 1"


def out_values(
    catalog: Catalog, core_reports: pa.Table, core_cells: pa.Table, core_report_tables: pa.Table, corrections: pa.Table | None = None
) -> pa.Table:
    """Every cell of every current report, under the form of the table in which it stands; extra columns left out.

    state, value and raw are as printed. corrections: core_corrections, of which those in force count.
    Raises SchemaError where a cell is not a cell of that form: it would have no name and no unit, and must not be lost.
    """
    values = declared(
        catalog,
        "out_values",
        _VALUES,
        core_reports=core_reports,
        core_cells=core_cells,
        core_report_tables=core_report_tables,
        fields=fields_relation(catalog),
        correction=no_corrections() if corrections is None else query(_HOLDING, corrections=corrections),
    )
    if values["label"].null_count:
        stray = query(_STRAY, out_values=values).to_pylist()[0]
        raise SchemaError(
            f"core_cells：报告 {stray['report_id']} 的单元格 {stray['field']} {stray['applicant']} 不属于表格所用的格式 {stray['form']}。"
        )
    return values


def figures_in_force(values: pa.Table) -> pa.Table:
    """out_values with the corrected value in place of the printed one, where there is one; corrected_cells: 1 there, else 0.

    Sums, indicators, comparisons and series are made of these; rules, and every place that shows a report, of the printed ones.
    """
    return query(_IN_FORCE, printed=values)


def no_corrections() -> pa.Table:
    """No correction, with the columns that are asked of them."""
    return relation([], report_id=pa.string(), field=pa.string(), applicant=pa.string(), corrected_value=AMOUNT)
