"""The title of an annual report taken apart: the body and the year, in any order and wording."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.normalise.wording import compact, simplified

_LONGEST = 90
_LONGEST_NAME = 45
_HAN_ZERO = "〇○零0Oo"
_HAN_DIGITS = "一二三四五六七八九"
_YEAR = re.compile(
    rf"(?<!\d)(?P<digits>20[0-4]\d)(?:\s*年?度|\s*年|(?=\)|$|\D))|(?P<han>二[{_HAN_ZERO}][{_HAN_ZERO}{_HAN_DIGITS}]{{2}})\s*年度?"
)
_FROM_HAN = str.maketrans(_HAN_ZERO + _HAN_DIGITS, "0" * len(_HAN_ZERO) + "123456789")
_SUBJECT = re.compile(r"(?:政府)?信息(?:工作|主动|[和与及、]政务)?[公工]开|(?:党务)?政务公开")
_REPORT = re.compile(
    r"(?:(?:政府)?信息(?:工作|主动|[和与及、]政务)?[公工]开|(?:党务)?政务公开).{0,14}?(?:年度?报|年度工作报|工作报告|工作.{0,6}报告|告年度报|年.?度.?报|报告)"
)
_NO_TITLE = re.compile(r"解读|图解|一图|读懂|图说|[。;；]|^根据|^按照|,|当前位置|您现在的位置|上一篇|下一篇|[>»→|]")
_NO_REPORT = re.compile(r"法治|(?<!年度报告)统计表|指南|目录|制度|方案|要点|考核|总结$")  # behind 政府信息公开; before it stands the body
_BEFORE_TITLE = re.compile(
    r"^(?:(?:标题|题名|名称|信息名称|文件名称|附件\d*|(?:关于)?(?:更正|修订|修改|重新发布|重新公布)(?:后的?|版|的)?)[:：.、]?|\d{1,2}[.、](?!\d))+"
)
_FORWARDED = re.compile(
    r"^(?P<sender>.{0,40}?)关于(?:印发|公布|发布|转发|公开|更正|修订|重新发布|重新公布)?(?P<title>.+)的(?:通知|公告|公示|更正公告|更正说明)$"
)
_BEHIND = re.compile(r"(?:\((?P<bracketed>[^()]{4,40})\)|报告(?:——|—|-|:)(?P<dashed>[^-—:()]{4,40}))$")
_NOT_ITS_YEAR = re.compile(
    r"[(\[〔【]20\d\d年\d{1,2}月(?:\d{1,2}日)?(?:更正|修订|修改|更新|重新发布|重新公布)[版稿]?[)\]〕】]"
    r"|[(\[〔【]?20\d\d(?:年\d{1,2}月\d{1,2}日|[-./]\d{1,2}[-./]\d{1,2}(?![-./\d]))[)\]〕】]?|^.{0,12}[(\[〔【]20\d\d[)\]〕】]第?\d{1,4}号"
)
_RUBRIC = re.compile(r"^(?:[【\[〔][^】\]〕]{2,12}[】\]〕]|\([^()]{2,5}\)(?=.{4}))")  # 【年度报告】 or （公开件） before the title
# What heads a report too, but other papers as well: taken only above the tables of a report that has no better title.
_OTHERWISE = re.compile(
    r"^(?P<head>.{0,60}?)(?P<subject>(?:政府)?信息公开(?:工作)?(?:年度)?(?:工作)?总结|(?:信息|政务)?公开(?:工作)?情况(?:年度)?报告|年度?报告?|年度工作报告)$"
)
_MISTYPED_YEAR = re.compile(r"(?<!\d)(?:2\d{4,5}|20\d)年(?:度|(?!\d))")  # 20223年, 202年
# Another subject of the same report, before 政府信息公开: it is no part of the body's name.
_OTHER_SUBJECT = re.compile(r"(?:法治政府建设|法治建设|依法行政|政务公开|政务服务)(?:工作)?(?:情况)?[暨及和与、]$")
_OFFICE_OF_GOVERNMENT = re.compile(r"办公[室厅]$|政府办$")  # it publishes for its government
_VERB = re.compile(r"关于(?:报送|上报|呈报|印发|公布|公开|发布|编制)?$|^关于(?:报送|上报|呈报|印发|公布|公开|发布|编制)?")
_PLACEHOLDER = re.compile(r"[XxΧ×*＊_○●□]{2,}|某某|\.\.\.|…")
_OURSELVES = re.compile(r"^(?:现?[将就把])?[本我](?:单位|机关|级|部门|局|委|办|厅|院|处|所|中心|镇|乡|街道|县|市|区|省|旗|街)")
_SITE = re.compile(r"网$|网站|门户|首页|公开平台|公开专栏|信息公开$|[:：,，!?？/\\@]|^第|年度|年报|年$|[\d本上去今]年")
_BODY_END = re.compile(r"[局委办厅府镇乡道处心院部所站队会社司校学行区县市省旗州盟团馆台园场室组厂矿庭联协中木街]\)?$")


class Title(NamedTuple):
    """What a title says; None for what it does not say."""

    name: str | None
    year: int | None


@lru_cache(maxsize=4096)
def read_title(text: str) -> Title | None:
    """Take a title apart. None where the text is no title of an annual report (an explanation of one, a link, a sentence)."""
    bare = _BEFORE_TITLE.sub("", compact(text))
    forwarded = _FORWARDED.match(bare)
    if forwarded:  # the body whose report it is, and not the office that sends it round; that office where no other is named
        inner = read_title(forwarded["title"])
        return inner._replace(name=inner.name or body_name(forwarded["sender"])) if inner else None
    bare = _NOT_ITS_YEAR.sub("", bare)
    plain = simplified(bare)
    if len(bare) > _LONGEST or not _REPORT.search(plain) or _NO_TITLE.search(plain):
        return None
    subject = _subject_of(plain)
    if subject is None or _NO_REPORT.search(plain, subject.end()):
        return None
    # Traditional and simplified texts have the same length up to here, so that places found in one hold in the other.
    head = bare[: subject.start()] if len(plain) == len(bare) else plain[: subject.start()]
    head = _OTHER_SUBJECT.sub("", head)
    years = list(_YEAR.finditer(head))
    year = _year_of(years[-1]) if years else year_in(bare)
    name, behind = body_name(_MISTYPED_YEAR.sub("", _YEAR.sub("", head))), _behind(bare)
    if name and behind and behind.startswith(name) and not _OFFICE_OF_GOVERNMENT.search(behind):  # 沐云区2023年…报告（沐云区财政局）
        name = behind
    return Title(name or behind, year)


def read_other_title(text: str) -> Title | None:
    """A title taken apart that may head other papers too: 政府信息公开工作总结, 公开情况报告, 年报. None where it names no body."""
    bare = _BEFORE_TITLE.sub("", compact(text))
    plain = simplified(bare)
    match = _OTHERWISE.match(plain) if len(plain) == len(bare) else None
    if match is None or _NO_TITLE.search(plain):
        return None
    head = bare[: match.end("head")]
    years = list(_YEAR.finditer(bare))
    name = body_name(_MISTYPED_YEAR.sub("", _YEAR.sub("", head)))
    return Title(name, _year_of(years[-1]) if years else None) if name and is_body(name) else None


def mistyped_year(text: str) -> str | None:
    """A number before 年 in a title that has a digit too many or too few: 20223年."""
    match = _MISTYPED_YEAR.search(compact(text))
    return match[0] if match else None


def _subject_of(title: str) -> re.Match[str] | None:
    """Where a title says what is reported on: the last such words, for a body may be called 信息公开办公室 itself."""
    found = [match for match in _SUBJECT.finditer(title) if _REPORT.match(title, match.start())]
    for match in reversed(found[1:]):
        if is_body(title[: match.start()]):
            return match
    return next(iter(found), None)


def _behind(title: str) -> str | None:
    """The body in brackets or behind a dash at the end of a title that names none before."""
    match = _BEHIND.search(title)
    name = (match["bracketed"] or match["dashed"]) if match else None
    return body_name(name) if name and is_body(name) else None


def body_name(text: str) -> str | None:
    """The name of a body, or None for what is no name: a placeholder, 本机关, the name of a web site, nothing."""
    name = _VERB.sub("", _RUBRIC.sub("", compact(text))).strip("《》“”\"'_-—的·.")
    if name.count("(") != name.count(")"):
        name = name.strip("()")
    name = name.removeprefix("()").removesuffix("()").replace("(", "（").replace(")", "）")
    plain = simplified(name)
    if not 2 <= len(name) <= _LONGEST_NAME or _PLACEHOLDER.search(name) or _OURSELVES.match(plain) or _SITE.search(plain):
        return None
    return name


def is_body(text: str) -> bool:
    """Whether a line holds nothing but what looks like the name of a body (with a year, perhaps)."""
    name = body_name(_YEAR.sub("", compact(text)))
    return name is not None and bool(_BODY_END.search(compact(simplified(name))))


def is_year(text: str) -> bool:
    """Whether a line holds nothing but a year: 2023年, （2023年度）, 二〇二三年."""
    return bool(_YEAR.fullmatch(compact(text).strip("()")))


def year_in(text: str) -> int | None:
    """The first year in a text, in figures or Chinese numerals."""
    match = _YEAR.search(compact(text))
    return _year_of(match) if match else None


def _year_of(match: re.Match[str]) -> int | None:
    year = int(match["digits"] or match["han"].translate(_FROM_HAN))
    return year if 2000 <= year < 2050 else None
