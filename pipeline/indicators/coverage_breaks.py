"""Governments whose two reports cover different things: the own office in one year, the whole area in the other."""

from __future__ import annotations

import pyarrow as pa

from pipeline.common.sql import query, relation

# A body of which one of the reports is not known to cover either stays as it is.
_BREAKS = """
    WITH covered AS (
        SELECT DISTINCT group_id AS agency_id, '本年' AS side, coverage FROM groups LEFT JOIN now USING (agency_id)
        UNION ALL
        SELECT DISTINCT group_id, '上年', coverage FROM groups LEFT JOIN last ON last.agency_id = groups.previous_agency_id
    )
    SELECT agency_id, '两年报告的范围不同：' || string_agg(side || name, '，' ORDER BY side DESC, coverage) AS reason
    FROM covered LEFT JOIN named USING (coverage)
    GROUP BY agency_id HAVING count(*) = count(name) AND count(DISTINCT coverage) > 1
"""
_NAMED = ({"coverage": "own_office", "name": "为政府本级"}, {"coverage": "whole_area", "name": "为全地区"})
_BREAK_TYPES = {"agency_id": pa.string(), "reason": pa.string()}


def coverage_breaks(predecessors: pa.Table, coverage_this_year: pa.Table, coverage_last_year: pa.Table) -> pa.Table:
    """agency_id (the id of a group, where bodies are added up) and the reason, a row each, where no figures may be compared.

    predecessors: core_agency_predecessors of the year; the others: core_report_coverage of both years.
    """
    named = relation(_NAMED, coverage=pa.string(), name=pa.string())
    return query(_BREAKS, groups=predecessors, now=coverage_this_year, last=coverage_last_year, named=named)


def no_breaks() -> pa.Table:
    """The same where nothing is known of what reports cover."""
    return relation([], **_BREAK_TYPES)


def without_breaks(last: pa.Table, breaks: pa.Table) -> pa.Table:
    """Rows of the year before, under the ids that their bodies have in this one, that may be reckoned together with those of this one."""
    return query("SELECT * FROM last ANTI JOIN breaks USING (agency_id)", last=last, breaks=breaks)
