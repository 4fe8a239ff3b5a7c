"""Pictures inside other documents: those that may hold a table are read in their place."""

from __future__ import annotations

from msgspec.structs import replace

from pipeline.common.errors import ReadError
from pipeline.readers import recognition
from pipeline.readers.model import Grid, Paragraph

FEWEST_BYTES = 3_000  # a logo, a code, an ornament; no picture of a table is that small


def blocks_in(picture: bytes) -> tuple[Paragraph | Grid, ...] | None:
    """The blocks shown in a picture that holds a table; None for any other picture, and where text cannot be recognised here.

    Cells keep their confidence, but no box: that would be one within the picture, not on a page.
    """
    if len(picture) < FEWEST_BYTES or not recognition.can_recognise():
        return None
    from pipeline.readers.scan.document import read, shows_table

    try:
        if not shows_table(picture):
            return None
        blocks = read(picture).blocks
    except ReadError:
        return None
    if not any(isinstance(block, Grid) for block in blocks):
        return None
    return tuple(_without_place(block) for block in blocks)


def _without_place(block: Paragraph | Grid) -> Paragraph | Grid:
    if isinstance(block, Paragraph):
        return replace(block, page=None, recognised=True)
    return replace(block, cells=tuple(replace(cell, page=None, bbox=None) for cell in block.cells))
