"""Two pages side by side in one picture: an open file laid on the glass, or two sheets copied onto one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.ink import DARK
from pipeline.readers.scan.upright import Sheet

PAGE_SHAPE = 1.15, 1.75  # height by width of each half
MIDDLE = 0.4, 0.6  # of the width, between which the gutter lies
NARROWEST = 0.05  # of the width: two margins; columns of a table are nearer to each other
FOLD = 0.5  # of the height: a dark line as long is the fold, or the shadow in it
SPECKS = 0.002  # of the height, dark pixels that are dust
LEAST_PRINT = 0.002  # of each half is print


def gutter_of(sheet: Sheet) -> int | None:
    """Where to cut a page into a left and a right one, in pixels; None where it is a single page.

    Nothing may be printed over the whole height of the gutter; a table or a line of text that runs over the middle makes one page.
    """
    height, width = sheet.grey.shape
    if not PAGE_SHAPE[0] <= 2 * height / width <= PAGE_SHAPE[1]:
        return None
    dark = sheet.grey < DARK
    columns = dark.sum(axis=0)
    clear = (columns <= SPECKS * height) | (columns >= FOLD * height)
    first, last = (round(share * width) for share in MIDDLE)
    start, end = _widest(np.flatnonzero(clear[first:last]) + first)
    if end - start < NARROWEST * width:
        return None
    middle = (start + end) // 2
    printed = dark[:, : middle - 1].mean(), dark[:, middle + 1 :].mean()
    return middle if min(printed) >= LEAST_PRINT else None


def _widest(places: NDArray[np.intp]) -> tuple[int, int]:
    """The longest run of neighbours among ascending places: its first, and the one behind its last."""
    if not len(places):
        return 0, 0
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    longest = max(runs, key=len)
    return int(longest[0]), int(longest[-1]) + 1
