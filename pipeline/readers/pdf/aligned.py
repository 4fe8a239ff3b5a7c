"""Tables without upright lines, read from where letters stand, and only where that leaves no doubt.

Each figure has to stand under the lowest heading of exactly one column, and each row of figures beside exactly one label.
Then a blank moves nothing. Wherever it is not so the lines stay text, and the table is said to be unreadable later.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.readers.pdf.aligned_rows import Carried, table_of
from pipeline.readers.pdf.headings import DoubtError, HeadlessError
from pipeline.readers.pdf.lines import VALUE, TextLine
from pipeline.readers.pdf.regions import HEADING, Line, Region, in_chunks, regions
from pipeline.readers.pdf.tables import PageTable

LINES_OF_A_ROW = 2
Piece = TextLine | PageTable


@dataclass
class _Found:
    """A region of a page and the table read from it (None: in doubt). above: the part of the same table on the page before."""

    region: Region
    table: PageTable | None = None
    above: _Found | None = None

    def give_up(self) -> None:
        """Leave the table unread, with its parts on the pages before."""
        self.table = None
        if self.above:
            self.above.give_up()


def with_aligned_tables(pages: Sequence[list[TextLine]]) -> list[list[Piece]]:
    """The lines of every page, those that are tables replaced by them."""
    found: list[list[_Found]] = []
    last: _Found | None = None
    carried: Carried | None = None
    for lines in pages:
        of_page: list[_Found] = []
        if carried or any(map(_has_figure_apart, lines)):
            of_page, carried = _tables_on([in_chunks(line) for line in lines], carried, last)
        found.append(of_page)
        last = of_page[-1] if of_page else None
    return [_replaced(lines, of_page) for lines, of_page in zip(pages, found, strict=True)]


def _has_figure_apart(line: TextLine) -> bool:
    """Whether a gap parts a figure from other words; most lines have no gap at all."""
    words = line.text.split()
    return len(words) > 1 and any(VALUE.fullmatch(word) for word in words)


def _tables_on(lines: Sequence[Line], above: Carried | None, last: _Found | None) -> tuple[list[_Found], Carried | None]:
    """The tables of a page, and the columns that go on over its end.

    A table of which a part is in doubt is so as a whole. above: what the page before hands on; last: the last region there.
    """
    found: list[_Found] = []
    before, at, carried = last, 0 if above else -1, above
    for region in regions(lines):
        own = _Found(region, above=last if carried and region.first == 0 else None)
        headless = False
        try:
            own.table, carried = table_of(lines[region.first : region.last], carried if region.first == 0 else None)
        except DoubtError as doubt:
            headless, carried = isinstance(doubt, HeadlessError), None
        if before and (headless or at == region.first) and not (before.table and own.table):
            before.give_up()
            own.table, carried = None, None
        found.append(own)
        before, at = own, region.last
    goes_on = any(line.is_spread for line in lines[:LINES_OF_A_ROW]) and not HEADING.match(lines[0].line.text)
    if above and last and goes_on and (not found or found[0].region.first > 0):
        last.give_up()  # nothing can be made of what follows
    return found, carried if at == len(lines) else None


def _replaced(lines: Sequence[TextLine], found: Sequence[_Found]) -> list[Piece]:
    pieces: list[Piece] = []
    at = 0
    for item in found:
        if item.table is not None:
            pieces += lines[at : item.region.first]
            pieces.append(item.table)
            at = item.region.last
    return pieces + list(lines[at:])
