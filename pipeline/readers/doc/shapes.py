"""Text boxes and pictures of a DOC file: where they are anchored, and how large they are."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.readers.word.pictures import is_letter_sized, is_noticeable

ANCHOR_SIZE, BOX_SIZE = 26, 22
TWIPS_PER_POINT = 20
CONTAINERS = range(0xF000, 0xF006)
SHAPE, SHAPE_CONTAINER, PROPERTIES, PICTURE_FRAME, PICTURE_PROPERTY = 0xF00A, 0xF004, 0xF00B, 75, 0x104
DEEPEST, MOST_RECORDS = 12, 100_000


class Anchor(NamedTuple):
    """A shape in the main text: position, identifier, width and height in points."""

    position: int
    shape: int
    width: float
    height: float


class Box(NamedTuple):
    """The text of a text box: positions [start, end) within the text of all boxes, and the shape that holds it."""

    start: int
    end: int
    shape: int


def anchors(structure: bytes) -> list[Anchor]:
    """The shapes of the main text (PlcfSpa)."""
    found = []
    for start, _, stated in _entries(structure, ANCHOR_SIZE):
        shape, left, top, right, bottom = struct.unpack_from("<Iiiii", stated)
        found.append(Anchor(start, shape, (right - left) / TWIPS_PER_POINT, (bottom - top) / TWIPS_PER_POINT))
    return found


def boxes(structure: bytes) -> list[Box]:
    """The texts of text boxes (PlcftxbxTxt); the last entry stands for none."""
    found = [Box(start, end, struct.unpack_from("<I", stated, 14)[0]) for start, end, stated in _entries(structure, BOX_SIZE)]
    return [box for box in found if box.start < box.end]


def _entries(structure: bytes, size: int) -> Iterator[tuple[int, int, bytes]]:
    """Positions and statement of each entry of a structure with entries of `size` bytes."""
    count = max((len(structure) - 4) // (4 + size), 0)
    positions = struct.unpack_from(f"<{count + 1}I", structure) if count else ()
    for index in range(count):
        at = 4 * (count + 1) + size * index
        yield positions[index], positions[index + 1], structure[at : at + size]


def picture_shapes(drawings: bytes) -> set[int]:
    """The identifiers of the shapes that show a picture; `drawings`: the OfficeArt records of the file."""
    found: set[int] = set()
    left = MOST_RECORDS
    waiting = [(0, len(drawings), 0)]
    while waiting and left:
        at, end, depth = waiting.pop()
        left -= 1
        if depth == 0 and at < end and drawings[at] in (0, 1) and drawings[at + 1 : at + 4] != b"\0\0\xf0":
            at += 1  # which document a drawing belongs to stands before it
        if at + 8 > end:
            continue
        version, kind, length = struct.unpack_from("<HHI", drawings, at)
        stop = min(at + 8 + length, end)
        if stop < end:
            waiting.append((stop, end, depth))
        if kind == SHAPE_CONTAINER:
            found |= _picture_shape(drawings, at + 8, stop)
        elif kind in CONTAINERS and version & 0xF == 0xF and depth < DEEPEST:
            waiting.append((at + 8, stop, depth + 1))
    return found


def _picture_shape(drawings: bytes, at: int, end: int) -> set[int]:
    """The identifier of the shape described in these bytes, if it shows a picture."""
    shape, shows = 0, False
    while at + 8 <= end:
        version, kind, length = struct.unpack_from("<HHI", drawings, at)
        if kind == SHAPE and at + 12 <= end:
            (shape,) = struct.unpack_from("<I", drawings, at + 8)
            shows = shows or version >> 4 == PICTURE_FRAME
        elif kind == PROPERTIES:
            numbers = (drawings[at + 8 + 6 * index : at + 10 + 6 * index] for index in range(version >> 4))
            shows = shows or any(int.from_bytes(number, "little") & 0x3FFF == PICTURE_PROPERTY for number in numbers)
        at += 8 + length
    return {shape} if shows and shape else set()


def is_noticeable_picture(data: bytes, at: int) -> bool:
    """Whether the picture described at a place of the data stream (PICF) could hold a table."""
    size = _size(data, at)
    return size is not None and is_noticeable(*size)


def is_small_picture(data: bytes, at: int) -> bool:
    """Whether the picture described at a place of the data stream could show a figure, but no table."""
    size = _size(data, at)
    return size is not None and is_letter_sized(*size) and not is_noticeable(*size)


def _size(data: bytes, at: int) -> tuple[float, float] | None:
    if at + 36 > len(data):
        return None
    width, height, horizontal, vertical = struct.unpack_from("<hhHH", data, at + 28)  # twips, and scales in thousandths
    return width * horizontal / 1000 / TWIPS_PER_POINT, height * vertical / 1000 / TWIPS_PER_POINT
