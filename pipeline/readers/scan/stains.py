"""Things on a page that are larger than letters and no ruling lines: seals in grey, signatures, the edge of the paper."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.readers.pdf.paths import Ruling
from pipeline.readers.scan.ink import LARGEST_LETTER, Labels, ink_of, pieces_of
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.pieces import Piece
from pipeline.readers.scan.rulings import FAINT, Lines

PALE = 80  # grey of a stain that is surely lighter than print
CUT = 9  # pixels: how far the pieces of a stain lie apart where a ruling line was taken away
LARGEST_SEAL = 600  # pixels at 200 dpi; seals measure 40 to 60 millimetres
LONGEST_STROKE = 110  # pixels at 200 dpi: of a letter in a seal
IN_LINE = 4  # pixels
MARGIN = 40  # pixels around a piece of a seal, within which other pieces belong to it
DARKER = 50  # how much darker print has to be
BROAD = 3  # pixels; thin strokes of letters are one or two wide
GRAIN = 25  # how much darker than its middle grey single pixels of a stain are


def is_stain(piece: Piece) -> bool:
    """Whether a piece of print is larger than any letter in both directions."""
    return piece.height > LARGEST_LETTER and piece.width > LARGEST_LETTER


def without_pale_stains(grey: Picture, lines: Picture) -> Picture:
    """The page without seals stamped in grey (or copied from red), where print is so much darker that the two cannot be confused."""
    ink = ink_of(grey, lines)
    area, level = pale_stains_of(grey, ink)
    if area is None:
        return grey
    pieces, labels = pieces_of(ink)
    darkest = [(piece, index, darkness_of(grey, labels, piece, index)) for index, piece in enumerate(pieces, start=1) if piece.area]
    within = [bool(area[(piece.top + piece.bottom) // 2, (piece.left + piece.right) // 2]) for piece, _, _ in darkest]
    print_level = np.median([dark for (_, _, dark), inside in zip(darkest, within, strict=True) if not inside] or [level])
    if level - print_level < DARKER:
        return grey
    gone = np.zeros_like(ink)
    for (piece, index, dark), inside in zip(darkest, within, strict=True):
        if inside and (dark >= level - GRAIN or max(piece.width, piece.height) > LARGEST_LETTER // 2):
            part = slice(piece.top, piece.bottom), slice(piece.left, piece.right)
            gone[part] |= ((labels[part] == index) & (grey[part] >= level - GRAIN)).astype(np.uint8)
    fringe = cv2.dilate(gone, np.ones((5, 5), np.uint8)) > 0
    return np.where(fringe & (grey >= level - GRAIN), np.uint8(255), grey)


def without_broad_stains(grey: Picture, lines: Picture) -> Picture | None:
    """The page without the broad strokes of pale seals; thin strokes stay, as those of print do that are as pale. None without seals."""
    area, level = pale_stains_of(grey, ink_of(grey, lines))
    if area is None:
        return None
    pale = ((area > 0) & (grey >= level - GRAIN) & (grey < FAINT)).astype(np.uint8)
    broad = cv2.dilate(cv2.morphologyEx(pale, cv2.MORPH_OPEN, np.ones((BROAD, BROAD), np.uint8)), np.ones((5, 5), np.uint8))
    return np.where((broad > 0) & (grey >= level - GRAIN), np.uint8(255), grey)


def without_strokes_of_stains(grey: Picture, lines: Lines) -> Lines:
    """The ruling lines without straight strokes of pale seals, which would part cells.

    Such a stroke is as pale as the seal, wholly within it, short, and in line with no other line, as the edges of cells are.
    """
    pale = [box for box in lines.boxes if max(_sides(box)) <= LONGEST_STROKE and _grey_of(grey, lines.mask, box) >= PALE]
    pale = [box for box in pale if not any(_in_line(box, other) for other in lines.boxes if other not in pale)]
    if not pale:
        return lines
    area, level = pale_stains_of(grey, ink_of(grey, lines.mask))
    if area is None:
        return lines
    strokes = [box for box in pale if area[_part(box)].all() and _grey_of(grey, lines.mask, box) >= level - GRAIN]
    flat, steep = lines.level.copy(), lines.upright.copy()
    for box in strokes:
        (flat if _is_level(box) else steep)[_part(box)] = 0
    return Lines(flat, steep, [box for box in lines.boxes if box not in strokes])


def _is_level(box: Ruling) -> bool:
    width, height = _sides(box)
    return width > height


def _in_line(box: Ruling, other: Ruling) -> bool:
    """Whether two lines are parts of one, apart from where they end."""
    if _is_level(box) != _is_level(other):
        return False
    (one, two), (start, end) = ((box.top, box.bottom), (other.top, other.bottom)) if _is_level(box) else (box[0:3:2], other[0:3:2])
    return start - IN_LINE <= (one + two) / 2 <= end + IN_LINE


def _sides(box: Ruling) -> tuple[float, float]:
    return box.right - box.left, box.bottom - box.top


def _part(box: Ruling) -> tuple[slice, slice]:
    return slice(int(box.top), int(box.bottom)), slice(int(box.left), int(box.right))


def _grey_of(grey: Picture, mask: Picture, box: Ruling) -> float:
    part = _part(box)
    return float(np.median(grey[part][mask[part] > 0]))


def pale_stains_of(grey: Picture, ink: Picture) -> tuple[Picture | None, float]:
    """Where pale stains lie, with a margin, and their grey; None where there are none."""
    whole = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((CUT, CUT), np.uint8))
    pieces, labels = pieces_of(np.asarray(whole, dtype=np.uint8))
    area, levels = np.zeros_like(ink), []
    for index, piece in enumerate(pieces, start=1):
        if not is_stain(piece) or max(piece.width, piece.height) > LARGEST_SEAL:
            continue
        part = slice(piece.top, piece.bottom), slice(piece.left, piece.right)
        level = float(np.median(grey[part][(labels[part] == index) & (ink[part] > 0)]))
        if level >= PALE:
            levels.append(level)
            area[max(0, piece.top - MARGIN) : piece.bottom + MARGIN, max(0, piece.left - MARGIN) : piece.right + MARGIN] = 1
    return (area, min(levels)) if levels else (None, 0.0)


def darkness_of(grey: Picture, labels: Labels, piece: Piece, index: int) -> float:
    """The grey of the darkest tenth of a piece."""
    part = slice(piece.top, piece.bottom), slice(piece.left, piece.right)
    return float(np.percentile(grey[part][labels[part] == index], 10))


def stain_mask(pieces: list[Piece], labels: Labels) -> Picture:
    """The pixels of the stains, 255."""
    stained = [index for index, piece in enumerate(pieces, start=1) if is_stain(piece)]
    return np.asarray(np.isin(labels, stained).astype(np.uint8) * 255) if stained else np.zeros(labels.shape, np.uint8)
