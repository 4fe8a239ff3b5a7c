"""What must hold between the rows of a catalogue, checked each time one is loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from dataclasses import astuple
from itertools import product

from pipeline.catalog.model import Catalog
from pipeline.common.errors import CatalogError

APPLICANT_COLUMN = "@applicant"
_APPLICANT_WORDS = {"parts", "all", "$", None}


def validate(catalog: Catalog) -> None:
    """Raises CatalogError at the first contradiction: a doubled id, a label, field or table that is named and not there."""
    _unique("forms.csv", (form.form for form in catalog.forms))
    _unique("form_tables.csv", ((row.form, row.table) for row in catalog.form_tables))
    _unique("fields", ((row.form, row.field) for row in catalog.fields))
    _unique("applicants.csv", (row.applicant for row in catalog.applicants))
    _unique("units.csv", (row.unit for row in catalog.units))
    _unique("agency_kinds.csv", (row.suffix for row in catalog.agency_kinds))
    _unique("file_kinds.csv", (row.kind for row in catalog.file_kinds))
    _unique("evidence.csv", ((row.kind, row.about) for row in catalog.evidence))
    _unique("columns.csv", (row.column for row in catalog.columns))
    _unique("tables.csv", (row.table for row in catalog.tables))
    _unique("rules.csv", ((row.rule, row.part) for row in catalog.rules))
    _unique("indicators.csv", (row.definition for row in catalog.indicators))
    _unique("area_indicators.csv", (row.indicator for row in catalog.area_indicators))
    _unique("series_measures.csv", (row.measure for row in catalog.series_measures))
    _unique("outcomes.csv", ((row.outcome, form) for row in catalog.outcomes for form in row.forms))
    _unique("quantities.csv", (row.quantity for row in catalog.quantities))
    _unique("problems.csv", (row.code for row in catalog.problems))
    _unique("bridges.csv", (row[:4] for row in map(astuple, catalog.bridges)))
    _check_agency_kinds(catalog)
    _check_forms(catalog)
    _check_fields(catalog)
    _check_labels(catalog)
    _check_references(catalog)
    _check_tables(catalog)
    _check_binding(catalog)


def _unique(where: str, keys: Iterable[Hashable]) -> None:
    twice = [key for key, count in Counter(keys).items() if count > 1]
    if twice:
        raise CatalogError(f"{where}：编号重复：{twice[0]}")


def _check_binding(catalog: Catalog) -> None:
    """A wrong figure is located by what always has to be equal, and by nothing else."""
    for rule in catalog.rules:
        if rule.binds and (rule.when or (rule.holds and rule.holds.relation != "=")):
            raise CatalogError(f"rules.csv：{rule.rule} 的 binds 为 yes，而它不是无条件的等式。请改为 no。")
        if rule.limits and (rule.weak or rule.holds is None or rule.holds.relation not in ("<=", ">=")):
            raise CatalogError(f"rules.csv：{rule.rule} 的 binds 为 limit，而它不是“不大于”“不小于”的关系，或者只作旁证。请改为 no。")


def _check_forms(catalog: Catalog) -> None:
    """No year is covered by two forms: the form due for it would be a matter of order."""
    before = None
    for form in sorted(catalog.forms, key=lambda form: form.valid_from):
        if before and (before.valid_to is None or before.valid_to >= form.valid_from):
            raise CatalogError(f"forms.csv：{before.form} 与 {form.form} 的适用年度重叠，请填写 {before.form} 的 valid_to。")
        before = form


def _check_fields(catalog: Catalog) -> None:
    tables = {(row.form, row.table) for row in catalog.form_tables}
    labels = {(row.form, row.table, row.axis, row.label) for row in catalog.labels if row.role == "item"}
    for field in catalog.fields:
        where = f"fields/{field.form}.csv 的 {field.field}"
        if (field.form, field.table) not in tables:
            raise CatalogError(f"{where}：form_tables.csv 没有表 {field.table}。")
        if field.by_applicant != (field.column == APPLICANT_COLUMN):
            raise CatalogError(f"{where}：分申请人类别的指标，其 column 应为 {APPLICANT_COLUMN}，其他指标不应如此。")
        if not field.row and not field.column:
            raise CatalogError(f"{where}：row 与 column 不能都为空。")
        for axis, label in (("row", field.row), ("column", field.column)):
            if label and label != APPLICANT_COLUMN and (field.form, field.table, axis, label) not in labels:
                raise CatalogError(f"{where}：labels/{field.table}.csv 没有 {field.form} 年格式的 {axis} 标签 {label}。")


def _check_agency_kinds(catalog: Catalog) -> None:
    for row in catalog.agency_kinds:
        if any(other.kind == row.kind and other.owes != row.owes for other in catalog.agency_kinds):
            raise CatalogError(f"agency_kinds.csv 的“{row.suffix}”：同一性质（{row.kind}）的各行，owes 应当相同。")


def _check_labels(catalog: Catalog) -> None:
    known = {(row.form, row.table, row.axis, row.label): row for row in catalog.labels}
    applicants = {row.applicant for row in catalog.applicants}
    used = {
        (field.form, field.table, axis, label) for field in catalog.fields for axis, label in (("row", field.row), ("column", field.column))
    }
    by_applicant = {(field.form, field.table) for field in catalog.fields if field.by_applicant}
    for key, label in known.items():
        where = f"labels/{label.table}.csv 的 {label.label}（{label.form} 年格式）"
        if label.parent and known.get((*key[:3], label.parent)) is None:
            raise CatalogError(f"{where}：没有上级标签 {label.parent}。")
        is_applicant = label.axis == "column" and label.label in applicants and (label.form, label.table) in by_applicant
        if label.role == "item" and key not in used and not is_applicant:
            raise CatalogError(f"{where}：没有指标使用这个标签。")


def _check_references(catalog: Catalog) -> None:
    _check_rule_terms(catalog)
    _check_bridges(catalog)
    for quantity in catalog.quantities:
        if strange := set(quantity.forms) - {form.form for form in catalog.forms}:
            raise CatalogError(f"quantities.csv 的 {quantity.quantity}：没有 {'、'.join(sorted(strange))} 这种格式。")
    for row in catalog.area_indicators:
        if (row.kind == "on_time") == (row.measure in {indicator.indicator for indicator in catalog.indicators}):
            raise CatalogError(f"area_indicators.csv 的 {row.indicator}：measure 应为 indicators.csv 中的绝对数指标（on_time 不填）。")


def _check_rule_terms(catalog: Catalog) -> None:
    """Every cell that a rule names is one of some form."""
    ids = {field.field for field in catalog.fields}
    applicants = {row.applicant for row in catalog.applicants} | {row.label for row in catalog.labels if row.role == "extra"}
    for rule in catalog.rules:
        values = [value for value in rule.each if not value.startswith("@")] or ["$"]
        for expression, value in product(filter(None, (rule.when, rule.holds)), values):
            for term in expression.substitute(value).terms:
                where = f"rules.csv 的 {rule.rule}"
                if term.applicant not in applicants | _APPLICANT_WORDS:
                    raise CatalogError(f"{where}：没有申请人类别 {term.applicant}。")
                _check_path(where, term.path, ids)


def _check_bridges(catalog: Catalog) -> None:
    """Every field that a row names is one of its form, and every way of comparing has the fields that it needs."""
    for row in catalog.bridges:
        where = f"bridges.csv（{row.earlier_form} 与 {row.later_form} 年格式）"
        for form, paths in ((row.earlier_form, row.earlier), (row.later_form, row.later)):
            ids = [field.field for field in catalog.fields_of(form)]
            for path in paths:
                if not any(name.startswith(path[:-1]) if path.endswith("*") else name == path for name in ids):
                    raise CatalogError(f"{where}：{form} 年格式没有指标 {path}。")
        if not (row.earlier or row.later) or (row.how != "no" and not (row.earlier and row.later)):
            raise CatalogError(f"{where}：可比的两侧都要写明指标，不可比的至少写明一侧（{row.reason_zh}）。")


def _check_path(where: str, path: str | None, ids: set[str]) -> None:
    if not path or path == "*" or "$" in path:
        return
    matches = any(field.startswith(path[:-1]) for field in ids) if path.endswith("*") else path in ids
    if not matches:
        raise CatalogError(f"{where}：没有指标 {path}。")


def _check_tables(catalog: Catalog) -> None:
    columns = {row.column for row in catalog.columns}
    for table in catalog.tables:
        for name in (*table.columns, *table.key, *table.required):
            if name not in columns:
                raise CatalogError(f"tables.csv 的 {table.table}：columns.csv 没有列 {name}。")
        missing = (set(table.key) | set(table.required)) - set(table.columns)
        if missing:
            raise CatalogError(f"tables.csv 的 {table.table}：{'、'.join(sorted(missing))} 不在 columns 之中。")
        if table.by_year and "report_year" not in table.columns:
            raise CatalogError(f"tables.csv 的 {table.table}：按年度存放的表应有 report_year 列。")
