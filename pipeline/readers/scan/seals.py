"""Blank cells under a seal: whether all that lies in a cell is ink of the seal. Wherever that is not certain, the cell is not blank.

Ink of a seal differs from print in colour, or, copied in grey, in darkness; that tells them apart only where no figure of the page is
printed like the seal. And what is as large as figures are, thin, and stands clear in its cell is never taken for a part of a seal.
"""

from __future__ import annotations

from typing import NamedTuple

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.ink import ink_of, pieces_of
from pipeline.readers.scan.paper import RED, seals_in
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.stains import DARKER, GRAIN, darkness_of, pale_stains_of
from pipeline.readers.scan.veil import Veil

ANOTHER_COLOUR = 22.0  # of 255: how far ink may be off the shades of the seal; colours of a JPEG bleed
DARKER_THAN_SEAL = 1.25
DEEPEST, DEEPER = 98, 15.0  # percentile of a watermark, and of 441: print over it is darker than both together
BROAD = 5  # pixels at 200 dpi: strokes of a seal; those of figures are thinner
FULL = 0.5  # of the depth of the seal, within its strokes
SOFT_EDGE = 7  # pixels: the ink found beside a broad stroke, on both sides together
TOGETHER = 7  # pixels: parts of one letter of a seal
FIGURE = 0.4, 1.35  # how high figures are, in heights of a letter
FEW = 3  # letters of the colour of the seal elsewhere on the page, which may be specks


class Seal(NamedTuple):
    """The seals of a page that are of one ink. area: where they lie, as 1; shade: from paper to ink, of length 1; depth: how far;
    deepest: how far at the most, where that is known.
    """

    area: Picture
    shade: NDArray[np.float64]
    depth: float
    deepest: float = np.inf


def seals_on(colour: Picture, grey: Picture, lines: Picture, letter: float, veil: Veil | None) -> list[Seal]:
    """The seals and watermarks of a page whose ink can be told from its print. colour: the page as `grey` lies."""
    found = (_red(colour, letter), _pale(grey, lines, letter), _veiling(colour, veil, letter) if veil else None)
    return [seal for seal in found if seal is not None]


def _red(colour: Picture, letter: float) -> Seal | None:
    area = seals_in(colour)
    if area is None:
        return None
    blue, green, red = (colour[:, :, channel].astype(np.int16) for channel in range(3))
    is_red = red - np.maximum(blue, green) > RED
    if _letters((is_red & (area == 0)).astype(np.uint8), letter) > FEW:
        return None
    ink = colour[is_red & (area > 0)].astype(np.float64)
    off = np.median(colour[area > 0].reshape(-1, 3)[::7], axis=0) - ink
    return _seal(area, off)


def _pale(grey: Picture, lines: Picture, letter: float) -> Seal | None:
    ink = ink_of(grey, lines)
    area, level = pale_stains_of(grey, ink)
    if area is None:
        return None
    pieces, labels = pieces_of(ink)
    sizes = [(index, piece) for index, piece in enumerate(pieces, start=1) if FIGURE[0] * letter <= piece.height <= FIGURE[1] * letter]
    outside = [darkness_of(grey, labels, piece, index) for index, piece in sizes if not area[piece.top, piece.left]]
    if not outside or level - np.median(outside) < DARKER or sum(dark >= level - GRAIN for dark in outside) > FEW:
        return None
    off = 255.0 - grey[(area > 0) & (grey >= level - GRAIN) & (grey < level + GRAIN)].astype(np.float64)
    return _seal(area, np.repeat(off[:, None], 3, axis=1))


def _veiling(colour: Picture, veil: Veil, letter: float) -> Seal | None:
    if int(((veil.others >= FIGURE[0] * letter) & (veil.others <= FIGURE[1] * letter)).sum()) > FEW:
        return None
    paper = np.median(colour[::7, ::7].reshape(-1, 3), axis=0)
    off = paper - colour[veil.pixels > 0].astype(np.float64)
    seal = _seal(veil.area, off)
    return seal and seal._replace(deepest=float(np.percentile(off @ seal.shade, DEEPEST)) + DEEPER)


def _seal(area: Picture, off: NDArray[np.float64]) -> Seal | None:
    shade = np.median(off, axis=0)
    length = float(np.linalg.norm(shade))
    if length == 0:
        return None
    shade = shade / length
    return Seal(area, shade, float(np.percentile(off @ shade, 95)))


def _letters(mask: Picture, letter: float) -> int:
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    tall = stats[1:count, cv2.CC_STAT_HEIGHT]
    return int(((tall >= FIGURE[0] * letter) & (tall <= FIGURE[1] * letter)).sum())


def is_only_seal(part: Picture, ink: Picture, seal: Seal, letter: float) -> bool:
    """Whether the ink found in a cell is that of the seal, and nothing of it can be a figure. part: the cell in colour; ink: as 1."""
    paper = np.median(part.reshape(-1, 3), axis=0)
    off = paper - cv2.GaussianBlur(part, (5, 5), 0).astype(np.float64)
    along = off @ seal.shade
    beside = np.linalg.norm(off - along[:, :, None] * seal.shade, axis=2)
    foreign = (beside > ANOTHER_COLOUR) | (along > DARKER_THAN_SEAL * seal.depth + GRAIN)
    foreign |= (paper - cv2.GaussianBlur(part, (3, 3), 0).astype(np.float64)) @ seal.shade > seal.deepest
    if _has_figure_in(foreign.astype(np.uint8), letter, at_edges=True):
        return False
    full = ((paper - part.astype(np.float64)) @ seal.shade > FULL * seal.depth).astype(np.uint8)
    broad = cv2.morphologyEx(full, cv2.MORPH_OPEN, np.ones((BROAD, BROAD), np.uint8))
    thin = ink & (cv2.dilate(broad, np.ones((SOFT_EDGE, SOFT_EDGE), np.uint8)) == 0)
    groups = cv2.morphologyEx(thin.astype(np.uint8), cv2.MORPH_CLOSE, np.ones((TOGETHER, TOGETHER), np.uint8))
    return not _has_figure_in(np.asarray(groups, dtype=np.uint8), letter, at_edges=False)


def _has_figure_in(mask: Picture, letter: float, *, at_edges: bool) -> bool:
    """Whether something is as high as figures are. at_edges: also what reaches the edge of the cell, and what is higher."""
    height, width = mask.shape
    count, _, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    for left, top, wide, tall, _ in stats[1:count].tolist():
        is_clear = left > 0 and top > 0 and left + wide < width and top + tall < height
        if max(wide, tall) >= FIGURE[0] * letter and (at_edges or (is_clear and tall <= FIGURE[1] * letter)):
            return True
    return False
