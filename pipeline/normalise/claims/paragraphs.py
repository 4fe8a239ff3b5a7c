"""The prose of a report: every paragraph outside tables, with the section that it stands in, to claims."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from msgspec.structs import replace

from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.reading import MOST_CLAIMS, read_paragraph
from pipeline.normalise.claims.vocabulary import vocabulary
from pipeline.normalise.model import Section
from pipeline.readers.model import Document, Paragraph

_LONGEST_HEADING = 40
_ENDS = ("。", "；", "，", ".", ";", ",", "：", ":")


def claims_of(
    catalog: Catalog, document: Document, sections: Sequence[Section], report_year: int | None, title: str, blocks_before: int
) -> tuple[Claim, ...]:
    """The claims of a report, in the order of its text, from its title on where that is found.

    blocks_before: how many blocks of the file stand before the report, which may be one of several.
    """
    under = _sections_of(document, sections)
    topics = {row.pattern: row.value for row in catalog.claims.patterns if row.kind == "topic"}
    claims: list[Claim] = []
    heading: str | None = None
    for place in range(_first(document, title), len(document.blocks)):
        block = document.blocks[place]
        if len(claims) > MOST_CLAIMS:
            break
        if not isinstance(block, Paragraph):
            continue
        section = under.get(place)
        if _is_heading(block.text):
            heading = _topic(catalog, block.text) or topics.get(section or "")
            continue
        before = len(claims)
        read_paragraph(catalog, block.text, report_year, heading or topics.get(section or ""), claims)
        claims[before:] = [replace(claim, block=blocks_before + place, section=section, page=block.page) for claim in claims[before:]]
    return tuple(claims)


def _first(document: Document, title: str) -> int:
    """The place of the title: what stands above it belongs to the page, not to the report."""
    start = title.strip().splitlines()[0].strip() if title.strip() else ""
    if not start:
        return 0
    return next((place for place, block in enumerate(document.blocks) if isinstance(block, Paragraph) and start in block.text), 0)


def _sections_of(document: Document, sections: Sequence[Section]) -> dict[int, str]:
    """By the place of each paragraph, the section that it stands in: from the end, since a table of contents comes first."""
    under: dict[int, str] = {}
    left = list(sections)
    waiting: list[int] = []
    for place in range(len(document.blocks) - 1, -1, -1):
        block = document.blocks[place]
        if not isinstance(block, Paragraph):
            continue
        waiting.append(place)
        text = block.text.strip()
        number = next((number for number in range(len(left) - 1, -1, -1) if text.startswith(left[number].heading)), None)
        if number is not None:
            under.update(dict.fromkeys(waiting, left[number].section))
            del left[number:]
            waiting = []
    return under


def _is_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not text.rstrip().endswith(_ENDS) and not any(mark in text for mark in "。；，")


@lru_cache(maxsize=4096)
def _topic(catalog: Catalog, text: str) -> str | None:
    """What a heading is about: the topic of the first word of it that has one. Reports have most of their headings in common."""
    words = vocabulary(catalog)
    found = (words.words[match["word"]] for match in words.tokens.finditer(text) if match["word"] is not None)
    return next((word.topic for word in found if word.topic), None)
