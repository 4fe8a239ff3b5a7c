"""Tables that hang over the edge of their page, as browsers and office programs print a web page that is wider than the paper.

What lies beyond the edge is in the text layer, but its rulings end with the page. Labels that begin beyond the left edge are put
back before the part that is seen; columns beyond the right edge are not made up: the table is only said to be cut.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from itertools import pairwise

from pipeline.readers.pdf.glyphs import Glyph
from pipeline.readers.pdf.lattice import TOLERANCE, Lattice
from pipeline.readers.pdf.lines import VALUE, glyph_lines, line_text

# Between two letters of one label there is less than this, in parts of the height of a letter.
LABEL_GAP = 1.0


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


def _is_label(line: Sequence[Glyph]) -> bool:
    printed = [glyph for glyph in line if not glyph.character.isspace()]
    height = max((glyph.bottom - glyph.top for glyph in printed), default=0.0)
    whole = all(after.left - before.right <= LABEL_GAP * height for before, after in pairwise(printed))
    return whole and (not printed or VALUE.fullmatch(line_text(printed)) is None)
