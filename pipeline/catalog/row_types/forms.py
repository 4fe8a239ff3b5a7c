"""The forms of the annual report: their tables, the cells of these, the columns of applicants, the headings of their sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows


@dataclass(frozen=True)
class Form:
    """A form of the annual report with the reporting years for which it is due (valid_to None = still in force).

    in_prose: the text itself is the report, which is one without its tables too; a form may have no table at all.
    duty_zh: the article by which reports in this form are owed, "" where none is named.
    """

    form: str
    valid_from: int
    valid_to: int | None
    title_zh: str
    source_zh: str
    in_prose: bool = False
    duty_zh: str = ""


@dataclass(frozen=True)
class FormTable:
    """A printed table of a form: 表二, 表三, 表四, or the one list of statistics of 2014."""

    form: str
    table: str
    position: int
    number_zh: str
    title_zh: str
    section: str


@dataclass(frozen=True)
class Applicant:
    """A column of 表三. in_total: one of the six kinds that add up to `total`."""

    applicant: str
    position: int
    in_total: bool
    label_zh: str
    group_zh: str


@dataclass(frozen=True)
class Field:
    """A cell of a form (once per applicant where by_applicant). row and column name the labels that it stands under."""

    form: str
    table: str
    field: str
    by_applicant: bool
    unit: str
    kind: str  # count, signed_count, money
    label_zh: str
    parent: str | None
    row: str | None
    column: str | None
    position: int


@dataclass(frozen=True)
class SectionHeading:
    """One of the six sections with the wordings of its heading (the printed ones first)."""

    section: str
    position: int
    headings: tuple[str, ...]


def read_forms(folder: Path) -> tuple[Form, ...]:
    """The rows of forms.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_form, read_rows(folder / "forms.csv")))


def read_form_tables(folder: Path, form_ids: tuple[str, ...]) -> tuple[FormTable, ...]:
    """The rows of form_tables.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(_form_table(row, form_ids) for row in read_rows(folder / "form_tables.csv"))


def read_applicants(folder: Path) -> tuple[Applicant, ...]:
    """The rows of applicants.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_applicant, read_rows(folder / "applicants.csv")))


def read_fields(folder: Path, form: str) -> Iterator[Field]:
    """The rows of fields/<form>.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    for position, row in enumerate(read_rows(folder / "fields" / f"{form}.csv")):
        yield Field(
            form=form,
            table=row.required("table"),
            field=row.required("field"),
            by_applicant=row.yes("by_applicant"),
            unit=row.required("unit"),
            kind=row.one_of("kind", ("count", "signed_count", "money")),
            label_zh=row.required("label_zh"),
            parent=row.optional("parent"),
            row=row.optional("row"),
            column=row.optional("column"),
            position=position,
        )


def read_sections(folder: Path) -> tuple[SectionHeading, ...]:
    """The rows of sections.csv, one heading for each section. Raises CatalogError for a cell that does not fit."""
    headings: dict[tuple[int, str], list[str]] = {}
    for row in sorted(read_rows(folder / "sections.csv"), key=lambda row: row.one_of("kind", ("printed", "variant"))):
        headings.setdefault((row.integer("position"), row.required("section")), []).append(row.required("heading_zh"))
    return tuple(SectionHeading(section, position, tuple(texts)) for (position, section), texts in sorted(headings.items()))


def _form(row: Row) -> Form:
    return Form(
        row.required("form"),
        row.integer("valid_from"),
        row.optional_integer("valid_to"),
        row.required("title_zh"),
        row.text("source_zh"),
        row.text("in_prose") == "yes",
        row.text("duty_zh"),
    )


def _form_table(row: Row, form_ids: tuple[str, ...]) -> FormTable:
    return FormTable(
        row.one_of("form", form_ids),
        row.required("table"),
        row.integer("position"),
        row.required("number_zh"),
        row.required("title_zh"),
        row.required("section"),
    )


def _applicant(row: Row) -> Applicant:
    return Applicant(
        row.required("applicant"),
        row.integer("position"),
        row.yes("in_total"),
        row.required("label_zh"),
        row.text("group_zh"),
    )
