"""Figures written over other figures: whichever of them is seen, the letters of both together are no number.

Editors hide a figure in more ways than can be told (pictures, shadings, cut boxes). What is left of two such figures is unread.
"""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.readers.pdf.glyphs import DIGITS, Glyph
from pipeline.readers.pdf.lines import FALSE_BOLD, SAME_LINE

# Nearer than this two digits lie over each other, in parts of their width; the boxes of a substituted font overlap too, but go on in order.
NEAR = 0.6
MOST_LOOKED_AT = 60  # digits of a cell before the one that goes back


def is_overprinted(glyphs: Sequence[Glyph]) -> bool:
    """Whether digits of a cell, in the order in which they were written, go back over others. False bold is none."""
    digits = [glyph for glyph in glyphs if glyph.character in DIGITS and not glyph.unseen]
    return any(
        digit.left < digits[index - 1].right - NEAR * (digit.right - digit.left)
        and any(_lies_over(digit, other) for other in digits[max(0, index - MOST_LOOKED_AT) : index])
        for index, digit in enumerate(digits)
        if index
    )


def _lies_over(digit: Glyph, other: Glyph) -> bool:
    height = other.bottom - other.top
    if abs(digit.bottom - other.bottom) > SAME_LINE * height:
        return False
    off = abs(digit.left + digit.right - other.left - other.right) / 2
    return off < NEAR * (digit.right - digit.left) and (digit.character != other.character or off >= FALSE_BOLD * height)
