"""Tables that hang over the edge of their page, as browsers and office programs print a web page that is wider than the paper.

What lies beyond the edge is in the text layer, but its rulings end with the page. Labels that begin beyond the left edge are put
back before the part that is seen; columns beyond the right edge are not made up: the table is only said to be cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import pairwise

from pipeline.readers.pdf.furniture import MARGIN_SHARE
from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lattice import TOLERANCE, Lattice
from pipeline.readers.pdf.lines import VALUE, glyph_lines, line_text

# Between two letters of one label there is less than this, in parts of the height of a letter.
LABEL_GAP = 1.0
# A row that a page break cuts ends low on the page; its labels go on right below, in parts of the height of a letter.
LOW_ON_PAGE = 0.6
BELOW_LABEL, LINE_BELOW = 1.6, 2.0


def is_cut(lattice: Lattice, width: float) -> bool:
    """Whether a table ends at the right edge of a page of `width` points, so that columns of it may lie beyond."""
    return lattice.columns[-1] >= width - TOLERANCE


def labels_beyond(lattice: Lattice, glyphs: Sequence[Glyph]) -> dict[int, list[Glyph]]:
    """Those of `glyphs` that begin the cells at the left edge of the page, by cell.

    None at all where anything else than words in one column stands there: a column of figures that is out of sight must not
    be pushed into the next one.
    """
    if lattice.columns[0] > TOLERANCE:
        return {}
    beyond: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        down = (glyph.top + glyph.bottom) / 2
        if glyph.left < lattice.columns[0] and lattice.rows[0] <= down < lattice.rows[-1]:
            beyond.setdefault(lattice.owner[bisect_right(lattice.rows, down) - 1][0], []).append(glyph)
    return beyond if all(_is_label(line) for cell in beyond.values() for line in glyph_lines(cell)) else {}


def labels_below(lattice: Lattice, texts: Mapping[int, list[Glyph]], glyphs: Sequence[Glyph], height: float) -> dict[int, list[Glyph]]:
    """Those of `glyphs` that end the labels of the last row, by cell, where a page of `height` points breaks within the row.

    A browser cuts a row of headings where the page ends, and the last letter of a narrow label then stands below the last ruling.
    None at all where anything but the foot of the page stands there too: that is text of its own.
    """
    end, foot = lattice.rows[-1], (1 - MARGIN_SHARE) * height
    if end < LOW_ON_PAGE * height:
        return {}
    below: dict[int, list[Glyph]] = {}
    for glyph in glyphs:
        size, down = glyph.bottom - glyph.top, (glyph.top + glyph.bottom) / 2
        if down < end or glyph.character.isspace():
            continue
        if down > end + BELOW_LABEL * size:
            if glyph.top < foot:
                return {}
            continue
        column = bisect_right(lattice.columns, (glyph.left + glyph.right) / 2) - 1
        cell = lattice.owner[-1][column] if 0 <= column < len(lattice.columns) - 1 else -1
        if not any(0 < glyph.top - other.top <= LINE_BELOW * size and not other.character.isascii() for other in texts.get(cell, ())):
            return {}
        below.setdefault(cell, []).append(glyph)
    return below if all(not glyph.character.isascii() for cell in below.values() for glyph in cell) else {}


def _is_label(line: Sequence[Glyph]) -> bool:
    printed = [glyph for glyph in line if not glyph.character.isspace()]
    height = max((glyph.bottom - glyph.top for glyph in printed), default=0.0)
    whole = all(after.left - before.right <= LABEL_GAP * height for before, after in pairwise(printed))
    return whole and (not printed or VALUE.fullmatch(line_text(printed)) is None)
