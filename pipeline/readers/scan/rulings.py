"""The ruling lines of a levelled page."""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np

from pipeline.readers.pdf.paths import Ruling
from pipeline.readers.scan.faint import ended, faint_lines
from pipeline.readers.scan.picture import Picture

FAINT = 190  # a hair line that fell between two rows of pixels is only half dark
SHORTEST = 36  # pixels at 200 dpi (13 points): longer than any stroke of a letter in a table
DARKER = 110, 50  # below which lines are that are as black as print, beside a seal
PALER, MUCH_MORE = 220, 1.3  # pale hair lines of a photo; they are only believed where they are so many times as long together
LONG = 120  # pixels: no stroke of a letter
SHORT = 18  # pixels: of an upright line in a low row
GAP = 5
DOTTED_GAP = 7  # between the dots of dotted lines, of which only some run together otherwise
FEW_LEFT_OUT = 0.3  # of the lines that were found
DOTTED_TABLE = 2000  # pixels that all lines measure; runs of letters look like dots, but make no table
THICKEST = 12
NEAR = 8  # pixels within which the end of a line meets another line


class Lines(NamedTuple):
    """Masks of the level and of the upright lines, and all of them as boxes in pixels."""

    level: Picture
    upright: Picture
    boxes: list[Ruling]
    left_out: float = 0.0  # pixels that all long strokes measure which are no lines

    @property
    def length(self) -> float:
        """Pixels that all lines measure."""
        return _length(self.boxes)

    @property
    def mask(self) -> Picture:
        """Every pixel of a line."""
        return np.asarray(cv2.bitwise_or(self.level, self.upright), dtype=np.uint8)


def lines_of(grey: Picture) -> Lines:
    """The level and upright lines. Strokes of a seal or a signature end nowhere; what does not end on another line is left out.

    A stroke of a seal along a line hides where that ends, and with it all lines that end on it. So where long strokes were left out,
    what is darker or paler is looked at as well, and what gives the most lines is taken. So is what hangs together over the gaps of
    dotted lines.
    """
    found = _lines_below(grey, FAINT)
    if not found.boxes or found.left_out > found.length:
        dotted = _lines_below(grey, FAINT, DOTTED_GAP)
        if dotted.length > max(MUCH_MORE * found.length, found.left_out, DOTTED_TABLE):
            return dotted
    if not found.left_out:
        return found
    found = max((found, *(_lines_below(grey, limit) for limit in DARKER)), key=lambda lines: lines.length)
    paler = _lines_below(grey, PALER)
    return paler if paler.length > MUCH_MORE * found.length else found


def with_faint_lines(grey: Picture, found: Lines) -> Lines:
    """The lines of a levelled page, or those that are faint or broken where these are more by far."""
    if found.length >= DOTTED_TABLE and found.left_out < FEW_LEFT_OUT * found.length:
        return found
    faint = _lines_in(np.asarray((grey < PALER).astype(np.uint8) * 255), *faint_lines(grey), grey)
    return faint if faint.length > max(MUCH_MORE * found.length, DOTTED_TABLE) else found


def strokes_of(grey: Picture) -> Picture:
    """The pixels of all strokes that are longer than any of a letter, whether they are lines of a table or not."""
    dark = np.asarray((grey < FAINT).astype(np.uint8) * 255)
    return np.asarray(cv2.max(_in_direction(dark, (LONG, 1), (GAP, 1)), _in_direction(dark, (1, LONG), (1, GAP))), dtype=np.uint8)


def _lines_below(grey: Picture, limit: int, gap: int = GAP) -> Lines:
    dark = np.asarray((grey < limit).astype(np.uint8) * 255)
    return _lines_in(dark, _in_direction(dark, (SHORTEST, 1), (gap, 1)), _in_direction(dark, (1, SHORTEST), (1, gap)))


def _lines_in(dark: Picture, level: Picture, upright: Picture, faint: Picture | None = None) -> Lines:
    """The lines among level and upright strokes.

    dark: where short sides of low rows are looked for. faint: the page, where strokes are faint.
    """
    level_boxes, upright_boxes = _boxes(level, is_level=True), _boxes(upright, is_level=False)
    if faint is not None:
        level_boxes, upright_boxes = (
            ended(level_boxes, upright_boxes, faint, is_level=True),
            ended(upright_boxes, level_boxes, faint, is_level=False),
        )
    in_all = _length([box for box in [*level_boxes, *upright_boxes] if _length([box]) >= LONG])
    while True:
        kept_level = [box for box in level_boxes if _ends_meet(box, upright_boxes, is_level=True)]
        kept_upright = [box for box in upright_boxes if _ends_meet(box, kept_level, is_level=False) or _is_cut(box, kept_level)]
        if len(kept_level) == len(level_boxes) and len(kept_upright) == len(upright_boxes):
            break
        level_boxes, upright_boxes = kept_level, kept_upright
    short = np.asarray(cv2.morphologyEx(dark, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, (1, SHORT))), dtype=np.uint8)
    beside = [box for box in _boxes(short, is_level=False) if _fills_a_low_row(box, level_boxes)]
    beside = [box for box in beside if not any(_in_one(box, other) for other in upright_boxes)]
    upright = np.asarray(upright | _only(short, beside), dtype=np.uint8)
    upright_boxes = upright_boxes + beside
    boxes = level_boxes + upright_boxes
    left_out = in_all - _length([box for box in boxes if _length([box]) >= LONG])
    return Lines(_only(level, level_boxes), _only(upright, upright_boxes), boxes, left_out)


def _fills_a_low_row(box: Ruling, level: list[Ruling]) -> bool:
    """Whether a short upright stroke runs from one level line right to the next, as no letter does: a row that the end of the page cuts."""
    middle = (box.left + box.right) / 2
    near = [other for other in level if other.left - NEAR <= middle <= other.right + NEAR]
    at_top = [other for other in near if other.top - 1 <= box.top <= other.bottom + 1]
    at_bottom = [other for other in near if other.top - 1 <= box.bottom <= other.bottom + 1]
    return box.bottom - box.top < SHORTEST + NEAR and bool(at_top) and bool(at_bottom) and at_top[0] != at_bottom[0]


def _in_one(box: Ruling, other: Ruling) -> bool:
    return box.left < other.right and other.left < box.right and box.top < other.bottom and other.top < box.bottom


def _length(boxes: list[Ruling]) -> float:
    return sum(max(box.right - box.left, box.bottom - box.top) for box in boxes)


def _in_direction(faint: Picture, length: tuple[int, int], gap: tuple[int, int]) -> Picture:
    closed = cv2.morphologyEx(faint, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, gap))
    return np.asarray(cv2.morphologyEx(closed, cv2.MORPH_OPEN, cv2.getStructuringElement(cv2.MORPH_RECT, length)), dtype=np.uint8)


def _boxes(mask: Picture, *, is_level: bool) -> list[Ruling]:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    boxes = []
    for left, top, width, height, area in stats[1:count].tolist():
        long = width if is_level else height
        if area / long <= THICKEST:  # thickness; the box of a slightly bent line is higher
            boxes.append(Ruling(left, top, left + width, top + height))
    return boxes


def _ends_meet(box: Ruling, others: list[Ruling], *, is_level: bool) -> bool:
    """Whether both ends of a line come near a line of the other direction: a long line may stick out a little."""
    ends = (box.left, box.right) if is_level else (box.top, box.bottom)
    return all(any(_touches(box, other, end, NEAR, is_level=is_level) for other in others) for end in ends)


def _is_cut(box: Ruling, level: list[Ruling]) -> bool:
    """Whether an upright line is the side of a merged cell that a page break cuts: it begins or ends, without a line across,
    as high as the first or the last level line of the page, and its other end meets a line.
    """
    if not level:
        return False
    top, bottom = min(line.top for line in level), max(line.bottom for line in level)
    at_top, at_bottom = abs(box.top - top) <= NEAR, abs(box.bottom - bottom) <= NEAR
    meets_top, meets_bottom = (any(_touches(box, line, end, NEAR, is_level=False) for line in level) for end in (box.top, box.bottom))
    return (at_top and meets_bottom) or (at_bottom and meets_top)


def _touches(box: Ruling, other: Ruling, end: float, reach: int, *, is_level: bool) -> bool:
    if is_level:
        return other.left - reach <= end <= other.right + reach and other.top - reach <= box.bottom and box.top <= other.bottom + reach
    return other.top - reach <= end <= other.bottom + reach and other.left - reach <= box.right and box.left <= other.right + reach


def _only(mask: Picture, boxes: list[Ruling]) -> Picture:
    kept = np.zeros_like(mask)
    for left, top, right, bottom in boxes:
        part = slice(int(top), int(bottom)), slice(int(left), int(right))
        kept[part] = mask[part]
    return kept
