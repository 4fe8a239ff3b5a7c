"""Cells filled with a dark colour: what is printed in them, light or dark, made dark on white like the rest of the page."""

from __future__ import annotations

import cv2
import numpy as np
from cv2.typing import MatLike

from pipeline.readers.scan.picture import Picture

DARK_FILL = 150  # grey; paler fills are levelled as shades of the paper are
SOLID = 15  # pixels at 200 dpi: wider than any stroke of a letter and any ruling line
SMALLEST = 24, 60  # pixels: height and width of a filled cell
LARGEST = 0.3  # of the page; more is no cell but the desk, or a page in negative
RECTANGULAR = 0.85
HOLES = 41  # pixels: letters left out of a fill
FAINTEST = 24  # of 255: what differs less from the fill is its grain


def without_dark_fills(page: Picture, grey: Picture) -> Picture:
    """`grey` with each dark rectangle replaced by how far every pixel of `page` is from the colour of the fill: 255 where not at all."""
    solid = cv2.morphologyEx((grey < DARK_FILL).astype(np.uint8), cv2.MORPH_OPEN, np.ones((SOLID, SOLID), np.uint8))
    if not solid.any():
        return grey
    whole = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, np.ones((HOLES, HOLES), np.uint8))
    outlines, _ = cv2.findContours(whole, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    result = grey
    for outline in outlines:
        if not _is_filled_rectangle(outline, grey.size):
            continue
        if result is grey:
            result = grey.copy()
        left, top, width, height = cv2.boundingRect(outline)
        part = slice(top, top + height), slice(left, left + width)
        inside = np.zeros((height, width), np.uint8)
        cv2.drawContours(inside, [outline - (left, top)], -1, 1, -1)
        fill = np.median(page[part][(solid[part] > 0) & (inside > 0)], axis=0)
        result[part] = np.where(inside > 0, printed_on(page[part], fill), result[part])
    return result


def printed_on(part: Picture, fill: object) -> Picture:
    """White where a pixel has the colour `fill`, black where it is farthest from it in any channel."""
    contrast = np.abs(part.astype(np.float32) - np.asarray(fill, dtype=np.float32)).max(axis=2)
    strongest = max(float(np.percentile(contrast, 99.5)), FAINTEST)
    return np.asarray(255 - np.clip(contrast * (255 / strongest), 0, 255), dtype=np.uint8)


def _is_filled_rectangle(outline: MatLike, page_size: int) -> bool:
    (_, _), (width, height), _ = cv2.minAreaRect(outline)
    low, wide = min(width, height), max(width, height)
    area = cv2.contourArea(outline)
    return low >= SMALLEST[0] and wide >= SMALLEST[1] and area <= LARGEST * page_size and area >= RECTANGULAR * width * height
