"""Two wide views for each printed table of each form, in printed order under Chinese headings, made from the catalogue alone.

`wide_<form>_<table>` shows figures as printed, `wide_<form>_<table>_corrected` those in force: the corrected one where the office
corrected one, else the printed one. Both say in each row what was corrected.
"""

from __future__ import annotations

import re

from pipeline.catalog import Catalog
from pipeline.catalog.row_types import Axis, Field, FormTable
from pipeline.warehouse.views import View, identifier, literal

_PRINTED_UNIT = re.compile(r"[（(][^（()）]*元[^（()）]*[)）]")
_BODY = {"单位": "报送单位的名称", "年度": "报告所反映的年度（不是发布年度）"}
_EMPTY_CELLS = "数值为空的，是空白、“/”一类写法或无法识别的单元格，并不等于 0，区别见 out_values 的 state 和 raw。"


CORRECTED = "_corrected"  # behind the name of a view
_PRINTED = "数字为报告所印，不用更正值；更正后的数字见 {other}。"
_IN_FORCE = "有更正的单元格为更正后的数字，其余为报告所印；报告所印的数字见 {other}。"
_FIGURES = {False: "{0}value", True: "coalesce({0}corrected_value, {0}value)"}
_SAID = {
    "更正格数": "本行中由主管部门更正的单元格数",
    "更正": "更正的单元格：印出的数字→更正后的数字；没有更正的为空",
}
_PLAIN = "rtrim(rtrim(CAST({0} AS VARCHAR), '0'), '.')"  # of a decimal with six digits


def wide_views(catalog: Catalog) -> list[View]:
    """The wide views of all forms over the current reports in out_values: of each table as printed, then as corrected."""
    tables = [table for form in catalog.forms for table in catalog.tables_of(form.form)]
    return [_wide_view(catalog, table, corrected) for table in tables for corrected in (False, True)]


def headings(catalog: Catalog, form: str, table: str) -> dict[str, str]:
    """A short heading for each field of a printed table, in printed order: row label, then column labels; never two the same.

    Money is stored in yuan, so the unit printed in the form (万元) is replaced by the unit of the stored value.
    """
    fields = catalog.fields_of(form, table)
    short = {field.field: _heading(catalog, field, with_groups=False) for field in fields}
    texts = list(short.values())
    longer = {field.field: _heading(catalog, field, with_groups=True) for field in fields if texts.count(short[field.field]) > 1}
    chosen = {**short, **longer}
    texts = list(chosen.values())
    return {name: text if texts.count(text) == 1 else f"{text}（{name}）" for name, text in chosen.items()}


def without_printed_unit(label: str) -> str:
    """A printed label of an amount without the unit in brackets: amounts are stored in yuan, and 万元 beside them would mislead."""
    return _PRINTED_UNIT.sub("", label)


def _heading(catalog: Catalog, field: Field, *, with_groups: bool) -> str:
    rows = _label_texts(catalog, field, "row", field.row)
    bare = field.by_applicant or catalog.is_list(field.form, field.table)
    columns = [] if bare else _label_texts(catalog, field, "column", field.column)
    text = " ".join((rows if with_groups else rows[-1:]) + columns)
    return f"{without_printed_unit(text)}（{field.unit}）" if field.kind == "money" else text


def _label_texts(catalog: Catalog, field: Field, axis: Axis, label: str | None) -> list[str]:
    """The printed texts of a label and of the groups above it, outermost first."""
    known = {row.label: row for row in catalog.labels_of(field.form, field.table) if row.axis == axis}
    texts: list[str] = []
    while label is not None and label in known and len(texts) <= len(known):
        texts.insert(0, known[label].texts[0])
        label = known[label].parent
    return texts


def _wide_view(catalog: Catalog, table: FormTable, corrected: bool) -> View:
    fields = catalog.fields_of(table.form, table.table)
    by_applicant = any(field.by_applicant for field in fields)
    columns, sql = (_row_for_each_label if by_applicant else _row_for_each_report)(catalog, table, fields, corrected)
    title = next(form.title_zh for form in catalog.forms if form.form == table.form)
    rows = "每份报告的每个印出行一行" if by_applicant else "每份报告一行"
    name = f"wide_{table.form}_{table.table}"
    which = _IN_FORCE.format(other=name) if corrected else _PRINTED.format(other=name + CORRECTED)
    description = f"{title}{table.number_zh}“{table.title_zh}”：现行报告，{rows}，列的次序与印出的表格一致。{which}{_EMPTY_CELLS}"
    return View(name + CORRECTED if corrected else name, description, sql, {**columns, **_SAID})


def _corrections(label: str, order: str, prefix: str = "") -> str:
    """SQL: how many cells of a row were corrected, and which, from what to what. label, order: SQL for a cell."""
    printed = f"CASE WHEN {prefix}value IS NULL THEN '没有数字' ELSE {_PLAIN.format(prefix + 'value')} END"
    told = f"{label} || '：' || {printed} || '→' || {_PLAIN.format(prefix + 'corrected_value')}"
    listed = f"string_agg({told}, '；' ORDER BY {order}) FILTER ({prefix}corrected_value IS NOT NULL)"
    return f'count({prefix}corrected_value) AS "更正格数", {listed} AS "更正"'


def _row_for_each_report(catalog: Catalog, table: FormTable, fields: tuple[Field, ...], corrected: bool) -> tuple[dict[str, str], str]:
    names = headings(catalog, table.form, table.table)
    comments = {names[field.field]: f"{field.label_zh}；指标编号 {field.field}；单位：{field.unit}" for field in fields}
    figure = _FIGURES[corrected].format("")
    cells = [f"max({figure}) FILTER (WHERE field = {literal(field.field)}) AS {identifier(names[field.field])}" for field in fields]
    sql = f"""
        SELECT agency_name AS "单位", report_year AS "年度", {", ".join(cells)}, {_corrections("label", "label")}
        FROM out_values
        WHERE form = {literal(table.form)} AND "table" = {literal(table.table)}
        GROUP BY agency_id, agency_name, report_year, report_id
        ORDER BY report_year, agency_name, report_id
    """
    return {**_BODY, **comments}, sql


def _row_for_each_label(catalog: Catalog, table: FormTable, fields: tuple[Field, ...], corrected: bool) -> tuple[dict[str, str], str]:
    applicants = {row.applicant: row.label_zh for row in catalog.applicants}
    comments = {
        row.label_zh: f"{row.group_zh + '：' if row.group_zh else ''}{row.label_zh}；类别编号 {row.applicant}" for row in catalog.applicants
    }
    if not all(field.by_applicant for field in fields):
        applicants[""] = "不分类别"
        comments["不分类别"] = "不按申请人类别填报的单元格"
    figure = _FIGURES[corrected].format("v.")
    cells = [f"max({figure}) FILTER (WHERE v.applicant = {literal(key)}) AS {identifier(label)}" for key, label in applicants.items()]
    heading = f"CASE v.applicant {' '.join(f'WHEN {literal(key)} THEN {literal(label)}' for key, label in applicants.items())} END"
    lines = ", ".join(f"({position}, {literal(field.field)}, {literal(field.label_zh)})" for position, field in enumerate(fields))
    sql = f"""
        SELECT v.agency_name AS "单位", v.report_year AS "年度", l.label AS "项目", {", ".join(cells)},
               {_corrections(heading, "v.applicant", "v.")}
        FROM out_values v JOIN (VALUES {lines}) AS l(position, field, label) ON v.field = l.field
        WHERE v.form = {literal(table.form)} AND v."table" = {literal(table.table)}
        GROUP BY v.agency_id, v.agency_name, v.report_year, v.report_id, l.position, l.label
        ORDER BY v.report_year, v.agency_name, v.report_id, l.position
    """
    return {**_BODY, "项目": "印出的行，按印出的次序", **comments}, sql
