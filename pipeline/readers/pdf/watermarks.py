"""Watermarks: pale words that lie over a table or are strewn over a page. They belong to no cell."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.readers.pdf.glyphs import Glyph

MOST_OF_PAGE = 0.5  # a page of which more is pale is printed so, unless that is one mark again and again
RUN_GAP = 1.5  # letters of one mark are nearer to each other, in parts of their height
# Times that a mark of so many letters is on a page before it counts as strewn; strewn closely, it may have more letters than the page.
STREWN, CLOSE, LONG = 3, 12, 4
TALLEST = 60.0  # points


def without_watermarks(glyphs: list[Glyph]) -> list[Glyph]:
    """The glyphs without pale words that lie over others or are strewn over the page; pale figures in cells of their own stay."""
    pale = [glyph for glyph in glyphs if glyph.is_pale]
    if not pale:
        return glyphs
    is_printed_pale = len(pale) > MOST_OF_PAGE * len(glyphs)
    runs = list(_runs(pale))
    seen = sorted((glyph for glyph in glyphs if not glyph.is_pale and not glyph.character.isspace()), key=lambda glyph: glyph.top)
    tops = [glyph.top for glyph in seen]
    texts = [_text(run) for run in runs]
    marks = {text for text, times in Counter(texts).items() if times >= (CLOSE if is_printed_pale else STREWN) and _is_mark(text)}
    if not is_printed_pale:
        marks |= {text for text, run in zip(texts, runs, strict=True) if any(_lies_over(glyph, seen, tops) for glyph in run)}
    dropped = {id(glyph) for text, run in zip(texts, runs, strict=True) if text in marks for glyph in run}
    return [glyph for glyph in glyphs if id(glyph) not in dropped] if dropped else glyphs


def _runs(glyphs: Sequence[Glyph]) -> Iterator[list[Glyph]]:
    """Letters that follow each other on one base line."""
    run: list[Glyph] = []
    for glyph in glyphs:
        if run and not (glyph.bottom == run[-1].bottom and abs(glyph.left - run[-1].right) <= RUN_GAP * (glyph.bottom - glyph.top)):
            yield run
            run = []
        run.append(glyph)
    if run:
        yield run


def _is_mark(text: str) -> bool:
    return len(text) >= LONG and not text.isdecimal()


def _text(run: Sequence[Glyph]) -> str:
    return "".join(glyph.character for glyph in run if not glyph.character.isspace())


def _lies_over(glyph: Glyph, others: Sequence[Glyph], tops: Sequence[float]) -> bool:
    """Whether the middle of another letter lies within this one, or the other way round."""
    if glyph.character.isspace():
        return False
    for other in others[bisect_left(tops, glyph.top - TALLEST) : bisect_left(tops, glyph.bottom)]:
        if _holds(glyph, other) or _holds(other, glyph):
            return True
    return False


def _holds(glyph: Glyph, other: Glyph) -> bool:
    across, down = (other.left + other.right) / 2, (other.top + other.bottom) / 2
    return glyph.left <= across <= glyph.right and glyph.top <= down <= glyph.bottom
