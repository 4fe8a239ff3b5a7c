"""Which cell of last year's form a cell of this year's form may be compared with: the rows of comparability.csv written out."""

from __future__ import annotations

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Comparability, Field
from pipeline.common.errors import CatalogError
from pipeline.indicators.relations import applicants_of, relation

_NO_COLUMNS = "上年所用的{form}不分申请人类别"
_NO_FIELD = "上年所用的{form}没有这一项"


def comparability_relation(catalog: Catalog) -> pa.Table:
    """One row for each cell of each form and each form that last year's table may have.

    Columns: form, field, applicant, previous_form, previous_field, previous_applicant (null: nothing to compare with),
    comparable, reason. Without a row in comparability.csv a field is compared with itself, where the other form has it.
    Raises CatalogError for a row of comparability.csv whose form does not have the field it names: it would never apply.
    """
    for row in catalog.comparability:
        for form, named in ((row.form, row.field), (row.previous_form, row.previous_field)):
            if named and all(field.field != named for field in catalog.fields_of(form)):
                raise CatalogError(f"comparability.csv：{form} 年格式没有指标 {named}。")
    stated = {(row.form, row.field, row.previous_form): row for row in catalog.comparability}
    rows = [
        _row(catalog, field, applicant, previous.form, stated.get((field.form, field.field, previous.form)))
        for field in catalog.fields
        for applicant in applicants_of(catalog, field)
        for previous in catalog.forms
    ]
    names = ("form", "field", "applicant", "previous_form", "previous_field", "previous_applicant", "comparable", "reason")
    return relation(rows, **dict.fromkeys(names, pa.string()))


def _row(catalog: Catalog, field: Field, applicant: str, previous_form: str, stated: Comparability | None) -> dict[str, object]:
    title = next(form.title_zh for form in catalog.forms if form.form == previous_form)
    previous_field = stated.previous_field if stated else field.field
    comparable, reason = (stated.comparable, stated.reason_zh) if stated else ("yes", "")
    previous = next((row for row in catalog.fields_of(previous_form) if row.field == previous_field), None)
    previous_applicant: str | None = None
    if previous is None:
        previous_field, comparable, reason = None, "no", reason or _NO_FIELD.format(form=title)
    elif previous.by_applicant == field.by_applicant:
        previous_applicant = applicant
    elif previous.by_applicant:
        previous_applicant = "total"
    elif applicant == "total":
        previous_applicant = ""
    else:
        comparable, reason = "no", reason or _NO_COLUMNS.format(form=title)
    return {
        "form": field.form,
        "field": field.field,
        "applicant": applicant,
        "previous_form": previous_form,
        "previous_field": previous_field,
        "previous_applicant": previous_applicant,
        "comparable": comparable,
        "reason": reason,
    }
