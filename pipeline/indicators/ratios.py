"""out_indicators: every indicator of the catalogue for every body of a year, with numerator and denominator."""

from __future__ import annotations

from collections import Counter

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.indicators.relations import AMOUNT, declared, due_relation, relation
from pipeline.indicators.terms import CompiledIndicator, compile_indicators

# A side is known only where every cell it needs is a number: blank is not zero.
# A table that was not found counts under the form due for the year, so that its indicators show as missing.
_INDICATORS = """
    WITH found_table AS (SELECT DISTINCT agency_id, agency_name, report_year, "table", form FROM out_values),
    report_table AS (
        SELECT * FROM found_table
        UNION ALL
        SELECT body.agency_id, body.agency_name, body.report_year, due."table", due.form
        FROM (SELECT DISTINCT agency_id, agency_name, report_year FROM out_values) AS body
        JOIN due USING (report_year)
        ANTI JOIN found_table USING (agency_id, report_year, "table")
    ),
    needed AS (
        SELECT agency_id, agency_name, report_year, indicator, sum(numerator_cells) AS numerator_cells,
               sum(denominator_cells) AS denominator_cells, CASE WHEN min(form) = max(form) THEN min(form) END AS form
        FROM report_table JOIN need USING (form, "table")
        GROUP BY agency_id, agency_name, report_year, indicator
        HAVING count(*) = max(need."tables")
    ),
    summed AS (
        SELECT agency_id, report_year, indicator,
               count(*) FILTER (side = 'numerator') AS numerator_found,
               count(*) FILTER (side = 'denominator') AS denominator_found,
               sum(value * coefficient) FILTER (side = 'numerator') AS numerator,
               sum(value * coefficient) FILTER (side = 'denominator') AS denominator
        FROM out_values JOIN term USING (form, field, applicant)
        WHERE state = 'number'
        GROUP BY agency_id, report_year, indicator
    ),
    known AS (
        SELECT needed.*, indicator.*,
               CASE WHEN numerator_found = numerator_cells
                    THEN TRY_CAST(summed.numerator + numerator_constant AS DECIMAL(24, 6)) END AS numerator,
               CASE WHEN is_ratio AND denominator_found = denominator_cells
                    THEN TRY_CAST(summed.denominator + denominator_constant AS DECIMAL(24, 6)) END AS denominator
        FROM needed
        JOIN indicator USING (indicator)
        LEFT JOIN summed USING (agency_id, report_year, indicator)
    ),
    shown AS (
        SELECT *, CASE
            WHEN numerator IS NULL OR (is_ratio AND denominator IS NULL) THEN 'missing'
            WHEN NOT is_ratio THEN 'level'
            WHEN denominator <= 0 OR denominator < minimum_denominator THEN 'counts'
            ELSE 'ratio' END AS shown_as
        FROM known
    )
    SELECT agency_id, agency_name, report_year, form, indicator, label, unit, shown_as,
           CASE WHEN is_ratio THEN numerator END AS numerator, denominator,
           CASE WHEN shown_as = 'ratio' THEN CAST(numerator AS DOUBLE) / CAST(denominator AS DOUBLE) END AS ratio,
           CASE WHEN shown_as = 'level' THEN numerator END AS level
    FROM shown
"""


def out_indicators(catalog: Catalog, out_values: pa.Table) -> pa.Table:
    """One row for each body of `out_values` and each indicator that exists for the forms its tables use.

    shown_as: `ratio`; `counts` where the denominator is below the indicator's minimum (or not above 0); `level` where there
    is no denominator; `missing` where a cell it needs is not a number (the side that is known stays). form is null where
    the cells come from tables of different forms. Raises CatalogError for a row of indicators.csv that does not fit.
    """
    compiled = compile_indicators(catalog)
    return declared(
        catalog,
        "out_indicators",
        _INDICATORS,
        out_values=out_values,
        due=due_relation(catalog, out_values["report_year"].unique().to_pylist()),
        indicator=_indicator_relation(compiled),
        term=_term_relation(compiled),
        need=_need_relation(compiled),
    )


def _indicator_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    names = ("indicator", "label", "unit", "minimum_denominator", "is_ratio", "numerator_constant", "denominator_constant")
    rows: list[dict[str, object]] = [{name: getattr(row, name) for name in names} for row in compiled]
    types = (pa.string(), pa.string(), pa.string(), pa.int64(), pa.bool_(), AMOUNT, AMOUNT)
    return relation(rows, **dict(zip(names, types, strict=True)))


def _term_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    names = ("side", "form", "field", "applicant", "coefficient")
    rows: list[dict[str, object]] = [
        {"indicator": row.indicator, **{name: getattr(term, name) for name in names}} for row in compiled for term in row.terms
    ]
    types = (pa.string(), pa.string(), pa.string(), pa.string(), pa.decimal128(9, 3))
    return relation(rows, indicator=pa.string(), **dict(zip(names, types, strict=True)))


def _need_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    """How many cells each side needs from each printed table, and from how many tables the indicator draws."""
    rows: list[dict[str, object]] = []
    for row in compiled:
        cells = Counter((term.form, term.table, term.side) for term in row.terms)
        places = dict.fromkeys((form, table) for form, table, _ in cells)
        tables = Counter(form for form, _ in places)
        rows += [
            {
                "indicator": row.indicator,
                "form": form,
                "table": table,
                "numerator_cells": cells[form, table, "numerator"],
                "denominator_cells": cells[form, table, "denominator"],
                "tables": tables[form],
            }
            for form, table in places
        ]
    counts = ("numerator_cells", "denominator_cells", "tables")
    return relation(rows, indicator=pa.string(), form=pa.string(), table=pa.string(), **dict.fromkeys(counts, pa.int64()))
