"""CSV files that an office keeps by hand, in Excel or WPS: in the encodings that these write, columns in any order."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple, TypeVar

from pipeline.catalog.csv_rows import Row
from pipeline.common.errors import CatalogError, RegistryError

Made = TypeVar("Made")
_DAY = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_ENCODINGS = ("utf-8-sig", "gb18030")  # Excel in Chinese saves CSV in GBK
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Mistake:
    """Something in such a file that cannot be right: the place, and what is the matter, in Chinese."""

    file: str
    line: int
    column: str
    message: str

    def __str__(self) -> str:
        return f"{self.file} 第 {self.line} 行" + (f"“{self.column}”列" if self.column else "") + f"：{self.message}"


class Text(NamedTuple):
    """A file as text, with what has to stay as it is where a row is added."""

    text: str
    encoding: str
    has_mark: bool


def made_rows(path: Path, columns: Sequence[str], make: Callable[[Row, int], Made], mistakes: list[Mistake]) -> Iterator[Made]:
    """What `make` makes of each row that is not empty; what is wrong goes to `mistakes`. A missing file has no rows."""
    if path.is_file():
        try:
            yield from rows_of(path, decoded(path).text, columns, make, mistakes)
        except RegistryError as error:
            mistakes.append(Mistake(path.name, 1, "", str(error)))


def rows_of(path: Path, text: str, columns: Sequence[str], make: Callable[[Row, int], Made], mistakes: list[Mistake]) -> Iterator[Made]:
    """As `made_rows`, of a text that is (or is to be) in the file."""
    try:
        for row, line in _rows(path, text, columns):
            try:
                row.require_no_more()
                yield make(row, line)
            except CatalogError as error:
                mistakes.append(_mistake(path.name, line, str(error)))
    except (RegistryError, csv.Error) as error:
        mistakes.append(Mistake(path.name, 1, "", str(error)))


def decoded(path: Path) -> Text:
    """The text of a file in UTF-8 or GBK. Raises RegistryError where it cannot be opened or is in neither."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise RegistryError(f"打不开（{error.strerror}）。") from None
    for encoding in _ENCODINGS:
        try:
            return Text(data.decode(encoding), encoding.removesuffix("-sig"), data.startswith(_BOM))
        except UnicodeDecodeError:
            continue
    raise RegistryError("既不是 UTF-8 也不是 GBK 编码。请另存为“CSV UTF-8”。")


def day(row: Row, column: str) -> date | None:
    """A date as 2019-03-01 (or 2019/3/1, which Excel makes of it); None where the cell is empty."""
    text = row.text(column)
    if not text:
        return None
    try:
        return date(*map(int, _DAY.fullmatch(text).groups()))  # type: ignore[union-attr]
    except (AttributeError, ValueError):
        raise row.error(column, f"“{text}”不是日期，应写作 2019-03-01。") from None


def _rows(path: Path, text: str, columns: Sequence[str]) -> Iterator[tuple[Row, int]]:
    reader = csv.DictReader(io.StringIO(text, newline=""))
    reader.fieldnames = [(name or "").strip() for name in reader.fieldnames or ()]
    missing = [name for name in columns if name not in reader.fieldnames]
    if missing:
        raise RegistryError(f"缺少列 {'、'.join(missing)}，应有 {'、'.join(columns)}。")
    for values in reader:
        row = Row(path, reader.line_num, values)
        if any(text for name, text in values.items() if name is not None and isinstance(text, str) and text.strip()):
            yield row, reader.line_num


def _mistake(file: str, line: int, message: str) -> Mistake:
    place, _, said = message.partition("列：")
    return Mistake(file, line, place.rpartition("“")[2].rstrip("”"), said)
