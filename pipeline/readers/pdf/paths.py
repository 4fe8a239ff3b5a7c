"""The ruling lines among the paths of a PDF page: stroked lines and boxes, thin filled boxes or thin pictures."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.calls import bounds_of, draw_mode, segment_count

# Borders of 3 points and more are ornaments or shading; the bounds that pdfium gives include the stroke width.
THIN = 3.5
# A single path of more pieces is a map or a signature.
MOST_SEGMENTS = 20_000
# A shape with rounded corners has so many points; a box within an ellipse leaves so much of its radius out.
ROUND, INSET = 8, 0.3
Matrix = tuple[float, float, float, float, float, float]
Point = tuple[float, float]
_EDGES = [ctypes.c_float() for _ in range(4)]
_POINTERS = [ctypes.byref(edge) for edge in _EDGES]


class Ruling(NamedTuple):
    """The box of one drawn line, thin in at least one direction."""

    left: float
    top: float
    right: float
    bottom: float


def rulings_of_path(path: Any, matrix: Matrix | None) -> Iterator[Ruling]:
    """The lines that `path` draws, as boxes (left, bottom, right, top) of user space; `matrix` is that of the form around it."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    draw_mode(path, ctypes.byref(fill), ctypes.byref(stroke))
    segments = segment_count(path)
    if not (fill.value or stroke.value) or segments < 2 or segments > MOST_SEGMENTS:
        return
    if segments <= 5:
        bounds = bounds_in(path, matrix)
        if bounds is None:
            return
        if is_thin(bounds):
            yield Ruling(*bounds)
            return
        if segments == 2 or not stroke.value:
            return
    for points in _subpaths(path, segments, matrix):
        if stroke.value:
            yield from _sides(points)
        else:
            bounds = _around(points)
            if is_thin(bounds):
                yield Ruling(*bounds)


def ruling_of_picture(picture: Any, matrix: Matrix | None) -> Iterator[Ruling]:
    """The line that a picture stands for: converters draw lines as stretched dots."""
    bounds = bounds_in(picture, matrix)
    if bounds is not None and is_thin(bounds):
        yield Ruling(*bounds)


def is_thin(bounds: BoundingBox) -> bool:
    """Whether a box is a line."""
    return min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN


def full_box(path: Any, matrix: Matrix | None, bounds: BoundingBox) -> BoundingBox | None:
    """The box that a filled path fills: its bounds where every point of it is a corner of them, and less of a round shape, of which every
    point lies on an edge of them; None for any other shape.
    """
    left, bottom, right, top = bounds
    subpaths = list(_subpaths(path, segment_count(path), matrix))
    points = [point for subpath in subpaths for point in subpath]
    offs = [(min(abs(x - left), abs(x - right)), min(abs(y - bottom), abs(y - top))) for x, y in points]
    if all(max(off) <= 1 for off in offs):
        corners = {(x - left > right - x, y - bottom > top - y) for x, y in points}
        return bounds if len(corners) == 4 else None
    if len(subpaths) != 1 or len(points) < ROUND or not all(min(off) <= 1 for off in offs):
        return None
    across, up = (INSET * max(off[side] for off in offs) for side in (0, 1))
    return left + across, bottom + up, right - across, top - up


def subpath_boxes(path: Any, matrix: Matrix | None) -> Iterator[BoundingBox]:
    """The box of every part of a path, in user space."""
    return (_around(points) for points in _subpaths(path, segment_count(path), matrix))


def slanted_stroke(path: Any, matrix: Matrix | None) -> tuple[Point, Point] | None:
    """The ends of a path that is a single straight stroke running aslant; None for any other."""
    if segment_count(path) != 2:
        return None
    points = next(_subpaths(path, 2, matrix), [])
    return (points[0], points[1]) if len(points) == 2 else None


def _sides(points: list[Point]) -> Iterator[Ruling]:
    """The level and upright pieces of a stroked line; slanted ones (the diagonal of a header cell) rule nothing."""
    for (x, y), (next_x, next_y) in pairwise(points):
        if abs(next_x - x) <= 1 or abs(next_y - y) <= 1:
            yield Ruling(min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y))


def _around(points: list[Point]) -> BoundingBox:
    across, up = [x for x, _ in points], [y for _, y in points]
    return min(across), min(up), max(across), max(up)


def bounds_in(path: Any, matrix: Matrix | None) -> BoundingBox | None:
    """The box of an object in user space; None where it has none."""
    if not bounds_of(path, *_POINTERS):
        return None
    left, bottom, right, top = [edge.value for edge in _EDGES]
    if matrix is None:
        return left, bottom, right, top
    return _around([moved((x, y), matrix) for x in (left, right) for y in (bottom, top)])


def moved(point: Point, matrix: Matrix) -> Point:
    """A point of a form in the space around it."""
    a, b, c, d, e, f = matrix
    x, y = point
    return a * x + c * y + e, b * x + d * y + f


def _subpaths(path: Any, segments: int, outer: Matrix | None) -> Iterator[list[Point]]:
    """The points of every subpath in user space, the first one again at the end where the subpath is closed."""
    own = raw.FS_MATRIX()
    raw.FPDFPageObj_GetMatrix(path, ctypes.byref(own))
    matrix = (own.a, own.b, own.c, own.d, own.e, own.f)
    x, y = ctypes.c_float(), ctypes.c_float()
    x_pointer, y_pointer = ctypes.byref(x), ctypes.byref(y)
    points: list[Point] = []
    for index in range(segments):
        segment = raw.FPDFPath_GetPathSegment(path, index)
        raw.FPDFPathSegment_GetPoint(segment, x_pointer, y_pointer)
        point = moved((x.value, y.value), matrix)
        if outer is not None:
            point = moved(point, outer)
        if raw.FPDFPathSegment_GetType(segment) == raw.FPDF_SEGMENT_MOVETO:
            if len(points) > 1:
                yield points
            points = []
        points.append(point)
        if raw.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if len(points) > 1:
        yield points
