"""Whose report it is and for which year, from the title and the reporting period; never from the file name.

The year in a file name is that of publication, and pages often carry the name of the government that runs the site.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalise.title import Title, is_body, is_year, read_title
from pipeline.normalise.wording import compact
from pipeline.readers.model import Document, Grid, Paragraph

_PERIOD = re.compile(r"(?P<year>20[0-4]\d)年?0?1月0?1日.{0,6}?(?:至|到|—|-|~|－).{0,10}?12月31日")
_OPENING = re.compile(r"(?:现(?:将|公布|发布|就)|编制).{0,60}?(?P<year>20[0-4]\d)年度?(?:政府)?信息公开")
_METADATA = ("article_title", "title")
_PARTS = re.compile(r"[_|\s]|——|--")
_LONGEST_LINE = 50  # of a title on several lines
_MOST_LINES = 3
_SEARCHED_PARAGRAPHS = 60
_SEARCHED_LINES = 20  # of each paragraph


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says of itself. title: the words from which body and year were taken ("" if there are none).

    published_year: of the day on which the page says that it was published, if it says so.
    """

    title: str
    agency: str | None
    title_year: int | None
    period_year: int | None
    published_year: int | None = None

    @property
    def report_year(self) -> int | None:
        """The year on which the report is: that of its title, or of its period where the title has none.

        Where the two differ, the year before publication decides, if it is one of them.
        """
        if self.title_year and self.period_year and self.published_year == self.period_year + 1:
            return self.period_year
        return self.title_year or self.period_year


@dataclass(frozen=True, slots=True)
class _Line:
    """A line of text above the tables."""

    text: str
    heading: bool


def identify(document: Document) -> Identity:
    """Find title, body, year of the title and year of the reporting period of a document."""
    lines = list(_leading_lines(document))
    period = _first_year(_PERIOD, document)
    published = document.metadata.get("published_on", "")[:4]
    candidates = [*_ranked(list(_printed(lines)), document, period), *_of_the_page(document)]
    best = next((item for item in candidates if item[1].name and item[1].year), None)
    best = best or next(iter(candidates), ("", Title(None, None)))
    agency = best[1].name or next((title.name for _, title in candidates if title.name), None)
    year = best[1].year or next((title.year for _, title in candidates if title.year), None)
    if year is None and period is None:
        year = _first_year(_OPENING, document)
    return Identity(best[0], agency, year, period, int(published) if published.isdigit() else None)


def is_title(text: str) -> bool:
    """Whether a paragraph is the title of an annual report, and not a link to one."""
    return any(read_title(line) is not None for line in text.splitlines())


def _printed(lines: Sequence[_Line]) -> Iterator[tuple[str, Title, bool]]:
    """Titles among the lines: those that say all on one line first, then those over two and three lines, then the rest."""
    for count in range(1, _MOST_LINES + 1):
        for start in range(len(lines) - count + 1):
            window = lines[start : start + count]
            title = read_title(window[0].text) if count == 1 else _over_lines(window)
            if title is not None and title.name and title.year:
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
    if whole or not (is_body(texts[0]) or is_year(texts[0]) or _begins_a_title(texts[0])):
        return None
    if is_year(texts[-1]):  # (2023年度) below the title
        return read_title(texts[-1].strip("()（） ") + "".join(texts[:-1])) if not any(map(is_year, texts[:-1])) else None
    return read_title("".join(texts))


def _begins_a_title(text: str) -> bool:
    """Whether a line breaks off within a title: the body, the year, and then less than the rest."""
    bare = compact(text)
    return bool(re.search(r"(?:政府?|政府信息|信息公开|公开工作|工作|年度?)$", bare)) or read_title(text) is not None


def _ranked(found: list[tuple[str, Title, bool]], document: Document, period: int | None) -> Iterator[tuple[str, Title]]:
    """The printed titles; of several different ones first that which the page or its markup also calls its title."""
    named = [compact(document.metadata.get(key, "")) for key in _METADATA]
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


def _of_the_page(document: Document) -> Iterator[tuple[str, Title]]:
    for key in _METADATA:
        whole = document.metadata.get(key, "")
        for part in (*_PARTS.split(whole), whole):
            title = read_title(part)
            if title is not None:
                yield part.strip(), title


def _leading_lines(document: Document) -> Iterator[_Line]:
    """The lines before the first table of some size, where titles stand."""
    paragraphs: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.rows * block.columns >= 12 and paragraphs:
            break
        if isinstance(block, Paragraph):
            paragraphs.append(block)
    for paragraph in paragraphs[:_SEARCHED_PARAGRAPHS]:
        for line in paragraph.text.splitlines()[:_SEARCHED_LINES]:
            if line.strip():
                yield _Line(line, paragraph.heading)


def _first_year(pattern: re.Pattern[str], document: Document) -> int | None:
    matches = (
        pattern.search(compact(paragraph.text)) for paragraph in document.paragraphs() if "年" in paragraph.text or "月" in paragraph.text
    )
    return next((int(match["year"]) for match in matches if match), None)
