"""Every cell of a government's sum beside the cells of the bodies that it sums up, worked out over all areas at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import query, relation

# An amount is as exact as its last digit in 万元: 1,234,000 yuan may have been rounded by 500. Counts are exact.
_ROUNDED = """
    CASE WHEN NOT money OR {value} = 0 THEN 0 WHEN {value} % 10000 = 0 THEN 5000 WHEN {value} % 1000 = 0 THEN 500
         WHEN {value} % 100 = 0 THEN 50 WHEN {value} % 10 = 0 THEN 5 ELSE 0.5 END
"""
# Reports and cells of forms go by numbers until something is to be said: a year has half a million cells, and their names are long.
_WHOLES = """
    SELECT row_number() OVER (ORDER BY report.report_id)::INTEGER AS whole_no, report.report_id AS whole_report,
           report.agency_id AS area_id, report.published_on
    FROM core_reports AS report JOIN core_report_coverage AS told USING (report_id)
    WHERE told.coverage = 'whole_area' AND report.is_current
"""
_BODIES = """
    SELECT row_number() OVER (ORDER BY body.area_id, body.agency_id, body.report_id)::INTEGER AS part_no, body.area_id,
           body.report_id AS part_report, report.published_on, report.correction_mark IS NOT NULL AS is_correction,
           body.agency_name || CASE WHEN body.agency_id = body.area_id THEN '（本级）' ELSE '' END AS agency_name
    FROM core_area_bodies AS body JOIN core_reports AS report USING (report_id)
    WHERE body.is_counted
"""
# One row for each cell of the form of a government's sum and each body: what both print. A body whose table is in another form, or was
# not found, has lost the cell; what it printed before it corrected its report stands beside what it prints now. Cells get the numbers
# of their names, whatever the form: joined with forms at once, they would be held against all cells that each report could have.
_CELLS = f"""
    WITH numbered AS MATERIALIZED (
        SELECT row_number() OVER ()::INTEGER AS report_no, report_id
        FROM (SELECT whole_report AS report_id FROM body_whole UNION SELECT part_report FROM body_part)
    ),
    report AS MATERIALIZED (
        SELECT report_no, report_id, "table", table_no
        FROM core_report_tables JOIN numbered USING (report_id)
        JOIN (SELECT DISTINCT form, "table", table_no FROM field) USING (form, "table")
    ),
    name AS MATERIALIZED (SELECT DISTINCT name_no, field, applicant FROM field),
    printed AS MATERIALIZED (
        SELECT report_no, table_no, name_no, cell.state, cell.value, cell.grid IS NULL AS nowhere
        FROM core_cells AS cell JOIN name USING (field, applicant) JOIN report USING (report_id, "table")
        WHERE NOT cell.is_extra
    ),
    whole AS (SELECT body_whole.*, report_no, table_no FROM body_whole JOIN report ON report_id = whole_report),
    has_earlier AS (SELECT DISTINCT report_id FROM core_report_versions),
    part AS (
        SELECT body_part.*, report_no, is_correction AND has_earlier.report_id IS NULL AS is_correction_alone
        FROM body_part JOIN numbered ON numbered.report_id = part_report LEFT JOIN has_earlier ON has_earlier.report_id = part_report
    ),
    earlier AS (
        SELECT report_no, name_no, max(other_value) AS value
        FROM core_report_versions JOIN numbered USING (report_id) JOIN name USING (field, applicant)
        WHERE difference_kind = 'contradicting' GROUP BY ALL
    ),
    joined AS (
        SELECT whole.whole_no, part.part_no, field.cell_no, field.table_no, field.signed, field.money,
               mine.state AS whole_state, mine.value AS whole_value, theirs.value AS part_value,
               CASE WHEN theirs.state IS NULL OR theirs.state = 'unreadable' OR theirs.state = 'blank' AND theirs.nowhere THEN 'lost'
                    WHEN theirs.state = 'number' THEN 'number' ELSE 'empty' END AS part_state,
               CASE WHEN part.is_correction THEN earlier.value END AS earlier_value,
               part.is_correction_alone AND part.published_on > whole.published_on AS corrected_later
        FROM whole
        JOIN part USING (area_id)
        JOIN field USING (table_no)
        LEFT JOIN printed AS mine
            ON mine.report_no = whole.report_no AND mine.table_no = whole.table_no AND mine.name_no = field.name_no
        LEFT JOIN printed AS theirs
            ON theirs.report_no = part.report_no AND theirs.table_no = whole.table_no AND theirs.name_no = field.name_no
        LEFT JOIN earlier ON earlier.report_no = part.report_no AND earlier.name_no = field.name_no
    )
    SELECT *, {_ROUNDED.format(value="whole_value")} AS whole_rounded,
           CASE WHEN part_state = 'number' THEN {_ROUNDED.format(value="part_value")} ELSE 0 END AS part_rounded
    FROM joined
"""
# A cell in which one body alone has more than the whole is that rule's, not the sum's. What is not known lies between 0 and infinity:
# a sum that is too large already fails whatever it is.
_SUMS = """
    WITH added AS (
        SELECT whole_no, cell_no, table_no, any_value(signed) AS signed, any_value(whole_state) AS whole_state,
               any_value(whole_value) AS whole, coalesce(sum(part_value) FILTER (part_state = 'number'), 0) AS together,
               sum(coalesce(earlier_value, part_value)) AS earlier, coalesce(bool_or(corrected_later), false) AS corrected_later,
               any_value(whole_rounded) + sum(part_rounded) AS rounded, count(*) FILTER (part_state = 'number') AS numbers,
               count(*) FILTER (part_state = 'empty') AS empty, count(*) FILTER (part_state = 'lost') AS lost,
               bool_or(NOT signed AND part_state = 'number' AND part_value > whole_value + whole_rounded + part_rounded) AS larger
        FROM compared GROUP BY whole_no, cell_no, table_no
    ),
    weighed AS (
        SELECT added.*, whole - together AS difference, area.missing, area.own_office
        FROM added JOIN body_whole USING (whole_no) JOIN area USING (whole_report)
    )
    SELECT *, CASE
        WHEN whole_state IS DISTINCT FROM 'number' OR missing > 0 THEN 'not_assessable'
        WHEN larger THEN 'not_applicable'
        WHEN abs(difference) <= rounded AND lost = 0
            THEN CASE WHEN empty = 0 THEN 'pass' WHEN numbers > 0 THEN 'blank' ELSE 'not_assessable' END
        WHEN difference < 0 AND signed AND lost + empty > 0 THEN 'not_assessable'
        WHEN difference > 0 AND (lost + empty > 0 OR NOT own_office) THEN 'not_assessable'
        WHEN abs(whole - earlier) <= rounded OR corrected_later THEN 'corrected'
        ELSE 'fail' END AS verdict
    FROM weighed
"""
_PARTS = """
    SELECT whole_no, part_no, cell_no, table_no, whole_value AS whole, part_value AS part,
        CASE WHEN whole_state IS DISTINCT FROM 'number' OR part_state <> 'number' THEN 'not_assessable'
             WHEN part_value <= whole_value + whole_rounded + part_rounded THEN 'pass'
             WHEN earlier_value <= whole_value + whole_rounded + part_rounded OR corrected_later THEN 'corrected'
             ELSE 'fail' END AS verdict
    FROM compared WHERE NOT signed
"""
_AREAS = """
    WITH part AS (SELECT * FROM core_area_bodies WHERE area_id <> '')
    SELECT report.report_id AS whole_report, part.area_id, told.coverage,
           count(*) FILTER (is_counted) AS bodies,
           count(*) FILTER (is_expected AND NOT is_counted AND part.agency_id <> part.area_id) AS missing,
           count(*) FILTER (is_counted AND body_role = 'own') > 0 AS own_office,
           count(*) FILTER (
               part.agency_id <> part.area_id AND (part.agency_id IN (SELECT area_id FROM part) OR theirs.agency_kind = 'government')
           ) > 0 AS nested
    FROM part
    LEFT JOIN core_reports AS theirs ON theirs.report_id = part.report_id
    JOIN core_reports AS report ON report.agency_id = part.area_id AND report.is_current
    LEFT JOIN core_report_coverage AS told ON told.report_id = report.report_id
    GROUP BY ALL
"""
_MISSING = """
    WITH part AS (SELECT * FROM core_area_bodies WHERE area_id <> ''),
    below AS (
        SELECT DISTINCT area_id, agency_id AS inner_area FROM part WHERE agency_id <> area_id AND agency_id IN (SELECT area_id FROM part)
    )
    SELECT report.report_id AS whole_report, part.agency_name
    FROM part
    JOIN core_reports AS report ON report.agency_id = part.area_id AND report.is_current
    WHERE part.is_expected AND part.report_id IS NULL
          AND NOT EXISTS (
              SELECT 1 FROM below JOIN part AS inner_part ON inner_part.area_id = below.inner_area
              WHERE below.area_id = part.area_id AND inner_part.agency_id = part.agency_id
          )
    ORDER BY ALL
"""


# What came out, with the names of reports and cells again: how many cells of each table how, and those of which something is said.
_COUNTED = """
    WITH counted AS (SELECT {numbers}, verdict, count(*) AS cells FROM judged GROUP BY ALL),
    form_table AS (SELECT DISTINCT table_no, form, "table" FROM field)
    SELECT whole_report, {names}, "table", form, verdict, cells
    FROM counted JOIN body_whole USING (whole_no) {join} JOIN form_table USING (table_no)
    ORDER BY ALL
"""
_SAID = """
    SELECT whole_report, {names}, "table", form, field, applicant, judged.*
    FROM judged JOIN body_whole USING (whole_no) {join} JOIN field USING (cell_no)
    WHERE verdict NOT IN ('pass', 'not_assessable', 'not_applicable')
    ORDER BY ALL
"""
_OF_SUMS = {"names": "NULL AS part_report", "join": ""}
_OF_PARTS = {"names": "part_report, agency_name", "join": "JOIN body_part USING (part_no)"}
# The bodies whose figures, or whose blanks, make up the sums that are said.
_BEHIND = """
    SELECT said.whole_report, said.form, said.field, said.applicant, body_part.part_report, body_part.agency_name
    FROM compared AS cell JOIN said USING (whole_no, cell_no) JOIN body_part USING (part_no)
    WHERE CASE WHEN said.verdict = 'blank' THEN cell.part_state = 'empty' ELSE cell.part_value <> 0 END
    ORDER BY body_part.agency_name, body_part.part_report
"""
_CELLS_SAID = """
    SELECT report_id, field, applicant, state, value, raw, grid, "row", "column", page FROM core_cells AS cell JOIN (
        SELECT whole_report AS report_id, field, applicant FROM sums UNION SELECT part_report, field, applicant FROM behind
        UNION SELECT whole_report, field, applicant FROM parts UNION SELECT part_report, field, applicant FROM parts
    ) USING (report_id, field, applicant)
    WHERE NOT cell.is_extra
"""
Row = dict[str, Any]


@dataclass(frozen=True)
class Comparison:
    """What came out, without the cells about which nothing is to be said.

    areas: each government with a report, what that covers, and how many bodies count or are missing; missing: their names, each in the
    lowest area alone. sums, parts: cells of wholes beside their sums, and of bodies beside the whole, that fail (`fail`, `corrected`) or
    hold only with blanks read as 0 (`blank`); behind: the bodies that make up those sums; cells: all of these as printed.
    sums_counted, parts_counted: how many cells of each table came out how.
    """

    areas: list[Row]
    missing: list[Row]
    sums: list[Row]
    parts: list[Row]
    behind: list[Row]
    cells: list[Row]
    sums_counted: list[Row]
    parts_counted: list[Row]


def compare(
    catalog: Catalog,
    core_reports: pa.Table,
    core_report_tables: pa.Table,
    core_cells: pa.Table,
    core_report_versions: pa.Table,
    core_report_coverage: pa.Table,
    core_area_bodies: pa.Table,
) -> Comparison:
    """All areas of a year."""
    reports = {"core_reports": core_reports, "core_report_coverage": core_report_coverage, "core_area_bodies": core_area_bodies}
    areas = query(_AREAS, **reports)
    numbered = {"body_whole": query(_WHOLES, **reports), "body_part": query(_BODIES, **reports), "field": _fields(catalog)}
    compared = query(
        _CELLS, **numbered, core_report_tables=core_report_tables, core_cells=core_cells, core_report_versions=core_report_versions
    )
    all_sums, all_parts = query(_SUMS, compared=compared, area=areas, **numbered), query(_PARTS, compared=compared)
    sums, parts = (
        query(_SAID.format(**_OF_SUMS), judged=all_sums, **numbered),
        query(_SAID.format(**_OF_PARTS), judged=all_parts, **numbered),
    )
    behind = query(_BEHIND, compared=compared, said=sums, **numbered)
    tables = (
        areas,
        query(_MISSING, core_area_bodies=core_area_bodies, core_reports=core_reports),
        sums,
        parts,
        behind,
        query(_CELLS_SAID, core_cells=core_cells, sums=sums, behind=behind, parts=parts),
        query(_COUNTED.format(numbers="whole_no, table_no", **_OF_SUMS), judged=all_sums, **numbered),
        query(_COUNTED.format(numbers="whole_no, part_no, table_no", **_OF_PARTS), judged=all_parts, **numbered),
    )
    return Comparison(*(table.to_pylist() for table in tables))


def _fields(catalog: Catalog) -> pa.Table:
    tables = sorted({(field.form, field.table) for field in catalog.fields})
    rows: Sequence[dict[str, object]] = [
        {
            "table_no": tables.index((field.form, field.table)),
            "form": field.form,
            "table": field.table,
            "field": field.field,
            "applicant": applicant,
            "signed": field.kind == "signed_count",
            "money": field.kind == "money",
        }
        for field in catalog.fields
        for applicant in ([row.applicant for row in catalog.applicants] if field.by_applicant else [""])
    ]
    names = list(dict.fromkeys((row["field"], row["applicant"]) for row in rows))
    name_numbers = {name: number for number, name in enumerate(names)}
    numbered = [{"cell_no": number, "name_no": name_numbers[row["field"], row["applicant"]], **row} for number, row in enumerate(rows)]
    types = {
        **dict.fromkeys(("cell_no", "name_no", "table_no"), pa.int32()),
        **dict.fromkeys(("form", "table", "field", "applicant"), pa.string()),
    }
    return relation(numbered, **types, signed=pa.bool_(), money=pa.bool_())
