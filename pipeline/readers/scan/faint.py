"""Ruling lines that are pale, dashed, or broken by a fax: what is darker than the paper on both sides of it over a long way.

Single pixels tell nothing there, their mean along the line does. Strokes of letters are short, and have other strokes beside them.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
from cv2.typing import MatLike
from numpy.typing import NDArray

from pipeline.readers.pdf.paths import Ruling
from pipeline.readers.scan.picture import Picture

ALONG = 41  # pixels along a line, over which its darkness is taken together
BESIDE = 4, 7  # pixels to the paper on each side
DARKER_THAN_PAPER = 4  # of 255, in the mean: the grain of a scanner stays below
SPOT_LENGTH, SPOT = 7, 9  # the same for a few pixels along the line, which tell where it ends
DASH = 15  # pixels: the longest gap between dashes
SHORTEST = 36  # pixels: what is left of a line between two breaks
LONGEST_STROKE = 55  # pixels: longer than any letter
LONGEST_BREAK = 61  # pixels, over which a line is taken to go on where nothing is printed
SHORT_OF = 8  # pixels: where lines meet, the paper beside one is the other, so that it seems to end before
PRINT = 210  # grey of what is printed beside a line
NEAREST, FARTHEST = 5, 10  # pixels from a line to what is printed beside it
BESIDE_PRINT = 0.3  # of a line: what has print beside it over more of its length is made of strokes of letters;
LONG, BESIDE_LONG = 350, 0.7  # pixels: so far no strokes of letters side by side go on, and more of a line may run beside print
AT_LINE, OVER_LINE = 14, 30  # pixels before and behind another line, within which a line ends there: print seems to be part of lines
NEAR = 20  # pixels by which a line across may fall short
FARTHEST_END = 300  # pixels: the width of labels


def faint_lines(grey: Picture) -> tuple[Picture, Picture]:
    """The pixels (255) of level and of upright lines of a levelled page."""
    turned = np.ascontiguousarray(grey.T)
    level, upright = _level(grey, LONG), _level(turned, turned.shape[1])  # letters below each other may be the same, stroke below stroke
    if not level.any() or not upright.any():
        return level, np.ascontiguousarray(upright.T)
    gaps, upright_gaps = _gaps(level, grey, np.ascontiguousarray(upright.T)), _gaps(upright, turned, np.ascontiguousarray(level.T))
    return _long(level | gaps), np.ascontiguousarray(_long(upright | upright_gaps).T)


def _long(lines: Picture) -> Picture:
    return np.asarray(cv2.morphologyEx(lines, cv2.MORPH_OPEN, np.ones((1, LONGEST_STROKE), np.uint8)), dtype=np.uint8)


def ended(boxes: Sequence[Ruling], across: Sequence[Ruling], grey: Picture, *, is_level: bool) -> list[Ruling]:
    """Each line from one of the lines across to another one. What is printed close beside a line hides a part of it: it goes on to the next
    line across where nothing is printed on its way, else it ends at the last one. A line that meets no two of them is left out.
    """
    if not is_level:
        turned = [Ruling(box.top, box.left, box.bottom, box.right) for box in boxes]
        other = [Ruling(box.top, box.left, box.bottom, box.right) for box in across]
        found = ended(turned, other, np.ascontiguousarray(grey.T), is_level=True)
        return [Ruling(box.top, box.left, box.bottom, box.right) for box in found]
    lines: list[Ruling] = []
    width = grey.shape[1]
    for box in boxes:
        middle = round((box.top + box.bottom) / 2)
        places = sorted((line.left + line.right) / 2 for line in across if line.top - NEAR <= middle <= line.bottom + NEAR)
        row = grey[max(0, middle - 1) : middle + 2].min(axis=0)
        start = _end(width - box.left, [width - place for place in reversed(places)], row[::-1])
        end = _end(box.right, places, row)
        if start is not None and end is not None and end - (width - start) > SHORTEST / 2:
            lines.append(Ruling(width - start, box.top, end, box.bottom))
    return lines


def _end(end: float, places: Sequence[float], row: NDArray[np.uint8]) -> float | None:
    """Where a line ends that seems to end at `end`, given the ascending places of the lines across and the grey along the line."""
    before = max((place for place in places if place <= end), default=None)
    beyond = min((place for place in places if place > end), default=None)
    if beyond is not None and beyond - end <= AT_LINE:
        return beyond
    if before is not None and end - before <= OVER_LINE:
        return before
    is_clear = beyond is not None and beyond - end <= FARTHEST_END and bool((row[round(end) : round(beyond)] >= PRINT).all())
    return beyond if is_clear else before


def _level(grey: Picture, long: int) -> Picture:
    along = cv2.threshold(_stands_out(cv2.blur(grey, (ALONG, 1))), DARKER_THAN_PAPER, 255, cv2.THRESH_BINARY)[1]
    spots = cv2.threshold(_stands_out(cv2.blur(grey, (SPOT_LENGTH, 1))), SPOT, 255, cv2.THRESH_BINARY)[1]
    whole = cv2.min(cv2.morphologyEx(spots, cv2.MORPH_CLOSE, np.ones((1, DASH), np.uint8)), along)
    lines = cv2.morphologyEx(cv2.dilate(whole, np.ones((3, 1), np.uint8)), cv2.MORPH_OPEN, np.ones((1, SHORTEST), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
    beside = np.bincount(labels[cv2.min(_beside_print(grey), lines) > 0], minlength=count)
    share = np.where(stats[:, cv2.CC_STAT_WIDTH] >= long, BESIDE_LONG, BESIDE_PRINT)
    is_line = beside <= share * stats[:, cv2.CC_STAT_AREA]
    is_line[0] = False
    kept = np.asarray(is_line.astype(np.uint8) * 255)[labels]
    return np.asarray(cv2.dilate(kept, np.ones((1, 2 * SHORT_OF + 1), np.uint8)), dtype=np.uint8)


def _stands_out(means: MatLike) -> MatLike:
    """By how much each pixel is darker than the paper above and below it, be it near or a little farther off."""
    above = cv2.max(*(_moved(means, -off) for off in BESIDE))
    below = cv2.max(*(_moved(means, off) for off in BESIDE))
    return cv2.subtract(cv2.min(above, below), means)


def _moved(picture: MatLike, off: int) -> MatLike:
    """Each pixel as the one so many rows below it; 0 beyond the edges."""
    moved = np.zeros_like(picture)
    moved[max(0, -off) : picture.shape[0] - max(0, off)] = picture[max(0, off) : picture.shape[0] - max(0, -off)]
    return moved


def _beside_print(grey: Picture) -> MatLike:
    """Where something is printed above or below, as near as strokes of one letter are to each other."""
    dark = cv2.threshold(grey, PRINT, 255, cv2.THRESH_BINARY_INV)[1]
    near = cv2.dilate(dark, np.ones((FARTHEST - NEAREST + 1, 1), np.uint8))
    middle = (FARTHEST + NEAREST) // 2
    return cv2.max(_moved(near, middle), _moved(near, -middle))


def _gaps(lines: Picture, grey: Picture, across: Picture) -> Picture:
    """The breaks of level lines that are to be closed: nothing is printed there, and they are no side that two cells lack (such a gap
    reaches from one of the lines `across` to the next).
    """
    closed = cv2.morphologyEx(lines, cv2.MORPH_CLOSE, np.ones((1, LONGEST_BREAK), np.uint8))
    count, labels, stats, _ = cv2.connectedComponentsWithStats(cv2.subtract(closed, lines), connectivity=4)
    if count == 1:
        return np.zeros_like(lines)
    dark = cv2.dilate(cv2.threshold(grey, PRINT, 255, cv2.THRESH_BINARY_INV)[1], np.ones((3, 3), np.uint8))
    printed = set(np.unique(labels[dark > 0]).tolist())
    gaps = np.zeros_like(lines)
    for label, (left, top, wide, tall, _) in enumerate(stats[1:count].tolist(), start=1):
        rows = slice(max(0, top - AT_LINE), top + tall + AT_LINE)
        ends = (across[rows, max(0, end - AT_LINE) : end + AT_LINE].any() for end in (left, left + wide))
        if label not in printed and (wide <= 2 * AT_LINE or not all(ends)):
            gaps[top : top + tall, left : left + wide] = 255
    return gaps
