"""What a person sees of a worksheet besides its values: errors, formulas that nobody computed, number formats, hidden lines.

python-calamine gives values only: a formula without a result and an error come as nothing, and a hidden row like any other.
`xlsx_looks.py` and `xls_looks.py` tell the rest, cell by cell, and `workbook.py` puts both together.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import NamedTuple

from pipeline.readers.model import GridCell
from pipeline.readers.number_formats import GENERAL, shown, shown_text
from pipeline.readers.sheet_conditions import Condition

Place = tuple[int, int]  # row and column of the sheet, from 0
NOT_COMPUTED = "=（公式未计算）"
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
_UNIT = re.compile(r"[^\W\d_]+")


@dataclass
class Look:
    """One sheet. unread: what is read of a cell in place of its value ("" where that is struck out); formats: number format
    of the cells that have one; hides_zeros: whether the sheet is set to show nothing for 0. unseen: cells whose letters are
    as white as what is behind them; conditions: conditional formats that hide numbers. computed: whether
    results of formulas were worked out that are not in the file.
    """

    unread: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    hides_zeros: bool = False
    unseen: set[Place] = field(default_factory=set)
    conditions: list[Condition] = field(default_factory=list)
    computed: bool = False

    def of_number(self, place: Place, plain: str) -> Written:
        """A number as it is written in its cell: what the sheet prints, 123.5 under `0.0,` where 123456 is stored.

        A unit in the format belongs to the text, and so does a percentage: 5%, not 0.05. Where no number is seen, its sign is
        lost or it is rounded alone, the one stored is kept beside what is shown.
        """
        code = self.formats.get(place, GENERAL)
        if code == GENERAL and not self.hides_zeros:
            return Written(plain)
        number = Decimal(plain)
        seen = "" if self.hides_zeros and number == 0 else plain if code == GENERAL else shown(number, code)
        if seen is None:
            return Written(plain, f"{code}（格式）")
        if "%" in seen or seen == plain:
            return Written(seen)
        bare = seen.replace(",", "")
        digits = _NUMBER.search(bare)
        if digits is None:
            return Written(plain, seen)
        is_negative = re.search(r"[-－(（]", bare) is not None
        is_rounded = 2 * abs(Decimal(digits[0]) - abs(number)) <= Decimal(1).scaleb(-len(digits[0].partition(".")[2]))
        if (number < 0 and not is_negative and Decimal(digits[0]) != 0) or (is_rounded and Decimal(digits[0]) != abs(number)):
            return Written(plain, seen)
        unit = bare[digits.end() :].strip()
        unit = unit if _UNIT.fullmatch(unit) else ""
        if Decimal(digits[0]) == abs(number):
            return Written(plain + unit)
        return Written(("-" if number < 0 and Decimal(digits[0]) else "") + digits[0] + unit, seen, plain)

    def of_text(self, place: Place, text: str) -> Written:
        """A text as it is written in its cell; a unit that the format adds belongs to it."""
        code = self.formats.get(place, GENERAL)
        seen = text if code in (GENERAL, "@") else shown_text(text, code)
        if seen == text.strip() or not any(letter.isdigit() for letter in text + seen):
            return Written(text)
        return Written(seen) if _NUMBER.findall(seen) == _NUMBER.findall(text) else Written(text, seen)


class Written(NamedTuple):
    """The text of a cell; what the sheet shows, where that is another number than the one stored, or none; what is stored then."""

    text: str
    shown: str | None = None
    stored: str | None = None


def visible(cells: Iterable[GridCell], look: Look) -> Iterator[GridCell]:
    """The cells without those in hidden rows and columns, the others moved together; merged ones lose what is hidden of them."""
    if not look.hidden_rows and not look.hidden_columns:
        yield from cells
        return
    rows, columns = _Remaining(look.hidden_rows), _Remaining(look.hidden_columns)
    for cell in cells:
        row_span, column_span = rows.within(cell.row, cell.row_span), columns.within(cell.column, cell.column_span)
        if row_span and column_span:
            yield _moved(cell, rows.before(cell.row), columns.before(cell.column), row_span, column_span)


def _moved(cell: GridCell, row: int, column: int, row_span: int, column_span: int) -> GridCell:
    """The cell in another place."""
    return GridCell(row, column, cell.text, row_span, column_span, shown=cell.shown, whole=cell.whole)


class _Remaining:
    """Rows, or columns, that are left when the hidden ones are taken out."""

    def __init__(self, hidden: set[int]) -> None:
        self._hidden = sorted(hidden)

    def before(self, place: int) -> int:
        return place - bisect_left(self._hidden, place)

    def within(self, first: int, span: int) -> int:
        return self.before(first + span) - self.before(first)
