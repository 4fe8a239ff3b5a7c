"""The tables of the warehouse and their columns."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pipeline.catalog.csv_rows import Row, read_rows


@dataclass(frozen=True)
class Column:
    """A column of the warehouse, declared once for all tables. type is a name of warehouse/schema.py."""

    column: str
    type: str
    unit: str
    label_zh: str
    definition_zh: str


@dataclass(frozen=True)
class Table:
    """A table of the warehouse: layer, columns in order, key, which may be null, and whether it is partitioned by year."""

    table: str
    layer: Literal["raw", "core", "out"]
    label_zh: str
    definition_zh: str
    columns: tuple[str, ...]
    key: tuple[str, ...]
    required: tuple[str, ...]
    by_year: bool


def read_columns(folder: Path) -> tuple[Column, ...]:
    """The rows of columns.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_column, read_rows(folder / "columns.csv")))


def read_tables(folder: Path) -> tuple[Table, ...]:
    """The rows of tables.csv. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    return tuple(map(_table, read_rows(folder / "tables.csv")))


def _column(row: Row) -> Column:
    return Column(
        row.required("column"),
        row.required("type"),
        row.text("unit"),
        row.required("label_zh"),
        row.required("definition_zh"),
    )


def _table(row: Row) -> Table:
    return Table(
        table=row.required("table"),
        layer=row.one_of("layer", ("raw", "core", "out")),
        label_zh=row.required("label_zh"),
        definition_zh=row.required("definition_zh"),
        columns=row.words("columns"),
        key=row.words("key"),
        required=row.words("required"),
        by_year=row.yes("by_year"),
    )
