"""Things on a page that are larger than letters and no ruling lines: seals in grey, signatures, the edge of the paper."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.readers.scan.ink import LARGEST_LETTER, Labels, ink_of, pieces_of
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece

PALE = 80  # grey of a stain that is surely lighter than print
CUT = 9  # pixels: how far the pieces of a stain lie apart where a ruling line was taken away
GRAIN = 25  # how much darker than its middle grey single pixels of a stain are


def is_stain(piece: Piece) -> bool:
    """Whether a piece of print is larger than any letter in both directions."""
    return piece.height > LARGEST_LETTER and piece.width > LARGEST_LETTER


def without_pale_stains(grey: Picture, lines: Picture) -> Picture:
    """The page without seals stamped in grey (or copied from red): what is as pale as the stain is made paper within its outline."""
    ink = ink_of(grey, lines)
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((CUT, CUT), np.uint8))
    pieces, labels = pieces_of(np.asarray(whole, dtype=np.uint8))
    result = grey
    for index, piece in enumerate(pieces, start=1):
        if not is_stain(piece):
            continue
        part = slice(piece.top, piece.bottom), slice(piece.left, piece.right)
        level = float(np.median(grey[part][(labels[part] == index) & (ink[part] > 0)]))
        if level >= PALE:
            if result is grey:
                result = grey.copy()
            result[part] = _above(result[part], level - GRAIN)
    return result


def _above(part: Picture, palest: float) -> Picture:
    """The part with everything paler than `palest` made paper."""
    return np.asarray(np.clip(part.astype(np.float32) * (255.0 / palest), 0, 255), dtype=np.uint8)


def stain_mask(pieces: list[Piece], labels: Labels) -> Picture:
    """The pixels of the stains, 255."""
    stained = [index for index, piece in enumerate(pieces, start=1) if is_stain(piece)]
    return np.asarray(np.isin(labels, stained).astype(np.uint8) * 255) if stained else np.zeros(labels.shape, np.uint8)
