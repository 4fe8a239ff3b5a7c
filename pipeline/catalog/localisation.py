"""Rows about locating errors: what it costs to doubt a figure, which typical errors there are, and how they are said."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from pipeline.catalog.csv_rows import read_rows


@dataclass(frozen=True)
class ErrorKind:
    """A typical error. rank: how plausible it is beside others (1 = most); text: how a sentence names it."""

    error_kind: str
    rank: int
    title_zh: str
    text_zh: str
    definition_zh: str


@dataclass(frozen=True)
class CellWeight:
    """What it costs to doubt a figure of one class, in whole points; 0: it says nothing that could be doubted."""

    weight_class: str
    weight: int
    definition_zh: str


@dataclass(frozen=True)
class LocalisationRows:
    """All rows of the folder `localisation`."""

    weights: Mapping[str, CellWeight]
    error_kinds: Mapping[str, ErrorKind]
    sentences: Mapping[str, str]


def read_localisation(folder: Path) -> LocalisationRows:
    """The rows of `folder`. Raises CatalogError, naming file, line and column, for a cell that does not fit."""
    kinds = [
        ErrorKind(
            row.required("error_kind"),
            row.integer("rank"),
            row.required("title_zh"),
            row.required("text_zh"),
            row.required("definition_zh"),
        )
        for row in read_rows(folder / "error_kinds.csv")
    ]
    weights = [
        CellWeight(row.required("weight_class"), row.integer("weight"), row.required("definition_zh"))
        for row in read_rows(folder / "cell_weights.csv")
    ]
    return LocalisationRows(
        weights={row.weight_class: row for row in weights},
        error_kinds={row.error_kind: row for row in kinds},
        sentences={row.required("sentence"): row.required("text_zh") for row in read_rows(folder / "sentences.csv")},
    )
