"""The order in which offices know the items: as printed, whatever form they belong to."""

from __future__ import annotations

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Axis, Field


def field_order(catalog: Catalog) -> dict[str, int]:
    """The place of each field of all forms in one printed order: by table, then by the rows and columns of its labels.

    A field that only an older form has stands where that form printed it, among the fields that stayed.
    """
    labels = {(row.form, row.table, row.axis, row.label): row.position for row in catalog.labels}

    def place(field: Field, axis: Axis, label: str | None) -> int:
        return labels.get((field.form, field.table, axis, label or ""), -1)

    def key(field: Field) -> tuple[int, int, int, int]:
        table = catalog.form_table(field.form, field.table).position
        return table, place(field, "row", field.row), place(field, "column", field.column), field.position

    names = dict.fromkeys(field.field for field in sorted(catalog.fields, key=key))
    return {name: number for number, name in enumerate(names)}
