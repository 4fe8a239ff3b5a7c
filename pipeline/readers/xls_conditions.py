"""The conditional formats of an xls file (Excel 97-2003) that write figures in white."""

from __future__ import annotations

import struct
from collections.abc import Collection
from decimal import Decimal

from pipeline.readers.sheet_conditions import Area, Condition

AREAS, CONDITION = 0x01B0, 0x01B1
_COMPARES = 1
_OPERATORS = (
    "",
    "between",
    "notBetween",
    "equal",
    "notEqual",
    "greaterThan",
    "lessThan",
    "greaterThanOrEqual",
    "lessThanOrEqual",
)
_HAS_FORMAT, _HAS_FONT, _HAS_PATTERN = 1 << 25, 1 << 26, 1 << 29
_FONT_COLOUR = 80  # where it stands in what is said of the font
_WHOLE, _FRACTION = 0x1E, 0x1F  # constants in a formula


def areas_of(content: bytes) -> tuple[Area, ...]:
    """The areas that the conditions following this record stand for. Raises struct.error."""
    (count,) = struct.unpack_from("<H", content, 12)
    return tuple(struct.unpack_from("<HHHH", content, 14 + 8 * number) for number in range(count))


def condition_of(content: bytes, areas: tuple[Area, ...], white: Collection[int]) -> list[Condition]:
    """The condition in a record, where its format writes in white and paints nothing behind. Raises struct.error."""
    kind, operator, first, second, flags, own_format = struct.unpack_from("<BBHHIH", content)
    if not flags & _HAS_FONT or flags & _HAS_PATTERN:
        return []
    at = 12
    if flags & _HAS_FORMAT:
        at += struct.unpack_from("<H", content, at)[0] if own_format & 1 else 2
    if struct.unpack_from("<I", content, at + _FONT_COLOUR)[0] not in white:
        return []
    formulas = content[len(content) - first - second :]
    limits = [_constant(formula) for formula in (formulas[:first], formulas[first:]) if formula]
    known = tuple(limit for limit in limits if limit is not None)
    is_known = kind == _COMPARES and operator < len(_OPERATORS) and len(known) == len(limits)
    return [Condition(areas, _OPERATORS[operator] if is_known else "", known)]


def _constant(formula: bytes) -> Decimal | None:
    """The number that a formula is; None for any other formula."""
    if formula[:1] == bytes([_WHOLE]) and len(formula) == 3:
        return Decimal(struct.unpack_from("<H", formula, 1)[0])
    if formula[:1] == bytes([_FRACTION]) and len(formula) == 9:
        return Decimal(repr(struct.unpack_from("<d", formula, 1)[0]))
    return None
