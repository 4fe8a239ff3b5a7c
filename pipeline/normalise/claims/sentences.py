"""Paragraphs cut into sentences, without spaces and in simplified half-width characters, each character with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.normalise.wording import simplified

_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}
_COMMA_IN_NUMBER = re.compile(r"(?<=[０-９])，(?=[０-９]{3}(?![０-９]))")
_TRADITIONAL = re.compile("[請開議訴訟條發處機關報與無]")  # one of these stands in every paragraph worth reading
_NO_NUMBER = re.compile(r"\d{20,}")
_LONGEST = 800  # characters; what goes on longer is no sentence, and is read in pieces so that no file takes forever
_END = re.compile(r"[。！？!?\n]+")
_SPACE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]")


class Sentence(NamedTuple):
    """text: as the grammar reads it; places: where each of its characters stands in the paragraph; printed: as printed."""

    text: str
    places: tuple[int, ...] | range
    printed: str


def sentences(paragraph: str) -> Iterator[Sentence]:
    """The sentences of a paragraph, in order; empty ones are left out."""
    known = simplified(paragraph) if _TRADITIONAL.search(paragraph) else paragraph
    text = (known if len(known) == len(paragraph) else paragraph).translate(_FULL_WIDTH)
    if "，" in text and _COMMA_IN_NUMBER.search(paragraph):
        text = _COMMA_IN_NUMBER.sub(",", paragraph).translate(_FULL_WIDTH)
    if _NO_NUMBER.search(text):
        text = _NO_NUMBER.sub(lambda match: "x" * len(match[0]), text)
    start = 0
    for end in [*(match.end() for match in _END.finditer(text)), len(text)]:
        while start < end:
            cut = end if end - start <= _LONGEST else _cut(text, start)
            part = text[start:cut]
            if part.strip():
                yield _sentence(part, start, paragraph[start:cut].strip())
            start = cut


def _cut(text: str, start: int) -> int:
    """Where a sentence that is too long is cut: behind a comma or the like, so that no number is cut in two."""
    place = max(text.rfind(mark, start, start + _LONGEST) for mark in "，；、,;")
    return place + 1 if place > start else start + _LONGEST


def _sentence(text: str, start: int, printed: str) -> Sentence:
    if not _SPACE.search(text):
        return Sentence(text, range(start, start + len(text)), printed)
    kept = [place for place, letter in enumerate(text) if not _SPACE.match(letter)]
    return Sentence("".join(text[place] for place in kept), tuple(start + place for place in kept), printed)
