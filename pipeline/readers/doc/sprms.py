"""Lists of property modifiers (sprms): how [MS-DOC] states what differs from the default."""

from __future__ import annotations

import struct
from collections.abc import Iterator

OPERAND_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # by the three highest bits; 6 is of variable length
TABLE_DEFINITIONS, CHANGED_TABS = (0xD606, 0xD608), 0xC615
HUGE_PARAGRAPH, HUGE_PARAGRAPH_OLD, HUGE_TABLE = 0x6646, 0x6645, 0x646B
IN_DATA_STREAM = frozenset((HUGE_PARAGRAPH, HUGE_PARAGRAPH_OLD, HUGE_TABLE))
DEEPEST = 3  # lists in the data stream that point on into the data stream

Sprm = tuple[int, bytes]


def sprms(modifiers: bytes, data: bytes = b"", depth: int = 0) -> Iterator[Sprm]:
    """Code and operand of each modifier; lists kept in the `data` stream because they are long take the place of their pointer.

    Ends where the list is cut off.
    """
    at, end = 0, len(modifiers)
    while at + 2 < end:
        code = modifiers[at] | modifiers[at + 1] << 8
        start, length = _operand(code, modifiers, at + 2)
        operand = modifiers[start : start + length]
        at = start + length
        if at > end:
            return
        if code in IN_DATA_STREAM:
            yield from _from_data(operand, data, depth)
        else:
            yield code, operand


def _operand(code: int, modifiers: bytes, at: int) -> tuple[int, int]:
    """Where the operand of a modifier begins, and its length."""
    size = OPERAND_SIZES.get(code >> 13)
    if size is not None:
        return at, size
    if code in TABLE_DEFINITIONS:
        return at + 2, max(int.from_bytes(modifiers[at : at + 2], "little") - 1, 0)
    length = modifiers[at]
    if code == CHANGED_TABS and length == 255:
        deleted = modifiers[at + 1] if at + 1 < len(modifiers) else 0
        added_at = at + 2 + 4 * deleted
        added = modifiers[added_at] if added_at < len(modifiers) else 0
        return at + 1, 2 + 4 * deleted + 3 * added
    return at + 1, length


def _from_data(pointer: bytes, data: bytes, depth: int) -> Iterator[Sprm]:
    (at,) = struct.unpack("<I", pointer)
    if depth < DEEPEST and at + 2 <= len(data):
        length = int.from_bytes(data[at : at + 2], "little")
        yield from sprms(data[at + 2 : at + 2 + length], data, depth + 1)


def number(operand: bytes) -> int:
    """An operand as a number without sign."""
    return int.from_bytes(operand, "little")
