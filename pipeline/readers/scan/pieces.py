"""A connected piece of print."""

from __future__ import annotations

from typing import NamedTuple


class Piece(NamedTuple):
    """Its box in pixels, and how many of them are print; 0 where it is taken for dust."""

    left: int
    top: int
    right: int
    bottom: int
    area: int

    @property
    def height(self) -> int:
        """Pixels from top to bottom."""
        return self.bottom - self.top

    @property
    def width(self) -> int:
        """Pixels from left to right."""
        return self.right - self.left
