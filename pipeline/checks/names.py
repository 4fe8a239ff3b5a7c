"""Chinese names of cells and places, made from the printed labels of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from pipeline.catalog.model import Catalog
from pipeline.catalog.row_types import Field, Label

_NUMBERING = re.compile(r"^(?:（[一二三四五六七八九十]+）|[一二三四五六七八九十]+、|\d+[.．、]|其中：)\s*")
_REMARK = re.compile(r"(?<=.)（[^（）]*）$")
_QUOTES = str.maketrans("“”", "‘’")


def quoted(text: str) -> str:
    """The text in Chinese quotation marks, the marks inside it made single."""
    return f"“{text.translate(_QUOTES)}”"


def common_start(paths: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """The headings that all label paths share, never the whole of any path."""
    start: list[str] = []
    for parts in zip(*(path[:-1] for path in paths), strict=False):
        if len(set(parts)) > 1:
            break
        start.append(parts[0])
    return tuple(start)


class Names:
    """Looks labels up once for a catalogue; every answer is text for people."""

    def __init__(self, catalog: Catalog) -> None:
        self._catalog = catalog
        self._labels: dict[tuple[str, str, str, str], Label] = {(row.form, row.table, row.axis, row.label): row for row in catalog.labels}
        self._extra = {row.label: _plain(row.texts[0]) for row in catalog.labels if row.role == "extra"}
        self._paths: dict[tuple[str, str], tuple[str, ...]] = {}
        self._full: dict[tuple[str, str, str | None], str] = {}

    def table(self, form: str | None, table: str) -> str:
        """表二; where the form is not known, the number that the table has in any form."""
        rows = [row for row in self._catalog.form_tables if row.table == table]
        return next((row.number_zh for row in rows if row.form == form), rows[0].number_zh if rows else "")

    def form(self, form: str) -> str:
        """2021年格式."""
        return next((row.title_zh for row in self._catalog.forms if row.form == form), form)

    def applicant(self, applicant: str | None) -> str:
        """The heading of an applicant column, those that only some reports have included; "" for none."""
        return self._catalog.applicant_label(applicant) or self._extra.get(applicant or "", "")

    def latest(self, field: str) -> Field:
        """A field as the latest form that has it prints it. Raises KeyError where no form has it."""
        rows = [row for row in self._catalog.fields if row.field == field]
        if not rows:
            raise KeyError(field)
        return max(rows, key=lambda row: row.form)

    def path(self, field: Field) -> tuple[str, ...]:
        """The headings over a field from the outermost to its own: row headings first, then column headings."""
        key = (field.form, field.field)
        if key not in self._paths:
            column = None if self._catalog.is_list(field.form, field.table) else field.column  # a list has one, which says nothing
            self._paths[key] = (*self._along(field, "row", field.row), *self._along(field, "column", column)) or (field.label_zh,)
        return self._paths[key]

    def full(self, field: Field, applicant: str | None) -> str:
        """本年度办理结果/予以公开（自然人）."""
        key = (field.form, field.field, applicant)
        if key not in self._full:
            self._full[key] = "/".join(self.path(field)) + (f"（{self.applicant(applicant)}）" if applicant else "")
        return self._full[key]

    def place(self, cells: Iterable[tuple[Field, str | None]]) -> str:
        """Where in the printed tables the cells stand: 表三“自然人”列, 表四“行政复议”, 表三、表四."""
        cells = list(cells)
        tables = dict.fromkeys(self.table(field.form, field.table) for field, _ in cells)
        start = "、".join(tables)
        if len(tables) != 1:
            return start
        fields = {field.field: field for field, _ in cells}
        applicants = {applicant for _, applicant in cells}
        if len(fields) == 1:
            field = next(iter(fields.values()))
            if None in applicants:
                return start + quoted("/".join(self.path(field)[-2:]))
            column = f"{quoted(self.applicant(next(iter(applicants))))}列" if len(applicants) == 1 else ""
            return f"{start}{quoted(self.path(field)[-1])}行{column}"
        if len(applicants) == 1 and None not in applicants:
            return f"{start}{quoted(self.applicant(next(iter(applicants))))}列"
        shared = common_start([self.path(field) for field in fields.values()])
        return start + (quoted(shared[-1]) if shared else "")

    def _along(self, field: Field, axis: str, label: str | None) -> list[str]:
        parts: list[str] = []
        row = self._labels.get((field.form, field.table, axis, label or ""))
        while row is not None:
            parts.insert(0, _plain(row.texts[0]))
            row = self._labels.get((field.form, field.table, axis, row.parent or ""))
        return parts


def _plain(text: str) -> str:
    """A printed label without its numbering and the remark in brackets at its end."""
    return _REMARK.sub("", _NUMBERING.sub("", text))
