"""Tables that are pictures on a page whose text is digital: recognised where they stand, in the place of their picture."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace as with_changes
from typing import Any

from msgspec.structs import replace

from pipeline.readers.model import BoundingBox
from pipeline.readers.pdf.assembly import PagePieces
from pipeline.readers.pdf.page import PageContent
from pipeline.readers.pdf.tables import PageTable

NARROWEST, LOWEST = 150.0, 40.0  # points: no table is smaller
MOST_PICTURES = 6  # on a page; more are photos
MOST_LETTERS = 2  # over a picture: one with more is the ground of a page


def may_hold_tables(content: PageContent) -> list[BoundingBox]:
    """The pictures on a page of digital text that may be tables: large enough, and without text over them."""
    if not content.glyphs or content.is_turned or len(content.pictured) > MOST_PICTURES:
        return []
    large = [box for box in content.pictured if box[2] - box[0] >= NARROWEST and box[3] - box[1] >= LOWEST]
    return [box for box in large if sum(_is_on(box, glyph.left, glyph.top) for glyph in content.glyphs) <= MOST_LETTERS]


def _is_on(box: BoundingBox, left: float, top: float) -> bool:
    return box[0] <= left <= box[2] and box[1] <= top <= box[3]


def with_tables_of_pictures(
    pieces: PagePieces, pictures: list[BoundingBox], number: int, drawn: Callable[[BoundingBox], Any], dpi: float
) -> tuple[PagePieces, int]:
    """What stands on a page together with the tables in some pictures, and how many of these were read.

    drawn: the pixels of a part of the page, at `dpi` dots per inch.
    """
    from pipeline.readers.scan.document import pixels_show_table
    from pipeline.readers.scan.page import scanned_page

    tables, read = list(pieces.tables), 0
    for box in pictures:
        pixels = drawn(box)
        if not pixels_show_table(pixels):
            continue
        found = scanned_page(pixels, number, dpi).tables
        tables += [_moved(table, box[0], box[1]) for table in found]
        read += bool(found)
    return with_changes(pieces, tables=tables), read


def _moved(table: PageTable, right: float, down: float) -> PageTable:
    """A table of a part of a page, as one of the page."""
    cells = tuple(replace(cell, bbox=_shifted(cell.bbox, right, down)) for cell in table.cells)
    return replace(table, columns=tuple(edge + right for edge in table.columns), cells=cells, top=table.top + down)


def _shifted(box: BoundingBox, right: float, down: float) -> BoundingBox:
    return round(box[0] + right, 1), round(box[1] + down, 1), round(box[2] + right, 1), round(box[3] + down, 1)
