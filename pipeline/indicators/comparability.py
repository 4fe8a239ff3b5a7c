"""Which cells of last year's form a cell of this year's form may be compared with: the bridges written out for every cell."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.common.sql import relation
from pipeline.indicators.bridges import Bridges, Counterpart
from pipeline.indicators.relations import applicants_of

_NO_COLUMNS = "{form}不分申请人类别"
COMPARABLE = {"same": "yes", "sum": "yes", "weakly": "weakly", "no": "no"}


@dataclass(frozen=True)
class Pair:
    """A cell of a form, and the cells of the form of the year before whose sum it is compared with (none: with nothing)."""

    form: str
    field: str
    applicant: str
    previous_form: str
    previous_table: str | None
    previous: tuple[tuple[str, str], ...]
    comparable: str
    reason: str


@lru_cache(maxsize=8)  # a thousand and more, the same for every year
def pairs(catalog: Catalog) -> tuple[Pair, ...]:
    """One for each cell of each form and each form that last year's table may have."""
    bridges = Bridges(catalog)
    return tuple(
        _pair(catalog, field, applicant, previous.form, bridges.counterpart(field.form, field.field, previous.form))
        for field in catalog.fields
        for previous in catalog.forms
        for applicant in applicants_of(catalog, field)
    )


def pair_relation(listed: tuple[Pair, ...]) -> pa.Table:
    """form, field, applicant, previous_form, previous_table (null: any), comparable, reason, cells (how many are added up)."""
    rows = [
        {
            "form": pair.form,
            "field": pair.field,
            "applicant": pair.applicant,
            "previous_form": pair.previous_form,
            "previous_table": pair.previous_table,
            "comparable": pair.comparable,
            "reason": pair.reason,
            "cells": len(pair.previous),
        }
        for pair in listed
    ]
    names = ("form", "field", "applicant", "previous_form", "previous_table", "comparable", "reason")
    return relation(rows, **dict.fromkeys(names, pa.string()), cells=pa.int64())


def term_relation(listed: tuple[Pair, ...]) -> pa.Table:
    """form, field, applicant, previous_form, previous_field, previous_applicant: one row for each cell that is added up."""
    rows = [
        {
            "form": pair.form,
            "field": pair.field,
            "applicant": pair.applicant,
            "previous_form": pair.previous_form,
            "previous_field": field,
            "previous_applicant": applicant,
        }
        for pair in listed
        for field, applicant in pair.previous
    ]
    names = ("form", "field", "applicant", "previous_form", "previous_field", "previous_applicant")
    return relation(rows, **dict.fromkeys(names, pa.string()))


def _pair(catalog: Catalog, field: Field, applicant: str, previous_form: str, found: Counterpart) -> Pair:
    fields = [catalog.field(previous_form, name) for name in found.fields]
    comparable, reason = COMPARABLE[found.how], found.reason_zh
    previous = [(previous, _column(field, applicant, previous)) for previous in fields]
    if any(column is None for _, column in previous):
        title = next(form.title_zh for form in catalog.forms if form.form == previous_form)
        comparable, reason, previous = "no", _NO_COLUMNS.format(form=title), []
    tables = {previous.table for previous in fields} or {
        table.table for table in catalog.tables_of(previous_form) if table.table == field.table
    }
    return Pair(
        form=field.form,
        field=field.field,
        applicant=applicant,
        previous_form=previous_form,
        previous_table=tables.pop() if len(tables) == 1 else None,
        previous=tuple((row.field, column) for row, column in previous if column is not None),
        comparable=comparable,
        reason=reason,
    )


def _column(field: Field, applicant: str, previous: Field) -> str | None:
    """The applicant column of the other form that answers to one of this form; None where there is none."""
    if previous.by_applicant == field.by_applicant:
        return applicant
    if previous.by_applicant:
        return "total"
    return "" if applicant == "total" else None
