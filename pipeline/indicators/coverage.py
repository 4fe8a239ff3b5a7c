"""out_rule_coverage: how much each rule could assess in a year, so that a rule that tested nothing is seen."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.common.sql import query, relation
from pipeline.indicators.relations import declared, rules_relation

_COUNTS = ("passed", "failed", "not_assessable", "not_applicable", "blank_read_as_zero")
_SUMS = ", ".join(f"CAST(coalesce(sum(result.{name}), 0) AS BIGINT) AS {name}" for name in _COUNTS)

_COVERAGE = f"""
    WITH result AS (
        SELECT * FROM core_rule_results SEMI JOIN (SELECT report_id FROM core_reports WHERE is_current) USING (report_id)
    )
    SELECT asked.report_year, rule.rule, rule.part, rule.title_zh, rule.severity, {_SUMS},
           count(DISTINCT result.report_id) FILTER (result.passed + result.failed > 0) AS bodies
    FROM rule
    CROSS JOIN asked
    LEFT JOIN result ON result.rule = rule.rule AND result.part = rule.part AND result.report_year = asked.report_year
    GROUP BY asked.report_year, rule.rule, rule.part, rule.title_zh, rule.severity
"""

_UNKNOWN = "SELECT DISTINCT rule, part FROM core_rule_results ANTI JOIN rule USING (rule, part) ORDER BY ALL LIMIT 1"


def out_rule_coverage(catalog: Catalog, core_rule_results: pa.Table, core_reports: pa.Table, report_year: int) -> pa.Table:
    """One row for each rule of the catalogue: counts of places over the current reports of `report_year`.

    bodies: reports in which the rule could assess at least one place. A rule that met no report still has its row of
    zeros. Raises SchemaError where a result names a rule that is not in the catalogue, since its counts would be lost.
    """
    rules = rules_relation(catalog)
    unknown = query(_UNKNOWN, core_rule_results=core_rule_results, rule=rules).to_pylist()
    if unknown:
        raise SchemaError(f"core_rule_results：目录没有规则 {unknown[0]['rule']} {unknown[0]['part']}。")
    asked = relation([{"report_year": report_year}], report_year=pa.int32())
    return declared(
        catalog,
        "out_rule_coverage",
        _COVERAGE,
        core_rule_results=core_rule_results,
        core_reports=core_reports,
        rule=rules,
        asked=asked,
    )
