"""Which pictures are worth a word."""

from __future__ import annotations

# A picture that could hold a table; smaller ones are emblems, codes and bullets. Points.
NOTICEABLE_WIDTH, NOTICEABLE_HEIGHT = 72.0, 36.0
LETTER = 4.0  # a picture of a figure is as high and as wide as this


def is_noticeable(width: float, height: float) -> bool:
    """Whether a picture of this size, in points, could hold a table."""
    return max(width, height) >= NOTICEABLE_WIDTH and min(width, height) >= NOTICEABLE_HEIGHT


def is_letter_sized(width: float, height: float) -> bool:
    """Whether a picture of this size, in points, could show a figure; smaller ones only keep room."""
    return min(width, height) >= LETTER
