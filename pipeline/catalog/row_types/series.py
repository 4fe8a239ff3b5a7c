"""What is compared through the forms and over areas: bridges between two forms, outcome classes, breaks, measures of every series."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.catalog.csv_rows import Row, read_rows


@dataclass(frozen=True)
class Bridge:
    """How figures of one form compare with those of the next: the sum of `earlier` with the sum of `later` (`x.*`: every field below x).

    how: `same`, `sum` (several fields together are the same), `weakly`, or `no`. A field that no row names is compared with
    itself where both forms have it.
    """

    earlier_form: str
    earlier: tuple[str, ...]
    later_form: str
    later: tuple[str, ...]
    how: Literal["same", "sum", "weakly", "no"]
    reason_zh: str


@dataclass(frozen=True)
class Outcome:
    """An outcome class in some forms: the cells that make it up (an expression).

    previous: how it compares with the same class in the form before the first of `forms`; None where there is no such form.
    """

    outcome: str
    label_zh: str
    forms: tuple[str, ...]
    cells: str
    previous: Literal["same", "weakly", "no"] | None
    previous_reason_zh: str
    definition_zh: str


@dataclass(frozen=True)
class FormBreak:
    """Two forms between which every series breaks, whatever its fields mean, and why."""

    earlier_form: str
    later_form: str
    reason_zh: str


@dataclass(frozen=True)
class SeriesMeasure:
    """Something that is told of every series of counts (growth): the view and the column in which it stands."""

    measure: str
    label_zh: str
    unit: str
    view: str
    column: str
    definition_zh: str


@dataclass(frozen=True)
class AreaIndicator:
    """An indicator over the bodies of one area. kind: how it is computed (indicators/areas.py); measure: the level it is over."""

    indicator: str
    kind: Literal["zero_share", "top_share", "gini", "on_time"]
    measure: str
    label_zh: str
    minimum_bodies: int
    caveat_zh: str
    definition_zh: str


def read_bridges(folder: Path, form_ids: tuple[str, ...]) -> tuple[Bridge, ...]:
    """The rows of bridges.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(_bridge(row, form_ids) for row in read_rows(folder / "bridges.csv"))


def read_outcomes(folder: Path, forms: tuple[str, ...]) -> tuple[Outcome, ...]:
    """The rows of outcomes.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(_outcome(row, forms) for row in read_rows(folder / "outcomes.csv"))


def read_form_breaks(folder: Path, forms: tuple[str, ...]) -> tuple[FormBreak, ...]:
    """The rows of form_breaks.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(
        FormBreak(row.one_of("earlier_form", forms), row.one_of("later_form", forms), row.required("reason_zh"))
        for row in read_rows(folder / "form_breaks.csv")
    )


def read_series_measures(folder: Path) -> tuple[SeriesMeasure, ...]:
    """The rows of series_measures.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    columns = ("measure", "label_zh", "unit", "view", "column", "definition_zh")
    return tuple(
        SeriesMeasure(*(row.text(name) if name == "unit" else row.required(name) for name in columns))
        for row in read_rows(folder / "series_measures.csv")
    )


def read_area_indicators(folder: Path) -> tuple[AreaIndicator, ...]:
    """The rows of area_indicators.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(
        AreaIndicator(
            indicator=row.required("indicator"),
            kind=row.one_of("kind", ("zero_share", "top_share", "gini", "on_time")),
            measure=row.text("measure"),
            label_zh=row.required("label_zh"),
            minimum_bodies=row.integer("minimum_bodies"),
            caveat_zh=row.text("caveat_zh"),
            definition_zh=row.required("definition_zh"),
        )
        for row in read_rows(folder / "area_indicators.csv")
    )


def _bridge(row: Row, form_ids: tuple[str, ...]) -> Bridge:
    return Bridge(
        row.one_of("earlier_form", form_ids),
        row.words("earlier"),
        row.one_of("later_form", form_ids),
        row.words("later"),
        row.one_of("how", ("same", "sum", "weakly", "no")),
        row.required("reason_zh"),
    )


def _outcome(row: Row, forms: tuple[str, ...]) -> Outcome:
    row.expression("cells")
    named = tuple(row.required("forms").split())
    if strange := [form for form in named if form not in forms]:
        raise row.error("forms", f"没有 {'、'.join(strange)} 这种格式。")
    previous: Literal["same", "weakly", "no", ""] = row.one_of("previous", ("same", "weakly", "no", ""))
    if previous in ("weakly", "no"):
        row.required("previous_reason_zh")
    return Outcome(
        outcome=row.required("outcome"),
        label_zh=row.required("label_zh"),
        forms=named,
        cells=row.required("cells"),
        previous=previous or None,
        previous_reason_zh=row.text("previous_reason_zh"),
        definition_zh=row.required("definition_zh"),
    )
