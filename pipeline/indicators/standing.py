"""Whose figures of the year before stand before whose, where bodies were renamed, merged or split (core_agency_predecessors)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.indicators.relations import query

_CARRIED_OVER = """
    WITH single AS (
        SELECT agency_id, min(previous_agency_id) AS previous_agency_id FROM core_agency_predecessors
        WHERE link IN ('same', 'transfer', 'rename') GROUP BY agency_id HAVING count(*) = 1
    )
    SELECT last.* REPLACE (single.agency_id AS agency_id) FROM last JOIN single ON single.previous_agency_id = last.agency_id
"""
_REASONS = {
    "merge": "本年由{before}合并而成，上年没有同一单位的数字",
    "split": "本年由{before}分设为{now}，上年没有同一单位的数字",
    "regroup": "{before}本年改组为{now}，上年没有同一单位的数字",
    "established": "本年新设，上年没有这一单位",
    "ended": "按单位登记表，本年已并入或改为其他单位",
    "transfer": "本年有职能划入或划出",
}


@dataclass(frozen=True)
class Standing:
    """A body of a year; previous_agency_id: whose report of the year before stands for it, None where no single one does."""

    agency_id: str
    lineage_id: str
    previous_agency_id: str | None
    succession: str
    reason: str


def standings(core_agency_predecessors: pa.Table, lineage_of: Callable[[str], str]) -> list[Standing]:
    """One for each body of the table, which holds one year."""
    rows = defaultdict(list)
    for row in core_agency_predecessors.to_pylist():
        rows[row["agency_id"]].append(row)
    found = []
    for agency_id, listed in rows.items():
        first = listed[0]
        single = first["previous_agency_id"] if first["link"] in ("same", "transfer", "rename") else None
        reason = _REASONS.get(first["link"], "").format(before=first["previous_name"], now=first["group_name"])
        found.append(Standing(agency_id, lineage_of(agency_id), single, first["link"], reason))
    return found


def carried_over(last: pa.Table, core_agency_predecessors: pa.Table) -> pa.Table:
    """Rows of the year before under the ids that their bodies have in this one; without those of bodies merged, split or gone."""
    return query(_CARRIED_OVER, last=last, core_agency_predecessors=core_agency_predecessors)
