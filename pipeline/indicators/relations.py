"""Declared tables made by SQL, and the rows of the catalogue as tables that such SQL can join."""

from __future__ import annotations

from collections.abc import Iterable

import pyarrow as pa

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field
from pipeline.common.sql import query, relation

AMOUNT = pa.decimal128(24, 6)
PRINTED = "printed_"  # before the name of a column: the same, worked out of printed figures alone


def declared(catalog: Catalog, table: str, sql: str, **relations: pa.Table) -> pa.Table:
    """The columns that tables.csv declares for `table`, in its order, out of the result of `sql` over `relations`.

    A column for printed figures is that of the figures in force, as long as nobody says otherwise (`printed.py`).
    """
    of_printed = {f"{PRINTED}{name}": name for name in printed_columns(catalog, table)}
    columns = ", ".join(f'"{of_printed.get(column, column)}" AS "{column}"' for column in catalog.table(table).columns)
    return query(f"SELECT {columns} FROM ({sql})", **relations)


def printed_columns(catalog: Catalog, table: str) -> tuple[str, ...]:
    """The columns of a table that have another for printed figures beside them."""
    columns = catalog.table(table).columns
    return tuple(name for name in columns if f"{PRINTED}{name}" in columns)


def applicants_of(catalog: Catalog, field: Field) -> tuple[str, ...]:
    """The applicant columns in which a field stands; the empty id alone where it has none."""
    return tuple(row.applicant for row in catalog.applicants) if field.by_applicant else ("",)


def applicant_heading(catalog: Catalog, applicant: str) -> str:
    """The printed heading of an applicant column with the heading above it, e.g. 法人或其他组织·商业企业."""
    row = next(row for row in catalog.applicants if row.applicant == applicant)
    return f"{row.group_zh}·{row.label_zh}" if row.group_zh else row.label_zh


def fields_relation(catalog: Catalog) -> pa.Table:
    """One row for each cell of each form: form, table, field, applicant, label, unit."""
    rows = [
        {
            "form": field.form,
            "table": field.table,
            "field": field.field,
            "applicant": applicant,
            "label": f"{field.label_zh}（{applicant_heading(catalog, applicant)}）" if applicant else field.label_zh,
            "unit": field.unit,
        }
        for field in catalog.fields
        for applicant in applicants_of(catalog, field)
    ]
    return relation(rows, **dict.fromkeys(("form", "table", "field", "applicant", "label", "unit"), pa.string()))


def due_relation(catalog: Catalog, report_years: Iterable[int | None]) -> pa.Table:
    """The printed tables that are due for each of the years: report_year, table, form. Years without a form give no row."""
    rows = [
        {"report_year": year, "table": table.table, "form": form.form}
        for year in sorted({year for year in report_years if year is not None})
        if (form := catalog.form_due(year))
        for table in catalog.tables_of(form.form)
    ]
    return relation(rows, report_year=pa.int32(), table=pa.string(), form=pa.string())


def rules_relation(catalog: Catalog) -> pa.Table:
    """One row for each rule: rule, part, title_zh, severity, weak."""
    texts = ("rule", "part", "title_zh", "severity")
    rows = [{**{name: getattr(row, name) for name in texts}, "weak": row.weak} for row in catalog.rules]
    return relation(rows, **dict.fromkeys(texts, pa.string()), weak=pa.bool_())
