"""The unit of an amount or a count: from the cell, from the headings over and beside it, or from the form; else by its size."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Unit
from pipeline.normalise.wording import compact, simplified

# No purchase that goes through central procurement is worth less than this (yuan): a smaller amount for each item
# cannot be yuan. Example: 6944.93 for 53 purchases is 万元, 8040 for one purchase is yuan.
SMALLEST_PURCHASE = Decimal(1000)

_IN_BRACKETS = re.compile(r"[(\[](?:计量)?(?:单位)?[:：]?([\u4e00-\u9fff]{1,3})[)\]]$")


def unit_of(catalog: Catalog, field: Field, printed: Unit | None, headings: Iterable[str]) -> Unit | None:
    """The unit of an amount as printed, or by the form's own label; None where it stands nowhere, or is left open (万元/元)."""
    if printed is not None and printed.kind == "money":
        return printed
    by_name = {unit.unit: unit for unit in catalog.units if unit.kind == "money"}
    for text in (*headings, field.label_zh):
        if _names_two(catalog, text):
            return None
        if compact(text) in by_name:  # a cell of its own for the unit
            return by_name[compact(text)]
        unit = _unit_in(catalog, text)
        if unit is not None:
            return unit
    return None


def counting_unit(catalog: Catalog, printed: Unit | None, headings: Iterable[str]) -> Decimal:
    """What a count is multiplied with: by the unit in its cell, or by one alone or in brackets over or beside it (万条)."""
    if printed is not None:
        return printed.factor
    factors = {unit.unit: unit.factor for unit in catalog.units if unit.kind == "count"}
    for text in headings:
        bare = compact(text)
        in_brackets = _IN_BRACKETS.search(bare)
        if (name := in_brackets[1] if in_brackets and bare not in factors else bare) in factors:
            return factors[name]
    return Decimal(1)


def unit_of_form(catalog: Catalog, field: Field) -> Unit | None:
    """The unit that the form itself prints for a field, or None where it leaves that open."""
    return _unit_in(catalog, field.label_zh)


def unit_by_size(catalog: Catalog, amount: Decimal, items: Decimal | None) -> Unit:
    """The likelier unit of an amount that has none, seen how many items it paid for: yuan, or 万元 where yuan is too small."""
    each = abs(amount) / items if items else abs(amount)
    name = "元" if each >= SMALLEST_PURCHASE else "万元"
    return next(unit for unit in catalog.units if unit.unit == name)


def _names_two(catalog: Catalog, text: str) -> bool:
    """Whether a heading leaves open which of two units of money its figures are in."""
    bare = compact(simplified(text))
    match = _stated_unit(catalog).search(bare)
    return match is not None and re.match(r"[/、或和](?:人民币)?[百千万亿]{0,2}元", bare[match.end() :]) is not None


def _unit_in(catalog: Catalog, text: str) -> Unit | None:
    match = _stated_unit(catalog).search(compact(simplified(text)))
    return next((unit for unit in catalog.units if match and unit.unit == match["unit"]), None)


@lru_cache(maxsize=8)
def _stated_unit(catalog: Catalog) -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(unit.unit) for unit in catalog.units if unit.kind == "money"), key=len, reverse=True))
    return re.compile(rf"(?:\((?:单位)?[:：]?|单位[:：]?|\[)(?:人民币)?(?P<unit>{units})")
