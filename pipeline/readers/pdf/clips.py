"""Clip paths: what is drawn outside of them is cut off and not seen. Only their bounds count; a curve lets through less."""

from __future__ import annotations

import ctypes
from typing import Any

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import clip_of, clip_paths, clip_segment, clip_segments, segment_point
from pipeline.readers.pdf.paths import Matrix, moved

MOST_PATHS, MOST_SEGMENTS = 16, 400  # of a clip path that is looked at: a drawing cut along a map hides no figure in a table
_X, _Y = ctypes.c_float(), ctypes.c_float()
_X_POINTER, _Y_POINTER = ctypes.byref(_X), ctypes.byref(_Y)
EVERYWHERE: BoundingBox = (-1e9, -1e9, 1e9, 1e9)
NOWHERE: BoundingBox = (0.0, 0.0, 0.0, 0.0)


def is_clipped(item: Any) -> bool:
    """Whether an object has a clip path; asked of every text."""
    return bool(clip_paths(clip_of(item)) > 0)


def clip_box(item: Any, matrix: Matrix | None) -> BoundingBox | None:
    """The box within which an object is seen, in user space; None where nothing cuts it. `matrix` is that of the form around it."""
    clip = clip_of(item)
    count = clip_paths(clip)
    if count <= 0:
        return None
    left, bottom, right, top = EVERYWHERE
    for path in range(min(count, MOST_PATHS)):
        box = _bounds(clip, path, matrix)
        if box is not None:
            left, bottom, right, top = max(left, box[0]), max(bottom, box[1]), min(right, box[2]), min(top, box[3])
    return (left, bottom, right, top) if left < right and bottom < top else NOWHERE


def inside(one: BoundingBox, other: BoundingBox | None) -> BoundingBox | None:
    """What two boxes have in common; None where that is nothing. None as the second one stands for everywhere."""
    if other is None:
        return one
    left, bottom, right, top = max(one[0], other[0]), max(one[1], other[1]), min(one[2], other[2]), min(one[3], other[3])
    return (left, bottom, right, top) if left < right and bottom < top else None


def _bounds(clip: Any, path: int, matrix: Matrix | None) -> BoundingBox | None:
    segments = clip_segments(clip, path)
    if segments > MOST_SEGMENTS:
        return None
    points = []
    for index in range(max(0, segments)):
        segment_point(clip_segment(clip, path, index), _X_POINTER, _Y_POINTER)
        point = (_X.value, _Y.value)
        points.append(point if matrix is None else moved(point, matrix))
    if not points:
        return NOWHERE
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)
