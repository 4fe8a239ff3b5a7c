"""The own office of a government, which may be reported on more than once: beside the sum, and by the general office."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

import pyarrow as pa

from pipeline.common.sql import query, relation

# Every number of the one stands in the other. others: what the other bodies of the area have, all figures together.
_ALIKE = """
    WITH number AS (
        SELECT report_id, field, applicant, value FROM core_cells
        WHERE state = 'number' AND NOT is_extra AND report_id IN (SELECT government_report FROM pair UNION SELECT office_report FROM pair)
    ),
    one AS (SELECT pair.*, field, applicant, value FROM pair JOIN number ON report_id = government_report),
    other AS (SELECT pair.*, field, applicant, value FROM pair JOIN number ON report_id = office_report),
    others AS (
        SELECT pair.*, sum(value) AS value
        FROM pair JOIN below USING (government_report) JOIN core_cells AS cell ON cell.report_id = below.report_id
        WHERE below.report_id <> office_report AND cell.state = 'number' AND NOT cell.is_extra GROUP BY ALL
    )
    SELECT government_report, office_report, coalesce(any_value(others.value), 0) > 0 AS others_have_figures
    FROM one FULL JOIN other USING (government_report, office_report, field, applicant)
    LEFT JOIN others USING (government_report, office_report)
    GROUP BY ALL HAVING bool_and(one.value IS NOT DISTINCT FROM other.value) AND count(*) FILTER (one.value > 0) > 0
    ORDER BY ALL
"""


class Alike(NamedTuple):
    """A government's report and one of its general office that print the same figures, not all of them 0."""

    government_report: str
    office_report: str
    others_have_figures: bool


def alike(pairs: Iterable[tuple[str, str]], below: Iterable[tuple[str, str]], core_cells: pa.Table) -> list[Alike]:
    """Which of the pairs (report of a government, report of its general office) are the same.

    below: report id of a government and of a body of its area.
    """
    listed = [{"government_report": one, "office_report": other} for one, other in pairs]
    if not listed:
        return []
    texts = {"government_report": pa.string(), "office_report": pa.string()}
    bodies = [{"government_report": one, "report_id": other} for one, other in below]
    found = query(
        _ALIKE,
        pair=relation(listed, **texts),
        below=relation(bodies, government_report=pa.string(), report_id=pa.string()),
        core_cells=core_cells,
    )
    return [Alike(**row) for row in found.to_pylist()]


def own_office_copies(reports: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    """The report on its own office alone of each body whose report on the whole area counts: rows of core_reports, one a body.

    Of several the one out of the same file as the sum, else a corrected one, a complete one, the last one.
    """
    listed = [row for row in reports if row["agency_id"]]
    whole = {row["agency_id"]: row for row in listed if row["is_current"]}
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in listed:
        if not row["is_current"] and row["version_rule"] == "level" and row["status"] != "refused" and row["agency_id"] in whole:
            found.setdefault(row["agency_id"], []).append(row)
    for agency_id, copies in sorted(found.items()):
        yield max(copies, key=lambda row: _rank(row, whole[agency_id]["sha256"]))


def _rank(row: Mapping[str, Any], file_of_the_sum: str) -> tuple[object, ...]:
    is_correction, published = row["correction_mark"] is not None, row["published_on"] or date.min
    return row["sha256"] == file_of_the_sum, is_correction, row["status"] == "parsed", published, row["path"], row["report_index"]
