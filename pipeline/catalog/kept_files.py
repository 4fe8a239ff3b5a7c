"""CSV files that an office keeps by hand, in Excel or WPS: in the encodings that these write, columns in any order."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar
from unicodedata import normalize

from pipeline.catalog.csv_rows import Row
from pipeline.catalog.kept_text import decoded, table_rows
from pipeline.common.errors import CatalogError, SpoiltTextError

Made = TypeVar("Made")
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:[ T]0{1,2}(?::00){1,2})?")  # Excel adds a time of day


@dataclass(frozen=True)
class Mistake:
    """Something in such a file that cannot be right: the place, and what is the matter, in Chinese."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行" + (f"“{self.column}”列" if self.column else "") + f"：{self.message}"


def made_rows(path: Path, columns: Sequence[str], make: Callable[[Row, int], Made], mistakes: list[Mistake]) -> Iterator[Made]:
    """What `make` makes of each row that is not empty; what is wrong goes to `mistakes`. A missing file has no rows."""
    if path.is_file():
        try:
            yield from rows_of(path, decoded(path).text, columns, make, mistakes)
        except SpoiltTextError as error:
            mistakes.append(Mistake(path.name, error.line, "", str(error)))


def kept_rows(path: Path, columns: Sequence[str], make: Callable[[Row, int], Made]) -> list[Made]:
    """As `made_rows`. Raises CatalogError with every mistake, naming file, line and column."""
    mistakes: list[Mistake] = []
    rows = list(made_rows(path, columns, make, mistakes))
    if mistakes:
        raise CatalogError("\n".join(map(str, mistakes)))
    return rows


def rows_of(path: Path, text: str, columns: Sequence[str], make: Callable[[Row, int], Made], mistakes: list[Mistake]) -> Iterator[Made]:
    """As `made_rows`, of a text that is (or is to be) in the file."""
    try:
        for values, line in table_rows(text, columns):
            row = Row(path, line, values)
            try:
                row.require_no_more()
                yield make(row, line)
            except CatalogError as error:
                mistakes.append(_mistake(path.name, line, str(error)))
    except SpoiltTextError as error:
        mistakes.append(Mistake(path.name, error.line, "", str(error)))


def day(row: Row, column: str) -> date | None:
    """A date as 2019-03-01 (or 2019/3/1, 2019年3月1日, which Excel makes of it); None where the cell is empty."""
    text = row.text(column)
    if not text:
        return None
    with suppress(ValueError):
        if written := _DAY.fullmatch(normalize("NFKC", text)):
            return date(int(written[1]), int(written[2]), int(written[3]))
    raise row.error(column, f"“{text}”不是日期，应写作 2019-03-01。")


def _mistake(file: str, line: int, message: str) -> Mistake:
    place, _, said = message.partition("列：")
    return Mistake(file, line, place.rpartition("“")[2].rstrip("”"), said)
