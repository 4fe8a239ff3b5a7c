"""The printed tables of a form as grids with merged cells, built from the labels of the catalogue alone.

Four shapes are told by what the fields of a table name: applicant columns (表三), rows under bands (表二), columns only (表四),
and one column for all rows (统计表).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Axis, Field, Label
from pipeline.common.errors import CatalogError

Role = Literal["heading", "band", "label", "figure", "empty"]
_TEN_THOUSAND = ("万元", Decimal(10_000))
_INDENT = "　"
_IN_BRACKETS = re.compile(r"[（(]([^（(）)]*)[)）]")


@dataclass(frozen=True)
class PrintedCell:
    """A cell at its upper left corner. figure: (field, applicant or "") whose value, divided by `factor`, stands there."""

    row: int
    column: int
    row_span: int
    column_span: int
    role: Role
    text: str = ""
    figure: tuple[str, str] | None = None
    factor: Decimal = Decimal(1)


@dataclass(frozen=True)
class PrintedTable:
    """The grid of a printed table; its cells cover rows x columns without gap or overlap. The first columns hold row labels."""

    rows: int
    columns: int
    label_columns: int
    cells: tuple[PrintedCell, ...]


def printed_table(catalog: Catalog, form: str, table: str) -> PrintedTable:
    """The layout of one printed table. Money is shown in the unit that its label names, and in 万元, said in the label, where none does.

    Raises CatalogError where two fields claim one cell.
    """
    labels = _Labels(catalog, form, table)
    if any(field.by_applicant for field in labels.fields):
        return _by_applicant(catalog, labels)
    if catalog.is_list(form, table):
        return _as_list(labels)
    return _by_rows(labels) if any(field.row for field in labels.fields) else _one_row(labels)


class _Labels:
    """The labels of one printed table, and the unit in which each amount is shown."""

    def __init__(self, catalog: Catalog, form: str, table: str) -> None:
        self.fields = catalog.fields_of(form, table)
        self._units = sorted(((row.unit, row.factor) for row in catalog.units if row.kind == "money"), key=lambda unit: -len(unit[0]))
        listed = catalog.labels_of(form, table)
        self._known: dict[tuple[Axis, str], Label] = {(row.axis, row.label): row for row in listed if row.role in ("item", "group")}
        self.corners = [row.texts[0] for row in listed if row.role == "corner"]
        self._applicants = {row.applicant: row for row in catalog.applicants}
        self._remarks: dict[tuple[Axis, str], str] = {}
        self.factors = {field.field: self._factor(field) for field in self.fields}

    def path(self, axis: Axis, label: str | None) -> tuple[str, ...]:
        """The label with the groups above it, the outermost first."""
        path: list[str] = []
        while label and label not in path:
            path.insert(0, label)
            known = self._known.get((axis, label))
            label = known.parent if known else None
        return tuple(path)

    def text(self, axis: Axis, label: str, otherwise: str = "") -> str:
        """The printed text of a label, with the unit where the print has none."""
        known = self._known.get((axis, label))
        applicant = self._applicants.get(label)
        text = known.texts[0] if known else applicant.label_zh if applicant else otherwise
        return text + self._remarks.get((axis, label), "")

    def _factor(self, field: Field) -> Decimal:
        if field.kind != "money":
            return Decimal(1)
        axes: tuple[tuple[Axis, str | None], ...] = (("column", field.column), ("row", field.row))
        printed = "".join(self.text(axis, label) for axis, name in axes for label in self.path(axis, name))
        remarks = " ".join(_IN_BRACKETS.findall(printed))
        for unit, factor in self._units:
            if unit in remarks:
                return factor
        alike = [other for other in self.fields if other.column == field.column]
        in_column = not field.row or (bool(field.column) and all(other.kind == "money" for other in alike))
        axis, label = axes[0] if in_column else axes[1]
        self._remarks[axis, label or field.field] = f"（单位：{_TEN_THOUSAND[0]}）"
        return _TEN_THOUSAND[1]


def _by_applicant(catalog: Catalog, labels: _Labels) -> PrintedTable:
    applicants = [row.applicant for row in sorted(catalog.applicants, key=lambda row: row.position)]
    paths = [labels.path("row", field.row) or (field.field,) for field in labels.fields]
    width = max(map(len, paths))
    columns = [labels.path("column", applicant) for applicant in applicants]
    depth = max(map(len, columns))
    corners = [*labels.corners, "", ""]
    cells = [
        PrintedCell(0, 0, depth + 1, width, "heading", corners[0]),
        PrintedCell(0, width, 1, len(applicants), "heading", corners[1]),
        *_headings(labels, columns, first_row=1, first_column=width, depth=depth),
    ]
    for number, (field, path) in enumerate(zip(labels.fields, paths, strict=True)):
        row = number + depth + 1
        for level, label in enumerate(path):
            if number == 0 or paths[number - 1][: level + 1] != path[: level + 1]:
                height = _run(paths, number, level)
                span = width - level if level == len(path) - 1 else 1
                cells.append(PrintedCell(row, level, height, span, "label", labels.text("row", label, field.label_zh)))
        factor = labels.factors[field.field]
        if field.by_applicant:
            cells += [
                PrintedCell(row, width + place, 1, 1, "figure", "", (field.field, applicant), factor)
                for place, applicant in enumerate(applicants)
            ]
        else:
            cells.append(PrintedCell(row, width, 1, len(applicants), "figure", "", (field.field, ""), factor))
    return PrintedTable(depth + 1 + len(paths), width + len(applicants), width, tuple(cells))


def _as_list(labels: _Labels) -> PrintedTable:
    """Every row with its unit, indented by what it belongs to; a group without figures of its own is a line above its rows."""
    column = labels.fields[0].column or ""
    cells = [
        PrintedCell(0, 0, 1, 1, "heading", labels.corners[0] if labels.corners else ""),
        PrintedCell(0, 1, 1, 1, "heading", "单位"),
        PrintedCell(0, 2, 1, 1, "heading", labels.text("column", column)),
    ]
    printed = {field.row for field in labels.fields}
    row = 1
    for field in labels.fields:
        path = labels.path("row", field.row)
        for depth, label in enumerate(path[:-1]):
            if label not in printed:
                printed.add(label)
                cells.append(PrintedCell(row, 0, 1, 3, "band", _INDENT * depth + labels.text("row", label)))
                row += 1
        factor = labels.factors[field.field]
        unit = _TEN_THOUSAND[0] if factor == _TEN_THOUSAND[1] else field.unit
        cells.append(PrintedCell(row, 0, 1, 1, "label", _INDENT * (len(path) - 1) + labels.text("row", path[-1], field.label_zh)))
        cells.append(PrintedCell(row, 1, 1, 1, "label", unit))
        cells.append(PrintedCell(row, 2, 1, 1, "figure", "", (field.field, ""), factor))
        row += 1
    return PrintedTable(row, 3, 1, tuple(cells))


def _by_rows(labels: _Labels) -> PrintedTable:
    bands: dict[tuple[str, ...], dict[str, list[Field]]] = {}
    for field in labels.fields:
        path = labels.path("row", field.row) or (field.field,)
        bands.setdefault(path[:-1], {}).setdefault(path[-1], []).append(field)
    columns = {band: _columns([field for fields in items.values() for field in fields]) for band, items in bands.items()}
    width = max(map(len, columns.values()))
    cells: list[PrintedCell] = []
    row = 0
    for band, items in bands.items():
        if band:
            cells.append(PrintedCell(row, 0, 1, width + 1, "band", "　".join(labels.text("row", label) for label in band)))
            row += 1
        places = [(column, number + 1) for number, column in enumerate(columns[band])]
        spans = [1] * (len(places) - 1) + [width - len(places) + 1]
        cells.append(PrintedCell(row, 0, 1, 1, "heading", labels.corners[0] if labels.corners else ""))
        for (column, place), span in zip(places, spans, strict=True):
            cells.append(PrintedCell(row, place, 1, span, "heading", labels.text("column", column)))
        for item, fields in items.items():
            row += 1
            cells.append(PrintedCell(row, 0, 1, 1, "label", labels.text("row", item, fields[0].label_zh)))
            by_column = {field.column or field.field: field for field in fields}
            if len(by_column) < len(fields):
                raise CatalogError(f"fields/{fields[0].form}.csv：{fields[0].table} 的行 {item} 有两项指标同在一列。")
            for (column, place), span in zip(places, spans, strict=True):
                cells.append(_figure(labels, by_column.get(column), row, place, span))
        row += 1
    return PrintedTable(row, width + 1, 1, tuple(cells))


def _one_row(labels: _Labels) -> PrintedTable:
    columns = [labels.path("column", field.column) or (field.field,) for field in labels.fields]
    depth = max(map(len, columns))
    cells = _headings(labels, columns, first_row=0, first_column=0, depth=depth)
    cells += [_figure(labels, field, depth, place, 1) for place, field in enumerate(labels.fields)]
    return PrintedTable(depth + 1, len(columns), 0, tuple(cells))


def _figure(labels: _Labels, field: Field | None, row: int, column: int, span: int) -> PrintedCell:
    if field is None:
        return PrintedCell(row, column, 1, span, "empty")
    return PrintedCell(row, column, 1, span, "figure", "", (field.field, ""), labels.factors[field.field])


def _columns(fields: list[Field]) -> list[str]:
    return list(dict.fromkeys(field.column or field.field for field in fields))


def _headings(labels: _Labels, paths: Sequence[tuple[str, ...]], *, first_row: int, first_column: int, depth: int) -> list[PrintedCell]:
    """Heading rows over columns: a group spans its columns, an item reaches down to the last heading row."""
    otherwise = {field.field: field.label_zh for field in labels.fields}
    cells: list[PrintedCell] = []
    for place, path in enumerate(paths):
        for level, label in enumerate(path):
            if place == 0 or paths[place - 1][: level + 1] != path[: level + 1]:
                text = labels.text("column", label, otherwise.get(label, ""))
                height = depth - level if level == len(path) - 1 else 1
                cells.append(PrintedCell(first_row + level, first_column + place, height, _run(paths, place, level), "heading", text))
    return cells


def _run(paths: Sequence[tuple[str, ...]], start: int, level: int) -> int:
    """How many paths from `start` on share its beginning down to `level`."""
    end = start
    while end < len(paths) and paths[end][: level + 1] == paths[start][: level + 1]:
        end += 1
    return end - start
