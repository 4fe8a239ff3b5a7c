"""How a page is turned: from the user space of a PDF to what is seen, and back."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.readers.model import BoundingBox


@dataclass(frozen=True)
class Frame:
    """How the user space of a page is turned: `quarters` clockwise quarter turns of the box `bounds` (left, bottom, right, top)."""

    bounds: BoundingBox
    quarters: int

    def view(self, box: BoundingBox) -> BoundingBox:
        """A box of user space (left, bottom, right, top) as seen (left, top, right, bottom)."""
        left, bottom, right, top = box
        page_left, page_bottom, page_right, page_top = self.bounds
        if self.quarters == 1:
            return bottom - page_bottom, left - page_left, top - page_bottom, right - page_left
        if self.quarters == 2:
            return page_right - right, bottom - page_bottom, page_right - left, top - page_bottom
        if self.quarters == 3:
            return page_top - top, page_right - right, page_top - bottom, page_right - left
        return left - page_left, page_top - top, right - page_left, page_top - bottom

    def user(self, box: BoundingBox) -> BoundingBox:
        """The reverse of `view`."""
        left, top, right, bottom = box
        page_left, page_bottom, page_right, page_top = self.bounds
        if self.quarters == 1:
            return top + page_left, left + page_bottom, bottom + page_left, right + page_bottom
        if self.quarters == 2:
            return page_right - right, top + page_bottom, page_right - left, bottom + page_bottom
        if self.quarters == 3:
            return page_right - bottom, page_top - right, page_right - top, page_top - left
        return left + page_left, page_top - bottom, right + page_left, page_top - top

    def size(self) -> tuple[float, float]:
        """Width and height as seen."""
        width, height = self.bounds[2] - self.bounds[0], self.bounds[3] - self.bounds[1]
        return (height, width) if self.quarters % 2 else (width, height)
