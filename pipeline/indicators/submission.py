"""out_submission_status: who has reported for a year, who is late, and how much there is to correct."""

from __future__ import annotations

from dataclasses import asdict

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.common.sql import relation
from pipeline.indicators.relations import declared
from pipeline.normalise.agencies.duties import duties
from pipeline.normalise.agencies.lookup import Bodies

# arg_max over (is_current, report_id) takes the current report. Where none is current, no figure could be taken from any of the year:
# one of those stands for them.
_STATUS = """
    WITH chosen AS (
        SELECT unnest(arg_max(core_reports, (is_current, report_id))) FROM core_reports
        WHERE agency_id IS NOT NULL AND report_year = (SELECT report_year FROM asked) GROUP BY agency_id
    ),
    counted AS (
        SELECT report_id, count(*) FILTER (severity = 'E') AS errors, count(*) FILTER (severity = 'W') AS warnings,
               count(*) FILTER (severity = 'I') AS infos
        FROM core_findings GROUP BY report_id
    ),
    compared AS (
        SELECT report_id, count(DISTINCT other_report_id) AS contradicting FROM core_report_versions
        WHERE difference_kind = 'contradicting' GROUP BY report_id
    )
    SELECT duty.agency_id, coalesce(chosen.agency_name, duty.agency_name) AS agency_name, asked.report_year, report_id,
           status, published_on, duty.deadline, duty.basis AS owed_by, coalesce(chosen.copies, 0) AS copies,
           CASE WHEN report_id IS NULL AND owed THEN 'not_reported'
                WHEN report_id IS NULL THEN 'not_owed'
                WHEN NOT expected THEN 'unexpected'
                WHEN NOT is_current THEN 'unusable'
                WHEN status = 'parsed' THEN 'reported'
                ELSE 'reported_incomplete' END AS submission,
           CASE WHEN published_on <= duty.deadline THEN 0 ELSE date_diff('day', duty.deadline, published_on) END AS days_late,
           coalesce(contradicting, 0) AS contradicting,
           coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings, coalesce(infos, 0) AS infos
    FROM duty
    CROSS JOIN asked
    LEFT JOIN chosen USING (agency_id)
    LEFT JOIN counted USING (report_id)
    LEFT JOIN compared USING (report_id)
    WHERE owed OR exists_then OR report_id IS NOT NULL
"""


def out_submission_status(
    catalog: Catalog,
    bodies: Bodies,
    core_agencies: pa.Table,
    core_reports: pa.Table,
    core_findings: pa.Table,
    core_report_versions: pa.Table,
    report_year: int,
) -> pa.Table:
    """One row for each body that owes a report for `report_year`, or reported on it, or existed without owing one.

    core_reports, core_findings, core_report_versions: those of the year (severity E, W, I; anything else raises SchemaError), of
    the findings those that count: not what was waived or corrected.
    submission: `reported`; `reported_incomplete` where the report was read in part only; `unusable` where files came but no
    figure could be taken from any; `not_reported`; `unexpected` where the body is not on the roster, or did not exist;
    `not_owed`. owed_by: what tells who owes: `roster`, `registry`, or `reports` (it has reported before). days_late: 0 when in
    time, null where the date of publication is unknown. copies: as core_reports has it; contradicting: how many of the others
    print other figures.
    """
    strange = set(core_findings["severity"].unique().to_pylist()) - {"E", "W", "I"}
    if strange:
        raise SchemaError(f"core_findings：severity 应为 E、W、I，现有 {'、'.join(map(str, sorted(strange, key=str)))}。")
    owing: list[dict[str, object]] = [
        {**asdict(duty), "exists_then": _exists(bodies, duty.agency_id, report_year)}
        for duty in duties(catalog, bodies, core_agencies.to_pylist(), report_year)
    ]
    types = {"agency_id": pa.string(), "agency_name": pa.string(), "owed": pa.bool_(), "expected": pa.bool_(), "basis": pa.string()}
    return declared(
        catalog,
        "out_submission_status",
        _STATUS,
        core_reports=core_reports,
        core_findings=core_findings,
        core_report_versions=core_report_versions,
        duty=relation(owing, **types, deadline=pa.date32(), exists_then=pa.bool_()),
        asked=relation([{"report_year": report_year}], report_year=pa.int32()),
    )


def _exists(bodies: Bodies, agency_id: str, year: int) -> bool:
    return agency_id in bodies.registry.by_id and bodies.history.exists(agency_id, year)
