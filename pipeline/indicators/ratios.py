"""out_indicators: every indicator of the catalogue for every body of a year, with numerator and denominator."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import relation
from pipeline.indicators.intervals import wilson
from pipeline.indicators.quantities import no_quantities
from pipeline.indicators.relations import AMOUNT, declared, due_relation
from pipeline.indicators.terms import ANY_FORM, CompiledIndicator, compile_indicators
from pipeline.indicators.values import figures_in_force

# A side is known only where every cell it needs is a number: blank is not zero.
# A table that was not found counts under the form due for the year, so that its indicators show as missing.
# Of two formulas (a report with tables of two forms) the one whose tables were found stands, then that of the form due.
_INDICATORS = f"""
    WITH found_table AS (SELECT DISTINCT agency_id, agency_name, report_year, "table", form FROM out_values),
    report_table AS (
        SELECT *, true AS is_found FROM found_table
        UNION ALL
        SELECT body.agency_id, body.agency_name, body.report_year, due."table", due.form, false
        FROM (SELECT DISTINCT agency_id, agency_name, report_year FROM out_values) AS body
        JOIN due USING (report_year)
        ANTI JOIN found_table USING (agency_id, report_year, "table")
        UNION ALL
        SELECT DISTINCT agency_id, agency_name, report_year, source, '{ANY_FORM}', true FROM quantity
    ),
    needed AS (
        SELECT agency_id, agency_name, report_year, definition, sum(numerator_cells) AS numerator_cells,
               sum(denominator_cells) AS denominator_cells, bool_and(is_found) AS is_found,
               CASE WHEN count(DISTINCT nullif(form, '{ANY_FORM}')) = 1 THEN max(nullif(form, '{ANY_FORM}')) END AS form
        FROM report_table JOIN need USING (form, "table")
        GROUP BY agency_id, agency_name, report_year, definition
        HAVING count(*) = max(need."tables")
    ),
    cell AS (
        SELECT agency_id, report_year, form, field, applicant, false AS previous, value, corrected_cells
        FROM out_values WHERE state = 'number'
        UNION ALL
        SELECT agency_id, report_year + 1, form, field, applicant, true, value, corrected_cells FROM last_year WHERE state = 'number'
        UNION ALL
        SELECT agency_id, report_year, '{ANY_FORM}', quantity, '', false, value, 0 FROM quantity
    ),
    summed AS (
        SELECT agency_id, report_year, definition, CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells,
               count(*) FILTER (side = 'numerator') AS numerator_found,
               count(*) FILTER (side = 'denominator') AS denominator_found,
               sum(value * coefficient) FILTER (side = 'numerator') AS numerator,
               sum(value * coefficient) FILTER (side = 'denominator') AS denominator
        FROM cell JOIN term USING (form, field, applicant, previous)
        GROUP BY agency_id, report_year, definition
    ),
    known AS (
        SELECT needed.*, indicator.*, coalesce(summed.corrected_cells, 0) AS corrected_cells,
               CASE WHEN numerator_found = numerator_cells
                    THEN TRY_CAST(summed.numerator + numerator_constant AS DECIMAL(24, 6)) END AS numerator,
               CASE WHEN is_ratio AND denominator_found = denominator_cells
                    THEN TRY_CAST(summed.denominator + denominator_constant AS DECIMAL(24, 6)) END AS denominator
        FROM needed
        JOIN indicator USING (definition)
        LEFT JOIN summed USING (agency_id, report_year, definition)
    ),
    shown AS (
        SELECT *, CASE
            WHEN numerator IS NULL OR (is_ratio AND denominator IS NULL) THEN 'missing'
            WHEN NOT is_ratio THEN 'level'
            WHEN denominator <= 0 OR denominator < minimum_denominator THEN 'counts'
            ELSE 'ratio' END AS shown_as,
            CASE WHEN is_share AND 0 <= numerator AND numerator <= denominator AND denominator > 0
                 THEN CAST(denominator AS DOUBLE) END AS whole,
            CAST(numerator AS DOUBLE) / whole AS share
        FROM known
    ),
    chosen AS (
        SELECT shown.* FROM shown LEFT JOIN (SELECT DISTINCT report_year, form FROM due) AS due_form USING (report_year)
        QUALIFY row_number() OVER (
            PARTITION BY agency_id, report_year, indicator
            ORDER BY NOT is_found, shown.form IS DISTINCT FROM due_form.form, definition
        ) = 1
    )
    SELECT agency_id, agency_name, report_year, form, indicator, label, unit, shown_as,
           CASE WHEN is_ratio THEN numerator END AS numerator, denominator,
           CASE WHEN shown_as = 'ratio' THEN CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE) END AS ratio,
           {wilson("share", "whole")},
           CASE WHEN shown_as = 'level' THEN numerator END AS level,
           definition, caveat, corrected_cells
    FROM chosen
"""


def out_indicators(
    catalog: Catalog, out_values: pa.Table, quantities: pa.Table | None = None, last_year: pa.Table | None = None
) -> pa.Table:
    """One row for each body of `out_values` and each indicator that exists for the forms its tables use.

    quantities: see `quantities_relation`; an indicator that needs one exists only where it is known. last_year: out_values
    of the year before, under the ids that the bodies have this year.
    shown_as: `ratio`; `counts` where the denominator is below the indicator's minimum (or not above 0); `level` where there
    is no denominator; `missing` where a cell it needs is not a number (the side that is known stays). form is null where
    the cells come from tables of different forms. ratio_low, ratio_high: the Wilson interval at 95 %, for shares of a whole.
    Raises CatalogError for a row of indicators.csv that does not fit.
    """
    compiled = compile_indicators(catalog)
    return declared(
        catalog,
        "out_indicators",
        _INDICATORS,
        out_values=figures_in_force(out_values),
        last_year=figures_in_force(out_values.slice(0, 0) if last_year is None else last_year),
        quantity=no_quantities() if quantities is None else quantities,
        due=due_relation(catalog, out_values["report_year"].unique().to_pylist()),
        indicator=_indicator_relation(compiled),
        term=_term_relation(compiled),
        need=_need_relation(compiled),
    )


def _indicator_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    types = {
        "definition": pa.string(),
        "indicator": pa.string(),
        "label": pa.string(),
        "unit": pa.string(),
        "minimum_denominator": pa.int64(),
        "is_ratio": pa.bool_(),
        "is_share": pa.bool_(),
        "numerator_constant": AMOUNT,
        "denominator_constant": AMOUNT,
    }
    rows: list[dict[str, object]] = [{**{name: getattr(row, name) for name in types}, "caveat": row.caveat_zh} for row in compiled]
    return relation(rows, **types, caveat=pa.string())


def _term_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    names = ("side", "form", "field", "applicant", "coefficient", "previous")
    rows: list[dict[str, object]] = [
        {"definition": row.definition, **{name: getattr(term, name) for name in names}} for row in compiled for term in row.terms
    ]
    types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.decimal128(9, 3), pa.bool_())
    return relation(rows, definition=pa.string(), **dict(zip(names, types, strict=True)))


def _need_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    """How many cells each side needs from each printed table (or source of quantities), and from how many a formula draws."""
    rows: list[dict[str, object]] = []
    for row in compiled:
        cells = Counter((term.form, term.table, term.side) for term in row.terms)
        places = dict.fromkeys((form, table) for form, table, _ in cells)
        tables = Counter(form for form, _ in places)
        beside = tables.pop(ANY_FORM, 0)
        most = max(tables.values(), default=0) + beside
        rows += [
            {
                "definition": row.definition,
                "form": form,
                "table": table,
                "numerator_cells": cells[form, table, "numerator"],
                "denominator_cells": cells[form, table, "denominator"],
                "tables": most if form == ANY_FORM else tables[form] + beside,
            }
            for form, table in places
        ]
    counts = ("numerator_cells", "denominator_cells", "tables")
    return relation(rows, definition=pa.string(), form=pa.string(), table=pa.string(), **dict.fromkeys(counts, pa.int64()))
