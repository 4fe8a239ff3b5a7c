"""Pictures of single lines cut out of a page, in the ways in which a line is read: other room, strokes, size, channel, neighbours."""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from pipeline.readers.scan.ink import PixelBox
from pipeline.readers.scan.picture import Picture

# Room around the letters, in heights of the line: how the two readings of a figure differ, besides that the second is black and white.
FIRST_ROOM, SECOND_ROOM = (0.3, 0.5), (0.45, 0.6)
LABEL_ROOM = (0.15, 0.4)
ROW_ROOM = (0.2, 2.0)
PRINT = 185  # grey, below which a pixel is print
THIN = 130  # where strokes are to be thin
NEIGHBOURS = 3  # on each side, that are read with a figure as one line
WIDEST_GAP = 1.2  # heights of a letter, to which wide gaps of a row are closed


def cut(page: Picture, box: PixelBox, room: tuple[float, float], letter: float) -> Picture:
    """The line with white room around it; a flat one (一, -) with room for a whole letter, or its height would tell nothing."""
    left, top, right, bottom = box
    return bordered(page[max(0, top - 1) : bottom + 1, max(0, left - 1) : right + 1], room, letter)


def bordered(inner: Picture, room: tuple[float, float], letter: float) -> Picture:
    """A line cut out with a pixel on each side, with room around it."""
    height = inner.shape[0] - 2
    above = max(round(room[0] * height), round((1.25 * letter - height) / 2), 2)
    beside = round(room[1] * max(height, 0.7 * letter))
    return np.asarray(cv2.copyMakeBorder(inner, above, above, beside, beside, cv2.BORDER_CONSTANT, value=255), dtype=np.uint8)


def black(part: Picture, limit: int = PRINT) -> Picture:
    """The same at twice the size in black and white, softened: the recogniser sees other pixels."""
    large = cv2.resize(part, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC)
    _, in_black = cv2.threshold(large, limit, 255, cv2.THRESH_BINARY)
    return np.asarray(cv2.GaussianBlur(in_black, (3, 3), 0), dtype=np.uint8)


def soft(part: Picture) -> Picture:
    """The same three times as large, its strokes softened."""
    large = cv2.resize(part, None, fx=3, fy=3, interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.GaussianBlur(large, (7, 7), 0), dtype=np.uint8)


def in_line(page: Picture, boxes: Sequence[PixelBox], own: int, letter: float) -> tuple[Picture, float, float]:
    """A figure with those printed beside it in its row, as one line, and where in it (parts of its width) the figure begins and ends."""
    left, top, right, bottom = boxes[own]
    beside = sorted(box for box in boxes if min(bottom, box[3]) - max(top, box[1]) > 0.6 * max(bottom - top, box[3] - box[1]))
    place = beside.index(boxes[own])
    row = beside[max(0, place - NEIGHBOURS) : place + NEIGHBOURS + 1]
    upper, lower = min(box[1] for box in row) - 1, max(box[3] for box in row) + 1
    gap = np.full((lower - max(0, upper), round(WIDEST_GAP * letter)), 255, np.uint8)
    parts, starts, width = [gap], {}, gap.shape[1]
    for box in row:
        starts[box] = width
        parts += [page[max(0, upper) : lower, box[0] : box[2]], gap]
        width += box[2] - box[0] + gap.shape[1]
    line = cut(np.hstack(parts), (1, 1, width - 1, lower - max(0, upper) - 1), (0.2, 0), letter)
    half = WIDEST_GAP * letter / 2
    return line, (starts[boxes[own]] - half) / width, (starts[boxes[own]] + right - left + half) / width
