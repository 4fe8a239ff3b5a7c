"""Figures that are struck through: a short line is drawn across their middle, and nobody reads them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

from msgspec.structs import replace

from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.paths import Point, Ruling

LONGEST_STROKE, THICKEST_STROKE, LONGEST_SLANT = 150.0, 2.0, 60.0  # points
MOST_SLANTS = 200  # on a page; more are a drawing
# Where it crosses a letter, in parts of the height of its box from the top; and how much of the stroke letters have to fill.
MIDDLE, REACH = 0.56, 0.16
FILLED = 0.7


def with_struck(glyphs: list[Glyph], rulings: Sequence[Ruling]) -> list[Glyph]:
    """The glyphs, of which those that a stroke of their own length crosses are marked as unseen."""
    strokes = [ruling for ruling in rulings if _may_strike(ruling)]
    if not strokes or not glyphs:
        return glyphs
    order = sorted(range(len(glyphs)), key=lambda index: _middle(glyphs[index]))
    middles = [_middle(glyphs[index]) for index in order]
    tallest = max(glyph.bottom - glyph.top for glyph in glyphs)
    struck: set[int] = set()
    for stroke in strokes:
        level = (stroke.top + stroke.bottom) / 2
        first, last = bisect_left(middles, level - REACH * tallest), bisect_right(middles, level + REACH * tallest)
        crossed = [index for index in order[first:last] if _crosses(stroke, level, glyphs[index])]
        if sum(glyphs[index].right - glyphs[index].left for index in crossed) >= FILLED * (stroke.right - stroke.left):
            struck.update(crossed)
    return [replace(glyph, unseen=True) if index in struck else glyph for index, glyph in enumerate(glyphs)] if struck else glyphs


def _may_strike(ruling: Ruling) -> bool:
    width = ruling.right - ruling.left
    return ruling.bottom - ruling.top <= THICKEST_STROKE < width <= LONGEST_STROKE


def _middle(glyph: Glyph) -> float:
    return glyph.top + MIDDLE * (glyph.bottom - glyph.top)


def _crosses(stroke: Ruling, level: float, glyph: Glyph) -> bool:
    across = (glyph.left + glyph.right) / 2
    return stroke.left <= across <= stroke.right and abs(level - _middle(glyph)) <= REACH * (glyph.bottom - glyph.top)


def with_crossed_out(glyphs: list[Glyph], strokes: Sequence[tuple[Point, Point]]) -> list[Glyph]:
    """The glyphs, of which digits that a slanted stroke of the pen crosses are marked as unseen. Longer ones part cells of headings."""
    short = [(first, last) for first, last in strokes if abs(last[0] - first[0]) <= LONGEST_SLANT and last[0] != first[0]]
    if not short or len(short) > MOST_SLANTS:
        return glyphs
    return [
        replace(glyph, unseen=True) if glyph.character.isdecimal() and any(_is_on(stroke, glyph) for stroke in short) else glyph
        for glyph in glyphs
    ]


def _is_on(stroke: tuple[Point, Point], glyph: Glyph) -> bool:
    (left, begins), (right, ends) = sorted(stroke)
    across = (glyph.left + glyph.right) / 2
    if not left <= across <= right:
        return False
    level = begins + (ends - begins) * (across - left) / (right - left)
    return glyph.top <= level <= glyph.bottom
