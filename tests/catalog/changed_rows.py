"""Copies of the catalogue's rows with something changed in them."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

from pipeline.common.settings import DEFAULT_CATALOG

Row = dict[str, str]


def copy_of_rows(folder: Path) -> Path:
    """The folder of rows, where a test may change it."""
    return Path(shutil.copytree(DEFAULT_CATALOG, folder / "rows"))


def rewrite(path: Path, change: Callable[[list[Row]], list[Row]]) -> None:
    """Rewrite a CSV file through a function from its rows to its rows; missing cells of new rows are empty."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        reader = csv.DictReader(handle)
        rows, names = list(reader), list(reader.fieldnames or [])
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.DictWriter(handle, names, restval="", lineterminator="\n")
        writer.writeheader()
        writer.writerows(change(rows))


def put(path: Path, where: Callable[[Row], bool], column: str, value: str) -> int:
    """Put a value into a column of the first row that fits; returns the line of the file on which it stands."""
    found: list[int] = []

    def change(rows: list[Row]) -> list[Row]:
        for line, row in enumerate(rows, start=2):
            if where(row) and not found:
                row[column] = value
                found.append(line)
        return rows

    rewrite(path, change)
    return found[0]


def add(path: Path, *rows: Row) -> None:
    """Put rows at the end of a file."""
    rewrite(path, lambda there: [*there, *rows])
