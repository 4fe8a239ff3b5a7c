"""The six sections: headings found by what they say, whatever their number or order, and the text under each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from rapidfuzz import fuzz

from pipeline.catalog.model import Catalog
from pipeline.normalise.model import Section
from pipeline.normalise.wording import compact, label_key, simplified
from pipeline.readers.model import Document, Grid

_NUMBERED = re.compile(r"^(?P<number>[一二三四五六七八九])[、.,:;．]?(?P<rest>.*)$", re.DOTALL)
_SUB_HEADING = re.compile(r"\([一二三四五六七八九十]+\)|\d{1,2}[、.]")
_CONTENTS_ENTRY = re.compile(r"(?:\t|[.…·⋯_－—-]{3,}|…+)\s*[-—(（]?\d{1,3}[-—)）]?\s*$")  # 一、总体情况……1
_OTHER_NUMBER = re.compile(r"^(?:第[一二三四五六七八九]部分|[壹贰叁肆伍陆]|I{1,3}|IV|VI?)[、.,:;]?")  # 第三部分, 叁、 or Ⅲ、
_OF_YEAR = re.compile(r"^20\d\d年度?")
_NUMBERS = "一二三四五六七八九"
_IN_EVERY_HEADING = re.compile(
    "[况項项況述題题改足距申诉訴动動]"
)  # one of these stands in every heading known; most paragraphs need no closer look
_ALIKE = 80
_CERTAIN = 99
_LONGEST_HEADING = 45
_SHORTEST_CONTENTS = 3  # headings with nothing between them, all of which come again
_ENDS = tuple("。.:;,")

_Found = tuple[int, str, int | None, str]  # the place of a heading, its section, its printed number, the text behind it


def find_sections(catalog: Catalog, document: Document) -> tuple[Section, ...]:
    """The sections in the order in which they stand.

    A heading without a number counts only where none of its kind has one. A sub-heading （一） may copy the name of a
    section; it counts only where it is missing and would stand there. A table of contents heads nothing.
    A heading may also stand in a table, alone in its row.
    """
    paragraphs = [text or "" for text in _lines(catalog, document)]
    headings = [(place, *found) for place, text in enumerate(paragraphs) if (found := _heading(catalog, text))]
    headings = _without_contents(headings)
    numbered = {section for _, section, number, _ in headings if number is not None}
    first: dict[str, _Found] = {}
    for heading in headings:
        if heading[2] is not None or (
            heading[1] not in numbered and not (numbered and _SUB_HEADING.match(compact(paragraphs[heading[0]])))
        ):
            first.setdefault(heading[1], heading)
    for heading in headings:
        if _fits(catalog, heading, first.values()):
            first.setdefault(heading[1], heading)
    return tuple(_texts(sorted(first.values()), paragraphs))


def is_first_section(catalog: Catalog, text: str) -> bool:
    """Whether a paragraph is the heading of the first section, with its number."""
    found = _heading(catalog, text, least=_CERTAIN)
    return found is not None and found[:2] == (min(catalog.sections, key=lambda row: row.position).section, 1)


def _fits(catalog: Catalog, heading: _Found, others: Iterable[_Found]) -> bool:
    """Whether a heading stands behind the sections that come before it by the form, and before the rest."""
    order = [row.section for row in catalog.sections]
    place = order.index(heading[1])
    return all((other[0] < heading[0]) == (order.index(other[1]) < place) for other in others)


def _lines(catalog: Catalog, document: Document) -> Iterator[str | None]:
    """The paragraphs, the headings that stand in tables, and None wherever rows of a table stand between them."""
    for block in document.blocks:
        if not isinstance(block, Grid):
            yield block.text
            continue
        by_row: dict[int, list[str]] = {}
        for cell in block.cells:
            if cell.text.strip():
                by_row.setdefault(cell.row, []).append(cell.text)
        for texts in by_row.values():
            is_heading = len(texts) == 1 and _heading(catalog, texts[0], least=_CERTAIN) is not None
            yield texts[0] if is_heading and _NUMBERED.match(compact(texts[0])) else None


def _without_contents(headings: list[_Found]) -> list[_Found]:
    """The headings less those of a table of contents: they follow each other, and all of them come again."""
    kept: list[_Found] = []
    start = 0
    while start < len(headings):
        end = start + 1
        while end < len(headings) and headings[end][0] == headings[end - 1][0] + 1:
            end += 1
        later = {section for _, section, *_ in headings[end:]}
        if end - start < _SHORTEST_CONTENTS or not {section for _, section, *_ in headings[start:end]} <= later:
            kept += headings[start:end]
        start = end
    return kept


def _texts(headings: list[_Found], paragraphs: list[str]) -> Iterator[Section]:
    ends = ([place for place, *_ in headings[1:]] + [len(paragraphs)])[: len(headings)]
    for position, ((place, section, number, rest), end) in enumerate(zip(headings, ends, strict=True), start=1):
        heading = paragraphs[place].strip()
        body = [rest] if rest else []
        title = heading.removesuffix(rest).strip() if rest else heading
        yield Section(section, position, number, title, "\n".join(body + list(filter(None, paragraphs[place + 1 : end]))))


@lru_cache(maxsize=4096)  # asked twice of each paragraph, and the same headings come in every report
def _heading(catalog: Catalog, text: str, least: int = _ALIKE) -> tuple[str, int | None, str] | None:
    """Section, printed number and the text that follows on the same line; None where the text is no heading.

    least: how much alike a numbered line and a known heading have to be, per cent.
    """
    if not _IN_EVERY_HEADING.search(text) or _CONTENTS_ENTRY.search(text):
        return None
    bare = _OTHER_NUMBER.sub("", compact(simplified(text)))
    match = _NUMBERED.match(bare)
    number = _NUMBERS.index(match["number"]) + 1 if match else None
    title = _OF_YEAR.sub("", match["rest"] if match else bare)
    known = next((heading for heading in _headings(catalog) if title.startswith(heading) and title[len(heading) :][:1] in _ENDS), None)
    behind = title[len(known) + 1 :] if known else ""
    if match and known and behind:
        return _headings(catalog)[known], number, text.strip()[-len(behind) :]
    if len(title) <= _LONGEST_HEADING:
        key = label_key(title)
        section, alike = max(((name, fuzz.ratio(key, known)) for known, name in _headings(catalog).items()), key=lambda pair: pair[1])
        if alike >= (least if match else _CERTAIN):
            return section, number, ""
    return None


@lru_cache(maxsize=8)
def _headings(catalog: Catalog) -> dict[str, str]:
    found = {label_key(heading): row.section for row in catalog.sections for heading in row.headings}
    return dict(sorted(found.items(), key=lambda item: -len(item[0])))
