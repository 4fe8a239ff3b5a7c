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
