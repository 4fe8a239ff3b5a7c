"""What is worked out of one report: indicators, and the quantities beside its cells that they may need."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows


@dataclass(frozen=True)
class Indicator:
    """One row of indicators.csv: an indicator, or its formula for the forms that the row names; denominator None means a level.

    definition: the id of this formula, the indicator's own unless another row has it. is_share: the numerator is a part of the
    denominator. caveat_zh: what to mind when the figure is quoted.
    """

    indicator: str
    definition: str
    label_zh: str
    unit: str
    forms: tuple[str, ...]
    each: tuple[str, ...]
    numerator: str
    denominator: str | None
    minimum_denominator: int
    is_share: bool
    caveat_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Quantity:
    """A number about a report or its body that stands in no cell of a form; source: where it comes from (see indicators/quantities.py).

    claims: the measures of prose claims from which it is taken, for reports that are due in one of `forms`; empty: not from prose.
    """

    quantity: str
    source: str
    claims: tuple[str, ...]
    forms: tuple[str, ...]
    unit: str
    label_zh: str
    definition_zh: str


def read_indicators(folder: Path) -> tuple[Indicator, ...]:
    """The rows of indicators.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_indicator, read_rows(folder / "indicators.csv")))


def read_quantities(folder: Path) -> tuple[Quantity, ...]:
    """The rows of quantities.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_quantity, read_rows(folder / "quantities.csv")))


def _indicator(row: Row) -> Indicator:
    for column in ("numerator", "denominator"):
        row.expression(column)
    return Indicator(
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


def _quantity(row: Row) -> Quantity:
    return Quantity(
        row.required("quantity"),
        row.required("source"),
        row.words("claims"),
        row.words("forms"),
        row.text("unit"),
        row.required("label_zh"),
        row.required("definition_zh"),
    )
