"""Whose report it is and for which year, from the title and the reporting period; never from the file name.

The year in a file name is that of publication, and pages often carry the name of the government that runs the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalise.identity.imprint import Imprint, imprints, whole_name
from pipeline.normalise.identity.reporting_year import opening_year, period_year, published_year, texts_with_years
from pipeline.normalise.identity.title import Title, is_body, is_year, read_other_title, read_title
from pipeline.normalise.wording import compact
from pipeline.readers.model import Document, Grid

_METADATA = ("article_title", "title")
_PARTS = re.compile(r"[_|\s－–-]|——|--")
_OF_DIVISION = re.compile(r"[省市县区旗州盟镇乡縣區鎮鄉国]")
_DIVISION = re.compile(r"[\u4e00-\u9fff]{1,10}[省市县区旗州盟縣區]")
_LONGEST_LINE = 50  # of a title on several lines
_MOST_LINES = 4
_SEARCHED_PARAGRAPHS = 400  # the menus of a page may come before its text
_SEARCHED_LINES = 20  # of each paragraph


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says of itself. title: the words from which body and year were taken ("" if there are none).

    agency_from: where the body is named, if no title names it. other_year: the year after its opening, or the year before
    it was published, where neither title nor period says one; other_year_from: `opening` or `published`.
    published_year: of the day on which the page says that it was published, if it says so. imprints: who signs and publishes it.
    """

    title: str
    agency: str | None
    title_year: int | None
    period_year: int | None
    published_year: int | None = None
    agency_from: str | None = None
    other_year: int | None = None
    other_year_from: str | None = None
    imprints: tuple[Imprint, ...] = ()

    @property
    def report_year(self) -> int | None:
        """The year on which the report is: that of its title, or of its period where the title has none.

        Where the two differ, the year before publication decides, if it is one of them.
        """
        if self.title_year and self.period_year and self.published_year == self.period_year + 1:
            return self.period_year
        return self.title_year or self.period_year or self.other_year


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text above the tables."""

    text: str
    heading: bool


def identify(document: Document, first_table: int | None = None) -> Identity:
    """Find title, body, year of the title and year of the reporting period of a document.

    first_table: the index of the grid with which the tables of the report begin, where that is known; titles stand before it.
    """
    lines = list(_leading_lines(document, first_table))
    texts = list(texts_with_years(paragraph.text for paragraph in document.paragraphs()))
    candidates = [*_ranked(list(_printed(lines)), document, period_year(texts, None)), *titles_of_the_page(document)]
    candidates = candidates or list(_in_small_grids(document, first_table)) or list(_in_rows_of_text(document, first_table))
    if first_table is not None and not any(title.name for _, title in candidates):
        candidates = [*_otherwise(lines), *candidates]
    best = next((item for item in candidates if item[1].name and item[1].year), None)
    best = best or next(iter(candidates), ("", Title(None, None)))
    agency, agency_from = best[1].name or _only_name(candidates), None
    signed = imprints(document)
    if agency is None and signed:
        agency, agency_from = signed[0].name, signed[0].place
    year = best[1].year or next((title.year for _, title in candidates if title.year), None)
    period = period_year(texts, year)
    published = document.metadata.get("published_on", "")[:4]
    other = (None, None) if year or period else _other_year(texts, published)
    day = int(published) if published.isdigit() else None
    return Identity(best[0], agency, year, period, day, agency_from, *other, imprints=tuple(signed))


def _otherwise(lines: Sequence[_Line]) -> Iterator[tuple[str, Title]]:
    """The first line that is a title in other words."""
    found = ((line.text.strip(), title) for line in lines if (title := read_other_title(line.text)) is not None)
    yield from list(found)[:1]


def _only_name(candidates: Sequence[tuple[str, Title]]) -> str | None:
    """The body that the titles name which have no year, if they name one only."""
    names = {title.name for _, title in candidates if title.name}
    return names.pop() if len(names) == 1 else None


def _other_year(texts: Sequence[str], published: str) -> tuple[int | None, str | None]:
    year = opening_year(texts)
    if year is not None:
        return year, "opening"
    day = int(published) if published.isdigit() else published_year(texts)
    return (day - 1, "published") if day else (None, None)


def title_at(texts: Sequence[str]) -> Title | None:
    """The title of an annual report that begins in the first of some paragraphs, and may go over the next of them."""
    lines = [_Line(text, heading=False) for text in texts]
    alone = next((title for line in texts[0].splitlines() if (title := read_title(line)) is not None), None)
    over = (_over_lines(lines[:count]) for count in range(2, min(_MOST_LINES, len(lines)) + 1))
    return alone or next((title for title in over if title is not None), None)


def _printed(lines: Sequence[_Line]) -> Iterator[tuple[str, Title, bool]]:
    """Titles among the lines: those that say all on one line first, then those over two and three lines, then the rest."""
    for count in range(1, _MOST_LINES + 1):
        for start in range(len(lines) - count + 1):
            window = lines[start : start + count]
            if not any("报" in line.text or "報" in line.text for line in window):
                continue
            title = read_title(window[0].text) if count == 1 else _over_lines(window)
            if title is not None and title.name and title.year:
                title = _below_division(lines[start - 1].text if start else "", title, title.name)
                yield "\n".join(line.text.strip() for line in window), title, any(line.heading for line in window)
    for line in lines:
        title = read_title(line.text)
        if title is not None and (title.name or title.year):
            yield line.text.strip(), title, line.heading


def _over_lines(window: Sequence[_Line]) -> Title | None:
    """A title over several lines, of which each holds the body, the year or a part of the rest."""
    texts = [line.text for line in window]
    if any(len(text) > _LONGEST_LINE for text in texts):
        return None
    whole = [text for text in texts if (title := read_title(text)) is not None and title.name and title.year]
    if all(line.heading for line in window) and not whole:  # a heading broken anywhere
        joined = read_title("".join(texts))
        if joined is not None and joined.name:
            return joined
    if whole or not (is_body(texts[0]) or is_year(texts[0]) or _begins_a_title(texts[0])):
        return None
    if is_year(texts[-1]):  # (2023年度) below the title
        return read_title(texts[-1].strip("()（） ") + "".join(texts[:-1])) if not any(map(is_year, texts[:-1])) else None
    above = read_title(texts[0])
    if above is not None and above.year and len(texts) == 2:  # the body below the title
        return above._replace(name=whole_name(texts[1]))
    return read_title("".join(texts))


def _below_division(above: str, title: Title, name: str) -> Title:
    """The title with the name of the division from the line above, where the body has none: 汉沅县 above 水务局."""
    if _DIVISION.fullmatch(compact(above)) and not _OF_DIVISION.search(name):
        return title._replace(name=compact(above) + name)
    return title


def _begins_a_title(text: str) -> bool:
    """Whether a line breaks off within a title: the body, the year, and then less than the rest."""
    bare = compact(text)
    return bool(re.search(r"(?:政府?|政府信息|信息公开|公开工作|工作|年度?)$", bare)) or read_title(text) is not None


def _ranked(found: list[tuple[str, Title, bool]], document: Document, period: int | None) -> Iterator[tuple[str, Title]]:
    """The printed titles; of several different ones first that which the page or its markup also calls its title.

    Where neither tells between several bodies, the page lists reports of others, and none of them counts.
    """
    named = [compact(document.metadata.get(key, "")) for key in _METADATA]
    if not any(heading or any(compact(text) in name for name in named) for text, title, heading in found if title.name and title.year):
        bodies = [title.name for _, title, _ in found if title.name and title.year]
        if any(not _alike(bodies[0], other) for other in bodies):
            found = [item for item in found if not (item[1].name and item[1].year)]
    complete = Counter(title for _, title, _ in found if title.name and title.year)
    if len(complete) > 1:
        found = sorted(
            found,
            key=lambda item: (
                not (item[1].name and item[1].year),
                not item[2],
                not any(compact(item[0]) in name for name in named),
                item[1].year != period,
            ),
        )
    return ((text, title) for text, title, _ in found)


def titles_of_the_page(document: Document) -> Iterator[tuple[str, Title]]:
    """Titles of a report among the titles that the container gives itself (the markup of a page, the properties of a file)."""
    for key in _METADATA:
        whole = document.metadata.get(key, "")
        for part in (*_PARTS.split(whole), whole):
            title = read_title(part)
            if title is not None:
                yield part.strip(), title


def _leading_lines(document: Document, first_table: int | None) -> Iterator[_Line]:
    """The lines before the tables of the report, where titles stand."""
    paragraphs = 0
    for block in document.blocks:
        if isinstance(block, Grid):
            if paragraphs and block.index == first_table:
                return
            continue
        paragraphs += 1
        if paragraphs > _SEARCHED_PARAGRAPHS:
            return
        for line in block.text.splitlines()[:_SEARCHED_LINES]:
            if line.strip():
                yield _Line(line, block.heading)


def _in_small_grids(document: Document, first_table: int | None) -> Iterator[tuple[str, Title]]:
    """Titles that stand in a table of particulars before the report."""
    for grid in document.grids():
        if grid.index == first_table:
            return
        for cell in grid.cells:
            title = read_title(cell.text)
            if title is not None and (title.name or title.year):
                yield cell.text.strip(), title


def _in_rows_of_text(document: Document, first_table: int | None) -> Iterator[tuple[str, Title]]:
    """Titles in the rows of the first table that hold nothing but one text."""
    grid = next((grid for grid in document.grids() if grid.index == first_table), None)
    rows: dict[int, list[str]] = {}
    for cell in grid.cells if grid else ():
        if cell.text.strip():
            rows.setdefault(cell.row, []).append(cell.text)
    lines = [_Line(line, heading=False) for row in list(rows.values())[:_SEARCHED_LINES] if len(row) == 1 for line in row[0].splitlines()]
    yield from ((text, title) for text, title, _ in _printed(lines))


def _alike(one: str | None, other: str | None) -> bool:
    """Whether two names may be of one body: 汉沅县, 汉沅县人民政府."""
    return bool(one and other) and (str(one) in str(other) or str(other) in str(one))
