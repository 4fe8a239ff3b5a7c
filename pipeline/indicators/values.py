"""out_values: the cells of the reports in force, with their Chinese names and units."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.indicators.relations import declared, fields_relation, query

_VALUES = """
    SELECT report.agency_id, report.agency_name, report.report_year, cell.report_id, found.form, cell."table", cell.field,
           cell.applicant, field.label, cell.state, cell.value, field.unit, cell.raw
    FROM core_cells AS cell
    JOIN core_reports AS report USING (report_id)
    LEFT JOIN core_report_tables AS found ON found.report_id = cell.report_id AND found."table" = cell."table"
    LEFT JOIN fields AS field ON field.form = found.form AND field.field = cell.field AND field.applicant = cell.applicant
    WHERE report.is_current AND NOT cell.is_extra
"""

_STRAY = "SELECT report_id, form, field, applicant FROM out_values WHERE label IS NULL ORDER BY ALL LIMIT 1"


def out_values(catalog: Catalog, core_reports: pa.Table, core_cells: pa.Table, core_report_tables: pa.Table) -> pa.Table:
    """Every cell of every current report, under the form of the table in which it stands; extra columns left out.

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
    )
    if values["label"].null_count:
        stray = query(_STRAY, out_values=values).to_pylist()[0]
        raise SchemaError(
            f"core_cells：报告 {stray['report_id']} 的单元格 {stray['field']} {stray['applicant']} 不属于表格所用的格式 {stray['form']}。"
        )
    return values
