"""How large a picture was printed. What files say of it is often wrong, so it is told by the pixels."""

from __future__ import annotations

from pipeline.readers.scan.picture import Picture

A4_LONG, A4_SHORT = 11.69, 8.27  # inches
LEAST_DPI, MOST_DPI = 96.0, 1200.0
PAGE_SHAPE = 1.2, 1.65  # long side by short side, from which a picture looks like a page
SMALL_PICTURE = 700  # pixels on the short side; below, a picture is a part of a screen


def dots_per_inch(page: Picture) -> float:
    """Dots per inch of a picture taken as a page of A4; a strip of a page is as wide as the page, a part of a screen has 96."""
    height, width = page.shape[:2]
    long, short = max(width, height), min(width, height)
    if short < SMALL_PICTURE and long < 1.5 * SMALL_PICTURE:
        return LEAST_DPI
    looks_like_a_page = PAGE_SHAPE[0] <= long / short <= PAGE_SHAPE[1]
    dpi = (long / A4_LONG + short / A4_SHORT) / 2 if looks_like_a_page else width / A4_SHORT
    return float(min(MOST_DPI, max(LEAST_DPI, dpi)))
