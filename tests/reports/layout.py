"""The printed tables as grids with spans, built from the rows of the catalogue: no wording of a form stands here.

Four shapes are told by what the fields of a table name: applicant columns (表三), rows and columns (表二), columns only (表四),
and one column of figures for all rows (统计表).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Axis, Field, Label
from tests.reports.content import Key, ReportContent

NO_UNIT = "——"  # what stands beside a group in a list, in place of unit and figure


@dataclass(frozen=True)
class PrintedCell:
    """A printed cell at its upper left corner. key names the figure that it holds; None for labels and empty cells."""

    text: str
    row_span: int = 1
    column_span: int = 1
    key: Key | None = None


@dataclass(frozen=True)
class PrintedTable:
    """Rows of cells, as in HTML: a cell that is merged from above is left out of the rows below. caption: a line above the table."""

    table: str
    section: str
    columns: int
    rows: tuple[tuple[PrintedCell, ...], ...]
    label_columns: int = 1
    caption: str = ""

    def placed(self) -> dict[tuple[int, int], PrintedCell]:
        """Every cell by the row and column of its upper left corner."""
        taken: set[tuple[int, int]] = set()
        placed = {}
        for row, cells in enumerate(self.rows):
            column = 0
            for cell in cells:
                while (row, column) in taken:
                    column += 1
                placed[row, column] = cell
                taken |= {(row + down, column + right) for down in range(cell.row_span) for right in range(cell.column_span)}
                column += cell.column_span
        return placed


def printed_tables(catalog: Catalog, content: ReportContent) -> tuple[PrintedTable, ...]:
    """The tables of the content's form, filled with its figures."""
    return tuple(_TableLayout(catalog, content, row.table, row.section).build() for row in catalog.tables_of(content.form))


class _TableLayout:
    def __init__(self, catalog: Catalog, content: ReportContent, table: str, section: str) -> None:
        self.catalog, self.content, self.table, self.section = catalog, content, table, section
        form = content.form_of(table)
        self.fields = catalog.fields_of(form, table)
        self.labels: Mapping[tuple[Axis, str], Label] = {
            (label.axis, label.label): label for label in catalog.labels_of(form, table) if label.role != "extra"
        }
        self.corners = [self._text(label) for label in self.labels.values() if label.role == "corner"]

    def build(self) -> PrintedTable:
        if any(field.by_applicant for field in self.fields):
            return self._by_applicant()
        if self.catalog.is_list(self.content.form_of(self.table), self.table):
            return self._as_list()
        if any(field.row for field in self.fields):
            return self._by_rows()
        return self._one_row()

    def _text(self, label: Label) -> str:
        return self.content.labels.get((self.table, label.axis, label.label), label.texts[0])

    def _figure(self, field: Field, applicant: str | None, span: int = 1) -> PrintedCell:
        return PrintedCell(self.content.figures[field.field, applicant].printed, 1, span, (field.field, applicant))

    def _path(self, axis: Axis, label: str) -> list[str]:
        """The label with its parents, the outermost first."""
        path: list[str] = []
        current: str | None = label
        while current:
            path.insert(0, current)
            current = self.labels[axis, current].parent
        return path

    def _header(self, leaves: list[str], depth: int) -> list[list[PrintedCell]]:
        """Header rows over the leaves: groups span their leaves, a leaf reaches down to the last header row."""
        paths = [self._path("column", leaf) for leaf in leaves]
        rows: list[list[PrintedCell]] = [[] for _ in range(depth)]
        for level in range(depth):
            column = 0
            while column < len(paths):
                path = paths[column]
                if level >= len(path):
                    column += 1
                    continue
                same = 1
                while column + same < len(paths) and paths[column + same][: level + 1] == path[: level + 1]:
                    same += 1
                is_leaf = level == len(path) - 1
                rows[level].append(PrintedCell(self._text(self.labels["column", path[level]]), depth - level if is_leaf else 1, same))
                column += same
        return rows

    def _by_applicant(self) -> PrintedTable:
        applicants = [row.applicant for row in sorted(self.catalog.applicants, key=lambda row: row.position)]
        paths = [self._path("row", field.row or "") for field in self.fields]
        width = max(map(len, paths))
        depth = max(len(self._path("column", applicant)) for applicant in applicants)
        rows = [[PrintedCell(self.corners[0], depth + 1, width), PrintedCell(self.corners[1], 1, len(applicants))]]
        rows += self._header(applicants, depth)
        for index, (field, path) in enumerate(zip(self.fields, paths, strict=True)):
            cells = []
            for level, label in enumerate(path):
                begins = index == 0 or paths[index - 1][: level + 1] != path[: level + 1]
                if begins:
                    height = sum(1 for other in paths if other[: level + 1] == path[: level + 1])
                    span = width - level if level == len(path) - 1 else 1
                    cells.append(PrintedCell(self._text(self.labels["row", label]), height, span))
            rows.append(cells + [self._figure(field, applicant) for applicant in applicants])
        return self._table(width + len(applicants), rows, width)

    def _by_rows(self) -> PrintedTable:
        sections: dict[str | None, dict[str, list[Field]]] = {}
        for field in self.fields:
            parent = self.labels["row", field.row or ""].parent
            sections.setdefault(parent, {}).setdefault(field.row or "", []).append(field)
        width = 1 + max(len(fields) for items in sections.values() for fields in items.values())
        rows: list[list[PrintedCell]] = []
        for parent, items in sections.items():
            if parent:
                rows.append([PrintedCell(self._text(self.labels["row", parent]), 1, width)])
            first = next(iter(items.values()))
            spans = [1] * (len(first) - 1) + [width - len(first)]
            headings = [
                PrintedCell(self._text(self.labels["column", field.column or ""]), 1, span)
                for field, span in zip(first, spans, strict=True)
            ]
            rows.append([PrintedCell(self.corners[0]), *headings])
            for item, fields in items.items():
                figures = [self._figure(field, None, span) for field, span in zip(fields, spans, strict=True)]
                rows.append([PrintedCell(self._text(self.labels["row", item])), *figures])
        return self._table(width, rows, 1)

    def _as_list(self) -> PrintedTable:
        """Label, unit and figure on each row; a group has dashes in place of both."""
        form = self.content.form_of(self.table)
        by_row = {field.row: field for field in self.fields}
        rows = [[PrintedCell(self.corners[0]), PrintedCell(self.corners[1]), PrintedCell(self._text(self.labels["column", "count"]))]]
        for label in self.labels.values():
            if label.axis != "row" or label.role not in ("item", "group"):
                continue
            field = by_row.get(label.label)
            if field is None:
                rows.append([PrintedCell(self._text(label)), PrintedCell(NO_UNIT), PrintedCell(NO_UNIT)])
                continue
            money = self.content.labels.get((self.table, "unit", "money"), "万元")
            unit = money if self.catalog.field(form, field.field).kind == "money" else field.unit
            rows.append([PrintedCell(self._text(label)), PrintedCell(unit), self._figure(field, None)])
        return self._table(3, rows, 1)

    def _one_row(self) -> PrintedTable:
        leaves = [field.column or "" for field in self.fields]
        depth = max(len(self._path("column", leaf)) for leaf in leaves)
        rows = [*self._header(leaves, depth), [self._figure(field, None) for field in self.fields]]
        return self._table(len(leaves), rows, 0)

    def _table(self, columns: int, rows: list[list[PrintedCell]], label_columns: int) -> PrintedTable:
        return PrintedTable(self.table, self.section, columns, tuple(map(tuple, rows)), label_columns)


def cut(table: PrintedTable, row: int) -> tuple[PrintedTable, PrintedTable]:
    """The table cut above `row`, as a page break cuts it: a merged cell goes on without its text in the second part."""
    upper: list[list[PrintedCell]] = [[] for _ in range(row)]
    lower: list[list[tuple[int, PrintedCell]]] = [[] for _ in range(len(table.rows) - row)]
    for (top, left), cell in table.placed().items():
        above = min(cell.row_span, row - top)
        if top >= row:
            lower[top - row].append((left, cell))
            continue
        upper[top].append(replace(cell, row_span=above))
        if cell.row_span > above:
            lower[0].append((left, replace(cell, text="", row_span=cell.row_span - above, key=None)))
    sorted_lower = tuple(tuple(cell for _, cell in sorted(cells, key=lambda placed: placed[0])) for cells in lower)
    return replace(table, rows=tuple(map(tuple, upper))), replace(table, rows=sorted_lower)
