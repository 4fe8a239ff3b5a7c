"""Whose report it is and for which year, from the title and the reporting period; never from the file name.

The year in a file name is that of publication, and pages often carry the name of the government that runs the site.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid, Paragraph

_YEAR = re.compile(r"(?<!\d)(?P<digits>20[0-4]\d)\s*年?度?|(?P<han>二[〇○零0]一?[〇○零0一二三四五六七八九]{1,2})\s*年度?")
_HAN_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_REPORT = re.compile(r"信息公开.{0,12}?(?:年度?报|年度工作报|工作报告|工作.{0,3}报告|年.?度.?报|报告)")
_PERIOD = re.compile(r"(?P<year>20[0-4]\d)年?0?1月0?1日.{0,6}?(?:至|到|—|-|~|－).{0,10}?12月31日")
_CAPTION = re.compile(r"^(?:标题|题名|名称|信息名称|文件名称)[:：]")
_BEFORE_SUBJECT = re.compile(r"(?:关于)?(?:(?:政府)?信息公开|政务公开)")
_LONGEST_TITLE = 90
_SEARCHED_PARAGRAPHS = 60
_NOT_A_NAME = re.compile(r"[，。；：:;、|>]|年|^第|目录|首页|索引")


@dataclass(frozen=True, slots=True)
class Identity:
    """What a report says of itself. title: the words from which body and year were taken ("" if there are none)."""

    title: str
    agency: str | None
    title_year: int | None
    period_year: int | None

    @property
    def report_year(self) -> int | None:
        """The year on which the report is: that of its title, or of its period where the title has none."""
        return self.title_year or self.period_year


def identify(document: Document) -> Identity:
    """Find title, body, year of the title and year of the reporting period of a document."""
    paragraphs = _leading_paragraphs(document)
    candidates = list(_candidates(document, paragraphs))
    best = next((title for title in candidates if title.agency and title.title_year), None)
    best = best or next((title for title in candidates if title.agency or title.title_year), None) or Identity("", None, None, None)
    agency = best.agency or next((title.agency for title in candidates if title.agency), None)
    year = best.title_year or next((title.title_year for title in candidates if title.title_year), None)
    return Identity(best.title, agency, year, _period(document))


def read_title(text: str, line_before: str = "") -> Identity | None:
    """Take a title apart: body and year in any order. None where the text is no title of an annual report.

    line_before: the line printed above, which holds the body where the title itself does not.
    """
    bare = _CAPTION.sub("", compact(text))
    if len(bare) > _LONGEST_TITLE or not _REPORT.search(simplified(bare)) or re.search(r"[。；;]", bare):
        return None
    year = _YEAR.search(bare)
    plain = simplified(bare)
    subject = _BEFORE_SUBJECT.search(plain)
    assert subject is not None
    # Traditional and simplified texts have the same length up to here, so that places found in one hold in the other.
    head = bare[: subject.start()] if len(plain) == len(bare) else plain[: subject.start()]
    name = _YEAR.sub("", head).removesuffix("关于").strip("《》“”\"'()（）_-—的")
    above = compact(line_before)
    if not name and above and len(above) <= 40 and not _NOT_A_NAME.search(above):
        return Identity(f"{line_before.strip()}\n{text.strip()}", above, _year(year), None)
    return Identity(text.strip(), name or None, _year(year), None)


def is_title(text: str) -> bool:
    """Whether a paragraph is the title of an annual report, and not a link to one."""
    return any(read_title(line) is not None and not _is_navigation(line) for line in text.splitlines())


def _candidates(document: Document, paragraphs: Sequence[Paragraph]) -> Iterator[Identity]:
    """Possible titles, the likeliest first: printed above the text, then what the page says of itself."""
    before = ""
    for paragraph in paragraphs:
        lines = [line for line in paragraph.text.splitlines() if line.strip()]
        for line in lines:
            title = read_title(line, before)
            if title is not None and not _is_navigation(line):
                yield title
            before = line
        if len(lines) > 1:
            joined = read_title("".join(lines))
            if joined is not None:
                yield joined
    for key in ("article_title", "title"):
        for part in re.split(r"[_|]| - |——", document.metadata.get(key, "")):
            title = read_title(part)
            if title is not None:
                yield title


def _is_navigation(text: str) -> bool:
    return bool(re.search(r"[>»→|]|当前位置|您现在的位置|上一篇|下一篇", text))


def _leading_paragraphs(document: Document) -> list[Paragraph]:
    """The paragraphs before the first table of some size, where titles stand."""
    found: list[Paragraph] = []
    for block in document.blocks:
        if isinstance(block, Grid) and block.rows * block.columns >= 12 and found:
            break
        if isinstance(block, Paragraph):
            found.append(block)
    return found[:_SEARCHED_PARAGRAPHS]


def _period(document: Document) -> int | None:
    for paragraph in document.paragraphs():
        match = _PERIOD.search(compact(paragraph.text))
        if match:
            return int(match["year"])
    return None


def _year(match: re.Match[str] | None) -> int | None:
    if match is None:
        return None
    digits = match["digits"] or match["han"].translate(_HAN_DIGITS)
    return int(digits) if len(digits) == 4 else None
