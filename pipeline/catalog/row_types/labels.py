"""The printed labels of one table: `labels/<table>.csv`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.catalog.row_types.forms import Applicant, Field

Axis = Literal["row", "column"]
Role = Literal["item", "group", "corner", "extra"]


@dataclass(frozen=True)
class Label:
    """A printed label on one axis of a table of one form, with every wording known for it (the printed one first).

    role: `item` names cells, `group` heads items, `corner` is furniture, `extra` is a line that some reports add.
    """

    form: str
    table: str
    axis: Axis
    label: str
    role: Role
    parent: str | None
    texts: tuple[str, ...]
    position: int


def read_labels(path: Path, form_ids: tuple[str, ...], fields: tuple[Field, ...], applicants: tuple[Applicant, ...]) -> Iterable[Label]:
    """One Label for each form in which a label stands; its wordings are gathered from all rows with the same id.

    A row that names no forms stands in every form that has the table and, if it names cells, a cell under it.
    """
    used = {(field.form, axis, label) for field in fields if field.table == path.stem for axis, label in _places(field, applicants)}
    with_table = tuple(form for form in form_ids if any(field.form == form and field.table == path.stem for field in fields))
    gathered: dict[tuple[str, Axis, str], list[Row]] = {}
    for row in read_rows(path):
        for form in row.words("forms") or _forms_of(row, with_table, used):
            if form not in form_ids:
                raise row.error("forms", f"没有“{form}”这种格式。")
            gathered.setdefault((form, row.one_of("axis", ("row", "column")), row.required("label")), []).append(row)
    for position, ((form, axis, label), rows) in enumerate(gathered.items()):
        printed = [row for row in rows if row.one_of("kind", ("printed", "variant")) == "printed"]
        if not printed:
            raise rows[0].error("kind", f"“{label}”没有 printed 行。")
        texts = [row.required("text") for row in printed] + [row.required("text") for row in rows if row not in printed]
        yield Label(
            form=form,
            table=path.stem,
            axis=axis,
            label=label,
            role=printed[0].one_of("role", ("item", "group", "corner", "extra")),
            parent=printed[0].optional("parent"),
            texts=tuple(texts),
            position=position,
        )


def _forms_of(row: Row, with_table: tuple[str, ...], used: set[tuple[str, str, str]]) -> tuple[str, ...]:
    if row.text("role") != "item":
        return with_table
    return tuple(form for form in with_table if (form, row.text("axis"), row.text("label")) in used)


def _places(field: Field, applicants: tuple[Applicant, ...]) -> Iterator[tuple[str, str]]:
    """The labels under which the cells of a field stand."""
    if field.row:
        yield "row", field.row
    if field.by_applicant:
        yield from (("column", applicant.applicant) for applicant in applicants)
    elif field.column:
        yield "column", field.column
