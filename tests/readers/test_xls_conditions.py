"""Conditional formats of xls files that write figures in white, from the records of Excel."""

from __future__ import annotations

import struct
from decimal import Decimal

import pytest

from pipeline.readers.sheet_conditions import Condition
from pipeline.readers.xls_conditions import areas_of, condition_of

AREAS = ((2, 4, 1, 3),)
FONT, PATTERN, FORMAT = 1 << 26, 1 << 29, 1 << 25
ZERO, TWO_AND_A_HALF, REFERENCE = b"\x1e\x00\x00", b"\x1f" + struct.pack("<d", 2.5), b"\x44\x00\x00\x00\x00"


def record(kind: int, operator: int, *formulas: bytes, flags: int = FONT, colour: int = 9, before: bytes = b"") -> bytes:
    first, second = (*formulas, b"")[:2]
    font = bytes(80) + struct.pack("<I", colour) + bytes(34)
    return struct.pack("<BBHHIH", kind, operator, len(first), len(second), flags, 0) + before + font + first + second


def hidden(content: bytes) -> list[str]:
    found = condition_of(content, AREAS, {1, 9})
    return [number for number in ("0", "2", "2.5", "7") if any(condition.may_hide((3, 2), number) for condition in found)]


@pytest.mark.parametrize(
    ("content", "numbers"),
    [
        (record(1, 3, ZERO), ["0"]),
        (record(1, 5, TWO_AND_A_HALF), ["7"]),
        (record(1, 1, ZERO, TWO_AND_A_HALF), ["0", "2", "2.5"]),
        (record(1, 3, REFERENCE), ["0", "2", "2.5", "7"]),  # may hold
        (record(2, 0, REFERENCE), ["0", "2", "2.5", "7"]),
        (record(1, 3, ZERO, colour=10), []),
        (record(1, 3, ZERO, flags=FONT | PATTERN), []),
        (record(1, 3, ZERO, flags=FONT | FORMAT, before=bytes(2)), ["0"]),
        (record(1, 3, ZERO, flags=0), []),
    ],
)
def test_numbers_that_a_condition_writes_in_white(content: bytes, numbers: list[str]) -> None:
    assert hidden(content) == numbers


def test_where_conditions_stand() -> None:
    assert areas_of(struct.pack("<HHHHHHHHHHH", 1, 1, 2, 4, 1, 3, 1, 2, 4, 1, 3)) == AREAS
    assert not Condition(AREAS, "equal", (Decimal(0),)).may_hide((5, 2), "0")
