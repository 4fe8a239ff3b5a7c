"""out_submission_status: who has reported for a year, who is late, and how much there is to correct."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.agencies import deadline_for
from pipeline.catalog.model import Catalog
from pipeline.common.errors import SchemaError
from pipeline.indicators.relations import declared, relation

# arg_max over (is_current, report_id) takes the current report. Where none is current, no figure could be taken from any of the year:
# one of those stands for them.
_EXPECTED = """
    WITH filed AS (SELECT * FROM core_reports WHERE agency_id IS NOT NULL AND report_year IS NOT NULL),
    expected AS (
        SELECT agency_id, arg_max(agency_name, report_year) AS latest_name FROM filed
        GROUP BY agency_id
        HAVING min(report_year) <= (SELECT max(report_year) FROM asked) AND
               (SELECT max(report_year) FROM asked) <= (SELECT max(report_year) FROM filed)
    ),
    chosen AS (
        SELECT unnest(arg_max(filed, (is_current, report_id))) FROM filed SEMI JOIN asked USING (report_year) GROUP BY agency_id
    )
    SELECT expected.agency_id, coalesce(chosen.agency_name, agency.agency_name, latest_name) AS agency_name,
           chosen.report_id, chosen.status, chosen.is_current, chosen.published_on, coalesce(chosen.copies, 0) AS copies
    FROM expected
    LEFT JOIN chosen USING (agency_id)
    LEFT JOIN core_agencies AS agency USING (agency_id)
"""

_STATUS = f"""
    WITH expected AS ({_EXPECTED}),
    counted AS (
        SELECT report_id, count(*) FILTER (severity = 'E') AS errors, count(*) FILTER (severity = 'W') AS warnings,
               count(*) FILTER (severity = 'I') AS infos
        FROM core_findings GROUP BY report_id
    )
    SELECT expected.*, asked.report_year, deadline,
           CASE WHEN report_id IS NULL THEN 'not_reported'
                WHEN NOT is_current THEN 'unusable'
                WHEN status = 'parsed' THEN 'reported'
                ELSE 'reported_incomplete' END AS submission,
           CASE WHEN published_on <= deadline THEN 0 ELSE date_diff('day', deadline, published_on) END AS days_late,
           coalesce(errors, 0) AS errors, coalesce(warnings, 0) AS warnings, coalesce(infos, 0) AS infos
    FROM expected
    CROSS JOIN asked
    LEFT JOIN deadline USING (agency_name)
    LEFT JOIN counted USING (report_id)
"""


def out_submission_status(
    catalog: Catalog, core_agencies: pa.Table, core_reports: pa.Table, core_findings: pa.Table, report_year: int
) -> pa.Table:
    """One row for each body that is expected to report on `report_year`: from its first year in the data to the last of all.

    core_reports: all years. core_findings: those of the year (severity E, W, I; anything else raises SchemaError).
    submission: `reported`; `reported_incomplete` where the report was read in part only; `unusable` where files came but no
    figure could be taken from any; `not_reported`. days_late: 0 when in time, null where the date of publication is unknown.
    copies: as core_reports has it.
    """
    strange = set(core_findings["severity"].unique().to_pylist()) - {"E", "W", "I"}
    if strange:
        raise SchemaError(f"core_findings：severity 应为 E、W、I，现有 {'、'.join(map(str, sorted(strange, key=str)))}。")
    names = set(core_agencies["agency_name"].to_pylist()) | set(core_reports["agency_name"].to_pylist())
    deadlines: list[dict[str, object]] = [
        {"agency_name": name, "deadline": deadline_for(catalog, name, report_year)} for name in sorted(names - {None})
    ]
    return declared(
        catalog,
        "out_submission_status",
        _STATUS,
        core_agencies=core_agencies,
        core_reports=core_reports,
        core_findings=core_findings,
        deadline=relation(deadlines, agency_name=pa.string(), deadline=pa.date32()),
        asked=relation([{"report_year": report_year}], report_year=pa.int32()),
    )
