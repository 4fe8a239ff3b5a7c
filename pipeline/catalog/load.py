"""Reads the folder of rows into a `Catalog`. Every mistake is reported with file, line and column."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Literal, cast

from pipeline.catalog import model, row_types
from pipeline.catalog.claims import read_claim_grammar
from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.catalog.labels import read_labels
from pipeline.catalog.localisation import read_localisation
from pipeline.catalog.series_rows import read_area_indicators, read_form_breaks, read_outcomes, read_series_measures
from pipeline.catalog.validate import validate
from pipeline.catalog.wordings import read_wordings
from pipeline.common.versions import digest_of_folder


def load_catalog(folder: Path) -> model.Catalog:
    """Load and validate the catalogue in `folder`. Raises CatalogError at the first row that does not fit."""
    forms = tuple(map(_form, read_rows(folder / "forms.csv")))
    form_ids = tuple(form.form for form in forms)
    applicants = tuple(map(_applicant, read_rows(folder / "applicants.csv")))
    form_tables = tuple(_form_table(row, form_ids) for row in read_rows(folder / "form_tables.csv"))
    with_tables = [form for form in form_ids if any(table.form == form for table in form_tables)]
    fields = tuple(field for form in with_tables for field in _fields(folder / "fields" / f"{form}.csv", form))
    label_files = sorted((folder / "labels").glob("*.csv"))
    catalog = model.Catalog(
        folder=folder,
        digest=digest_of_folder(folder),
        forms=forms,
        form_tables=form_tables,
        applicants=applicants,
        labels=tuple(label for path in label_files for label in read_labels(path, form_ids, fields, applicants)),
        fields=fields,
        sections=_sections(read_rows(folder / "sections.csv")),
        signs=frozenset(row.required("sign") for row in read_rows(folder / "signs.csv")),
        units=tuple(map(_unit, read_rows(folder / "units.csv"))),
        figure_marks=tuple(map(_figure_mark, read_rows(folder / "figure_marks.csv"))),
        levels=tuple(map(_level_word, read_rows(folder / "levels.csv"))),
        agency_kinds=tuple(map(_agency_kind, read_rows(folder / "agency_kinds.csv"))),
        coverage_words=tuple(map(_coverage_words, read_rows(folder / "coverage_words.csv"))),
        file_kinds=tuple(map(_file_kind, read_rows(folder / "file_kinds.csv"))),
        evidence=tuple(map(_evidence_kind, read_rows(folder / "evidence.csv"))),
        problems=tuple(map(_problem, read_rows(folder / "problems.csv"))),
        rules=tuple(map(_rule, read_rows(folder / "rules.csv"))),
        indicators=tuple(map(_indicator, read_rows(folder / "indicators.csv"))),
        quantities=tuple(map(_quantity, read_rows(folder / "quantities.csv"))),
        outcomes=read_outcomes(folder, form_ids),
        form_breaks=read_form_breaks(folder, form_ids),
        area_indicators=read_area_indicators(folder),
        series_measures=read_series_measures(folder),
        bridges=tuple(_bridge(row, form_ids) for row in read_rows(folder / "bridges.csv")),
        columns=tuple(map(_column, read_rows(folder / "columns.csv"))),
        tables=tuple(map(_table, read_rows(folder / "tables.csv"))),
        claims=read_claim_grammar(folder / "claims"),
        wordings=read_wordings(folder),
        localisation=read_localisation(folder / "localisation"),
    )
    validate(catalog)
    return catalog


def _form(row: Row) -> row_types.Form:
    return row_types.Form(
        row.required("form"),
        row.integer("valid_from"),
        row.optional_integer("valid_to"),
        row.required("title_zh"),
        row.text("source_zh"),
        row.text("in_prose") == "yes",
        row.text("duty_zh"),
    )


def _applicant(row: Row) -> row_types.Applicant:
    return row_types.Applicant(
        row.required("applicant"),
        row.integer("position"),
        row.yes("in_total"),
        row.required("label_zh"),
        row.text("group_zh"),
    )


def _form_table(row: Row, form_ids: tuple[str, ...]) -> row_types.FormTable:
    return row_types.FormTable(
        row.one_of("form", form_ids),
        row.required("table"),
        row.integer("position"),
        row.required("number_zh"),
        row.required("title_zh"),
        row.required("section"),
    )


def _fields(path: Path, form: str) -> Iterable[row_types.Field]:
    for position, row in enumerate(read_rows(path)):
        yield row_types.Field(
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


def _sections(rows: list[Row]) -> tuple[row_types.SectionHeading, ...]:
    headings: dict[tuple[int, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: row.one_of("kind", ("printed", "variant"))):
        headings.setdefault((row.integer("position"), row.required("section")), []).append(row.required("heading_zh"))
    return tuple(row_types.SectionHeading(section, position, tuple(texts)) for (position, section), texts in sorted(headings.items()))


def _unit(row: Row) -> row_types.Unit:
    return row_types.Unit(row.required("unit"), row.one_of("kind", ("money", "count")), row.decimal("factor"))


def _figure_mark(row: Row) -> row_types.FigureMark:
    return row_types.FigureMark(row.required("mark"), row.one_of("place", ("before", "behind")))


def _level_word(row: Row) -> row_types.LevelWord:
    return row_types.LevelWord(row.required("word"), row.one_of("level", ("whole_area", "own_office")))


def _agency_kind(row: Row) -> row_types.AgencyKind:
    return row_types.AgencyKind(
        row.text("suffix"),
        row.required("kind"),
        row.optional("level"),
        row.integer("deadline_month"),
        row.integer("deadline_day"),
        row.yes("owes"),
        row.yes("governs"),
    )


def _coverage_words(row: Row) -> row_types.CoverageWords:
    row.required("pattern")
    pattern = row.pattern("pattern")
    assert pattern is not None
    return row_types.CoverageWords(
        cast(Literal["own_office", "whole_area"], row.one_of("coverage", ("own_office", "whole_area"))),
        cast(Literal["title", "text"], row.one_of("place", ("title", "text"))),
        pattern,
        row.text("note"),
    )


def _file_kind(row: Row) -> row_types.FileKind:
    return row_types.FileKind(row.required("kind"), row.required("label_zh"))


def _evidence_kind(row: Row) -> row_types.EvidenceKind:
    return row_types.EvidenceKind(
        kind=row.required("kind"),
        about=cast(row_types.About, row.one_of("about", ("agency", "year", "version"))),
        weight=row.integer("weight"),
        strong=row.yes("strong"),
        pattern=row.pattern("pattern"),
        title_zh=row.required("title_zh"),
        definition_zh=row.required("definition_zh"),
    )


def _problem(row: Row) -> row_types.ProblemCode:
    return row_types.ProblemCode(
        row.required("code"),
        cast(Literal["error", "warning", "info"], row.one_of("severity", ("error", "warning", "info"))),
        row.required("title_zh"),
        row.required("definition_zh"),
    )


def _rule(row: Row) -> row_types.Rule:
    return row_types.Rule(
        rule=row.required("rule"),
        part=row.text("part"),
        kind=row.required("kind"),
        severity=cast(Literal["E", "W", "I"], row.one_of("severity", ("E", "W", "I"))),
        weak=row.text("weak") == "yes",
        table=row.optional("table"),
        forms=row.words("forms"),
        first_year=row.optional_integer("first_year"),
        agency_kinds=row.words("agency_kinds"),
        each=row.words("each"),
        when=row.expression("when"),
        holds=row.expression("holds"),
        parameters=row.parameters("parameters"),
        binds=row.one_of("binds", ("yes", "limit", "no", "")) == "yes",
        limits=row.text("binds") == "limit",
        title_zh=row.required("title_zh"),
        message_zh=row.required("message_zh"),
        definition_zh=row.required("definition_zh"),
    )


def _indicator(row: Row) -> row_types.Indicator:
    for column in ("numerator", "denominator"):
        row.expression(column)
    return row_types.Indicator(
        indicator=row.required("indicator"),
        definition=row.text("definition") or row.required("indicator"),
        label_zh=row.required("label_zh"),
        unit=row.text("unit"),
        forms=row.words("forms"),
        each=row.words("each"),
        numerator=row.required("numerator"),
        denominator=row.optional("denominator"),
        minimum_denominator=row.optional_integer("minimum_denominator") or 0,
        is_share=row.one_of("share", ("yes", "no", "")) == "yes",
        caveat_zh=row.text("caveat_zh"),
        definition_zh=row.required("definition_zh"),
    )


def _quantity(row: Row) -> row_types.Quantity:
    return row_types.Quantity(
        row.required("quantity"),
        row.required("source"),
        row.words("claims"),
        row.words("forms"),
        row.text("unit"),
        row.required("label_zh"),
        row.required("definition_zh"),
    )


def _bridge(row: Row, form_ids: tuple[str, ...]) -> row_types.Bridge:
    return row_types.Bridge(
        row.one_of("earlier_form", form_ids),
        row.words("earlier"),
        row.one_of("later_form", form_ids),
        row.words("later"),
        cast(Literal["same", "sum", "weakly", "no"], row.one_of("how", ("same", "sum", "weakly", "no"))),
        row.required("reason_zh"),
    )


def _column(row: Row) -> row_types.Column:
    return row_types.Column(
        row.required("column"),
        row.required("type"),
        row.text("unit"),
        row.required("label_zh"),
        row.required("definition_zh"),
    )


def _table(row: Row) -> row_types.Table:
    return row_types.Table(
        table=row.required("table"),
        layer=cast(Literal["raw", "core", "out"], row.one_of("layer", ("raw", "core", "out"))),
        label_zh=row.required("label_zh"),
        definition_zh=row.required("definition_zh"),
        columns=row.words("columns"),
        key=row.words("key"),
        required=row.words("required"),
        by_year=row.yes("by_year"),
    )
