"""Figures under the ids by which two years are compared: renamed, merged and split bodies by their registered links.

A group of core_agency_predecessors is what is compared as one: a body with itself, with the one whose name it took, or with
the sum of those that were merged into it; what came out of a split is added up and compared with what it came from.
Series, which are of one body, take the single one that stands before it, and else a reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass

import pyarrow as pa

from pipeline.common.sql import query
from pipeline.indicators.values import figures_in_force

# A sum needs a number of every body of its side: of a form that only some of them used, and of a report that one of them did not
# send, there is none. Where all have the cell and one of them no number, the sum has its state.
_ADDED = """
    WITH side AS (SELECT DISTINCT group_id, group_name, {body} AS agency_id FROM groups WHERE {body} IS NOT NULL AND {which}),
    wanted AS (SELECT group_id, count(*) AS bodies FROM side GROUP BY group_id),
    added AS (
        SELECT group_id, group_name, report_year, form, "table", field, applicant, label, unit, count(*) AS found,
               count(*) FILTER (state = 'number') AS numbers, min(state) FILTER (state <> 'number') AS state,
               TRY_CAST(sum(value) FILTER (state = 'number') AS DECIMAL(24, 6)) AS value,
               CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells
        FROM figures JOIN side USING (agency_id) GROUP BY ALL
    )
    SELECT group_id AS agency_id, group_name AS agency_name, report_year, form, "table", field, applicant, label, unit,
           CASE WHEN numbers = bodies THEN 'number' ELSE state END AS state, CASE WHEN numbers = bodies THEN value END AS value,
           corrected_cells
    FROM added JOIN wanted USING (group_id) WHERE found = bodies
"""
_OWN = """
    SELECT agency_id, agency_name, report_year, form, "table", field, applicant, label, unit, state, value, corrected_cells FROM figures
"""
_SUMS = _ADDED.format(body="agency_id", which="agency_id <> group_id")
_THIS_YEAR = f"{_OWN} UNION ALL SELECT * FROM ({_SUMS})"
_LAST_YEAR = _ADDED.format(body="previous_agency_id", which="true")
_ITSELF = """
    SELECT DISTINCT report_year, agency_id, agency_id AS previous_agency_id, 'same' AS link, agency_id AS group_id,
           agency_name AS group_name, agency_name AS previous_name
    FROM figures
"""
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


def this_year(values: pa.Table, predecessors: pa.Table) -> pa.Table:
    """The figures in force of a year, and below each group of several bodies (what came out of a split) their sums, under its id."""
    return query(_THIS_YEAR, figures=figures_in_force(values), groups=predecessors)


def last_year(values: pa.Table, predecessors: pa.Table) -> pa.Table:
    """The figures in force of the year before under the ids of this year's groups, those of several bodies added up."""
    return query(_LAST_YEAR, figures=figures_in_force(values), groups=predecessors)


def unchanged(values: pa.Table) -> pa.Table:
    """Predecessors where nobody was renamed, merged or split: every body stands before itself."""
    return query(_ITSELF, figures=values)


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
