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
    """Whether digits of a cell, in the order in which they were written, go back over others. False bold is none.

    Nor is it told what pale digits beside others mean: a watermark, a draft, a figure that is no longer to count.
    """
    digits = [glyph for glyph in glyphs if glyph.character in DIGITS and not glyph.unseen]
    if len({glyph.is_pale for glyph in digits}) > 1:
        return True
    runs: list[list[Glyph]] = [[]]
    for index, digit in enumerate(digits):
        before = digits[index - 1] if index else None
        if before is not None and digit.left < before.right - NEAR * (digit.right - digit.left):
            if _is_again(digit, before):
                continue
            below = [other for other in digits[max(0, index - MOST_LOOKED_AT) : index] if _lies_over(digit, other)]
            if any(not _is_again(digit, other) for other in below):
                return True
            if below:
                runs.append([])
        runs[-1].append(digit)
    return len({"".join(digit.character for digit in run) for run in runs}) > 1


def _lies_over(digit: Glyph, other: Glyph) -> bool:
    off = abs(digit.left + digit.right - other.left - other.right) / 2
    return abs(digit.bottom - other.bottom) <= SAME_LINE * (other.bottom - other.top) and off < NEAR * (digit.right - digit.left)


def _is_again(digit: Glyph, other: Glyph) -> bool:
    """Whether it is the same digit at the same place."""
    return digit.character == other.character and abs(digit.left - other.left) < FALSE_BOLD * (other.bottom - other.top)
