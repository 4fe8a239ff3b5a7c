"""The conditional formats of an xlsx file that hide figures."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal, InvalidOperation

from lxml import etree

from pipeline.readers.colours import is_white
from pipeline.readers.number_formats import SHOWS_NOTHING
from pipeline.readers.sheet_conditions import Area, Condition
from pipeline.readers.xlsx_colours import colour_of

_PLACE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_MOST_ROWS, _MOST_COLUMNS = 1_048_576, 16_384


def hiding(styles: etree._Element) -> frozenset[str]:
    """The numbers of the differential styles (dxf) that show nothing of a figure."""
    return frozenset(
        str(number)
        for number, style in enumerate(styles.iterfind("{*}dxfs/{*}dxf"))
        if _is_unseen(style.find("{*}font/{*}color"), style.find("{*}fill")) or _shows_nothing(style.find("{*}numFmt"))
    )


def conditions_of(item: etree._Element, hides: frozenset[str]) -> Iterator[Condition]:
    """The conditions in one element `conditionalFormatting` whose style is one of `hides`."""
    areas = tuple(area for text in item.get("sqref", "").split() if (area := _area(text)))
    for rule in item.iterfind("{*}cfRule"):
        if rule.get("dxfId") in hides:
            limits = _limits(rule) if rule.get("type") == "cellIs" else ()
            yield Condition(areas, rule.get("operator", "") if limits else "", limits)


def _limits(rule: etree._Element) -> tuple[Decimal, ...]:
    """What a rule compares with; nothing where that is no number."""
    try:
        return tuple(Decimal(item.text or "") for item in rule.iterfind("{*}formula"))
    except InvalidOperation:
        return ()


def _is_unseen(colour: etree._Element | None, fill: etree._Element | None) -> bool:
    if colour is None or fill is not None:
        return False
    return is_white(colour_of(colour))


def _shows_nothing(number_format: etree._Element | None) -> bool:
    return number_format is not None and number_format.get("formatCode") == SHOWS_NOTHING


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
