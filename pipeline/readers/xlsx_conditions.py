"""Conditional formats that make figures unseen: white letters, or a number format that shows nothing, where a condition holds."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation

from lxml import etree

from pipeline.readers.number_formats import SHOWS_NOTHING
from pipeline.readers.sheet_looks import Place

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MOST_COLUMNS = 16_384
_MOST_ROWS = 1_048_576

Area = tuple[int, int, int, int]  # first row, last row, first column, last column, from 0


def hiding(styles: etree._Element) -> frozenset[str]:
    """The numbers of the differential styles (dxf) that show nothing of a figure."""
    return frozenset(
        str(number)
        for number, style in enumerate(styles.iterfind("{*}dxfs/{*}dxf"))
        if _is_unseen(style.find("{*}font/{*}color"), style.find("{*}fill")) or _shows_nothing(style.find("{*}numFmt"))
    )


class Conditions:
    """The conditional formats of a sheet that hide figures. hides: the differential styles that show nothing."""

    def __init__(self, hides: frozenset[str]) -> None:
        self._hides = hides
        self._areas: list[tuple[list[Area], list[etree._Element]]] = []

    def take(self, item: etree._Element) -> None:
        """Note one element `conditionalFormatting`."""
        if rules := [rule for rule in item.iterfind("{*}cfRule") if rule.get("dxfId") in self._hides]:
            self._areas.append(([area for text in item.get("sqref", "").split() if (area := _area(text))], rules))

    def __bool__(self) -> bool:
        return bool(self._areas)

    def hide(self, place: Place, number: str) -> bool:
        """Whether any of them hides a number in a cell, or may: conditions that compare with other cells are not worked out."""
        return any(
            any(_within(place, area) for area in areas) and any(_may_hold(rule, number) for rule in rules) for areas, rules in self._areas
        )


def _is_unseen(colour: etree._Element | None, fill: etree._Element | None) -> bool:
    if colour is None or fill is not None:
        return False
    return colour.get("rgb", "").upper().endswith("FFFFFF") or (colour.get("theme") == "0" and not colour.get("tint"))


def _shows_nothing(number_format: etree._Element | None) -> bool:
    return number_format is not None and number_format.get("formatCode") == SHOWS_NOTHING


def _may_hold(rule: etree._Element, number: str) -> bool:
    """Whether a condition holds of a number; yes where that cannot be told."""
    try:
        value, limits = Decimal(number), [Decimal(item.text or "") for item in rule.iterfind("{*}formula")]
    except InvalidOperation:
        return True
    if rule.get("type") != "cellIs" or not limits:
        return True
    low, high = min(limits), max(limits)
    tests = {
        "equal": value == limits[0], "notEqual": value != limits[0], "lessThan": value < limits[0], "lessThanOrEqual": value <= limits[0],
        "greaterThan": value > limits[0], "greaterThanOrEqual": value >= limits[0],
        "between": low <= value <= high, "notBetween": not low <= value <= high,
    }  # fmt: skip
    return tests.get(rule.get("operator", ""), True)


def _within(place: Place, area: Area) -> bool:
    return area[0] <= place[0] <= area[1] and area[2] <= place[1] <= area[3]


def _area(text: str) -> Area | None:
    """An area such as A1:C9 or B:B; None for what is no area."""
    first, _, last = text.partition(":")
    begin, end = _PLACE.fullmatch(first), _PLACE.fullmatch(last or first)
    if begin and end:
        return int(begin[2]) - 1, int(end[2]) - 1, _column(begin[1]), _column(end[1])
    return (0, _MOST_ROWS, 0, _MOST_COLUMNS) if first.isalpha() or first.isdigit() else None


def _column(letters: str) -> int:
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return column - 1
