"""Kinds about single figures: whole and not negative, nothing beside the number in a count, the unit of an amount."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from pipeline.catalog.row_types import Field, Rule
from pipeline.checks.evidence import finding_cell, listed, number_text
from pipeline.checks.expand import Expander
from pipeline.checks.kind import NOT_APPLICABLE, NOT_ASSESSABLE, PASS, Assessment, Check, Glance, Kind
from pipeline.checks.model import ReportFacts
from pipeline.checks.names import quoted
from pipeline.checks.parameters import pattern_of, whole_number_of
from pipeline.common.errors import CatalogError
from pipeline.normalise.model import Cell

_PLAIN_NUMBER = re.compile(r"\d{1,3}(?:,\d{3})+|\d+")


def _numbers(facts: ReportFacts, expander: Expander, table: str) -> Iterator[tuple[Field, str | None, Cell]]:
    """The cells of one table that are numbers, with their fields."""
    form = facts.form_of(table)
    for field in expander.catalog.fields_of(form, table) if form else ():
        for applicant in [row.applicant for row in expander.catalog.applicants] if field.by_applicant else [None]:
            cell = facts.cells.get((field.field, applicant))
            if cell is not None and cell.value is not None:
                yield field, applicant, cell


def _is_allowed(field: Field, cell: Cell) -> bool:
    value = cell.value
    assert value is not None
    whole = value == value.to_integral_value()
    return (whole or field.kind == "money") and (value >= 0 or field.kind == "signed_count")


def _figure(cell: Cell) -> str:
    """What is printed, and the number that it means where that is another text."""
    printed, number = cell.raw.strip(), number_text(cell.value or Decimal(0))
    return f"“{printed}”" if printed == number else f"“{printed}”，即 {number}"


def _whole_numbers(_: Rule, expander: Expander) -> Check:
    names = expander.names

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        results = []
        for table in expander.catalog.table_ids:
            for field, applicant, cell in _numbers(facts, expander, table):
                if _is_allowed(field, cell):
                    results.append(PASS)
                    continue
                place, cells = names.place([(field, applicant)]), (finding_cell(names, facts, field, applicant, cell),)
                results.append(
                    Assessment("fail", place=place, table=table, cells=cells, actual=cell.value, details={"figure": _figure(cell)})
                )
        return results or [NOT_ASSESSABLE]

    return check


def _remark_in_count(rule: Rule, expander: Expander) -> Check:
    names, pattern = expander.names, pattern_of(rule, "pattern")

    def of_table(facts: ReportFacts, table: str) -> Assessment:
        counts = [entry for entry in _numbers(facts, expander, table) if entry[0].kind != "money"]
        remarked = [entry for entry in counts if pattern.search(entry[2].raw)]
        if not remarked:
            return PASS if counts else NOT_ASSESSABLE
        texts = [f"{quoted(names.full(field, applicant))}填“{cell.raw.strip()}”" for field, applicant, cell in remarked]
        cells = tuple(finding_cell(names, facts, *entry) for entry in remarked)
        details = {"list": listed(texts), "count": str(len(texts))}
        return Assessment("fail", place=names.table(facts.form_of(table), table), table=table, cells=cells, details=details)

    def check(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        return [of_table(facts, table) for table in expander.catalog.table_ids if facts.form_of(table)] or [NOT_ASSESSABLE]

    return check


def _amount_without_unit(rule: Rule, expander: Expander) -> Check:
    names, path, minimum = expander.names, rule.parameters["field"], whole_number_of(rule, "minimum")
    fields = {row.form: row for row in expander.catalog.fields if row.field == path}
    if not fields or any(row.kind != "money" for row in fields.values()):
        raise CatalogError(f"rules.csv 的 {rule.rule}：参数 field 应为一项金额，现为“{path}”。")
    table = next(iter(fields.values())).table

    def tells(facts: ReportFacts) -> Assessment | None:
        if facts.form_of(table) not in fields:
            return NOT_APPLICABLE
        cell = facts.cells.get((path, None))
        if cell is None or cell.value is None:
            return NOT_ASSESSABLE
        printed = _printed(cell)
        number = int(printed.replace(",", "")) if _PLAIN_NUMBER.fullmatch(printed) else 0
        return PASS if number < minimum or number == cell.value else None  # equal: the heading says yuan, or the size did

    def look(facts: ReportFacts, _: ReportFacts | None) -> list[Assessment]:
        field, cell = fields[facts.form_of(table) or ""], facts.cells[path, None]
        cells = (finding_cell(names, facts, field, None, cell),)
        return [Assessment("fail", place=names.place([(field, None)]), cells=cells, actual=cell.value, details={"raw": _printed(cell)})]

    return Glance(tells, look)


def _printed(cell: Cell) -> str:
    return unicodedata.normalize("NFKC", cell.raw).strip()


WHOLE_NUMBERS = Kind(_whole_numbers, says=frozenset({"figure"}))
REMARK_IN_COUNT = Kind(_remark_in_count, needs=frozenset({"pattern"}), says=frozenset({"list", "count"}))
AMOUNT_WITHOUT_UNIT = Kind(_amount_without_unit, needs=frozenset({"field", "minimum"}), says=frozenset({"raw"}))
