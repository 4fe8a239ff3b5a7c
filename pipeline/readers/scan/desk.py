"""What lies around the paper of a photo, told by its darkness; shadows on the paper may be as dark, so corners are completed."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.readers.scan.picture import Picture

THUMBNAIL = 500  # pixels: the long side of the picture on which paper and desk are told apart
DARK_DESK = 0.6  # as bright as the paper: a shadow on paper is brighter
SEEN_DESK = 0.2  # of the edge of the picture
SMALLEST_SHEET = 0.3  # of the picture
RIM = 9  # pixels of that picture along the edge of the paper
BEND = 0.01  # of the way around the paper, by which its edge may be off a straight line
SHORTEST_EDGE = 0.2  # of the long side of the picture: what is left of an edge of which a shadow hides a part
STEEPEST = 0.27  # of the length of an edge of paper, by which it may lean; the edge of a shadow runs anyhow
MOST_HIDDEN = 1.5  # times what is seen of the paper is all of it
OUTSIDE = 0.1  # of the picture, by which a corner of the paper may lie beyond it

Points = NDArray[np.float64]


def desk_in(grey: Picture) -> Picture | None:
    """What lies around the paper of a photo, 255; None where the picture shows paper up to its edges."""
    height, width = grey.shape
    scale = THUMBNAIL / max(height, width)
    small = cv2.medianBlur(np.asarray(cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), dtype=np.uint8), 5)
    limit, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    if small[small <= limit].mean() > DARK_DESK * small[small > limit].mean() if bright.any() and not bright.all() else True:
        return None
    edge = np.concatenate([bright[0], bright[-1], bright[:, 0], bright[:, -1]])
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    sheet = cv2.convexHull(max(outlines, key=cv2.contourArea))
    if float((edge == 0).mean()) < SEEN_DESK or cv2.contourArea(sheet) < SMALLEST_SHEET * small.size:
        return None
    around = np.full(small.shape, 255, np.uint8)
    cv2.fillConvexPoly(around, np.asarray(sheet, dtype=np.int32), 0)
    whole = _with_corners(np.asarray(sheet, dtype=np.float64)[:, 0], (small.shape[0], small.shape[1]))
    if whole is not None:
        cv2.fillConvexPoly(around, whole.round().astype(np.int32), 0)
    around = np.asarray(cv2.dilate(around, np.ones((RIM, RIM), np.uint8)), dtype=np.uint8)
    return np.asarray(cv2.resize(around, (width, height), interpolation=cv2.INTER_NEAREST), dtype=np.uint8)


def _with_corners(sheet: Points, shape: tuple[int, int]) -> Points | None:
    """The corners of the paper where its edges meet when they are drawn out, an edge of which nothing is seen being that of the picture;
    None where that is not the outline of the same sheet.

    sheet: what is seen of it, a convex outline in the order of OpenCV's hulls.
    """
    bent = cv2.approxPolyDP(sheet.astype(np.float32)[:, None], BEND * float(np.abs(np.diff(sheet, axis=0)).sum()), closed=True)
    corners = np.asarray(bent, dtype=np.float64)[:, 0]
    middle = corners.mean(axis=0)
    longest: dict[tuple[int, int], tuple[float, Points, Points]] = {}
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        off = (start + end) / 2 - middle
        across, down = np.abs(end - start).tolist()
        is_level = across > down
        side = (0, int(np.sign(off[1]))) if is_level else (int(np.sign(off[0])), 0)
        length = float(np.linalg.norm(end - start))
        if (
            min(across, down) <= STEEPEST * length
            and length >= SHORTEST_EDGE * max(shape)
            and length > longest.get(side, (0.0, start, end))[0]
        ):
            longest[side] = length, start, end
    height, width = shape
    rim = np.array([[0, 0], [width, 0], [width, height], [0, height]], dtype=np.float64)
    edges = [
        longest[side][1:] if side in longest else (rim[place], rim[(place + 1) % 4])  # wholly in the dark: the paper may reach anywhere
        for place, side in enumerate(((0, -1), (1, 0), (0, 1), (-1, 0)))
    ]
    met = [_meeting(before, after) for before, after in zip(edges, [*edges[1:], edges[0]], strict=True)]
    whole = np.array([point for point in met if point is not None])
    slack = OUTSIDE * max(shape)
    if len(whole) < len(edges) or whole.min() < -slack or whole[:, 0].max() > width + slack or whole[:, 1].max() > height + slack:
        return None
    return whole if cv2.contourArea(whole.astype(np.float32)) <= MOST_HIDDEN * cv2.contourArea(corners.astype(np.float32)) else None


def _meeting(one: tuple[Points, Points], other: tuple[Points, Points]) -> Points | None:
    """Where two lines meet; None where they run side by side."""
    along, beside = one[1] - one[0], other[1] - other[0]
    turn = along[0] * beside[1] - along[1] * beside[0]
    if abs(turn) < 1e-6:
        return None
    off = other[0] - one[0]
    return np.asarray(one[0] + along * ((off[0] * beside[1] - off[1] * beside[0]) / turn), dtype=np.float64)
