"""The objects on an OFD page: letters and lines, in points from the upper left corner.

An object has a box (Boundary) on the page; what is in it is placed by its own matrix (CTM) and then moved to the corner of
the box. Millimetres throughout.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from itertools import chain, pairwise, repeat, zip_longest
from typing import NamedTuple
from unicodedata import east_asian_width

from lxml import etree

from pipeline.readers.model import BoundingBox
from pipeline.readers.ofd.package import NUMBER, attribute, children, numbers
from pipeline.readers.pdf.characters import character_of
from pipeline.readers.pdf.glyphs import ABOVE, BELOW, Glyph
from pipeline.readers.pdf.paths import THIN, Ruling

POINTS = 72 / 25.4  # to a millimetre
_PATH = re.compile(r"[A-Za-z]|" + NUMBER.pattern)
_NO_LETTERS = re.compile(r"[\r\n\t]")
_ARGUMENTS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}  # of each operator of AbbreviatedData
_MOST_LETTERS = 100_000  # of one text
_MOST_SEGMENTS = 20_000  # more than that is a map or a signature
SLANT = 0.1  # rise of a line of text, in parts of its length
_LEVEL = 1.0  # points by which a line may rise

Point = tuple[float, float]


class Place(NamedTuple):
    """A matrix from an object's own millimetres to those of the page."""

    a: float = 1.0
    b: float = 0.0
    c: float = 0.0
    d: float = 1.0
    e: float = 0.0
    f: float = 0.0

    def at(self, x: float, y: float) -> Point:
        """A point of the object, in points of the page."""
        return (self.a * x + self.c * y + self.e) * POINTS, (self.b * x + self.d * y + self.f) * POINTS

    def inside(self, outer: Place) -> Place:
        """The same place, within an object that is itself placed."""
        a, b, c, d, e, f = self
        return Place(
            a * outer.a + b * outer.c,
            a * outer.b + b * outer.d,
            c * outer.a + d * outer.c,
            c * outer.b + d * outer.d,
            e * outer.a + f * outer.c + outer.e,
            e * outer.b + f * outer.d + outer.f,
        )


def place_of(item: etree._Element, outer: Place, with_matrix: bool = True) -> Place:
    """Where what is in an object stands on the page."""
    matrix = numbers(attribute(item, "CTM")) if with_matrix else []
    left, top, *_ = [*numbers(attribute(item, "Boundary")), 0.0, 0.0]
    own = Place(*matrix) if len(matrix) == 6 else Place()
    return own._replace(e=own.e + left, f=own.f + top).inside(outer)


def _number(item: etree._Element, name: str, default: float) -> float:
    return next(iter(numbers(attribute(item, name))), default)


def glyphs_of(item: etree._Element, outer: Place, unseen: bool = False, is_pale: bool = False) -> Iterator[Glyph]:
    """The letters of a text object. Where no distances are given, letters stand close together."""
    place = place_of(item, outer)
    size = _number(item, "Size", 0.0)
    stretch = _number(item, "HScale", 1.0)
    start_x = start_y = 0.0  # a text without a place of its own begins where the one before it did
    for code in children(item, "TextCode"):
        text = _NO_LETTERS.sub("", str(etree.tostring(code, encoding="unicode", method="text", with_tail=False)))[:_MOST_LETTERS]
        x, y = start_x, start_y = _number(code, "X", start_x), _number(code, "Y", start_y)
        steps = zip_longest(_steps(attribute(code, "DeltaX"), len(text)), _steps(attribute(code, "DeltaY"), len(text)))
        for letter, (right, down) in zip(text, chain(steps, repeat((None, None))), strict=False):
            width = size * stretch * (1.0 if east_asian_width(letter) in "WFA" else 0.5)
            reach = min(width, right) if right and right > 0 else width
            corners = [place.at(x + across, y + up) for across in (0.0, reach) for up in (-ABOVE * size, BELOW * size)]
            yield Glyph(*_around(corners), character_of(ord(letter)), unseen, is_pale)
            x += (0.0 if down else width) if right is None else right
            y += down or 0.0


def is_without_ink(text: etree._Element) -> bool:
    """Whether letters are neither filled nor stroked."""
    return attribute(text, "Fill").lower() == "false" and attribute(text, "Stroke").lower() != "true"


def quarters_of(item: etree._Element, outer: Place) -> int | None:
    """By how many quarters the page has to be turned clockwise for a text to run level; None where it runs aslant."""
    a, b, *_ = place_of(item, outer)
    if min(abs(a), abs(b)) > SLANT * max(abs(a), abs(b)):
        return None
    return round(-math.atan2(b, a) / (math.pi / 2)) % 4


def path_box(item: etree._Element, outer: Place) -> BoundingBox | None:
    """The box of everything that a path holds, in points; None where it holds nothing."""
    place = place_of(item, outer)
    points = [point for data in children(item, "AbbreviatedData") for piece in _subpaths(data.text or "", place) for point in piece]
    return _around(points) if points else None


def is_box(item: etree._Element, outer: Place, box: BoundingBox) -> bool:
    """Whether a path is a single box: every point of it is a corner, all four are."""
    place = place_of(item, outer)
    pieces = [piece for data in children(item, "AbbreviatedData") for piece in _subpaths(data.text or "", place)]
    points = [point for piece in pieces for point in piece]
    left, top, right, bottom = box
    corners = {(x - left > right - x, y - top > bottom - y) for x, y in points}
    near = all(min(abs(x - left), abs(x - right)) <= _LEVEL and min(abs(y - top), abs(y - bottom)) <= _LEVEL for x, y in points)
    return len(pieces) == 1 and len(corners) == 4 and near


def rulings_of(item: etree._Element, outer: Place) -> Iterator[Ruling]:
    """The level and upright lines that a path object draws, and thin filled boxes that stand for lines."""
    place = place_of(item, outer)
    strokes, fills = attribute(item, "Stroke").lower() != "false", attribute(item, "Fill").lower() == "true"
    if not (strokes or fills):
        return
    for data in children(item, "AbbreviatedData"):
        for points in _subpaths(data.text or "", place):
            bounds = _around(points)
            if min(bounds[2] - bounds[0], bounds[3] - bounds[1]) <= THIN and len(points) <= 5:
                yield Ruling(*bounds)
            elif strokes:
                for (x, y), (next_x, next_y) in pairwise(points):
                    if abs(next_x - x) <= _LEVEL or abs(next_y - y) <= _LEVEL:
                        yield Ruling(min(x, next_x), min(y, next_y), max(x, next_x), max(y, next_y))


def _steps(text: str, letters: int) -> list[float]:
    """The distances between letters; `g 3 4.5` stands for 4.5 three times."""
    steps: list[float] = []
    words = iter(text.replace(",", " ").split())
    for word in words:
        if word.lower() == "g":
            count, value = numbers(next(words, "")), numbers(next(words, ""))
            if count and value:
                steps += value[:1] * min(max(0, int(count[0])), letters)
        elif value := numbers(word):
            steps.append(value[0])
    return steps[:letters]


def _subpaths(data: str, place: Place) -> Iterator[list[Point]]:
    """The points of every part of a path that is drawn in one go, the first one again at the end where it is closed."""
    points: list[Point] = []
    words = _PATH.findall(data)[: 8 * _MOST_SEGMENTS]
    number = 0
    while number < len(words):
        operator = words[number].upper()
        count = _ARGUMENTS.get(operator)
        arguments = words[number + 1 : number + 1 + (count or 0)]
        number += 1 + (count or 0)
        if count is None or len(arguments) < count or any(word.isalpha() for word in arguments):
            break
        if operator == "C":
            points += points[:1]
            continue
        end = place.at(float(arguments[-2]), float(arguments[-1]))
        if operator == "L":
            points.append(end)
            continue
        if len(points) > 1:  # a move, or a curve, which rules nothing
            yield points
        points = [end]
    if len(points) > 1:
        yield points


def _around(points: list[Point]) -> tuple[float, float, float, float]:
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)
