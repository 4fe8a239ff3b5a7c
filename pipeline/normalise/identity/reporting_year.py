"""For which year a report is, where its title may not say so: from the reporting period, its opening, or the day it was published."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pipeline.normalise.wording import compact, simplified

_BETWEEN = r".{0,6}?(?:至|到|—|-|~|－).{0,10}?"
_PERIOD = re.compile(rf"(?P<year>20[0-4]\d)年?0?1月0?1日{_BETWEEN}12月?31日?")
_SHORT_PERIOD = re.compile(rf"(?P<year>20[0-4]\d)(?:年0?1月|[-./]0?1[-./]0?1){_BETWEEN}12(?:月|[-./]31)")
_SENTENCE_END = re.compile(r"[。;；]")
_ABOUT_THE_PERIOD = re.compile(r"统计|期限|报告期|起止|本报告|截止")
_OPENING = re.compile(r"(?:现(?:将|公布|发布|就)|编制).{0,60}?(?P<year>20[0-4]\d)年度?(?:政府)?信息公开")
_FIRST_SENTENCE = re.compile(r"^(?:\([一二三]\))?(?P<year>20[0-4]\d)年度?(?:以来)?[,、]?(?=[我本全县区市镇乡街局在])")
_PUBLISHED = re.compile(
    r"(?:发布|生成|成文|公开|发文|印发|更新|公布)(?:日期|时间)[】\]]?[:：]?(?P<year>20[0-4]\d)(?:年\d{1,2}月|[-./]\d{1,2}[-./])"
)
_ONLY_A_DAY = re.compile(r"^[^,。]{0,40}?(?P<year>20[0-4]\d)年\d{1,2}月(?:\d{1,2}日)?\)?$")  # below the signature
_HAN = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_HAN_YEAR = re.compile(r"二[〇○零一二三四五六七八九]{3}年")


def period_year(texts: Iterable[str], title_year: int | None) -> int | None:
    """The year of the reporting period: that of a sentence about it, else of any year from its first day to its last.

    A report may compare two whole years; where no sentence is about the period, the year of the title is looked for first.
    """
    found: list[tuple[bool, int]] = []
    for sentence in (sentence for text in texts for sentence in _SENTENCE_END.split(text)):
        about = bool(_ABOUT_THE_PERIOD.search(sentence))
        for pattern in (_PERIOD, _SHORT_PERIOD) if about else (_PERIOD,):
            found += ((about, int(match["year"])) for match in pattern.finditer(in_figures(sentence)))
    stated = [year for about, year in found if about] or [year for _, year in found]
    return title_year if title_year in stated else next(iter(stated), None)


def opening_year(texts: Iterable[str]) -> int | None:
    """The year in a sentence at the beginning, such as 现公布2023年政府信息公开工作年度报告 or 2023年，我局认真贯彻."""
    texts = list(texts)
    return _first(_OPENING, texts) or _first(_FIRST_SENTENCE, texts)


def published_year(texts: Iterable[str]) -> int | None:
    """The year of the day of publication, or of the day below the signature, that is printed on the page."""
    texts = list(texts)
    return _first(_PUBLISHED, texts) or _first(_ONLY_A_DAY, texts[::-1])


def texts_with_years(texts: Iterable[str]) -> Iterator[str]:
    """The texts that may name a year, as they are compared."""
    return (compact(simplified(text)) for text in texts if "20" in text or "２" in text or "二" in text)


def _first(pattern: re.Pattern[str], texts: Iterable[str]) -> int | None:
    return next((int(match["year"]) for text in texts if (match := pattern.search(in_figures(text)))), None)


def in_figures(text: str) -> str:
    """二〇二三年一月一日 as 2023年1月1日."""
    if not _HAN_YEAR.search(text):
        return text
    text = re.sub(r"十([一二])月", lambda match: "1" + match[1].translate(_HAN) + "月", text)
    text = re.sub(r"三十一日", "31日", text)
    text = re.sub(r"([一二三四五六七八九])(?=[月日])", lambda match: match[1].translate(_HAN), text)
    return _HAN_YEAR.sub(lambda match: match[0].translate(_HAN), text)
