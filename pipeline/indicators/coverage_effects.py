"""What a decision on the coverage of a report changed: the judgement, the sums of areas, and findings."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from pipeline.catalog.decisions import COVERAGES
from pipeline.catalog.model import Catalog
from pipeline.common.sql import query, relation

EFFECT_COLUMNS = ("decision_id", "effect_kind", "agency_id", "agency_name", "area_id", "area_name", "form", "item", "applicant", "label",
                  "before_text", "after_text")  # fmt: skip
_COLUMNS = ", ".join(EFFECT_COLUMNS)
_NOWHERE = "'' AS area_id, '' AS area_name, '' AS form"
# A finding is put down to the decisions on its body, on the body before it, and on a body of its area.
_EFFECTS = f"""
    WITH ruling AS (FROM decision WHERE decision_state = 'in_force' AND decision_kind = 'coverage'),
    of_year AS (FROM ruling WHERE report_year = (SELECT report_year FROM asked)),
    covered AS (
        SELECT decision_id, 'coverage' AS effect_kind, ruling.agency_id, ruling.agency_name, {_NOWHERE}, 'coverage' AS item,
               '' AS applicant, '报告范围' AS label, was.name AS before_text, now.name AS after_text
        FROM of_year AS ruling JOIN core_report_coverage AS told USING (decision_id)
        JOIN named AS was ON was.coverage = told.judged_coverage JOIN named AS now ON now.coverage = told.coverage
    ),
    reached AS (
        SELECT DISTINCT decision_id, area_id
        FROM of_year JOIN (
            SELECT area_id, agency_id FROM core_area_bodies UNION SELECT area_id, agency_id FROM judged_area_bodies
        ) USING (agency_id)
    ),
    counted AS (
        SELECT area_id, any_value(area_name) AS area_name, count(*) FILTER (is_now) AS now, count(*) FILTER (NOT is_now) AS was
        FROM (
            SELECT area_id, area_name, true AS is_now FROM core_area_bodies WHERE is_counted
            UNION ALL SELECT area_id, area_name, false FROM judged_area_bodies WHERE is_counted
        ) GROUP BY area_id
    ),
    moved AS (
        SELECT area_id, count(*) FILTER (now.total IS DISTINCT FROM was.total) AS totals,
               count(*) FILTER (now.difference IS DISTINCT FROM was.difference) AS differences
        FROM out_rollup AS now FULL JOIN judged_rollup AS was USING (area_id, form, field, applicant) GROUP BY area_id
    ),
    area AS (
        SELECT decision_id, 'area' AS effect_kind, '' AS agency_id, '' AS agency_name, area_id, area_name, '' AS form, 'area' AS item,
               '' AS applicant, '地区汇总' AS label, '计入 ' || was || ' 份报告' AS before_text,
               '计入 ' || now || ' 份报告；' || totals || ' 格合计、' || differences || ' 格差额改变' AS after_text
        FROM reached JOIN counted USING (area_id) JOIN moved USING (area_id)
        WHERE now <> was OR totals > 0 OR differences > 0
    ),
    changed AS (
        SELECT 'settled' AS effect_kind, * FROM judged_findings ANTI JOIN core_findings USING (finding_id)
        UNION ALL BY NAME SELECT 'caused' AS effect_kind, * FROM core_findings ANTI JOIN judged_findings USING (finding_id)
    ),
    behind AS (
        SELECT decision_id, agency_id FROM of_year
        UNION SELECT decision_id, area_id FROM reached
        UNION SELECT decision_id, before.agency_id
        FROM ruling JOIN core_agency_predecessors AS before ON before.previous_agency_id = ruling.agency_id
        WHERE ruling.report_year = (SELECT report_year - 1 FROM asked)
    ),
    finding AS (
        SELECT decision_id, effect_kind, agency_id, agency_name, {_NOWHERE}, finding_id AS item, '' AS applicant,
               rule || ' ' || title_zh AS label, CASE effect_kind WHEN 'settled' THEN message ELSE '没有这一问题' END AS before_text,
               CASE effect_kind WHEN 'settled' THEN '不再列为问题' ELSE message END AS after_text
        FROM changed JOIN titled USING (rule, part) JOIN behind USING (agency_id)
    )
    SELECT {_COLUMNS} FROM covered UNION ALL SELECT {_COLUMNS} FROM area UNION ALL SELECT {_COLUMNS} FROM finding
"""


def coverage_effects(catalog: Catalog, report_year: int, **tables: pa.Table) -> pa.Table:
    """One row for each thing that a decision on coverage changed in a year, with EFFECT_COLUMNS.

    tables: decision (core_decisions), and of the year core_report_coverage, core_area_bodies, out_rollup, core_findings (of printed
    figures), core_agency_predecessors; judged_area_bodies, judged_rollup and judged_findings: the same without these decisions.
    """
    named = [{"coverage": coverage, "name": name} for coverage, name in COVERAGES.items()]
    titled = [{"rule": rule.rule, "part": rule.part, "title_zh": rule.title_zh} for rule in catalog.rules]
    return query(
        _EFFECTS,
        asked=relation([{"report_year": report_year}], report_year=pa.int32()),
        named=relation(named, coverage=pa.string(), name=pa.string()),
        titled=relation(titled, rule=pa.string(), part=pa.string(), title_zh=pa.string()),
        **tables,
    )


def no_coverage_effects() -> pa.Table:
    """The same where nobody decided anything."""
    return relation([], **dict.fromkeys(EFFECT_COLUMNS, pa.string()))


def are_overruled(coverages: Iterable[pa.Table]) -> bool:
    """Whether core_report_coverage of any of some years has a decision that says something else than what was judged."""
    asked = "SELECT count(*) AS rows FROM told WHERE decision_id IS NOT NULL AND coverage <> judged_coverage"
    return any(query(asked, told=each)["rows"][0].as_py() for each in coverages)


def as_judged(coverage: pa.Table) -> pa.Table:
    """core_report_coverage as if nobody had decided anything."""
    return query("SELECT * REPLACE (judged_coverage AS coverage) FROM told", told=coverage)
