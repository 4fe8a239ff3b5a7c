"""A page turned and straightened, so that its lines run level; and the way back, so that places are those of the picture given."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.model import BoundingBox
from pipeline.readers.scan.paper import levelled
from pipeline.readers.scan.picture import Picture
from pipeline.readers.scan.rulings import FAINT, Lines, lines_of
from pipeline.readers.scan.turn import quarters_to_turn

LARGEST_SKEW = 15.0  # degrees
SMALL = 600  # pixels: the side of the picture on which the skew is worked out
RIM = 0.1  # of the page on each side, where the edges of the paper may show
NOT_SKEWED = 0.06  # degrees: two pixels over the width of a page
NOT_BENT = 3.0  # pixels that the corners of a table may be off a rectangle
EDGE_SAMPLES, DRAWN = 100, 0.9  # places along the edge of a table, and the share of them that has to show it
SMALLEST_FRAME = 0.05  # of the page, from which the outline of a table tells how a photo was taken

Matrix = NDArray[np.float64]


@dataclass(frozen=True)
class Sheet:
    """A page as it is read: grey, upright, with its lines.

    moved: from the pixels of the picture given to those of `grey`. part: where that picture was cut out of another one, from the pixels
    of that one to its own.
    """

    grey: Picture
    lines: Lines
    moved: Matrix
    part: Matrix = field(default_factory=lambda: np.eye(3))

    def origin(self, box: BoundingBox) -> BoundingBox:
        """A box of `grey` as a box of the picture given, in pixels."""
        left, top, right, bottom = box
        corners = np.array([[[left, top], [right, top], [right, bottom], [left, bottom]]], dtype=np.float64)
        back = cv2.perspectiveTransform(corners, np.linalg.inv(self.moved @ self.part))[0]
        (first, upper), (last, lower) = back.min(axis=0).tolist(), back.max(axis=0).tolist()
        return first, upper, last, lower


def upright(page: Picture) -> Sheet:
    """The page levelled, turned upright, without skew, and as if seen from straight above."""
    grey = levelled(page)
    angle = _skew(grey)
    sheet = Sheet(grey, lines_of(grey), np.eye(3)) if abs(angle) < NOT_SKEWED else _warped(grey, np.eye(3), _rotation(grey, angle))
    sheet = _from_above(sheet)
    quarters = quarters_to_turn(sheet.grey, sheet.lines.mask)
    return sheet if quarters == 0 else _turned(sheet, quarters)


def _warped(grey: Picture, before: Matrix, move: tuple[Matrix, tuple[int, int]]) -> Sheet:
    matrix, size = move
    moved = np.asarray(cv2.warpPerspective(grey, matrix, size, flags=cv2.INTER_CUBIC, borderValue=255), dtype=np.uint8)
    return Sheet(moved, lines_of(moved), matrix @ before)


def _rotation(grey: Picture, angle: float) -> tuple[Matrix, tuple[int, int]]:
    """The turn by `angle` degrees about the middle, on a page large enough for all of it."""
    height, width = grey.shape
    matrix = np.vstack([cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1.0), [0, 0, 1]])
    across, up = abs(matrix[0, 0]), abs(matrix[0, 1])
    wide, tall = int(width * across + height * up), int(height * across + width * up)
    matrix[0, 2] += (wide - width) / 2
    matrix[1, 2] += (tall - height) / 2
    return matrix, (wide, tall)


def _skew(grey: Picture) -> float:
    """The angle that makes rows of text and ruling lines stand out most when the page is added up across."""
    scale = SMALL / max(grey.shape)
    rim = [int(RIM * side) for side in grey.shape]
    inner = grey[rim[0] : grey.shape[0] - rim[0], rim[1] : grey.shape[1] - rim[1]]
    small = np.asarray(255 - cv2.resize(inner, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8)
    best = 0.0
    for step, reach in ((1.0, LARGEST_SKEW), (0.25, 1.0), (0.05, 0.25)):
        angles = np.arange(best - reach, best + reach + step / 2, step)
        best = float(max(angles, key=lambda angle: _sharpness(small, float(angle))))
    return best if _sharpness(small, best) > 1.02 * _sharpness(small, 0.0) else 0.0


def _sharpness(small: Picture, angle: float) -> float:
    matrix, (wide, tall) = _rotation(small, angle)
    turned = cv2.warpAffine(small, matrix[:2], (wide, tall), flags=cv2.INTER_LINEAR)
    sums = turned.sum(axis=1, dtype=np.float64)
    return float(np.square(np.diff(sums)).sum())


def _from_above(sheet: Sheet) -> Sheet:
    """The sheet with the outline of its largest table made a rectangle."""
    corners = _outline(sheet)
    if corners is None:
        return sheet
    upper_left, upper_right, lower_right, lower_left = corners
    wide = (np.linalg.norm(upper_right - upper_left) + np.linalg.norm(lower_right - lower_left)) / 2
    tall = (np.linalg.norm(lower_left - upper_left) + np.linalg.norm(lower_right - upper_right)) / 2
    left, top = corners.mean(axis=0) - (wide / 2, tall / 2)
    goal = np.array([[left, top], [left + wide, top], [left + wide, top + tall], [left, top + tall]], dtype=np.float32)
    if np.abs(goal - corners).max() < NOT_BENT:
        return sheet
    matrix = np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), goal), dtype=np.float64)
    height, width = sheet.grey.shape
    page = cv2.perspectiveTransform(np.array([[[0, 0], [width, 0], [width, height], [0, height]]], dtype=np.float64), matrix)[0]
    (first, upper), (last, lower) = page.min(axis=0), page.max(axis=0)
    if last - first > 2 * width or lower - upper > 2 * height:
        return sheet
    matrix = np.array([[1, 0, -first], [0, 1, -upper], [0, 0, 1]]) @ matrix
    return _warped(sheet.grey, sheet.moved, (matrix, (int(last - first), int(lower - upper))))


def _outline(sheet: Sheet) -> NDArray[np.float64] | None:
    """The corners of the largest table, clockwise from the upper left; None where there is none of some size with straight edges.

    Lines that lean are not yet known as ruling lines, but they hang together.
    """
    ink = (sheet.grey < FAINT).astype(np.uint8)
    count, labels, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    if count < 2:
        return None
    largest = 1 + int(np.argmax(stats[1:, cv2.CC_STAT_WIDTH].astype(np.int64) * stats[1:, cv2.CC_STAT_HEIGHT]))
    height, width = sheet.grey.shape
    if int(stats[largest, cv2.CC_STAT_WIDTH]) * int(stats[largest, cv2.CC_STAT_HEIGHT]) < SMALLEST_FRAME * width * height:
        return None
    down, across = np.nonzero(labels == largest)
    points = np.column_stack([across, down]).astype(np.float64)
    sums, differences = points.sum(axis=1), points[:, 0] - points[:, 1]
    corners = points[[sums.argmin(), differences.argmax(), sums.argmax(), differences.argmin()]]
    around = cv2.dilate(ink, np.ones((7, 7), np.uint8))
    edges = zip(corners, np.roll(corners, -1, axis=0), strict=True)
    return corners if all(_is_drawn(around, start, end) for start, end in edges) else None


def _is_drawn(around: NDArray[np.generic], start: NDArray[np.float64], end: NDArray[np.float64]) -> bool:
    """Whether print runs along the straight line between two points."""
    places = np.linspace(start, end, EDGE_SAMPLES).round().astype(int)
    return float(around[places[:, 1], places[:, 0]].mean()) >= DRAWN


def _turned(sheet: Sheet, quarters: int) -> Sheet:
    """The sheet after clockwise quarter turns."""
    height, width = sheet.grey.shape
    turns = {
        1: np.array([[0.0, -1, height], [1, 0, 0], [0, 0, 1]]),
        2: np.array([[-1.0, 0, width], [0, -1, height], [0, 0, 1]]),
        3: np.array([[0.0, 1, 0], [-1, 0, width], [0, 0, 1]]),
    }
    grey = np.ascontiguousarray(np.rot90(sheet.grey, -quarters))
    return replace(sheet, grey=grey, lines=lines_of(grey), moved=turns[quarters] @ sheet.moved)
