"""The dictionary: everything that an id in the warehouse can stand for, as rows and as a page, made from the catalogue.

`python -m pipeline.warehouse.dictionary docs/dictionary.md` writes the page anew.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path

from msgspec import Struct, structs

from pipeline.catalog import Catalog, load_catalog, severities
from pipeline.catalog.row_types import Table
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.indicators.outcomes import definition_of
from pipeline.indicators.series_definitions import series_definitions
from pipeline.indicators.terms import compile_indicators
from pipeline.warehouse.views import View, sql_views
from pipeline.warehouse.wide import wide_views


class Entry(Struct, frozen=True):
    """A row of out_dictionary. form and unit are "" where an entry has none."""

    entry_kind: str
    entry: str
    form: str
    title_zh: str
    unit: str
    definition_zh: str


_HEADINGS = {
    "form": "格式",
    "form_table": "格式中的表",
    "field": "指标（单元格）",
    "applicant": "申请人类别",
    "rule": "勾稽规则",
    "indicator": "分析指标",
    "area_indicator": "地区指标",
    "series_measure": "增长指标",
    "outcome": "办理结果类别",
    "series": "跨格式的序列",
    "quantity": "分析指标所用的其他数值",
    "problem": "读取问题",
    "evidence": "身份依据",
    "error_kind": "笔误类型",
    "claim_measure": "文字中的数字所计的对象",
    "table": "数据表",
    "column": "列",
    "view": "视图",
}


def dictionary_rows(catalog: Catalog) -> list[dict[str, object]]:
    """The rows of out_dictionary, ready for `from_rows`."""
    return [structs.asdict(entry) for entry in entries(catalog)]


def entries(catalog: Catalog) -> list[Entry]:
    """All entries, kind after kind, within a kind in the order of the catalogue."""
    makers: tuple[Callable[[Catalog], Iterator[Entry]], ...] = (_of_forms, _of_rules, _of_prose, _of_the_warehouse)
    return [entry for maker in makers for entry in maker(catalog)]


def markdown(catalog: Catalog) -> str:
    """The dictionary as a page: one table for each kind of entry. The same catalogue gives the same text."""
    lines = ["# 字典", "", "本页由目录生成（`python -m pipeline.warehouse.dictionary docs/dictionary.md`），请勿手工修改。"]
    for kind, group in groupby(entries(catalog), key=lambda entry: entry.entry_kind):
        listed = list(group)
        columns = {"编号": "entry", "格式": "form", "名称": "title_zh", "单位": "unit", "定义": "definition_zh"}
        used = {heading: name for heading, name in columns.items() if any(getattr(entry, name) for entry in listed)}
        lines += ["", f"## {_HEADINGS[kind]}", "", _line(list(used)), _line(["---"] * len(used))]
        lines += [_line([_cell(name, getattr(entry, name)) for name in used.values()]) for entry in listed]
    return "\n".join(lines) + "\n"


def _of_forms(catalog: Catalog) -> Iterator[Entry]:
    for form in catalog.forms:
        years = f"适用于 {form.valid_from} 至 {form.valid_to} 年度" if form.valid_to else f"适用于 {form.valid_from} 年度起"
        yield Entry("form", form.form, form.form, form.title_zh, "", f"{years}。{form.source_zh}")
    for table in catalog.form_tables:
        yield Entry("form_table", table.table, table.form, table.number_zh, "", table.title_zh)
    for field in catalog.fields:
        table = catalog.form_table(field.form, field.table)
        each = "，按申请人类别分列" if field.by_applicant else ""
        yield Entry("field", field.field, field.form, field.label_zh, field.unit, f"{table.number_zh}“{table.title_zh}”中的一项{each}")
    for row in catalog.applicants:
        place = f"“{row.group_zh}”项下" if row.group_zh else "表三的一列"
        yield Entry("applicant", row.applicant, "", row.label_zh, "", place + ("，计入总计" if row.in_total else ""))


def _of_rules(catalog: Catalog) -> Iterator[Entry]:
    for rule in catalog.rules:
        name = f"{rule.rule}.{rule.part}" if rule.part else rule.rule
        forms = f"适用格式：{'、'.join(rule.forms)}。" if rule.forms else ""
        weak = "（只是旁证）" if rule.weak else ""
        definition = f"{_sentence(rule.definition_zh)}程度：{severities.FINDINGS[rule.severity]}{weak}。{forms}"
        yield Entry("rule", name, "", rule.title_zh, "", definition)
    for row in compile_indicators(catalog):
        limit = f"分母小于 {row.minimum_denominator} 时只列件数。" if row.minimum_denominator else ""
        share = "附 95% 置信区间。" if row.is_share else ""
        caveat = f"注意：{_sentence(row.caveat_zh)}" if row.caveat_zh else ""
        forms = "、".join(row.forms) or "各格式"
        definition = f"{_sentence(row.definition_zh)}算式：{row.formula}。{limit}{share}{caveat}适用格式：{forms}。"
        yield Entry(
            "indicator", row.definition, " ".join(row.forms) if row.definition != row.indicator else "", row.label, row.unit, definition
        )
    for area in catalog.area_indicators:
        mind = f"注意：{_sentence(area.caveat_zh)}" if area.caveat_zh else ""
        limit = f"不足 {area.minimum_bodies} 个单位时不计算。"
        yield Entry("area_indicator", area.indicator, "", area.label_zh, "", f"{_sentence(area.definition_zh)}{limit}{mind}")
    for measure in catalog.series_measures:
        where = f"见视图 {measure.view} 的“{measure.column}”。"
        yield Entry("series_measure", measure.measure, "", measure.label_zh, measure.unit, _sentence(measure.definition_zh) + where)
    yield from _of_series(catalog)
    for quantity in catalog.quantities:
        yield Entry("quantity", quantity.quantity, "", quantity.label_zh, quantity.unit, _sentence(quantity.definition_zh))
    for problem in catalog.problems:
        definition = f"{_sentence(problem.definition_zh)}程度：{severities.PROBLEMS[problem.severity]}。"
        yield Entry("problem", problem.code, "", problem.title_zh, "", definition)
    for error in catalog.localisation.error_kinds.values():
        yield Entry("error_kind", error.error_kind, "", error.title_zh, "", _sentence(error.definition_zh))
    for kind in catalog.evidence:
        about = {"agency": "单位", "year": "年度", "version": "版本"}[kind.about]
        definition = f"{_sentence(kind.definition_zh)}分量：{kind.weight}。" + ("与认定结果不一致时列为问题。" if kind.strong else "")
        yield Entry("evidence", f"{kind.kind}.{kind.about}", "", f"{kind.title_zh}（{about}）", "", definition)


def _of_prose(catalog: Catalog) -> Iterator[Entry]:
    for measure in catalog.claims.measures.values():
        parts = f"可为{'、'.join(measure.parents)}的一部分。" if measure.parents else ""
        cells = f"对应单元格：{'、'.join(measure.fields)}。" if measure.fields else ""
        definition = f"报告文字中写明的{_sentence(measure.label_zh)}{parts}{cells}"
        yield Entry("claim_measure", measure.measure, "", measure.label_zh, "", definition)


def _of_series(catalog: Catalog) -> Iterator[Entry]:
    """The outcome classes, and the sums that stand in a form for a field of another; a definition that is a field id is that field."""
    for outcome in catalog.outcomes:
        mind = f"与前一格式相比：{_sentence(outcome.previous_reason_zh)}" if outcome.previous_reason_zh else ""
        definition = f"{_sentence(outcome.definition_zh)}算式：{outcome.cells}。{mind}"
        yield Entry("outcome", definition_of(outcome), " ".join(outcome.forms), outcome.label_zh, "件", definition)
    for row in series_definitions(catalog).formulas:
        if row.definition != row.series:
            cells = " + ".join(field for field, _ in row.cells)
            yield Entry("series", row.definition, row.form, row.label, row.unit, f"序列 {row.series} 在该格式中取 {cells}。")


def _of_the_warehouse(catalog: Catalog) -> Iterator[Entry]:
    for table in catalog.tables:
        yield Entry("table", table.table, "", table.label_zh, "", _sentence(table.definition_zh) + _shape(table))
    for column in catalog.columns:
        yield Entry("column", column.column, "", column.label_zh, column.unit, f"{_sentence(column.definition_zh)}类型：{column.type}。")
    for view in (*wide_views(catalog), *sql_views(catalog)):
        yield Entry("view", view.name, "", _title(view), "", view.description_zh)


def _shape(table: Table) -> str:
    stored = "按年度存放。" if table.by_year else ""
    return f"列：{'、'.join(table.columns)}。主键：{'、'.join(table.key)}。{stored}"


def _title(view: View) -> str:
    """What stands before the first mark of the description."""
    return view.description_zh.replace("。", "：").partition("：")[0]


def _sentence(text: str) -> str:
    return text if text.endswith("。") else f"{text}。"


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(name: str, text: str) -> str:
    plain = text.replace("|", "\\|").replace("\n", " ")
    return f"`{plain}`" if name == "entry" else plain.replace("<", "&lt;").replace("*", "\\*").replace("_", "\\_")


if __name__ == "__main__":
    Path(sys.argv[1]).write_text(markdown(load_catalog(DEFAULT_CATALOG)), encoding="utf-8")
