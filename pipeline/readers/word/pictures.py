"""Which pictures are worth a word."""

from __future__ import annotations

# A picture that could hold a table; smaller ones are emblems, codes and bullets. Points.
NOTICEABLE_WIDTH, NOTICEABLE_HEIGHT = 72.0, 36.0


def is_noticeable(width: float, height: float) -> bool:
    """Whether a picture of this size, in points, could hold a table."""
    return max(width, height) >= NOTICEABLE_WIDTH and min(width, height) >= NOTICEABLE_HEIGHT
