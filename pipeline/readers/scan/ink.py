"""Where there is print: its connected pieces, and the lines of text that they form."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece

DARK = 170  # print at 200 dpi; softer edges belong to the paper
SMALLEST_LETTER, LARGEST_LETTER = 10, 90  # pixels at 200 dpi: 4 to 32 points
SPECK = 4  # pixels: what is smaller in both directions is dust; a full stop has 3 to 5, a dash is wide
SPECK_AREA = 9
LETTER_GAP = 28  # pixels between words of one line of running text

Labels = NDArray[np.int32]  # for every pixel the number of the piece it belongs to, from 1; 0 is paper
PixelBox = tuple[int, int, int, int]  # left, top, right, bottom


def ink_of(grey: Picture, lines: Picture) -> Picture:
    """Print as 1, paper and ruling lines as 0."""
    around = cv2.dilate(lines, np.ones((3, 3), np.uint8))
    return np.asarray(((grey < DARK) & (around == 0)).astype(np.uint8))


def pieces_of(ink: Picture) -> tuple[list[Piece], Labels]:
    """The pieces that are no dust, with the map of their labels (piece `i` of all has label `i + 1`); dust has area 0."""
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    pieces = []
    for left, top, width, height, area in stats[1:count].tolist():
        is_dash = width >= SPECK and width >= 2 * height
        is_dust = not is_dash and (area < SPECK_AREA or (width < SPECK and height < SPECK))
        pieces.append(Piece(left, top, left + width, top + height, 0 if is_dust else area))
    return pieces, np.asarray(labels, dtype=np.int32)


def line_boxes(grey: Picture, lines: Picture, gap: int = LETTER_GAP) -> list[PixelBox]:
    """The boxes of parts of lines of running text: letters smeared sideways until they touch. 一 is flat, and a part too.

    gap: pixels between letters of one part.
    """
    ink = ink_of(grey, lines)
    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    letters = np.zeros_like(ink)
    for left, top, width, height, area in stats[1:count].tolist():
        if area >= SPECK_AREA and height <= LARGEST_LETTER and width <= 3 * LARGEST_LETTER:
            letters[top : top + height, left : left + width] = 1
    smeared = cv2.morphologyEx(letters, cv2.MORPH_CLOSE, np.ones((1, gap), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(smeared, connectivity=8)
    return [
        (left, top, left + width, top + height) for left, top, width, height, _ in stats[1:count].tolist() if height <= 2 * LARGEST_LETTER
    ]
