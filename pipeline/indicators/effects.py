"""out_decision_effects: what each decision changed: a cell, findings, sums, indicators, each as it was printed and as it counts now."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import relation
from pipeline.indicators.coverage_effects import EFFECT_COLUMNS, no_coverage_effects
from pipeline.indicators.relations import declared

_PLAIN = "rtrim(rtrim(CAST({} AS VARCHAR), '0'), '.')"  # of a decimal with six digits
_CELL_STATE = "CASE expected_state WHEN 'blank' THEN '空白' WHEN 'not_applicable' THEN '不适用' ELSE '无法识别' END"
_RESULT = f"""
    CASE {{0}}shown_as WHEN 'ratio' THEN CAST(round({{0}}ratio, 6) AS VARCHAR) WHEN 'level' THEN {_PLAIN.format("{0}level")}
         WHEN 'counts' THEN concat_ws('/', {_PLAIN.format("{0}numerator")}, {_PLAIN.format("{0}denominator")}) ELSE '没有数字' END
"""
_COLUMNS = ", ".join(EFFECT_COLUMNS)

# A sum or an indicator that several corrections move is told with each of them; moved_together says how many.
_EFFECTS = f"""
    WITH held AS (FROM decision WHERE decision_state = 'in_force'),
    correction AS (FROM held WHERE decision_kind = 'correction'),
    cell AS (
        SELECT decision_id, 'cell' AS effect_kind, agency_id, agency_name, '' AS area_id, '' AS area_name, '' AS form, field AS item,
               applicant, label,
               CASE WHEN expected_state = 'number' THEN {_PLAIN.format("expected_value")} ELSE {_CELL_STATE} END AS before_text,
               {_PLAIN.format("corrected_value")} AS after_text
        FROM correction WHERE report_year = (SELECT report_year FROM asked)
    ),
    changed AS (FROM out_findings WHERE status = 'corrected' OR found_in = 'corrected'),
    by_cell AS (
        SELECT DISTINCT changed.finding_id, correction.decision_id
        FROM changed JOIN core_finding_cells AS cell USING (finding_id)
        JOIN correction ON correction.report_id = cell.report_id AND correction.field = cell.field
             AND correction.applicant = cell.applicant
    ),
    by_report AS (
        SELECT DISTINCT changed.finding_id, correction.decision_id
        FROM changed JOIN correction USING (report_id)
        WHERE changed.finding_id NOT IN (SELECT finding_id FROM by_cell)
    ),
    finding AS (
        SELECT decision_id, CASE WHEN status = 'corrected' THEN 'settled' ELSE 'caused' END AS effect_kind, agency_id, agency_name,
               '' AS area_id, '' AS area_name, '' AS form, finding_id AS item, '' AS applicant, rule || ' ' || title_zh AS label,
               CASE WHEN status = 'corrected' THEN message ELSE '相符' END AS before_text,
               CASE WHEN status = 'corrected' THEN '相符' ELSE message END AS after_text
        FROM changed JOIN (FROM by_cell UNION ALL FROM by_report) USING (finding_id)
    ),
    judged AS (
        SELECT held.decision_id, found.status AS effect_kind, found.agency_id, found.agency_name, '' AS area_id, '' AS area_name,
               '' AS form, finding_id AS item, '' AS applicant, found.rule || ' ' || title_zh AS label, '待处理' AS before_text,
               CASE found.status WHEN 'waived' THEN '已豁免' ELSE '已确认' END AS after_text
        FROM out_findings AS found JOIN held USING (finding_id)
        WHERE (found.status, decision_kind) IN (('waived', 'waiver'), ('confirmed', 'confirmation'))
    ),
    total AS (
        SELECT decision_id, 'sum' AS effect_kind, '' AS agency_id, '' AS agency_name, now.area_id, now.area_name, now.form,
               now.field AS item, now.applicant,
               now.label, coalesce({_PLAIN.format("now.printed_total")}, '没有数字') AS before_text,
               coalesce({_PLAIN.format("now.total")}, '没有数字') AS after_text
        FROM out_rollup AS now
        JOIN core_area_bodies AS placed ON placed.area_id = now.area_id
        JOIN correction ON correction.report_id = placed.report_id AND correction.field = now.field
             AND correction.applicant = now.applicant
        WHERE now.total IS DISTINCT FROM now.printed_total AND placed.is_counted
    ),
    indicator AS (
        SELECT decision_id, 'indicator' AS effect_kind, now.agency_id, now.agency_name, '' AS area_id, '' AS area_name, '' AS form,
               now.indicator AS item, '' AS applicant, now.label, now.printed_result AS before_text, now.result AS after_text
        FROM (SELECT *, {_RESULT.format("")} AS result, {_RESULT.format("printed_")} AS printed_result FROM out_indicators) AS now
        JOIN (
            SELECT decision_id, agency_id FROM correction WHERE report_year = (SELECT report_year FROM asked)
            UNION SELECT decision_id, before.agency_id
            FROM correction JOIN core_agency_predecessors AS before ON before.previous_agency_id = correction.agency_id
            WHERE correction.report_year = (SELECT report_year - 1 FROM asked)
        ) AS moving ON moving.agency_id = now.agency_id
        WHERE now.result IS DISTINCT FROM now.printed_result
    ),
    effect AS (
        SELECT {_COLUMNS} FROM cell UNION ALL SELECT {_COLUMNS} FROM finding UNION ALL SELECT {_COLUMNS} FROM judged
        UNION ALL SELECT {_COLUMNS} FROM total UNION ALL SELECT {_COLUMNS} FROM indicator
        UNION ALL SELECT {_COLUMNS} FROM overruled
    )
    SELECT asked.report_year, effect.*,
           count(*) OVER (PARTITION BY effect_kind, agency_id, area_id, form, item, applicant) AS moved_together
    FROM effect CROSS JOIN asked
"""


def out_decision_effects(catalog: Catalog, report_year: int, *, overruled: pa.Table | None = None, **tables: pa.Table) -> pa.Table:
    """One row for each thing that a decision in force changed in the figures and findings of a year.

    tables: decision (core_decisions), and of the year out_findings, core_finding_cells, core_area_bodies, core_agency_predecessors,
    out_rollup and out_indicators. overruled: what decisions on coverage changed (`coverage_effects`).
    """
    asked = relation([{"report_year": report_year}], report_year=pa.int32())
    return declared(
        catalog,
        "out_decision_effects",
        _EFFECTS,
        asked=asked,
        overruled=no_coverage_effects() if overruled is None else overruled,
        **tables,
    )
