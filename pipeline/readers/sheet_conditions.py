"""Conditional formats that make figures unseen: white letters, or a number format that shows nothing, where a condition holds."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

Area = tuple[int, int, int, int]  # first row, last row, first column, last column, from 0

BETWEEN, NOT_BETWEEN = "between", "notBetween"
_HOLDS: dict[str, Callable[[Decimal, Decimal, Decimal], bool]] = {
    BETWEEN: lambda value, low, high: min(low, high) <= value <= max(low, high),
    NOT_BETWEEN: lambda value, low, high: not min(low, high) <= value <= max(low, high),
    "equal": lambda value, limit, _: value == limit,
    "notEqual": lambda value, limit, _: value != limit,
    "greaterThan": lambda value, limit, _: value > limit,
    "lessThan": lambda value, limit, _: value < limit,
    "greaterThanOrEqual": lambda value, limit, _: value >= limit,
    "lessThanOrEqual": lambda value, limit, _: value <= limit,
}


@dataclass(frozen=True)
class Condition:
    """Where a format hides numbers. operator: how it compares them with `limits`, "" for a condition that is not worked out."""

    areas: tuple[Area, ...]
    operator: str = ""
    limits: tuple[Decimal, ...] = ()

    def may_hide(self, place: tuple[int, int], number: str) -> bool:
        """Whether it hides a number in a cell; yes where that cannot be told."""
        if not any(area[0] <= place[0] <= area[1] and area[2] <= place[1] <= area[3] for area in self.areas):
            return False
        holds = _HOLDS.get(self.operator)
        return holds is None or not self.limits or holds(Decimal(number), self.limits[0], self.limits[-1])
