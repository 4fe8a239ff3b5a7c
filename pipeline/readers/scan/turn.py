"""Which way up a page lies, told by which way its letters follow each other and by how well they read."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.readers.scan.engine import recognise
from pipeline.readers.scan.ink import LARGEST_LETTER, SMALLEST_LETTER, PixelBox, ink_of, line_boxes
from pipeline.readers.scan.picture import Picture

LEVEL, UPRIGHT = (0, 2), (1, 3)  # quarter turns after which lines that run level, or up and down, are lines of text
LETTER_SIDE = 80  # percentile of the longer sides of pieces: many are parts of letters
TOUCHING = 0.3  # parts of a letter: letters of a line are nearer to each other than lines are
LONG = 1.8  # a run of letters, in its own heights
CLEARLY = 2.0  # times as much in runs of one direction
SAMPLES = 6  # lines of text that are read to tell the turn
FEWEST_SAMPLES = 3
NARROWEST, SHORTEST = 3.5, 1.6  # lines of text that tell the turn are longer than this, in heights; where there are none, this
DENSE = 0.7  # letters for each square of a line
SURE = 0.8  # how they read when they stand upright
BETTER = 0.1  # than another turn


def quarters_to_turn(grey: Picture, lines: Picture) -> int:
    """How many clockwise quarter turns make the text stand upright; 0 where no turn gives text.

    The recogniser reads letters that lie on their side, too (it learned from columns of letters), so the direction in which letters follow
    each other decides between level and upright lines, and reading only where it does not.
    """
    level, upright = _runs(grey, lines)
    directions = LEVEL if level >= CLEARLY * upright else UPRIGHT if upright >= CLEARLY * level else (0, 1, 3, 2)
    best, best_score = 0, 0.0
    for quarters in directions:
        turned = np.ascontiguousarray(np.rot90(grey, -quarters)), np.ascontiguousarray(np.rot90(lines, -quarters))
        score = _legibility(*turned)
        if score >= SURE:
            return quarters
        if score > best_score + BETTER:
            best, best_score = quarters, score
    return best


def _runs(grey: Picture, lines: Picture) -> tuple[float, float]:
    """How many pixels long all runs of close letters are together, level and upright."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(ink_of(grey, lines), connectivity=8)
    sides = stats[:, [cv2.CC_STAT_WIDTH, cv2.CC_STAT_HEIGHT]].max(axis=1)
    is_letter = (sides >= SMALLEST_LETTER // 2) & (sides <= LARGEST_LETTER)
    is_letter[0] = False
    if not is_letter.any():
        return 0.0, 0.0
    reach = max(3, round(TOUCHING * float(np.percentile(sides[is_letter], LETTER_SIDE))))
    letters = is_letter[labels].astype(np.uint8)
    return _length(letters, reach), _length(np.ascontiguousarray(letters.T), reach)


def _length(letters: Picture, reach: int) -> float:
    joined = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(joined, dtype=np.uint8), connectivity=8)
    wide, tall = stats[1:count, cv2.CC_STAT_WIDTH], stats[1:count, cv2.CC_STAT_HEIGHT]
    return float(wide[(wide >= LONG * tall) & (tall >= SMALLEST_LETTER)].sum())


def _legibility(grey: Picture, lines: Picture) -> float:
    """How well some lines of text read, 0 to 1: confidence, less where there are fewer letters than the lines have room for."""
    boxes = _samples(grey, lines)
    if not boxes:
        return 0.0
    read = recognise([grey[max(0, top - 4) : bottom + 4, max(0, left - 6) : right + 6] for left, top, right, bottom in boxes])
    room = sum(DENSE * _aspect(box) for box in boxes)
    letters = sum(line.mean * min(len(line.text), DENSE * _aspect(box)) for line, box in zip(read, boxes, strict=True))
    return letters / room * min(1.0, len(boxes) / FEWEST_SAMPLES)


def _samples(grey: Picture, lines: Picture) -> list[PixelBox]:
    found = [box for box in line_boxes(grey, lines) if _aspect(box) >= SHORTEST and box[3] - box[1] >= SMALLEST_LETTER]
    long = [box for box in found if _aspect(box) >= NARROWEST]
    boxes = long if len(long) >= FEWEST_SAMPLES else found
    usual = float(np.median([box[3] - box[1] for box in boxes])) if boxes else 0.0
    boxes = [box for box in boxes if 0.7 * usual <= box[3] - box[1] <= 1.5 * usual]
    return sorted(boxes, key=lambda box: abs(_aspect(box) - 7))[:SAMPLES]


def _aspect(box: PixelBox) -> float:
    return (box[2] - box[0]) / (box[3] - box[1])
