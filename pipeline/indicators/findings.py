"""out_findings: what was found in the current reports, with the rule's name, the place in the file, and what people decided about it."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.common.sql import query, relation
from pipeline.indicators.relations import declared, rules_relation

_NUMBER = "rtrim(rtrim(CAST({} AS VARCHAR), '0'), '.')"
_STATES = "CASE expected_state WHEN 'blank' THEN '空白' WHEN 'not_applicable' THEN '不适用' ELSE '无法识别' END"
_SHOWN = f"CASE WHEN expected_state = 'number' THEN {_NUMBER.format('expected_value')} ELSE {_STATES} END"

# Of several waivers (or confirmations) of one finding that hold, the one decided last counts.
_FINDINGS = f"""
    WITH first_cell AS (
        SELECT finding_id, arg_min(location, position) AS location, arg_min(raw, position) AS raw
        FROM core_finding_cells GROUP BY finding_id
    ),
    held AS (
        SELECT finding_id, decision_kind, decision_state, valid_until, decision_reason AS reason, decided_by, decided_on
        FROM decision WHERE decision_kind <> 'correction' AND decision_state IN ('in_force', 'expired')
        QUALIFY row_number() OVER (
            PARTITION BY finding_id, decision_kind, decision_state ORDER BY decided_on DESC, decision_id
        ) = 1
    ),
    touching AS (
        SELECT DISTINCT cell.finding_id, decision.decided_by, decision.decided_on,
               decision.label || '由“' || {_SHOWN} || '”更正为“' || {_NUMBER.format("decision.corrected_value")} || '”（'
               || decision.decision_reason || '）' AS said
        FROM core_finding_cells AS cell
        JOIN decision ON decision.report_id = cell.report_id AND decision.field = cell.field AND decision.applicant = cell.applicant
        WHERE decision_kind = 'correction' AND decision_state = 'in_force'
    ),
    correction AS (
        SELECT finding_id, string_agg(said, '；' ORDER BY said) AS reason,
               string_agg(DISTINCT decided_by, '、' ORDER BY decided_by) AS decided_by, max(decided_on) AS decided_on
        FROM touching GROUP BY finding_id
    ),
    decided AS (
        SELECT finding.finding_id,
               CASE WHEN settled THEN 'corrected' WHEN waiver.finding_id IS NOT NULL THEN 'waived'
                    WHEN confirmation.finding_id IS NOT NULL THEN 'confirmed' ELSE 'open' END AS status,
               concat_ws('；',
                   CASE status
                       WHEN 'corrected' THEN coalesce(correction.reason, '按更正后的数字核对，已不存在')
                       WHEN 'waived' THEN waiver.reason || coalesce('（有效期至 ' || CAST(waiver.valid_until AS VARCHAR) || '）', '')
                       WHEN 'confirmed' THEN confirmation.reason
                       ELSE '豁免已于 ' || CAST(lapsed.valid_until AS VARCHAR) || ' 到期：' || lapsed.reason END,
                   CASE WHEN found_in = 'corrected' THEN '按更正后的数字核对才出现' || coalesce('：' || correction.reason, '') END,
                   '更正后仍不符：' || after_correction
               ) AS decision_reason,
               CASE status WHEN 'corrected' THEN correction.decided_by WHEN 'waived' THEN waiver.decided_by
                    WHEN 'confirmed' THEN confirmation.decided_by END AS decided_by,
               CASE status WHEN 'corrected' THEN correction.decided_on WHEN 'waived' THEN waiver.decided_on
                    WHEN 'confirmed' THEN confirmation.decided_on END AS decided_on
        FROM core_findings AS finding
        LEFT JOIN correction USING (finding_id)
        LEFT JOIN (FROM held WHERE decision_kind = 'waiver' AND decision_state = 'in_force') AS waiver USING (finding_id)
        LEFT JOIN (FROM held WHERE decision_kind = 'waiver' AND decision_state = 'expired') AS lapsed USING (finding_id)
        LEFT JOIN (FROM held WHERE decision_kind = 'confirmation') AS confirmation USING (finding_id)
    )
    SELECT finding.*, rule.title_zh, report.path, located.probable,
           coalesce(first_cell.location, '') AS location, coalesce(first_cell.raw, '') AS raw,
           decided.status, nullif(decided.decision_reason, '') AS decision_reason, decided.decided_by, decided.decided_on
    FROM core_findings AS finding
    JOIN core_reports AS report ON report.report_id = finding.report_id AND report.is_current
    JOIN decided ON decided.finding_id = finding.finding_id
    LEFT JOIN rule ON rule.rule = finding.rule AND rule.part = finding.part
    LEFT JOIN first_cell ON first_cell.finding_id = finding.finding_id
    LEFT JOIN core_finding_parts AS located ON located.finding_id = finding.finding_id
"""

_UNKNOWN = "SELECT rule, part FROM out_findings WHERE title_zh IS NULL ORDER BY ALL LIMIT 1"


def out_findings(
    catalog: Catalog,
    core_findings: pa.Table,
    core_finding_cells: pa.Table,
    core_reports: pa.Table,
    core_finding_parts: pa.Table,
    core_decisions: pa.Table | None = None,
) -> pa.Table:
    """The findings of current reports; location and raw are those of the first cell of each, "" where it has no cells.

    status: `corrected` where the finding does not hold in the corrected figures, else `waived` or `confirmed` by a decision in
    force, else `open`; decision_reason says why, of an open one also which waiver has expired. Raises SchemaError where a
    finding names a rule that is not in the catalogue.
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
        decision=_no_decisions() if core_decisions is None else core_decisions,
    )
    if findings["title_zh"].null_count:
        stray = query(_UNKNOWN, out_findings=findings).to_pylist()[0]
        raise SchemaError(f"core_findings：目录没有规则 {stray['rule']} {stray['part']}。")
    return findings


def _no_decisions() -> pa.Table:
    """No decision, with the columns that are asked of them."""
    names = ("decision_id", "decision_kind", "decision_state", "report_id", "field", "applicant", "label", "expected_state", "finding_id")
    texts = dict.fromkeys((*names, "decision_reason", "decided_by"), pa.string())
    amounts = dict.fromkeys(("expected_value", "corrected_value"), pa.decimal128(24, 6))
    return relation([], **texts, **amounts, decided_on=pa.date32(), valid_until=pa.date32())
