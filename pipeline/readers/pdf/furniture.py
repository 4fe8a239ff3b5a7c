"""What stands on every page and belongs to none: page numbers, running headers and footers."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.readers.pdf.lines import TextLine

MARGIN_SHARE = 0.12  # of the height of the page, at its head and at its foot
PAGE_NUMBER = re.compile(
    r"\s*(?:"
    r"[-—–－·•~～_\s]*\d{1,4}[-—–－·•~～_\s]*"
    r"|第\s*\d{1,4}\s*页\s*[,，/／（(]?\s*(?:共\s*\d{1,4}\s*页)?\s*[）)]?"
    r"|共\s*\d{1,4}\s*页\s*[,，/／]?\s*第\s*\d{1,4}\s*页"
    r"|(?:Page|page|PAGE)?\s*\d{1,4}\s*(?:/|／|of)\s*\d{1,4}"
    r")\s*"
)
NUMBER = re.compile(r"\d+")
PAGE = "#"  # stands for the number of its own page in a line that is compared with those of other pages


def without_furniture(pages: Sequence[list[TextLine]], heights: Sequence[float]) -> list[list[TextLine]]:
    """The lines of every page without page numbers; a line repeated at the same place of several pages stays on the
    first of them, but not a foot that tells the page: it says nothing else, and would part a table that goes on over the page break.
    """
    kept = [
        [line for line in lines if not (_is_at_margin(line, height) and PAGE_NUMBER.fullmatch(line.text))]
        for lines, height in zip(pages, heights, strict=True)
    ]
    edge_lines = Counter(
        key for lines, height in zip(kept, heights, strict=True) for key in {_key(line) for line in lines if _is_at_margin(line, height)}
    )
    seen: set[tuple[str, int, int]] = set()
    result = []
    for lines, height in zip(kept, heights, strict=True):
        stay = []
        for line in lines:
            key = _key(line)
            if _is_at_margin(line, height) and edge_lines[key] > 1:
                if key in seen or (PAGE in key[0] and line.top > height / 2):
                    continue
                seen.add(key)
            stay.append(line)
        result.append(stay)
    return result


def _is_at_margin(line: TextLine, height: float) -> bool:
    return line.bottom <= MARGIN_SHARE * height or line.top >= (1 - MARGIN_SHARE) * height


def _key(line: TextLine) -> tuple[str, int, int]:
    """Text (the number of its own page left open) and place of a line."""
    text = NUMBER.sub(lambda found: PAGE if len(found.group()) < 9 and int(found.group()) == line.page else found.group(), line.text)
    return text, round(line.top), round(line.left / 4)
