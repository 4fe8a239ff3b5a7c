"""out_findings: what was found in the current reports, with the rule's name and the place in the file."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.indicators.relations import declared, query, rules_relation

_FINDINGS = """
    WITH first_cell AS (
        SELECT finding_id, arg_min(location, position) AS location, arg_min(raw, position) AS raw
        FROM core_finding_cells GROUP BY finding_id
    )
    SELECT finding.*, rule.title_zh, report.path, located.probable,
           coalesce(first_cell.location, '') AS location, coalesce(first_cell.raw, '') AS raw,
           'open' AS status, CAST(NULL AS VARCHAR) AS decision_reason, CAST(NULL AS VARCHAR) AS decided_by, CAST(NULL AS DATE) AS decided_on
    FROM core_findings AS finding
    JOIN core_reports AS report ON report.report_id = finding.report_id AND report.is_current
    LEFT JOIN rule ON rule.rule = finding.rule AND rule.part = finding.part
    LEFT JOIN first_cell ON first_cell.finding_id = finding.finding_id
    LEFT JOIN core_finding_parts AS located ON located.finding_id = finding.finding_id
"""

_UNKNOWN = "SELECT rule, part FROM out_findings WHERE title_zh IS NULL ORDER BY ALL LIMIT 1"


def out_findings(
    catalog: Catalog, core_findings: pa.Table, core_finding_cells: pa.Table, core_reports: pa.Table, core_finding_parts: pa.Table
) -> pa.Table:
    """The findings of current reports; location and raw are those of the first cell of each, "" where it has no cells.

    Raises SchemaError where a finding names a rule that is not in the catalogue.
    """
    findings = declared(
        catalog,
        "out_findings",
        _FINDINGS,
        core_findings=core_findings,
        core_finding_cells=core_finding_cells,
        core_reports=core_reports,
        core_finding_parts=core_finding_parts,
        rule=rules_relation(catalog),
    )
    if findings["title_zh"].null_count:
        stray = query(_UNKNOWN, out_findings=findings).to_pylist()[0]
        raise SchemaError(f"core_findings：目录没有规则 {stray['rule']} {stray['part']}。")
    return findings
