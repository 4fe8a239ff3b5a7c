"""The glyphs of a page put into its lattices."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from pipeline.readers.model import BoundingBox, Grid, GridCell
from pipeline.readers.pdf.beyond import is_cut, labels_below, labels_beyond
from pipeline.readers.pdf.characters import UNKNOWN
from pipeline.readers.pdf.drawn import put_into_cells
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lattice import Lattice
from pipeline.readers.pdf.lines import cell_text
from pipeline.readers.pdf.overprinted import is_overprinted
from pipeline.readers.pdf.page import PageContent
from pipeline.readers.unseen import seen_of

MOST_DRAWN = 20_000  # shapes of a page that are looked at
FIGURE_CHARACTERS = frozenset("0123456789.,０１２３４５６７８９")
# Digits of one number follow each other without a gap (parts of the digit's width).
DIGIT_GAP = 0.2


class PageCell(Struct, frozen=True, gc=False):
    """A cell of a table while its pages are put together."""

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    page: int
    bbox: BoundingBox
    confidence: float = 1.0
    readings: tuple[str, ...] = ()
    shown: str | None = None
    whole: str | None = None


class PageTable(Struct, frozen=True):
    """A table of one page, or of several once joined. columns: the edges in points; top: where it begins on its first page.

    is_cut: it ends at the right edge of its page, and may go on beyond. is_picture: it was recognised in a picture.
    is_beside: it stands on the right one of two pages in one picture.
    """

    columns: tuple[float, ...]
    rows: int
    cells: tuple[PageCell, ...]
    page: int
    top: float
    is_cut: bool = False
    is_picture: bool = False
    is_beside: bool = False

    def grid(self, index: int) -> Grid:
        """The table as a grid; rows and columns in which no cell begins are closed up."""
        row_at = _ranks([cell.row for cell in self.cells], self.rows)
        column_at = _ranks([cell.column for cell in self.cells], len(self.columns) - 1)
        cells = tuple(
            GridCell(
                row_at[cell.row],
                column_at[cell.column],
                cell.text,
                row_at[cell.row + cell.row_span] - row_at[cell.row],
                column_at[cell.column + cell.column_span] - column_at[cell.column],
                cell.page,
                cell.bbox,
                cell.confidence,
                cell.shown,
                readings=cell.readings,
                whole=cell.whole,
            )
            for cell in sorted(self.cells, key=lambda cell: (cell.row, cell.column))
        )
        return Grid(index, row_at[-1], column_at[-1], cells, is_cut=self.is_cut)

    def row_cells(self, row: int) -> list[PageCell]:
        """The cells that cover `row`, from left to right."""
        return sorted((cell for cell in self.cells if cell.row <= row < cell.row + cell.row_span), key=lambda cell: cell.column)


def _ranks(starts: Sequence[int], count: int) -> list[int]:
    """For every edge 0..count the number of used edges before it."""
    used = set(starts)
    ranks, rank = [], 0
    for edge in range(count + 1):
        ranks.append(rank)
        rank += edge in used
    return ranks


def page_tables(content: PageContent, found: Sequence[Lattice]) -> tuple[list[PageTable], list[Glyph]]:
    """The tables of a page that hold any text, and the glyphs outside all of them."""
    if not found:
        return [], content.glyphs
    contents: list[dict[int, list[Glyph]]] = [{} for _ in found]
    outside: list[Glyph] = []
    level: float | None = None
    crossed: list[tuple[tuple[float, ...], tuple[int, ...], dict[int, list[Glyph]]]] = []  # at `level`: column edges, cells, texts
    for unit in _units(content.glyphs):
        first = unit[0]
        across = (first.left + unit[-1].right) / 2
        down = (first.top + first.bottom) / 2
        if down != level:
            level = down
            crossed = [
                (lattice.columns, lattice.owner[bisect_right(lattice.rows, down) - 1], texts)
                for lattice, texts in zip(found, contents, strict=True)
                if lattice.rows[0] <= down < lattice.rows[-1]
            ]
        for columns, owners, texts in crossed:
            if columns[0] <= across < columns[-1]:
                texts.setdefault(owners[bisect_right(columns, across) - 1], []).extend(unit)
                break
        else:
            outside.extend(unit)
    for lattice, texts in zip(found, contents, strict=True):
        outside = _taken_in(labels_beyond(lattice, outside), texts, outside)
    if outside:
        outside = _taken_in(labels_below(found[-1], contents[-1], outside, content.read.size()[1]), contents[-1], outside)
    for lattice, texts in zip(found, contents, strict=True):
        put_into_cells(content.drawn[:MOST_DRAWN], lattice, texts)
    tables = [_table(content, lattice, texts) for lattice, texts in zip(found, contents, strict=True)]
    return [table for table in tables if any(cell.text for cell in table.cells)], outside


def _taken_in(beyond: dict[int, list[Glyph]], texts: dict[int, list[Glyph]], outside: list[Glyph]) -> list[Glyph]:
    """What is left outside once the letters of labels that stand beyond their cells are put back into them."""
    for cell, glyphs in beyond.items():
        texts.setdefault(cell, []).extend(glyphs)
    taken = {id(glyph) for glyphs in beyond.values() for glyph in glyphs}
    return [glyph for glyph in outside if id(glyph) not in taken] if taken else outside


def _units(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Glyphs one by one, but the digits of one number together: a number too wide for its cell must not be cut by a ruling."""
    unit: list[Glyph] = []
    for glyph in glyphs:
        if glyph.character in FIGURE_CHARACTERS:
            if unit and not _follows(unit[-1], glyph):
                yield unit
                unit = []
            unit.append(glyph)
        else:
            if unit:
                yield unit
                unit = []
            yield [glyph]
    if unit:
        yield unit


def _follows(before: Glyph, glyph: Glyph) -> bool:
    """Whether two digits stand next to each other; the boxes of a substituted font overlap."""
    gap, width = glyph.left - before.right, glyph.right - glyph.left
    return -0.5 * width <= gap <= DIGIT_GAP * width and abs(glyph.top - before.top) <= 0.2 * (glyph.bottom - glyph.top)


def _table(content: PageContent, lattice: Lattice, texts: dict[int, list[Glyph]]) -> PageTable:
    cells = tuple(
        _with_texts(PageCell(region.row, region.column, region.row_span, region.column_span, "", content.number, box), texts.get(index, ()))
        for index, (region, box) in enumerate(zip(lattice.regions, _boxes(content, lattice), strict=True))
    )
    cut = is_cut(lattice, content.read.size()[0])
    return PageTable(lattice.columns, len(lattice.rows) - 1, cells, content.number, lattice.rows[0], cut)


def _with_texts(cell: PageCell, glyphs: Sequence[Glyph]) -> PageCell:
    """The cell with its text, and with what is not seen of it."""
    if not glyphs:
        return cell
    text = cell_text(glyphs)
    if is_overprinted(glyphs):
        return replace(cell, text=text + UNKNOWN)
    if not any(glyph.unseen and not glyph.character.isspace() for glyph in glyphs):
        return replace(cell, text=text)
    seen = [glyph for glyph in glyphs if not glyph.unseen]
    if seen and all(glyph.character == UNKNOWN for glyph in seen):  # a picture of a figure over another one
        return replace(cell, text=cell_text(seen))
    return replace(cell, **seen_of(text, cell_text(seen) if seen else ""))


def _boxes(content: PageContent, lattice: Lattice) -> list[BoundingBox]:
    """The box of every cell on the displayed page, to a tenth of a point."""
    if content.is_turned:
        return [content.displayed(lattice.box(region)) for region in lattice.regions]
    columns, rows = (tuple(round(edge, 1) for edge in edges) for edges in (lattice.columns, lattice.rows))
    rounded = replace(lattice, columns=columns, rows=rows)
    return [rounded.box(region) for region in lattice.regions]


def on_edges(table: PageTable, edges: tuple[float, ...], nearest: Sequence[int]) -> PageTable:
    """The table with its column edge `i` taken as edge `nearest[i]` of `edges`."""
    if edges == table.columns:  # mostly; a table over hundreds of pages grows page by page
        return table
    cells = tuple(
        replace(cell, column=nearest[cell.column], column_span=nearest[cell.column + cell.column_span] - nearest[cell.column])
        for cell in table.cells
    )
    return replace(table, columns=edges, cells=cells)
