"""Numbers about a report and its body that stand in no cell of a form: when it came, what the rules say of it, who lives there."""

from __future__ import annotations

from collections.abc import Sequence

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.population import Population
from pipeline.common.errors import CatalogError
from pipeline.common.sql import query, relation
from pipeline.indicators.relations import AMOUNT, rules_relation

_TYPES = {
    "agency_id": pa.string(),
    "agency_name": pa.string(),
    "report_year": pa.int32(),
    "source": pa.string(),
    "quantity": pa.string(),
    "value": AMOUNT,
}

# Of what prose states only a figure of this year and this body counts, exact and the same wherever it stands.
# A rule holds or not once for each report, however many places it looks at: a large table must not outweigh all other rules.
_QUANTITIES = """
    WITH current_report AS (
        SELECT report_id, agency_id, agency_name, report_year, published_on, form_due FROM core_reports
        WHERE is_current AND agency_id IS NOT NULL AND report_year IS NOT NULL
    ),
    body AS (SELECT DISTINCT agency_id, agency_name, report_year FROM current_report),
    published AS (
        SELECT agency_id, report_year, date_diff('day', make_date(report_year, 12, 31), published_on) AS lag_days
        FROM current_report WHERE published_on IS NOT NULL
    ),
    ruled AS (
        SELECT report_year, report.agency_id, severity, count(*) AS applicable, count(*) FILTER (outcome = 'pass') AS held
        FROM core_rule_results AS result
        JOIN current_report AS report USING (report_id, report_year)
        JOIN rule USING (rule, part)
        WHERE outcome IN ('pass', 'fail') AND severity IN ('E', 'W') AND NOT weak
        GROUP BY ALL
    ),
    counted AS (
        SELECT agency_id, report_year,
               coalesce(max(held) FILTER (severity = 'E'), 0) AS errors_held,
               coalesce(max(applicable) FILTER (severity = 'E'), 0) AS errors_applicable,
               coalesce(max(held) FILTER (severity = 'W'), 0) AS warnings_held,
               coalesce(max(applicable) FILTER (severity = 'W'), 0) AS warnings_applicable
        FROM ruled GROUP BY ALL
    ),
    resident AS (
        SELECT body.agency_id, body.report_year, population.value
        FROM body JOIN population
          ON population.report_year = body.report_year AND population.body IN (body.agency_id, body.agency_name)
    ),
    claimed AS (
        SELECT agency_id, report_year, stated.quantity, any_value(claim.value) AS value
        FROM core_claims AS claim
        JOIN current_report AS report USING (report_id, report_year)
        JOIN stated ON stated.measure = claim.claim_measure AND stated.form = report.form_due
        WHERE claim_kind IN ('figure', 'none') AND claim_period = 'this' AND claim_scope <> 'area' AND NOT approximate
              AND value_to IS NULL AND whole_claim IS NULL AND claim.value IS NOT NULL
        GROUP BY ALL HAVING count(DISTINCT claim.value) = 1
    ),
    listed AS (
        SELECT agency_id, report_year, 'publication.lag_days' AS quantity, lag_days AS value FROM published
        UNION ALL
        SELECT agency_id, report_year, 'rules.' || name, value
        FROM (UNPIVOT counted ON errors_held, errors_applicable, warnings_held, warnings_applicable INTO NAME name VALUE value)
        UNION ALL
        SELECT agency_id, report_year, 'population.residents', value FROM resident
        UNION ALL
        SELECT agency_id, report_year, quantity, value FROM claimed
    )
    SELECT agency_id, agency_name, report_year, known.source, quantity, CAST(value AS DECIMAL(24, 6)) AS value
    FROM listed JOIN body USING (agency_id, report_year) JOIN known USING (quantity)
"""


def quantities_relation(
    catalog: Catalog,
    core_reports: pa.Table,
    core_rule_results: pa.Table,
    population: Sequence[Population] = (),
    core_claims: pa.Table | None = None,
) -> pa.Table:
    """agency_id, agency_name, report_year, source, quantity, value: one row for each quantity that is known of a current report.

    All tables: of one year. A rule that could not be assessed, or does not apply, does not count. Raises CatalogError where
    quantities.csv does not have a quantity that is made here: no indicator could use it.
    """
    made = {"publication.lag_days", "population.residents"}
    made |= {f"rules.{severity}_{what}" for severity in ("errors", "warnings") for what in ("held", "applicable")}
    made |= {row.quantity for row in catalog.quantities if row.claims}
    known = {row.quantity for row in catalog.quantities}
    if made != known:
        raise CatalogError(f"quantities.csv：应有且只有 {'、'.join(sorted(made))}。")
    return query(
        _QUANTITIES,
        core_reports=core_reports,
        core_rule_results=core_rule_results,
        core_claims=empty_claims() if core_claims is None else core_claims,
        stated=_stated_relation(catalog),
        rule=rules_relation(catalog),
        known=relation(
            [{"quantity": row.quantity, "source": row.source} for row in catalog.quantities], quantity=pa.string(), source=pa.string()
        ),
        population=relation(
            [{"body": row.body, "report_year": row.report_year, "value": row.residents} for row in population],
            body=pa.string(),
            report_year=pa.int32(),
            value=pa.int64(),
        ),
    ).cast(pa.schema(list(_TYPES.items())))


def _stated_relation(catalog: Catalog) -> pa.Table:
    """quantity, measure, form: which measures of claims give which quantity, for reports due in which form."""
    rows = [
        {"quantity": row.quantity, "measure": measure, "form": form}
        for row in catalog.quantities
        for measure in row.claims
        for form in row.forms
    ]
    return relation(rows, quantity=pa.string(), measure=pa.string(), form=pa.string())


def empty_claims() -> pa.Table:
    """No claims, with the columns that are asked of them."""
    texts = dict.fromkeys(("report_id", "claim_measure", "claim_kind", "claim_period", "claim_scope"), pa.string())
    return relation([], **texts, report_year=pa.int32(), approximate=pa.bool_(), value=AMOUNT, value_to=AMOUNT, whole_claim=pa.int64())


def no_quantities() -> pa.Table:
    """The relation without rows."""
    return relation([], **_TYPES)
