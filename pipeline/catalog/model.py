"""The catalogue: all rows together, and the ways to ask for them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pipeline.catalog.claims import ClaimGrammar
from pipeline.catalog.localisation import LocalisationRows
from pipeline.catalog.row_types import (
    AgencyKind,
    Applicant,
    AreaIndicator,
    Bridge,
    Column,
    CoverageWords,
    EvidenceKind,
    Field,
    FigureMark,
    FileKind,
    Form,
    FormBreak,
    FormTable,
    Indicator,
    Label,
    LevelWord,
    Outcome,
    ProblemCode,
    Quantity,
    Rule,
    SectionHeading,
    SeriesMeasure,
    Table,
    Unit,
)
from pipeline.catalog.wordings import Wordings

AREA_KINDS = ("area_sum", "area_part", "area_roster")  # kinds of rule that hold a government beside the bodies of its area


@dataclass(frozen=True, eq=False)
class Catalog:
    """Everything that is known as data. Loaded once, handed down, never changed; equal only to itself."""

    folder: Path
    digest: str
    forms: tuple[Form, ...]
    form_tables: tuple[FormTable, ...]
    applicants: tuple[Applicant, ...]
    labels: tuple[Label, ...]
    fields: tuple[Field, ...]
    sections: tuple[SectionHeading, ...]
    signs: frozenset[str]
    units: tuple[Unit, ...]
    figure_marks: tuple[FigureMark, ...]
    levels: tuple[LevelWord, ...]
    agency_kinds: tuple[AgencyKind, ...]
    coverage_words: tuple[CoverageWords, ...]
    file_kinds: tuple[FileKind, ...]
    evidence: tuple[EvidenceKind, ...]
    problems: tuple[ProblemCode, ...]
    rules: tuple[Rule, ...]
    indicators: tuple[Indicator, ...]
    quantities: tuple[Quantity, ...]
    outcomes: tuple[Outcome, ...]
    form_breaks: tuple[FormBreak, ...]
    area_indicators: tuple[AreaIndicator, ...]
    series_measures: tuple[SeriesMeasure, ...]
    bridges: tuple[Bridge, ...]
    columns: tuple[Column, ...]
    tables: tuple[Table, ...]
    claims: ClaimGrammar
    wordings: Wordings
    localisation: LocalisationRows

    def form_due(self, year: int) -> Form | None:
        """The form that a report on `year` has to use, or None for a year that no form of the catalogue covers."""
        for form in self.forms:
            if form.valid_from <= year and (form.valid_to is None or year <= form.valid_to):
                return form
        return None

    def fields_of(self, form: str, table: str | None = None) -> tuple[Field, ...]:
        """The fields of a form (of one of its tables), in the order in which they are printed."""
        return self._fields_by_table.get((form, table), ())

    def field(self, form: str, field: str) -> Field:
        """The field `field` of `form`. Raises KeyError where the form has no such field."""
        return self._fields_by_id[form, field]

    def labels_of(self, form: str, table: str) -> tuple[Label, ...]:
        """The labels of one table of a form, both axes, in printed order."""
        return self._labels_by_table.get((form, table), ())

    def tables_of(self, form: str) -> tuple[FormTable, ...]:
        """The printed tables of a form, in order."""
        return tuple(table for table in self.form_tables if table.form == form)

    def form_table(self, form: str, table: str) -> FormTable:
        """One printed table of a form. Raises KeyError where the form has no such table."""
        return self._form_tables_by_id[form, table]

    def is_list(self, form: str, table: str) -> bool:
        """Whether a printed table is one long list: each field on a row of its own, all of them in one column."""
        return (form, table) in self._lists

    def applicant_label(self, applicant: str | None) -> str:
        """The printed heading of an applicant column; "" for cells that have none."""
        return next((row.label_zh for row in self.applicants if row.applicant == applicant), "")

    def kind_label(self, kind: str) -> str:
        """A kind of file in words for people; the id itself where the catalogue has none."""
        return next((row.label_zh for row in self.file_kinds if row.kind == kind), kind)

    def evidence_kind(self, kind: str, about: str) -> EvidenceKind:
        """A kind of evidence about the `agency` or the `year`. Raises KeyError where evidence.csv has none."""
        return self._evidence_by_kind[kind, about]

    def table(self, name: str) -> Table:
        """The warehouse table `name`. Raises KeyError where it is not declared."""
        return self._tables_by_name[name]

    def column(self, name: str) -> Column:
        """The warehouse column `name`. Raises KeyError where it is not declared."""
        return self._columns_by_name[name]

    @cached_property
    def table_ids(self) -> tuple[str, ...]:
        """The ids of the printed tables of any form, in printed order, each once."""
        return tuple(dict.fromkeys(table.table for table in self.form_tables))

    @cached_property
    def _lists(self) -> frozenset[tuple[str, str]]:
        places = {
            (row.form, row.table): [(field.row, field.column) for field in self.fields_of(row.form, row.table)] for row in self.form_tables
        }
        return frozenset(
            table
            for table, cells in places.items()
            if cells and all(row for row, _ in cells) and len({column for _, column in cells}) == 1
            if not any(field.by_applicant for field in self.fields_of(*table))
        )

    @cached_property
    def _fields_by_table(self) -> dict[tuple[str, str | None], tuple[Field, ...]]:
        grouped: dict[tuple[str, str | None], list[Field]] = {}
        for row in self.fields:
            grouped.setdefault((row.form, row.table), []).append(row)
            grouped.setdefault((row.form, None), []).append(row)
        return {key: tuple(rows) for key, rows in grouped.items()}

    @cached_property
    def _fields_by_id(self) -> dict[tuple[str, str], Field]:
        return {(row.form, row.field): row for row in self.fields}

    @cached_property
    def _labels_by_table(self) -> dict[tuple[str, str], tuple[Label, ...]]:
        grouped: dict[tuple[str, str], list[Label]] = {}
        for row in self.labels:
            grouped.setdefault((row.form, row.table), []).append(row)
        return {key: tuple(rows) for key, rows in grouped.items()}

    @cached_property
    def _form_tables_by_id(self) -> dict[tuple[str, str], FormTable]:
        return {(row.form, row.table): row for row in self.form_tables}

    @cached_property
    def _evidence_by_kind(self) -> dict[tuple[str, str], EvidenceKind]:
        return {(row.kind, row.about): row for row in self.evidence}

    @cached_property
    def _tables_by_name(self) -> dict[str, Table]:
        return {row.table: row for row in self.tables}

    @cached_property
    def _columns_by_name(self) -> dict[str, Column]:
        return {row.column: row for row in self.columns}
