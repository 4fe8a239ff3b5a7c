"""The wordings of one table of one form in the order in which they are written down, row by row."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Label
from pipeline.catalog.validate import APPLICANT_COLUMN
from pipeline.normalise.tables.unfolding import Heading, Layout, heading_lines
from pipeline.normalise.wording import label_key


class Headings(NamedTuple):
    """The headings of one table, or of one part of it, line by line; how many columns."""

    lines: Layout
    columns: int

    @property
    def keys(self) -> list[frozenset[str]]:
        """The wordings of the headings in the order in which they are written down."""
        return [heading.wordings for line in self.lines for heading in line]


class Words(NamedTuple):
    """What is known of one table of one form: keys of row labels, of groups of rows and of furniture, and its headings."""

    rows: frozenset[str]
    groups: frozenset[str]
    corners: frozenset[str]
    headings: tuple[Headings, ...]

    @property
    def known(self) -> frozenset[str]:
        """All of them."""
        return self.rows | self.groups | self.corners | {key for item in self.headings for keys in item.keys for key in keys}


@lru_cache(maxsize=32)
def words_of(catalog: Catalog, form: str, table: str) -> Words:
    """What is known of one table of one form."""
    labels = catalog.labels_of(form, table)

    def keys(*chosen: Label) -> frozenset[str]:
        return frozenset(label_key(text) for label in chosen for text in label.texts)

    rows = keys(*(label for label in labels if label.axis == "row" and label.role == "item"))
    groups = keys(*(label for label in labels if label.axis == "row" and label.role == "group"))
    corners = keys(*(label for label in labels if label.role == "corner"))
    columns = {label.label: label for label in labels if label.axis == "column" and label.role == "item"}
    fields = catalog.fields_of(form, table)
    if rows and not any(item.column == APPLICANT_COLUMN for item in fields):
        of_rows: dict[str, list[Label]] = {}
        for item in fields:
            of_rows.setdefault(item.row or "", []).append(columns[item.column or ""])
        parts = {tuple(label.label for label in own): own for own in of_rows.values()}
        headings = [
            Headings((tuple(Heading(keys(label), place, 1, 1) for place, label in enumerate(own)),), len(own)) for own in parts.values()
        ]
    else:
        headings = [Headings(heading_lines(labels), len(columns))]
    return Words(rows, groups, corners, tuple(sorted(headings, key=lambda item: -len(item.keys))))
