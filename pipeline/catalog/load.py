"""Reads the folder of rows into a `Catalog`. Every mistake is reported with file, line and column."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Literal, cast

from pipeline.catalog import model
from pipeline.catalog.expressions import Expression, parse_expression
from pipeline.catalog.validate import validate
from pipeline.common.errors import CatalogError
from pipeline.common.versions import digest_of_folder


class Row:
    """One line of a CSV file that knows where it stands, so that errors can say so."""

    def __init__(self, path: Path, line: int, values: dict[str, str | None]) -> None:
        self._path, self._line, self._values = path, line, values

    def error(self, column: str, message: str) -> CatalogError:
        return CatalogError(f"{self._path.name} 第 {self._line} 行“{column}”列：{message}")

    def text(self, column: str) -> str:
        """The cell, which may be empty. Raises CatalogError where the file has no such column or the line is too short."""
        value = self._values.get(column)
        if value is None:
            raise self.error(column, "缺少这一列。")
        return value.strip()

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.error(column, "不能为空。")
        return value

    def optional(self, column: str) -> str | None:
        return self.text(column) or None

    def one_of(self, column: str, choices: tuple[str, ...]) -> str:
        value = self.text(column)
        if value not in choices:
            raise self.error(column, f"应为 {'、'.join(choices)} 之一，现为“{value}”。")
        return value

    def yes(self, column: str) -> bool:
        return self.one_of(column, ("yes", "no")) == "yes"

    def integer(self, column: str) -> int:
        value = self.required(column)
        if not value.lstrip("-").isdigit():
            raise self.error(column, f"应为整数，现为“{value}”。")
        return int(value)

    def optional_integer(self, column: str) -> int | None:
        return self.integer(column) if self.text(column) else None

    def decimal(self, column: str) -> Decimal:
        try:
            return Decimal(self.required(column))
        except InvalidOperation:
            raise self.error(column, f"应为数字，现为“{self.text(column)}”。") from None

    def words(self, column: str) -> tuple[str, ...]:
        return tuple(self.text(column).split())

    def expression(self, column: str) -> Expression | None:
        text = self.text(column)
        try:
            return parse_expression(text) if text else None
        except CatalogError as error:
            raise self.error(column, str(error)) from None

    def parameters(self, column: str) -> dict[str, str]:
        """`name=value; name=value` as a dictionary."""
        pairs = [part.partition("=") for part in self.text(column).split(";") if part.strip()]
        if any(not sign for _, sign, _ in pairs):
            raise self.error(column, "应写作“名称=值; 名称=值”。")
        return {name.strip(): value.strip() for name, _, value in pairs}


def read_rows(path: Path) -> list[Row]:
    """The lines of one CSV file. Raises CatalogError where the file is missing or a line has too many cells."""
    if not path.is_file():
        raise CatalogError(f"目录缺少文件 {path.name}（应在 {path.parent}）。")
    with path.open(encoding="utf-8-sig", newline="") as handle:
        rows = [Row(path, number, values) for number, values in enumerate(csv.DictReader(handle), start=2)]
    for row in rows:
        if None in row._values:
            raise row.error("", "单元格多于标题列。")
    return rows


def load_catalog(folder: Path) -> model.Catalog:
    """Load and validate the catalogue in `folder`. Raises CatalogError at the first row that does not fit."""
    forms = tuple(
        model.Form(
            row.required("form"),
            row.integer("valid_from"),
            row.optional_integer("valid_to"),
            row.required("title_zh"),
            row.text("source_zh"),
        )
        for row in read_rows(folder / "forms.csv")
    )
    form_ids = tuple(form.form for form in forms)
    catalog = model.Catalog(
        folder=folder,
        digest=digest_of_folder(folder),
        forms=forms,
        form_tables=tuple(_form_table(row, form_ids) for row in read_rows(folder / "form_tables.csv")),
        applicants=tuple(
            model.Applicant(
                row.required("applicant"), row.integer("position"), row.yes("in_total"), row.required("label_zh"), row.text("group_zh")
            )
            for row in read_rows(folder / "applicants.csv")
        ),
        labels=tuple(label for path in sorted((folder / "labels").glob("*.csv")) for label in _labels(path, form_ids)),
        fields=tuple(field for form in form_ids for field in _fields(folder / "fields" / f"{form}.csv", form)),
        sections=_sections(read_rows(folder / "sections.csv")),
        signs=frozenset(row.required("sign") for row in read_rows(folder / "signs.csv")),
        units=tuple(
            model.Unit(row.required("unit"), row.one_of("kind", ("money", "count")), row.decimal("factor"))
            for row in read_rows(folder / "units.csv")
        ),
        agency_kinds=tuple(
            model.AgencyKind(
                row.text("suffix"), row.required("kind"), row.optional("level"), row.integer("deadline_month"), row.integer("deadline_day")
            )
            for row in read_rows(folder / "agency_kinds.csv")
        ),
        problems=tuple(
            model.ProblemCode(
                row.required("code"),
                cast(Literal["error", "warning", "info"], row.one_of("severity", ("error", "warning", "info"))),
                row.required("title_zh"),
                row.required("definition_zh"),
            )
            for row in read_rows(folder / "problems.csv")
        ),
        rules=tuple(_rule(row) for row in read_rows(folder / "rules.csv")),
        indicators=tuple(_indicator(row) for row in read_rows(folder / "indicators.csv")),
        comparability=tuple(_comparability(row) for row in read_rows(folder / "comparability.csv")),
        columns=tuple(
            model.Column(
                row.required("column"), row.required("type"), row.text("unit"), row.required("label_zh"), row.required("definition_zh")
            )
            for row in read_rows(folder / "columns.csv")
        ),
        tables=tuple(_table(row) for row in read_rows(folder / "tables.csv")),
    )
    validate(catalog)
    return catalog


def _form_table(row: Row, form_ids: tuple[str, ...]) -> model.FormTable:
    return model.FormTable(
        row.one_of("form", form_ids),
        row.required("table"),
        row.integer("position"),
        row.required("number_zh"),
        row.required("title_zh"),
        row.required("section"),
    )


def _labels(path: Path, form_ids: tuple[str, ...]) -> Iterable[model.Label]:
    """One Label for each form in which a label stands; its wordings are gathered from all rows with the same id."""
    gathered: dict[tuple[str, str, str], list[Row]] = {}
    for row in read_rows(path):
        forms = row.words("forms") or form_ids
        for form in forms:
            if form not in form_ids:
                raise row.error("forms", f"没有“{form}”这种格式。")
            gathered.setdefault((form, row.one_of("axis", ("row", "column")), row.required("label")), []).append(row)
    for position, ((form, axis, label), rows) in enumerate(gathered.items()):
        printed = [row for row in rows if row.one_of("kind", ("printed", "variant")) == "printed"]
        if not printed:
            raise rows[0].error("kind", f"“{label}”没有 printed 行。")
        texts = [row.required("text") for row in printed] + [row.required("text") for row in rows if row not in printed]
        yield model.Label(
            form=form,
            table=path.stem,
            axis=cast(model.Axis, axis),
            label=label,
            role=cast(model.Role, printed[0].one_of("role", ("item", "group", "corner", "extra"))),
            parent=printed[0].optional("parent"),
            texts=tuple(texts),
            position=position,
        )


def _fields(path: Path, form: str) -> Iterable[model.Field]:
    for position, row in enumerate(read_rows(path)):
        yield model.Field(
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


def _sections(rows: list[Row]) -> tuple[model.SectionHeading, ...]:
    headings: dict[tuple[int, str], list[str]] = {}
    for row in sorted(rows, key=lambda row: row.one_of("kind", ("printed", "variant"))):
        headings.setdefault((row.integer("position"), row.required("section")), []).append(row.required("heading_zh"))
    return tuple(model.SectionHeading(section, position, tuple(texts)) for (position, section), texts in sorted(headings.items()))


def _rule(row: Row) -> model.Rule:
    return model.Rule(
        rule=row.required("rule"),
        part=row.text("part"),
        kind=row.required("kind"),
        severity=cast(Literal["E", "W", "I"], row.one_of("severity", ("E", "W", "I"))),
        table=row.optional("table"),
        forms=row.words("forms"),
        first_year=row.optional_integer("first_year"),
        agency_kinds=row.words("agency_kinds"),
        each=row.words("each"),
        when=row.expression("when"),
        holds=row.expression("holds"),
        parameters=row.parameters("parameters"),
        title_zh=row.required("title_zh"),
        message_zh=row.required("message_zh"),
        definition_zh=row.required("definition_zh"),
    )


def _indicator(row: Row) -> model.Indicator:
    for column in ("numerator", "denominator"):
        row.expression(column)
    return model.Indicator(
        indicator=row.required("indicator"),
        label_zh=row.required("label_zh"),
        unit=row.text("unit"),
        forms=row.words("forms"),
        each=row.words("each"),
        numerator=row.required("numerator"),
        denominator=row.optional("denominator"),
        minimum_denominator=row.optional_integer("minimum_denominator") or 0,
        definition_zh=row.required("definition_zh"),
    )


def _comparability(row: Row) -> model.Comparability:
    return model.Comparability(
        form=row.required("form"),
        field=row.required("field"),
        previous_form=row.required("previous_form"),
        previous_field=row.optional("previous_field"),
        comparable=cast(Literal["yes", "weakly", "no"], row.one_of("comparable", ("yes", "weakly", "no"))),
        reason_zh=row.text("reason_zh"),
    )


def _table(row: Row) -> model.Table:
    return model.Table(
        table=row.required("table"),
        layer=cast(Literal["raw", "core", "out"], row.one_of("layer", ("raw", "core", "out"))),
        label_zh=row.required("label_zh"),
        definition_zh=row.required("definition_zh"),
        columns=row.words("columns"),
        key=row.words("key"),
        required=row.words("required"),
        by_year=row.yes("by_year"),
    )
