"""What every reader returns: a document in reading order, made of paragraphs and grids, each cell with its place.

The classes are msgspec structs so that a document goes to the cache and to worker processes quickly and typed.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

BoundingBox = tuple[float, float, float, float]  # left, top, right, bottom in points, origin at the top left of the page


class GridCell(Struct, frozen=True, array_like=True):
    """One printed cell. A merged cell stands once, at its upper left corner, with its spans.

    text: as printed; line breaks inside the cell stay as line feeds; spaces (of any kind) stay.
    page: 1-based page for PDF, else None. confidence: 1.0 unless the text was recognised from a picture.
    shown: what a worksheet shows where its number format makes another number of the one stored, or hides it; else None.
    whole: the text with letters that nobody sees (white, transparent, struck through), where `text` is only what is seen; in a
    worksheet the number stored, where `text` is the other number that is shown; else None.
    readings: what else was recognised, once for each time, where readings of a picture differ or are not sure.
    """

    row: int
    column: int
    text: str
    row_span: int = 1
    column_span: int = 1
    page: int | None = None
    bbox: BoundingBox | None = None
    confidence: float = 1.0
    shown: str | None = None
    readings: tuple[str, ...] = ()
    whole: str | None = None


class Grid(Struct, frozen=True, array_like=True, tag="grid"):
    """One table: its cells in reading order, covering rows x columns without overlap (holes are allowed).

    spans: "stated" where the source says which cells are merged; "inferred" where the reader had to work the widths
    out (a text dump), so that only the order of cells within a row is certain.
    is_cut: the page ends where the table does, so that columns of it may be lost beyond its right edge.
    slipped: rows that have lost cells, so that nothing tells the place of those that are left.
    """

    index: int
    rows: int
    columns: int
    cells: tuple[GridCell, ...]
    spans: Literal["stated", "inferred"] = "stated"
    is_cut: bool = False
    slipped: tuple[int, ...] = ()


class Paragraph(Struct, frozen=True, array_like=True, tag="paragraph"):
    """A block of running text; never empty. heading: the container marks it as a title or heading.

    recognised: it was read from a picture, once, so that no figure may be taken from it.
    """

    text: str
    page: int | None = None
    heading: bool = False
    recognised: bool = False


class Document(Struct, frozen=True, array_like=True):
    """A file as read. metadata holds what the container says about itself, e.g. `title`, `article_title`, `published_on`;
    `hidden`: the sheets with figures in hidden rows or columns, which are left out; `hidden_sheets`: hidden sheets
    with figures; `computed`: sheets with results of formulas that the file lacks; `kind`: `workbook` for a workbook and
    what is copied from one.

    pictures: how many pictures of noticeable size stand in the file; a table may be hidden in one.
    """

    blocks: tuple[Paragraph | Grid, ...]
    metadata: dict[str, str] = {}
    pictures: int = 0

    def grids(self) -> Iterator[Grid]:
        """The grids in reading order."""
        return (block for block in self.blocks if isinstance(block, Grid))

    def paragraphs(self) -> Iterator[Paragraph]:
        """The paragraphs in reading order."""
        return (block for block in self.blocks if isinstance(block, Paragraph))
