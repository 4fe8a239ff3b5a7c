"""What a made report says: body, year, figures as printed (with what they mean) and prose, independent of any container."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field

Key = tuple[str, str | None]  # field id, applicant id
Values = Mapping[Key, Decimal]  # in the unit of storage: pieces, yuan


class Figure(NamedTuple):
    """A cell as printed, and what a careful reader makes of it: value is set exactly where state is `number`."""

    printed: str
    value: Decimal | None
    state: str = "number"


@dataclass(frozen=True)
class PrintedSection:
    """A section: its heading as printed (with number) and its paragraphs; the tables of `section` follow them."""

    section: str
    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class ReportContent:
    """One report.

    labels: wordings that differ from the catalogue, by (table, axis, label id). table_forms: tables printed in another form.
    """

    agency: str
    report_year: int
    form: str
    title: str
    figures: Mapping[Key, Figure]
    sections: tuple[PrintedSection, ...]
    opening: tuple[str, ...] = ()
    published_on: date | None = None
    site: str = ""
    labels: Mapping[tuple[str, str, str], str] = field(default_factory=dict)
    table_forms: Mapping[str, str] = field(default_factory=dict)

    def form_of(self, name: str) -> str:
        """The form in which a table is printed, by its id or that of one of its fields."""
        return self.table_forms.get(name.partition(".")[0], self.form)

    def with_figures(self, changed: Mapping[Key, Figure]) -> ReportContent:
        return replace(self, figures={**self.figures, **changed})

    def truth(self, source: str, catalog: Catalog, expect: str = "parsed") -> dict[str, Any]:
        """The truth file of this report as the contract wants it: every cell of the form, money in yuan."""
        cells = []
        for key in keys_of(catalog, self.form):
            figure = self.figures[key]
            cells.append([key[0], key[1], None if figure.value is None else plain(figure.value), figure.state])
        return {
            "source": source,
            "agency": self.agency,
            "report_year": self.report_year,
            "expect": expect,
            "complete": True,
            "cells": cells,
        }


def keys_of(catalog: Catalog, form: str) -> list[Key]:
    """Every cell of a form, in printed order."""
    return [key for row in catalog.fields_of(form) for key in keys_of_field(catalog, row)]


def keys_of_field(catalog: Catalog, row: Field) -> list[Key]:
    """The cells of one field: one for each applicant column, or one."""
    if not row.by_applicant:
        return [(row.field, None)]
    return [(row.field, applicant.applicant) for applicant in sorted(catalog.applicants, key=lambda applicant: applicant.position)]


def plain(value: Decimal) -> str:
    """A decimal as people write it: no exponent, no trailing zeros after the point."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def printed_figures(catalog: Catalog, form: str, values: Values, header_units: Iterable[str] = ()) -> dict[Key, Figure]:
    """`values` as an office prints them: counts as they are, money in 万元.

    The unit stands in the cell, unless the label or the column of units says it, or the field is in `header_units` (whose
    label is then to be overridden).
    """
    unit, factor = "万元", Decimal(10000)
    labels = {
        (label.table, label.axis, label.label): label.texts[0]
        for table in catalog.tables_of(form)
        for label in catalog.labels_of(form, table.table)
    }
    figures = {}
    for key in keys_of(catalog, form):
        row, value = catalog.field(form, key[0]), values[key]
        if row.kind != "money":
            figures[key] = Figure(plain(value), value)
            continue
        headings = [labels.get((row.table, "row", row.row or ""), ""), labels.get((row.table, "column", row.column or ""), "")]
        stated = catalog.is_list(form, row.table) or row.field in header_units or any(unit in heading for heading in headings)
        figures[key] = Figure(plain(value / factor) + ("" if stated or not value else unit), value)
    return figures
