"""A pale layer over or under the print: a watermark, a seal copied in grey, print that shows through from the back of the paper.

It is told from print by being pale throughout (print has a dark core) and by what print in a table never does: it is larger than
letters, or it crosses ruling lines. Pale figures do neither, and stay.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.ink import LARGEST_LETTER, SMALLEST_LETTER, Labels
from pipeline.readers.scan.picture import Picture

CORE = 100  # grey, below which something is as dark as print
PAPER = 246  # above which nothing can be told from the paper
NEAR_PRINT = 5  # pixels: the soft edges of print
NEAR_LINE = 7
BRIDGE = 15  # pixels: how far the parts of a letter lie apart where a ruling line runs through it
AROUND = 40  # pixels around a piece, within which other pieces belong to the layer
FEWEST = 3  # pieces; less may be a smear
LEAST_SHARE = 0.0005  # of the page
SECTORS, MANY_SECTORS = 3, 4  # a page in three by three parts; a layer in so many of them is all over the page
DARKEST, BELOW, DARKEST_LIMIT = 5, 12, 190  # percentile of the layer; print is darker than that by so much
UNEVEN = 130  # limit, below which a layer is partly nearly as dark as print
CERTAIN = 65  # grey of the darkest part of printed strokes
REACHES = 2  # times that neighbours are taken in
GROWN = 3  # pixels


class Veil(NamedTuple):
    """A pale layer. area: where it may be, as 1; pixels: those that are certainly of it; level: their usual grey; limit: the grey below
    which a pixel is print; others: the heights of all pale pieces that may as well be print.
    """

    area: Picture
    pixels: Picture
    level: float
    limit: float
    others: NDArray[np.int32]


def veil_on(grey: Picture, lines: Picture) -> Veil | None:
    """The pale layer of a levelled page; None where there is none. lines: the pixels of its ruling lines."""
    pale = _pale(grey, lines)
    if cv2.countNonZero(pale) < LEAST_SHARE * pale.size:
        return None
    whole = cv2.morphologyEx(pale, cv2.MORPH_CLOSE, np.ones((BRIDGE, BRIDGE), np.uint8))
    count, labels, stats, middles = cv2.connectedComponentsWithStats(whole, connectivity=8)
    wide, tall = stats[:, cv2.CC_STAT_WIDTH], stats[:, cv2.CC_STAT_HEIGHT]
    crossing = np.zeros(count, bool)
    crossing[np.unique(labels[lines > 0])] = True
    of_layer = (np.minimum(wide, tall) > LARGEST_LETTER) | (crossing & (np.minimum(wide, tall) >= SMALLEST_LETTER))
    of_layer[0] = False
    pixels = pale & of_layer[labels].astype(np.uint8)
    if int(of_layer.sum()) < FEWEST or cv2.countNonZero(pixels) < LEAST_SHARE * pale.size:
        return None
    shades = grey[pixels > 0]
    limit = min(float(np.percentile(shades, DARKEST)) - BELOW, DARKEST_LIMIT)
    height, width = grey.shape
    sectors = {(int(SECTORS * down / height), int(SECTORS * across / width)) for across, down in middles[of_layer].tolist()}
    if len(sectors) >= MANY_SECTORS:
        area = np.ones_like(pale)
    else:
        area = _boxes(np.asarray(of_layer[labels].astype(np.uint8)), AROUND)
        for _ in range(REACHES):  # what begins within goes on beyond
            area = _boxes(area | np.asarray(np.isin(labels, np.unique(labels[(area > 0) & (whole > 0)])).astype(np.uint8)), 0)
    beside = ~of_layer
    beside[np.unique(labels[cv2.dilate((grey < CORE).astype(np.uint8), np.ones((BRIDGE, BRIDGE), np.uint8)) > 0])] = False  # gaps in print
    at_edge = np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]])
    beside[np.unique(at_edge)] = False
    if len(sectors) < MANY_SECTORS:
        beside[np.unique(labels[area > 0])] = False
    others = np.asarray(tall[beside], dtype=np.int32)
    return Veil(np.asarray(area, dtype=np.uint8), np.asarray(pixels, dtype=np.uint8), float(np.median(shades)), limit, others)


def _pale(grey: Picture, lines: Picture) -> Picture:
    """What is paler than print and no soft edge of print or of a ruling line, as 1."""
    soft = cv2.GaussianBlur(grey, (3, 3), 0)
    print_ = cv2.dilate((grey < CORE).astype(np.uint8), np.ones((NEAR_PRINT, NEAR_PRINT), np.uint8))
    ruled = cv2.dilate((lines > 0).astype(np.uint8), np.ones((NEAR_LINE, NEAR_LINE), np.uint8))
    flat = ((soft >= CORE) & (soft < PAPER) & (print_ == 0) & (ruled == 0)).astype(np.uint8)
    return np.asarray(cv2.morphologyEx(flat, cv2.MORPH_OPEN, np.ones((2, 2), np.uint8)), dtype=np.uint8)


def without_core(grey: Picture, labels: Labels, veil: Veil) -> set[int]:
    """The labels of pieces that are nowhere as dark as print: rests of the layer, or print as pale as the layer."""
    with_core = set(np.unique(labels[grey < min(veil.limit, CORE)]).tolist())
    return set(range(1, int(labels.max()) + 1)) - with_core


def _boxes(mask: Picture, around: int) -> Picture:
    """The boxes of all pieces, with so many pixels around, as 1: what is within a ring belongs to the seal."""
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    area = np.zeros_like(mask)
    for left, top, across, down in stats[1:count, : cv2.CC_STAT_AREA].tolist():
        area[max(0, top - around) : top + down + around, max(0, left - around) : left + across + around] = 1
    return area


def lifted(grey: Picture, veil: Veil, lines: Picture, *, only_core: bool = False) -> Picture:
    """The page without its pale layer: print keeps what is dark, and its edges, as they would be on white paper.

    only_core: in another way, by which less of the edges stays.
    """
    sure = min(veil.limit, CERTAIN) if veil.limit < UNEVEN else veil.limit
    dark = ((grey < sure) | (lines > 0)).astype(np.uint8)
    if sure < veil.limit:
        within = (grey < veil.limit).astype(np.uint8)
        for _ in range(0 if only_core else GROWN):  # hair lines of letters hang on broader strokes
            dark = np.maximum(dark, np.minimum(np.asarray(cv2.dilate(dark, np.ones((3, 3), np.uint8)), dtype=np.uint8), within))
    edge = 1 if only_core and sure == veil.limit else 3
    kept = cv2.dilate(dark, np.ones((edge, edge), np.uint8)) > 0
    brightened = np.where(dark > 0, grey, np.clip(grey.astype(np.float32) * (255.0 / veil.level), 0, 255).astype(np.uint8))
    return np.asarray(np.where(veil.area > 0, np.where(kept, brightened, np.uint8(255)), grey), dtype=np.uint8)
