"""out_series: every series of every body through the years, each figure with how it compares with the one of the year before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.common.sql import query, relation
from pipeline.indicators.coverage_breaks import no_breaks
from pipeline.indicators.relations import declared, due_relation
from pipeline.indicators.series_definitions import SeriesDefinitions, series_definitions
from pipeline.indicators.succession import Standing
from pipeline.indicators.values import figures_in_force

# The figures of one year. Of two tables of different forms the one of the form due counts.
_POINTS = """
    WITH summed AS (
        SELECT agency_id, agency_name, report_year, formula.form, series, 'field' AS series_kind, formula.label, formula.unit, definition,
               cells, count(*) FILTER (state = 'number') AS numbers, sum(value) FILTER (state = 'number') AS value,
               min(state) FILTER (state <> 'number') AS state, CAST(sum(corrected_cells) AS BIGINT) AS corrected_cells
        FROM out_values JOIN formula USING (form, field, applicant)
        GROUP BY ALL
    ),
    cell_point AS (
        SELECT summed.* EXCLUDE (cells, numbers, value, state),
               CASE WHEN numbers = cells THEN TRY_CAST(value AS DECIMAL(24, 6)) END AS value,
               CASE WHEN numbers = cells THEN ''
                    WHEN cells > 1 THEN '有关各格不全是数字，不能相加'
                    WHEN state = 'blank' THEN '该格空白'
                    WHEN state = 'not_applicable' THEN '该格填的是“无”一类的符号'
                    ELSE '该格无法识别' END AS lacking
        FROM summed LEFT JOIN (SELECT DISTINCT report_year, form FROM due) AS due_form USING (report_year)
        QUALIFY row_number() OVER (
            PARTITION BY agency_id, report_year, series ORDER BY summed.form IS DISTINCT FROM due_form.form, summed.form DESC
        ) = 1
    )
    SELECT agency_id, agency_name, report_year, series, series_kind, label, unit, form, definition, value, lacking, corrected_cells
    FROM cell_point
    UNION ALL
    SELECT agency_id, agency_name, report_year, 'outcome.' || outcome_class, 'outcome', label, '件', form, definition,
           value, CASE WHEN value IS NULL THEN '所需 ' || cells || ' 格中有 ' || cells_lacking || ' 格没有数字' ELSE '' END, corrected_cells
    FROM out_harmonised
    UNION ALL
    SELECT agency_id, agency_name, report_year, indicator, 'indicator', label, unit, coalesce(form, ''), definition,
           coalesce(level, TRY_CAST(ratio AS DECIMAL(24, 6))),
           CASE shown_as WHEN 'counts' THEN '分母过小，只列件数，不算比率' WHEN 'missing' THEN '所需单元格没有数字' ELSE '' END,
           corrected_cells
    FROM out_indicators
"""

# Two figures are compared only where both are there, under one body, and a link leads from one definition to the other.
_SERIES = """
    WITH body AS (
        SELECT DISTINCT this.agency_id, coalesce(standing.lineage_id, this.agency_id) AS lineage_id,
               CASE WHEN standing.agency_id IS NULL THEN this.agency_id ELSE standing.previous_agency_id END AS previous_agency_id,
               coalesce(standing.succession, 'same') AS succession, coalesce(standing.reason, '') AS succession_reason
        FROM this LEFT JOIN standing USING (agency_id)
    ),
    last_report AS (SELECT agency_id, report_year, max(nullif(form, '')) AS form FROM last GROUP BY agency_id, report_year),
    beside AS (
        SELECT this.*, body.* EXCLUDE (agency_id), last.value AS last_value, last.lacking AS last_lacking,
               last.series IS NOT NULL AS has_last,
               last_report.agency_id IS NOT NULL AS has_report, last_report.form AS report_form,
               coalesce(link.comparable, 'weakly') AS by_definition,
               coalesce(link.reason, '有关几张表格所用的格式不一') AS definition_reason,
               coalesce(structural.reason, '') AS structural_reason, coalesce(apart.reason, '') AS coverage_reason
        FROM this
        JOIN body USING (agency_id)
        LEFT JOIN last ON last.agency_id = body.previous_agency_id AND last.report_year = this.report_year - 1 AND last.series = this.series
        LEFT JOIN last_report ON last_report.agency_id = body.previous_agency_id AND last_report.report_year = this.report_year - 1
        LEFT JOIN link ON link.series = this.series AND link.definition = this.definition AND link.form = this.form
             AND link.previous_definition = last.definition AND link.previous_form = last.form
        LEFT JOIN structural ON structural.form = this.form AND structural.previous_form = last.form
        LEFT JOIN apart ON apart.agency_id = this.agency_id
    ),
    judged AS (
        SELECT *, CASE
            WHEN succession IN ('merge', 'split', 'regroup', 'established', 'ended') THEN 'body'
            WHEN NOT has_report THEN 'no_report'
            WHEN coverage_reason <> '' THEN 'coverage'
            WHEN NOT has_last THEN 'no_item'
            WHEN value IS NULL OR last_value IS NULL THEN 'no_figure'
            WHEN structural_reason <> '' THEN 'structural'
            WHEN by_definition <> 'yes' THEN 'definition'
            WHEN succession = 'transfer' THEN 'body'
            ELSE '' END AS break_kind
        FROM beside
    )
    SELECT told.* EXCLUDE (lacking), lacking AS value_reason,
           CASE WHEN comparable_with_previous <> 'no' THEN last_value END AS previous_value,
           break_kind <> '' AS is_break,
           CASE break_kind
               WHEN 'body' THEN concat_ws('；', succession_reason, nullif(structural_reason, ''))
               WHEN 'no_report' THEN '上年没有可用的报告'
               WHEN 'coverage' THEN concat_ws('；', coverage_reason, nullif(structural_reason, ''))
               WHEN 'no_item' THEN coalesce(nullif(absent.reason, ''), '上年的报告没有这一项，或没有读到有关的表')
               WHEN 'no_figure' THEN CASE WHEN value IS NULL THEN '本年' || lacking ELSE '上年' || last_lacking END
               WHEN '' THEN ''
               ELSE concat_ws('；', nullif(structural_reason, ''), nullif(definition_reason, '')) END AS break_reason
    FROM (
        SELECT *, CASE
            WHEN break_kind IN ('no_report', 'coverage', 'no_item', 'no_figure') THEN 'no'
            WHEN break_kind = 'body' AND succession <> 'transfer' THEN 'no'
            WHEN break_kind = 'body' AND by_definition = 'yes' THEN 'weakly'
            ELSE by_definition END AS comparable_with_previous
        FROM judged
    ) AS told
    LEFT JOIN absent ON absent.series = told.series AND absent.form = told.form AND absent.previous_form = told.report_form
"""


@dataclass(frozen=True)
class YearTables:
    """The tables of one year from which the figures of all series come."""

    out_values: pa.Table
    out_harmonised: pa.Table
    out_indicators: pa.Table


def out_series(
    catalog: Catalog, this_year: YearTables, last_year: YearTables, standings: Sequence[Standing] = (), apart: pa.Table | None = None
) -> pa.Table:
    """One row for each body and series that its report has; of 表三 the total column.

    value: a count, an amount, or the ratio of an indicator (to six decimals); null, with value_reason, where there is none.
    previous_value: of the year before, null where it may not be compared. is_break: no line may be drawn from the year before
    to this one, with break_kind: `structural` (the forms changed as a whole), `definition`, `body` (merged, split, tasks
    moved), `no_report`, `coverage` (own office and whole area), `no_item`, `no_figure`. standings: of bodies that are not simply
    what they were (others are compared with themselves). apart: see `coverage_breaks`.
    """
    definitions = series_definitions(catalog)
    return declared(
        catalog,
        "out_series",
        _SERIES,
        this=_points(catalog, definitions, this_year),
        last=_points(catalog, definitions, last_year),
        standing=_standing_relation(standings),
        link=_link_relation(definitions),
        structural=_structural_relation(definitions),
        absent=_absent_relation(definitions),
        apart=no_breaks() if apart is None else apart,
    )


def _points(catalog: Catalog, definitions: SeriesDefinitions, tables: YearTables) -> pa.Table:
    rows = [
        {
            "form": formula.form,
            "series": formula.series,
            "label": formula.label,
            "unit": formula.unit,
            "definition": formula.definition,
            "field": field,
            "applicant": applicant,
            "cells": len(formula.cells),
        }
        for formula in definitions.formulas
        for field, applicant in formula.cells
    ]
    names = ("form", "series", "label", "unit", "definition", "field", "applicant")
    return query(
        _POINTS,
        out_values=figures_in_force(tables.out_values),
        out_harmonised=tables.out_harmonised,
        out_indicators=tables.out_indicators,
        due=due_relation(catalog, tables.out_values["report_year"].unique().to_pylist()),
        formula=relation(rows, **dict.fromkeys(names, pa.string()), cells=pa.int64()),
    )


def _standing_relation(standings: Sequence[Standing]) -> pa.Table:
    names = ("agency_id", "lineage_id", "previous_agency_id", "succession", "reason")
    return relation([{name: getattr(row, name) for name in names} for row in standings], **dict.fromkeys(names, pa.string()))


def _link_relation(definitions: SeriesDefinitions) -> pa.Table:
    names = ("series", "definition", "form", "previous_definition", "previous_form", "comparable", "reason")
    return relation([{name: getattr(row, name) for name in names} for row in definitions.links], **dict.fromkeys(names, pa.string()))


def _structural_relation(definitions: SeriesDefinitions) -> pa.Table:
    rows = [{"form": form, "previous_form": other, "reason": reason} for (form, other), reason in definitions.structural_breaks.items()]
    return relation(rows, **dict.fromkeys(("form", "previous_form", "reason"), pa.string()))


def _absent_relation(definitions: SeriesDefinitions) -> pa.Table:
    """Why a series of one form has nothing in another."""
    there = {(formula.series, formula.form): formula for formula in definitions.formulas}
    forms = sorted({form for _, form in there})
    rows = [
        {"series": series, "form": form, "previous_form": other, "reason": _why_absent(definitions, formula.cells, form, other)}
        for (series, form), formula in there.items()
        for other in forms
        if (series, other) not in there
    ]
    rows += [
        {"series": f"outcome.{row.outcome}", "form": form, "previous_form": other, "reason": row.previous_reason_zh}
        for row in definitions.catalog.outcomes
        if row.previous == "no"
        for form in row.forms
        for other in forms
        if other < row.forms[0]
    ]
    return relation(rows, **dict.fromkeys(("series", "form", "previous_form", "reason"), pa.string()))


def _why_absent(definitions: SeriesDefinitions, cells: tuple[tuple[str, str], ...], form: str, other: str) -> str:
    return definitions.bridges.counterpart_of_sum(form, tuple(field for field, _ in cells), other).reason_zh
