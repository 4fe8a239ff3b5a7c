"""Rows about series through the forms: the outcome classes that all forms share, and the breaks between forms."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal, cast

from pipeline.catalog.csv_rows import Row, read_rows


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


def read_series_measures(folder: Path) -> tuple[SeriesMeasure, ...]:
    """The rows of series_measures.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    columns = ("measure", "label_zh", "unit", "view", "column", "definition_zh")
    return tuple(
        SeriesMeasure(*(row.text(name) if name == "unit" else row.required(name) for name in columns))
        for row in read_rows(folder / "series_measures.csv")
    )


def read_outcomes(folder: Path, forms: tuple[str, ...]) -> tuple[Outcome, ...]:
    """The rows of outcomes.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(_outcome(row, forms) for row in read_rows(folder / "outcomes.csv"))


def read_form_breaks(folder: Path, forms: tuple[str, ...]) -> tuple[FormBreak, ...]:
    """The rows of form_breaks.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(
        FormBreak(row.one_of("earlier_form", forms), row.one_of("later_form", forms), row.required("reason_zh"))
        for row in read_rows(folder / "form_breaks.csv")
    )


def _outcome(row: Row, forms: tuple[str, ...]) -> Outcome:
    row.expression("cells")
    named = tuple(row.required("forms").split())
    if strange := [form for form in named if form not in forms]:
        raise row.error("forms", f"没有 {'、'.join(strange)} 这种格式。")
    previous = row.one_of("previous", ("same", "weakly", "no", "")) or None
    if previous in ("weakly", "no"):
        row.required("previous_reason_zh")
    return Outcome(
        outcome=row.required("outcome"),
        label_zh=row.required("label_zh"),
        forms=named,
        cells=row.required("cells"),
        previous=cast(Literal["same", "weakly", "no"] | None, previous),
        previous_reason_zh=row.text("previous_reason_zh"),
        definition_zh=row.required("definition_zh"),
    )


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


def read_area_indicators(folder: Path) -> tuple[AreaIndicator, ...]:
    """The rows of area_indicators.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(
        AreaIndicator(
            indicator=row.required("indicator"),
            kind=cast(
                Literal["zero_share", "top_share", "gini", "on_time"],
                row.one_of("kind", ("zero_share", "top_share", "gini", "on_time")),
            ),
            measure=row.text("measure"),
            label_zh=row.required("label_zh"),
            minimum_bodies=row.integer("minimum_bodies"),
            caveat_zh=row.text("caveat_zh"),
            definition_zh=row.required("definition_zh"),
        )
        for row in read_rows(folder / "area_indicators.csv")
    )
