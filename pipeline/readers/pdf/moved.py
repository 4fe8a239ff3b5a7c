"""Text that is not seen, moved out of the way of what is written over it.

pdfium drops a letter that stands where one of the letters before it is the same: of 201 that is painted over with 208, the 2 and the 0 that
are seen. Nothing is written back to the file.
"""

from __future__ import annotations

from typing import Any

from pypdfium2 import raw

from pipeline.readers.model import BoundingBox

ASIDE, LEAST_ASIDE = 0.25, 2.0  # of the height of the letters, and points; pdfium takes texts for the same within 1/8 of their size


def moved_aside(text_object: Any, box: BoundingBox) -> None:
    """Move a text object down, less than to another line. box: its bounds, in points."""
    raw.FPDFPageObj_Transform(text_object, 1, 0, 0, 1, 0, -max(LEAST_ASIDE, ASIDE * (box[3] - box[1])))
