"""The indicators of the catalogue written out as cells: which cell of which form counts on which side, and how often."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache
from typing import Literal

from pipeline.catalog.expressions import Expression, Term, parse_expression
from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Indicator
from pipeline.common.errors import CatalogError
from pipeline.indicators.relations import applicant_heading

Side = Literal["numerator", "denominator"]
_NUMBERING = re.compile(r"^\s*(?:\d+[.．、]|（[一二三四五六七八九十]+）|其中：)")
_REMARK = re.compile(r"（不[^）]*）$")
_STEP = Decimal("0.001")  # coefficients join as DECIMAL(9,3)


ANY_FORM = "*"  # the form of a term that is a quantity beside the report and no cell of a form


@dataclass(frozen=True)
class CellTerm:
    """coefficient x one cell of one form. applicant is "" for fields without applicant columns; previous: of last year's report.

    A quantity (quantities.csv) has the form `*`, its source as table and its id as field.
    """

    side: Side
    form: str
    table: str
    field: str
    applicant: str
    coefficient: Decimal
    previous: bool = False


@dataclass(frozen=True)
class CompiledIndicator:
    """One formula of an indicator with `each` and every wildcard written out, for every form for which it holds.

    row_label: the name as the row has it. definition: the id of the formula; another formula of the same indicator holds for
    other forms. formula: numerator ÷ denominator as the row has them, with `$` replaced.
    """

    indicator: str
    definition: str
    row_label: str
    label: str
    unit: str
    minimum_denominator: int
    is_ratio: bool
    is_share: bool
    numerator_constant: Decimal
    denominator_constant: Decimal
    terms: tuple[CellTerm, ...]
    formula: str
    caveat_zh: str
    definition_zh: str

    @property
    def forms(self) -> tuple[str, ...]:
        """The forms for which the formula holds; none where it needs no cell of any form."""
        return tuple(dict.fromkeys(term.form for term in self.terms if term.form != ANY_FORM))


@lru_cache(maxsize=8)  # asked for by a dozen steps and sheets, for every year
def compile_indicators(catalog: Catalog) -> tuple[CompiledIndicator, ...]:
    """All rows of indicators.csv, written out.

    A row that names no forms holds for every form that has all its cells and that no other row of the same indicator names.
    Raises CatalogError where a row names a cell, form or applicant that is not there, where two rows give one id, and where
    two formulas of an indicator hold for one form or differ in name or unit.
    """
    compiled = tuple(
        _compile(catalog, row, value) for row in catalog.indicators for value in (_values(catalog, row) if row.each else (None,))
    )
    ids = [row.definition for row in compiled]
    for name in ids:
        if ids.count(name) > 1:
            raise CatalogError(f"indicators.csv：{name} 出现不止一次；有 each 的行，编号中应有 $。")
    return tuple(_fitted(compiled))


def _fitted(compiled: Iterable[CompiledIndicator]) -> Iterator[CompiledIndicator]:
    """Each formula under the name that the first one of its indicator has. Raises CatalogError where two do not fit together."""
    by_indicator: dict[str, CompiledIndicator] = {}
    held: set[tuple[str, str]] = set()
    for formula in compiled:
        first = by_indicator.setdefault(formula.indicator, formula)
        if (first.row_label, first.unit, first.is_ratio) != (formula.row_label, formula.unit, formula.is_ratio):
            raise CatalogError(f"indicators.csv 的 {formula.definition}：名称、单位应与 {first.definition} 相同，并同为比率或同为绝对数。")
        if clash := [form for form in formula.forms if (formula.indicator, form) in held]:
            raise CatalogError(f"indicators.csv 的 {formula.definition}：{clash[0]} 年格式已有另一算式，请写明 forms。")
        held.update((formula.indicator, form) for form in formula.forms)
        yield replace(formula, label=first.label)


def one_of_each(compiled: tuple[CompiledIndicator, ...]) -> tuple[CompiledIndicator, ...]:
    """The first formula of each indicator, for lists that need its name and unit once."""
    return tuple({row.indicator: row for row in reversed(compiled)}.values())[::-1]


def _values(catalog: Catalog, row: Indicator) -> tuple[str, ...]:
    values: list[str] = []
    for word in row.each:
        if word == "@parts":
            values += [applicant.applicant for applicant in catalog.applicants if applicant.in_total]
        elif word == "@applicants":
            values += [applicant.applicant for applicant in catalog.applicants]
        elif word.startswith("@"):
            raise _error(row, f"each 中没有 {word} 这种写法。")
        else:
            values.append(word)
    return tuple(values)


def _compile(catalog: Catalog, row: Indicator, value: str | None) -> CompiledIndicator:
    sides: dict[Side, Expression] = {"numerator": parse_expression(row.numerator)}
    if row.denominator:
        sides["denominator"] = parse_expression(row.denominator)
    if value is not None:
        sides = {side: expression.substitute(value) for side, expression in sides.items()}
    name = "" if value is None else _name_of(catalog, row, value)
    return CompiledIndicator(
        indicator=row.indicator.replace("$", value or "$"),
        definition=row.definition.replace("$", value or "$"),
        row_label=row.label_zh,
        label=row.label_zh.replace("$", name),
        unit=row.unit,
        minimum_denominator=row.minimum_denominator,
        is_ratio="denominator" in sides,
        is_share=row.is_share,
        numerator_constant=_constant(sides["numerator"]),
        denominator_constant=_constant(sides["denominator"]) if "denominator" in sides else Decimal(0),
        terms=_terms(catalog, row, sides),
        formula=" ÷ ".join(expression.text for expression in sides.values()),
        caveat_zh=row.caveat_zh,
        definition_zh=row.definition_zh,
    )


def _terms(catalog: Catalog, row: Indicator, sides: dict[Side, Expression]) -> tuple[CellTerm, ...]:
    if any(expression.relation for expression in sides.values()):
        raise _error(row, "分子、分母只能是和，不能有关系符号。")
    known = [form.form for form in catalog.forms]
    if set(row.forms) - set(known):
        raise _error(row, f"没有 {'、'.join(sorted(set(row.forms) - set(known)))} 这种格式。")
    elsewhere = {form for other in catalog.indicators if other.indicator == row.indicator and other is not row for form in other.forms}
    terms: dict[CellTerm, None] = {}
    missing: dict[str, str] = {}
    for form in row.forms or [form for form in known if form not in elsewhere]:
        try:
            terms |= dict.fromkeys(term for side, expression in sides.items() for term in _side(catalog, row, form, side, expression))
        except KeyError as error:
            missing[form] = str(error.args[0])
    if missing and (row.forms or not terms):
        form, path = next(iter(missing.items()))
        raise _error(row, f"{form} 年格式没有指标 {path}。")
    return tuple(terms)


def _side(catalog: Catalog, row: Indicator, form: str, side: Side, expression: Expression) -> list[CellTerm]:
    """The cells and quantities of one side in one form, each once. Raises KeyError with the path that the form does not have."""
    sources = {quantity.quantity: quantity.source for quantity in catalog.quantities}
    cells: dict[tuple[str, str, str, str, bool], Decimal] = {}
    for term in expression.left:
        if term.path is None:
            continue
        if term.path in sources:
            key = (ANY_FORM, sources[term.path], term.path, "", False)
            cells[key] = cells.get(key, Decimal(0)) + term.coefficient
            continue
        for field in _fields(catalog, form, term.path):
            for applicant in _applicants(catalog, row, field, term):
                key = (form, field.table, field.field, applicant, term.previous)
                cells[key] = cells.get(key, Decimal(0)) + term.coefficient
    if not cells:
        raise _error(row, "分子、分母中至少要有一个单元格。")
    for coefficient in cells.values():
        if coefficient != coefficient.quantize(_STEP) or abs(coefficient) >= 10**6:
            raise _error(row, f"系数 {coefficient} 应小于 1000000，最多三位小数。")
    return [CellTerm(side, *key[:4], coefficient, key[4]) for key, coefficient in cells.items()]


def _fields(catalog: Catalog, form: str, path: str) -> list[Field]:
    if not path.endswith("*"):
        fields = [field for field in catalog.fields_of(form) if field.field == path]
    else:
        fields = [field for field in catalog.fields_of(form) if field.field.startswith(path[:-1])]
    if not fields:
        raise KeyError(path)
    return fields


def _applicants(catalog: Catalog, row: Indicator, field: Field, term: Term) -> tuple[str, ...]:
    if not field.by_applicant:
        if term.applicant is not None:
            raise _error(row, f"指标 {field.field} 不分申请人类别，不应写 [{term.applicant}]。")
        return ("",)
    columns: dict[str | None, tuple[str, ...]] = {applicant.applicant: (applicant.applicant,) for applicant in catalog.applicants}
    columns["parts"] = tuple(applicant.applicant for applicant in catalog.applicants if applicant.in_total)
    columns["all"] = tuple(applicant.applicant for applicant in catalog.applicants)
    if term.applicant not in columns:
        raise _error(row, f"指标 {field.field} 应写明申请人类别，如 [total]，现为“{term.applicant or ''}”。")
    return columns[term.applicant]


def _name_of(catalog: Catalog, row: Indicator, value: str) -> str:
    """The Chinese name of a value of `each`: an applicant heading, or the last part of the label of the cell it names."""
    if any(applicant.applicant == value for applicant in catalog.applicants):
        return applicant_heading(catalog, value)
    terms = parse_expression(row.numerator).left
    paths = {term.path.replace("$", value) for term in terms if term.path and "$" in term.path}
    for field in catalog.fields:
        if field.field in paths:
            return _REMARK.sub("", _NUMBERING.sub("", field.label_zh.rpartition("/")[2].strip()))
    raise _error(row, f"each 的值 {value} 没有对应的指标。")


def _constant(expression: Expression) -> Decimal:
    return sum((term.coefficient for term in expression.left if term.path is None), Decimal(0))


def _error(row: Indicator, message: str) -> CatalogError:
    return CatalogError(f"indicators.csv 的 {row.indicator}：{message}")
