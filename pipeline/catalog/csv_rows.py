"""Lines of CSV files that know where they stand, so that every mistake is reported with file, line and column."""

from __future__ import annotations

import csv
import re
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TypeVar

from pipeline.catalog.expressions import Expression, parse_expression
from pipeline.common.errors import CatalogError

Choice = TypeVar("Choice", bound=str)


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

    def require_no_more(self) -> None:
        """Raises CatalogError where the line has more cells with text than the file has columns: a comma in a text cuts it in two."""
        more: object = self._values.get(None)  # type: ignore[call-overload]
        if isinstance(more, list) and any(text.strip() for text in more):
            raise self.error("", "单元格多于标题列。文字中有英文逗号的，整格要放在英文双引号内。")

    def required(self, column: str) -> str:
        value = self.text(column)
        if not value:
            raise self.error(column, "不能为空。")
        return value

    def optional(self, column: str) -> str | None:
        return self.text(column) or None

    def one_of(self, column: str, choices: tuple[Choice, ...]) -> Choice:
        value = self.text(column)
        for choice in choices:
            if choice == value:
                return choice
        raise self.error(column, f"应为 {'、'.join(choices)} 之一，现为“{value}”。")

    def yes(self, column: str) -> bool:
        return self.one_of(column, ("yes", "no")) == "yes"

    def integer(self, column: str) -> int:
        value = self.required(column)
        if not re.fullmatch(r"-?\d+", value):
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

    def pattern(self, column: str) -> re.Pattern[str] | None:
        """A regular expression, or None where the cell is empty."""
        text = self.text(column)
        try:
            return re.compile(text) if text else None
        except re.error as error:
            raise self.error(column, f"不是有效的正则表达式：{error}。") from None

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
        rows = []
        for number, values in enumerate(csv.DictReader(handle), start=2):
            row = Row(path, number, values)
            if None in values:
                raise row.error("", "单元格多于标题列。")
            rows.append(row)
    return rows
