"""Two pages side by side in one picture: an open file laid on the glass, or two sheets copied onto one."""

from __future__ import annotations

import numpy as np

from pipeline.readers.scan.ink import DARK
from pipeline.readers.scan.upright import Sheet

BROAD = 1.15  # times as wide as high; a single page that lies broad is told by what runs over its middle
MIDDLE = 0.4, 0.6  # of the width, between which the gutter lies
NARROWEST = 0.025  # of the width
FOLD = 0.5  # of the height: a dark line as long is the fold, or the shadow in it
SPECKS = 0.002  # of the height, dark pixels that are dust
LEAST_PRINT = 0.002  # of each half is print


def gutter_of(sheet: Sheet) -> int | None:
    """Where to cut a page into a left and a right one, in pixels; None where it is a single page.

    Nothing may be printed over the whole height of the gutter; a table or a line of text that runs over the middle makes one page.
    """
    height, width = sheet.grey.shape
    if width < BROAD * height:
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


def _widest(places: np.ndarray) -> tuple[int, int]:
    """The longest run of neighbours among ascending places: its first, and the one behind its last."""
    if not len(places):
        return 0, 0
    runs = np.split(places, np.flatnonzero(np.diff(places) > 1) + 1)
    longest = max(runs, key=len)
    return int(longest[0]), int(longest[-1]) + 1
