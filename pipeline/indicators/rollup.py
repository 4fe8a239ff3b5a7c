"""out_rollup: the reports of each area added up cell by cell in the layout of each form, beside what its government published."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import AREA_KINDS, Catalog
from pipeline.common.sql import relation
from pipeline.indicators.relations import declared, due_relation, fields_relation
from pipeline.indicators.values import figures_in_force

# A sum cannot be trusted where a figure in it is wrong by an E rule, or a thousand times too large or small, which P3 (a W rule, as it
# may be true) finds. Other W rules speak of figures that are odd but of the right order.
_DOUBTFUL_RULES = ("P3",)
_SETTLED = ("waived", "corrected")  # people decided that the figures can stand, or stand corrected; a confirmed error is one
_MOST_NAMED = 200  # bodies named in one cell; of more the number is said behind them


def plain(value: str) -> str:
    """SQL: a decimal with six digits as a text without the noughts behind it."""
    return f"rtrim(rtrim(CAST({value} AS VARCHAR), '0'), '.')"


def _named(names: str) -> str:
    """SQL: a list of names as one text, "" where it is empty."""
    listed = f"array_to_string(({names})[:{_MOST_NAMED}], '、')"
    return f"CASE WHEN len({names}) > {_MOST_NAMED} THEN {listed} || '等 ' || len({names}) || ' 个' ELSE coalesce({listed}, '') END"


# A report whose table was not found counts among the blanks of the form due for its year.
_ROLLUP = f"""
    WITH part AS (
        SELECT area_id, area_name, body.report_year, body.agency_id, report_id, body_role, is_counted, is_expected, told.coverage,
               agency_name || CASE WHEN body_role = 'own' AND is_counted AND body.agency_id = area_id THEN '（本级）' ELSE '' END
               AS agency_name
        FROM core_area_bodies AS body LEFT JOIN core_report_coverage AS told USING (report_id)
    ),
    counted AS (
        SELECT area_id, report_year, agency_name, report_id,
               body_role = 'own' AND agency_id <> area_id
               AND bool_or(body_role = 'own' AND agency_id = area_id) OVER (PARTITION BY area_id, report_year) AS own_again
        FROM part WHERE is_counted
    ),
    area AS (
        SELECT area_id, any_value(area_name) AS area_name, report_year, count(*) FILTER (is_counted OR is_expected) AS bodies_expected,
               count(*) FILTER (is_counted) AS bodies_counted,
               list(agency_name || CASE WHEN report_id IS NULL THEN '' WHEN coverage = 'unknown' THEN '（报告范围不明）'
                                        ELSE '（所报为全地区的汇总数）' END ORDER BY agency_name)
                   FILTER (is_expected AND NOT is_counted) AS missing,
               list(agency_name ORDER BY agency_id <> area_id, agency_name) FILTER (is_counted AND body_role = 'own') AS own_office
        FROM part GROUP BY area_id, report_year
    ),
    found_table AS (SELECT report_id, "table", form FROM core_report_tables WHERE form IS NOT NULL),
    table_of_report AS (
        SELECT report_id, "table", form FROM found_table
        UNION ALL
        SELECT report.report_id, due."table", due.form
        FROM core_reports AS report JOIN due USING (report_year) ANTI JOIN found_table USING (report_id, "table")
    ),
    placed AS (
        SELECT counted.*, table_of_report."table", table_of_report.form FROM counted JOIN table_of_report USING (report_id)
    ),
    published_report AS (
        SELECT report.agency_id AS area_id, report.report_year, report.report_id, coalesce(told.coverage, 'unknown') AS coverage
        FROM core_reports AS report LEFT JOIN core_report_coverage AS told USING (report_id)
        WHERE report.is_current
    ),
    published_table AS (
        SELECT area_id, report_year, "table", form
        FROM published_report JOIN found_table USING (report_id) SEMI JOIN area USING (area_id, report_year)
    ),
    used AS (
        SELECT area_id, report_year, "table", form FROM placed UNION SELECT area_id, report_year, "table", form FROM published_table
    ),
    in_form AS (
        SELECT used.*, count(placed.report_id) FILTER (placed.form = used.form) AS here,
               list(placed.agency_name || '（用' || placed.form || '年格式）' ORDER BY placed.agency_name)
                   FILTER (placed.form <> used.form) AS named_elsewhere
        FROM used LEFT JOIN placed USING (area_id, report_year, "table")
        GROUP BY ALL
    ),
    doubtful AS (
        SELECT DISTINCT cell.report_id, cell.field, coalesce(cell.applicant, '') AS applicant
        FROM out_findings AS finding
        JOIN core_finding_cells AS cell USING (finding_id)
        LEFT JOIN between_bodies USING (rule)
        WHERE NOT list_contains({list(_SETTLED)!r}, finding.status)
              AND ((finding.severity = 'E' AND (finding.report_id = cell.report_id OR between_bodies.rule IS NOT NULL))
                   OR list_contains({list(_DOUBTFUL_RULES)!r}, finding.rule))
    ),
    body_cell AS (
        SELECT placed.area_id, placed.report_year, placed.form, value.field, value.applicant, value.value, value.state, placed.agency_name,
               value.corrected_cells, doubtful.report_id IS NOT NULL AND value.corrected_cells = 0 AS wrong,
               placed.own_again AND coalesce(value.value, 0) <> 0 AS again
        FROM placed
        JOIN out_values AS value ON value.report_id = placed.report_id AND value."table" = placed."table" AND value.form = placed.form
        LEFT JOIN doubtful ON doubtful.report_id = value.report_id AND doubtful.field = value.field AND doubtful.applicant = value.applicant
    ),
    added AS (
        SELECT area_id, report_year, form, field, applicant, sum(value) FILTER (state = 'number') AS total,
               count(*) FILTER (state = 'number') AS numbers, CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells,
               count(*) FILTER (wrong OR again) AS doubted,
               list(agency_name || CASE WHEN wrong THEN '（数字有误）' WHEN again THEN '（可能与政府本级重复）'
                                        WHEN state = 'unreadable' THEN '（无法识别）' WHEN state = 'not_applicable' THEN '（不适用）'
                                        ELSE '（空白）' END
                    ORDER BY agency_name) FILTER (wrong OR again OR state <> 'number') AS named
        FROM body_cell GROUP BY ALL
    ),
    lacking AS (
        SELECT area_id, report_year, form, "table", list(agency_name || '（缺少该表）' ORDER BY agency_name) AS named
        FROM placed ANTI JOIN found_table USING (report_id, "table", form) GROUP BY ALL
    ),
    government AS (
        SELECT published_report.area_id, value.report_year, value.form, value.field, value.applicant, value.value, value.state
        FROM printed AS value JOIN published_report USING (report_id)
    ),
    larger AS (
        SELECT body_cell.area_id, body_cell.report_year, form, field, applicant,
               list(agency_name || '（' || {plain("body_cell.value")} || '）' ORDER BY body_cell.value DESC, agency_name) AS named
        FROM body_cell JOIN government USING (area_id, report_year, form, field, applicant)
        WHERE body_cell.state = 'number' AND body_cell.value > government.value
        GROUP BY ALL
    )
    SELECT area.area_id, area.area_name, in_form.report_year, in_form.form, in_form."table", cell.field, cell.applicant, cell.label,
           cell.unit,
           TRY_CAST(added.total AS DECIMAL(24, 6)) AS total, government.value AS published, government.state AS published_state,
           CASE WHEN published_report.coverage <> 'own_office'
               THEN TRY_CAST(government.value - added.total AS DECIMAL(24, 6)) END AS difference,
           area.bodies_expected, coalesce(added.numbers, 0) AS bodies_counted,
           in_form.here - coalesce(added.numbers, 0) AS bodies_blank, area.bodies_counted - in_form.here AS bodies_other_form,
           {_named("area.missing")} AS bodies_missing,
           {_named("list_concat(list_concat(added.named, lacking.named), in_form.named_elsewhere)")} AS bodies_in_doubt,
           CASE WHEN coalesce(published_report.coverage, 'own_office') <> 'own_office' AND government.value < added.total
                     AND signed.field IS NULL THEN {_named("larger.named")} ELSE '' END AS bodies_larger,
           CASE WHEN TRY_CAST(added.total AS DECIMAL(24, 6)) IS NULL THEN 'none'
                WHEN added.numbers = area.bodies_expected THEN CASE WHEN added.doubted = 0 THEN 'complete' ELSE 'doubtful' END
                WHEN added.doubted = 0 AND signed.field IS NULL THEN 'lower_bound' ELSE 'incomplete' END AS total_kind,
           {_named("area.own_office")} AS own_office,
           coalesce(published_report.coverage, 'unknown') AS coverage, coalesce(added.corrected_cells, 0) AS corrected_cells
    FROM in_form
    JOIN area USING (area_id, report_year)
    JOIN cell USING (form, "table")
    LEFT JOIN added ON added.area_id = in_form.area_id AND added.report_year = in_form.report_year AND added.form = in_form.form
         AND added.field = cell.field AND added.applicant = cell.applicant
    LEFT JOIN lacking ON lacking.area_id = in_form.area_id AND lacking.report_year = in_form.report_year
         AND lacking.form = in_form.form AND lacking."table" = in_form."table"
    LEFT JOIN published_report ON published_report.area_id = in_form.area_id AND published_report.report_year = in_form.report_year
    LEFT JOIN signed ON signed.form = in_form.form AND signed.field = cell.field
    LEFT JOIN larger ON larger.area_id = in_form.area_id AND larger.report_year = in_form.report_year
         AND larger.form = in_form.form AND larger.field = cell.field AND larger.applicant = cell.applicant
    LEFT JOIN government ON government.area_id = in_form.area_id AND government.report_year = in_form.report_year
         AND government.form = in_form.form AND government.field = cell.field AND government.applicant = cell.applicant
"""


def out_rollup(
    catalog: Catalog,
    out_values: pa.Table,
    core_reports: pa.Table,
    core_report_tables: pa.Table,
    core_report_coverage: pa.Table,
    core_area_bodies: pa.Table,
    out_findings: pa.Table,
    core_finding_cells: pa.Table,
) -> pa.Table:
    """One row for each area and each cell of each form in use (or due): the exact sum (money in yuan) over the bodies that count.

    total is null where no body has a number there: what nobody could read is not 0. Corrected values count in place
    of printed ones (corrected_cells of them); published is as printed. bodies_expected is always bodies_counted +
    bodies_blank + bodies_other_form + the bodies missing, so that a sum says what it lacks. published: the figure of the area's own
    government, whatever its report covers (coverage); difference: published less total, null where one of them is, and where the
    report covers the government's own office only, which is a part of the sum; bodies_larger: who has more than what is published.
    total_kind says what the sum is worth (`lower_bound`: what nobody could read, or has not reported, comes on top), own_office where
    the figures of the government's own office in it are from. The group of all bodies (area_id "") has nothing published.

    out_values: those of current reports and of the reports on an own office that stand beside a sum, where they count.
    """
    signed = [{"form": field.form, "field": field.field} for field in catalog.fields if field.kind == "signed_count"]
    between_bodies = [{"rule": name} for name in sorted({row.rule for row in catalog.rules if row.kind in AREA_KINDS})]
    return declared(
        catalog,
        "out_rollup",
        _ROLLUP,
        printed=out_values,
        out_values=figures_in_force(out_values),
        core_reports=core_reports,
        core_report_tables=core_report_tables,
        core_area_bodies=core_area_bodies,
        core_report_coverage=core_report_coverage,
        out_findings=out_findings,
        core_finding_cells=core_finding_cells,
        signed=relation(signed, form=pa.string(), field=pa.string()),
        between_bodies=relation(between_bodies, rule=pa.string()),
        due=due_relation(catalog, core_reports["report_year"].unique().to_pylist()),
        cell=fields_relation(catalog),
    )
