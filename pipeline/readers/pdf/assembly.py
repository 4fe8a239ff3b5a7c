"""Pages of tables and lines of text made one document: page furniture left out, tables joined over page breaks, lines to paragraphs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from pipeline.readers.model import Grid, Paragraph
from pipeline.readers.pdf.aligned import with_aligned_tables
from pipeline.readers.pdf.furniture import without_furniture
from pipeline.readers.pdf.join import belongs_below, joined
from pipeline.readers.pdf.lattice import Lattice, lattices
from pipeline.readers.pdf.lines import TextLine, margins, paragraphs, text_lines
from pipeline.readers.pdf.page import PageContent
from pipeline.readers.pdf.tables import PageTable, page_tables

MOST_BOXES = 3  # below each other that are boxes and not a frame with level lines in it
Piece = TextLine | PageTable


@dataclass(frozen=True)
class PagePieces:
    """The tables of one page, the lines outside them, and its height in points. beside: the page beside it in one picture."""

    tables: list[PageTable]
    lines: list[TextLine]
    height: float
    beside: PagePieces | None = None


def pieces_of(content: PageContent) -> PagePieces:
    """The tables of a page that its rulings make, and the lines of text outside them."""
    ruled = [lattice for lattice in lattices(content.rulings) if not _is_frame(lattice)]
    tables, outside = page_tables(content, ruled)
    width, height = content.read.size()
    return PagePieces(tables, text_lines(outside, content.number, round(width)), height)


def _is_frame(lattice: Lattice) -> bool:
    """Whether lines are only a frame and level lines between rows, so that they say nothing of columns."""
    return len(lattice.columns) == 2 and len(lattice.rows) > MOST_BOXES + 1


def blocks_of(pages: Sequence[PagePieces]) -> tuple[Paragraph | Grid, ...]:
    """Paragraphs and grids of all pages in reading order."""
    single = [page for left in pages for page in (left, left.beside) if page]
    return _blocks(_joined_tables(_in_order(single)))


def _in_order(pages: Sequence[PagePieces]) -> list[Piece]:
    pieces: list[Piece] = []
    kept = without_furniture([page.lines for page in pages], [page.height for page in pages])
    for page, lines in zip(pages, with_aligned_tables(kept), strict=True):
        pieces.extend(sorted([*page.tables, *lines], key=lambda piece: piece.top))
    return pieces


def _joined_tables(pieces: list[Piece]) -> list[Piece]:
    """The pieces with every table that goes on over a page break made one. `ends` holds the page on which the last piece ends, and whether
    that is the right one of two in one picture.
    """
    result: list[Piece] = []
    ends = 0, False
    for piece in pieces:
        before = result[-1] if result else None
        if isinstance(piece, PageTable) and isinstance(before, PageTable) and _follows(piece, ends) and belongs_below(before, piece):
            result[-1] = joined(before, piece)
        else:
            result.append(piece)
        ends = piece.page, isinstance(piece, PageTable) and piece.is_beside
    return result


def _follows(table: PageTable, ends: tuple[int, bool]) -> bool:
    page, is_beside = ends
    return table.page == page + 1 or (table.page == page and table.is_beside and not is_beside)


def _blocks(pieces: list[Piece]) -> tuple[Paragraph | Grid, ...]:
    edges = margins(piece for piece in pieces if isinstance(piece, TextLine))
    blocks: list[Paragraph | Grid] = []
    index = 0
    for is_table, group in groupby(pieces, key=lambda piece: isinstance(piece, PageTable)):
        members = list(group)
        if is_table:
            for table in members:
                if isinstance(table, PageTable):
                    blocks.append(table.grid(index))
                    index += 1
        else:
            running = [line for line in members if isinstance(line, TextLine)]
            blocks.extend(Paragraph(text, page) for page, text in paragraphs(running, edges))
    return tuple(blocks)
