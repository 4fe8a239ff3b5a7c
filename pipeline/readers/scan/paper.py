"""A scanned page made grey on white paper: seals taken out, shadows and backgrounds levelled, pale print made dark."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.readers.scan.desk import desk_in
from pipeline.readers.scan.fills import without_dark_fills
from pipeline.readers.scan.picture import Picture

RED = 40  # how far red stands out above green and blue in the colour of a seal
SEAL_SIZE = 100  # pixels at 200 dpi; smaller red things are print
GAP_IN_SEAL = 15
POOL = 8  # pixels: the brightest of each square is paper, or the shade that a cell is filled with
BACKGROUND_REACH = 5  # squares; a shaded row of a table is wider, a letter is not
DARKEST_SHARE = 0.002  # of all pixels are surely print
PALEST_PRINT = 180
BELOW_PAPER = 12  # grain of the paper


def levelled(page: Picture) -> Picture:
    """The page as grey, print near 0 and paper 255. Red is taken away only where a seal lies: red figures stay."""
    grey = np.asarray(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY), dtype=np.uint8)
    seal = seals_in(page)
    if seal is not None:
        grey = np.where(seal > 0, page.max(axis=2), grey)
    grey = without_dark_fills(page, grey)
    desk = desk_in(grey)
    height, width = grey.shape
    brightest = cv2.dilate(cv2.blur(grey, (3, 3)), np.ones((POOL, POOL), np.uint8))
    small = cv2.resize(brightest, (max(1, width // POOL), max(1, height // POOL)), interpolation=cv2.INTER_NEAREST)
    background = cv2.resize(cv2.medianBlur(small, BACKGROUND_REACH), (width, height), interpolation=cv2.INTER_LINEAR)
    even = np.asarray(cv2.divide(grey, np.maximum(background, 1), scale=255), dtype=np.uint8)
    if desk is not None:
        even = np.where(desk > 0, np.uint8(255), even)
    return _stretched(even)


def _stretched(even: Picture) -> Picture:
    """Print as dark as it should be and paper white: pale copies are read and parted from paper like any other."""
    counts = np.bincount(even[::2, ::2].ravel(), minlength=256)
    darkest = min(int(np.searchsorted(np.cumsum(counts), DARKEST_SHARE * counts.sum())), PALEST_PRINT)
    paper = PALEST_PRINT + 20 + int(np.argmax(counts[PALEST_PRINT + 20 :])) - BELOW_PAPER
    return np.asarray(np.clip((even.astype(np.float32) - darkest) * (255.0 / (paper - darkest)), 0, 255), dtype=np.uint8)


def seals_in(page: Picture) -> Picture | None:
    """Where seals lie: large red things and all that is within their outline. None where there are none."""
    blue, green, red = (page[:, :, channel].astype(np.int16) for channel in range(3))
    is_red = (red - np.maximum(blue, green) > RED).astype(np.uint8)
    if cv2.countNonZero(is_red) < SEAL_SIZE:
        return None
    whole = cv2.morphologyEx(is_red, cv2.MORPH_CLOSE, np.ones((GAP_IN_SEAL, GAP_IN_SEAL), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(whole, connectivity=8)
    area = np.zeros(is_red.shape, np.uint8)
    for left, top, width, height, _ in stats[1:count].tolist():
        if min(width, height) >= SEAL_SIZE:
            area[max(0, top - 3) : top + height + 3, max(0, left - 3) : left + width + 3] = 1
    return area if area.any() else None
