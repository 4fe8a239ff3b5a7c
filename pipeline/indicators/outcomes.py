"""out_harmonised: the outcome classes that all forms share, for every body of a year, with how many cells each lacked."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Indicator, Outcome
from pipeline.common.sql import relation
from pipeline.indicators.relations import declared, due_relation
from pipeline.indicators.terms import CompiledIndicator, compile_indicators
from pipeline.indicators.values import figures_in_force

# One form for each body: that of a table that was found before that which is due, and of two found the one due.
_HARMONISED = """
    WITH body AS (SELECT DISTINCT agency_id, agency_name, report_year FROM out_values),
    usable AS (
        SELECT found.agency_id, found.report_year, found.form, true AS is_found
        FROM (SELECT DISTINCT agency_id, report_year, form, "table" FROM out_values) AS found
        SEMI JOIN term USING (form, "table")
        UNION
        SELECT body.agency_id, report_year, due.form, false FROM body JOIN due USING (report_year) SEMI JOIN term USING (form, "table")
    ),
    chosen AS (
        SELECT usable.agency_id, usable.report_year, usable.form
        FROM usable LEFT JOIN (SELECT DISTINCT report_year, form FROM due) AS due_form USING (report_year)
        QUALIFY row_number() OVER (
            PARTITION BY usable.agency_id, usable.report_year
            ORDER BY NOT is_found, usable.form IS DISTINCT FROM due_form.form, usable.form DESC
        ) = 1
    ),
    summed AS (
        SELECT agency_id, report_year, form, outcome, count(*) AS found, sum(value * coefficient) AS value,
               CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells
        FROM out_values JOIN term USING (form, "table", field, applicant)
        WHERE state = 'number'
        GROUP BY ALL
    ),
    class AS (SELECT form, outcome, label, definition, count(*) AS cells FROM term GROUP BY ALL)
    SELECT body.agency_id, body.agency_name, report_year, form, class.outcome AS outcome_class, class.label, class.definition, class.cells,
           class.cells - coalesce(summed.found, 0) AS cells_lacking,
           CASE WHEN summed.found = class.cells THEN TRY_CAST(summed.value AS DECIMAL(24, 6)) END AS value,
           coalesce(summed.corrected_cells, 0) AS corrected_cells
    FROM body
    JOIN chosen USING (agency_id, report_year)
    JOIN class USING (form)
    LEFT JOIN summed USING (agency_id, report_year, form, outcome)
"""


def out_harmonised(catalog: Catalog, out_values: pa.Table) -> pa.Table:
    """One row for each body and each class of the form that it used: value (null where a cell is not a number) and cells_lacking.

    A body whose table was not found has the classes of the form due, without values. Raises CatalogError where outcomes.csv
    does not fit the forms.
    """
    return declared(
        catalog,
        "out_harmonised",
        _HARMONISED,
        out_values=figures_in_force(out_values),
        due=due_relation(catalog, out_values["report_year"].unique().to_pylist()),
        term=_term_relation(compile_outcomes(catalog)),
    )


@lru_cache(maxsize=8)
def compile_outcomes(catalog: Catalog) -> tuple[CompiledIndicator, ...]:
    """The rows of outcomes.csv as sums of cells for each form. Raises CatalogError where one names a cell that is not there."""
    return compile_indicators(replace(catalog, indicators=tuple(map(_as_level, catalog.outcomes))))


def definition_of(outcome: Outcome) -> str:
    """The id of a row: the class and its forms."""
    return f"{outcome.outcome}@{'+'.join(outcome.forms)}"


def _as_level(row: Outcome) -> Indicator:
    return Indicator(
        indicator=row.outcome,
        definition=definition_of(row),
        label_zh=row.label_zh,
        unit="件",
        forms=row.forms,
        each=(),
        numerator=row.cells,
        denominator=None,
        minimum_denominator=0,
        is_share=False,
        caveat_zh=row.previous_reason_zh,
        definition_zh=row.definition_zh,
    )


def _term_relation(compiled: tuple[CompiledIndicator, ...]) -> pa.Table:
    rows = [
        {
            "outcome": row.indicator,
            "label": row.label,
            "definition": row.definition,
            "form": term.form,
            "table": term.table,
            "field": term.field,
            "applicant": term.applicant,
            "coefficient": term.coefficient,
        }
        for row in compiled
        for term in row.terms
    ]
    names = ("outcome", "label", "definition", "form", "table", "field", "applicant")
    return relation(rows, **dict.fromkeys(names, pa.string()), coefficient=pa.decimal128(9, 3))
