"""Formulas whose results are not in the file, because a program wrote it that cannot compute: sums are worked out as Excel does on opening.

Only sums, differences and references within one sheet, which tables of reports are made of; anything else stays unread, and so does what
Excel takes otherwise than a reader would: figures written as text, which a sum leaves out and a plus takes, and errors.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal

from pipeline.readers.sheet_looks import Place

_TOKEN = re.compile(r"\s*(?:(SUM)\(|([A-Z]{1,3})([0-9]{1,7})(?::([A-Z]{1,3})([0-9]{1,7}))?|([0-9]+(?:\.[0-9]+)?)|([-+,()]))", re.IGNORECASE)
_MOST_CELLS, _DEEPEST = 10_000, 50  # of a range; of formulas that need one another


class Results:
    """What the formulas of a sheet come to. numbers, texts: what its other cells hold; formulas: by place."""

    def __init__(self, numbers: Mapping[Place, Decimal], texts: Mapping[Place, str], formulas: Mapping[Place, str]) -> None:
        self._numbers, self._texts, self._formulas = numbers, texts, formulas
        self._known: dict[Place, Decimal | None] = {}

    def of(self, place: Place, depth: int = 0) -> Decimal | None:
        """The result of the formula in a cell; None where it is not worked out here."""
        if place not in self._known:
            self._known[place] = None  # while it is under way: a formula that needs itself has no result
            self._known[place] = _Reading(self, self._formulas[place], depth).result()
        return self._known[place]

    def cell(self, place: Place, depth: int, in_sum: bool) -> Decimal | None:
        """The number in a cell as a formula sees it; None where it cannot be told."""
        if place in self._formulas:
            return self.of(place, depth + 1) if depth < _DEEPEST else None
        if place in self._texts:
            is_word = not any(letter.isdigit() or letter == "#" for letter in self._texts[place])
            return Decimal(0) if in_sum and is_word else None
        return self._numbers.get(place, Decimal(0))


class _Reading:
    """One formula, read from left to right."""

    def __init__(self, results: Results, formula: str, depth: int) -> None:
        self._results, self._depth = results, depth
        self._tokens = _tokens(formula)
        self._at = 0

    def result(self) -> Decimal | None:
        """What the whole formula comes to."""
        value = self._terms()
        return value if self._at == len(self._tokens) else None

    def _terms(self) -> Decimal | None:
        total: Decimal | None = Decimal(0)
        sign = -1 if self._take("-") else 1
        while True:
            value = self._term()
            if value is None or total is None:
                return None
            total += sign * value
            if self._take("+"):
                sign = 1
            elif self._take("-"):
                sign = -1
            else:
                return total

    def _term(self) -> Decimal | None:
        if self._at >= len(self._tokens):
            return None
        token = self._tokens[self._at]
        self._at += 1
        name, column, row, last_column, _, number, _ = token
        if name:
            return self._sum()
        if number:
            return Decimal(number)
        if not column or last_column:
            return None
        return self._results.cell((int(row) - 1, _column(column)), self._depth, in_sum=False)

    def _sum(self) -> Decimal | None:
        total = self._argument()
        while total is not None and self._take(","):
            value = self._argument()
            total = None if value is None else total + value
        return total if self._take(")") else None

    def _argument(self) -> Decimal | None:
        """An argument of a sum: a cell or a range alone, of which words count as nothing, or terms as elsewhere."""
        if self._at + 1 >= len(self._tokens) or self._tokens[self._at + 1][6] not in (",", ")") or not self._tokens[self._at][1]:
            return self._terms()
        _, column, row, last_column, last_row, _, _ = self._tokens[self._at]
        self._at += 1
        first = int(row) - 1, _column(column)
        return self._range(first, (int(last_row) - 1, _column(last_column)) if last_column else first)

    def _range(self, first: Place, last: Place) -> Decimal | None:
        rows, columns = range(first[0], last[0] + 1), range(first[1], last[1] + 1)
        if len(rows) * len(columns) > _MOST_CELLS:
            return None
        values = [self._results.cell((row, column), self._depth, in_sum=True) for row in rows for column in columns]
        return None if None in values else sum((value for value in values if value is not None), Decimal(0))

    def _take(self, sign: str) -> bool:
        found = self._at < len(self._tokens) and self._tokens[self._at][6] == sign
        self._at += found
        return found


def _tokens(formula: str) -> list[tuple[str, ...]]:
    """The parts of a formula behind its `=`; one part that is none where there is anything else in it."""
    text, at, found = formula.removeprefix("=").replace("$", "").rstrip(), 0, list[tuple[str, ...]]()
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            return [("",) * 7]
        found.append(match.groups(""))
        at = match.end()
    return found


def _column(letters: str) -> int:
    column = 0
    for letter in letters.upper():
        column = column * 26 + ord(letter) - 64
    return column - 1
