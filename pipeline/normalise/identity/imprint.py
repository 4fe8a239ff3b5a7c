"""Whose report it is where no title says so: the body that signs it, or that the page names as its publisher or source."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from pipeline.normalise.identity.title import body_name, is_body
from pipeline.normalise.wording import compact, simplified
from pipeline.readers.model import Document, Grid

_HAN = "一二三四五六七八九十"
_IN_FIGURES = r"20\d\d-\d{1,2}-\d{1,2}|20\d\d年\d{1,2}月(?:\d{1,2}日)?"
_IN_WORDS = rf"二[〇○零0Oo{_HAN}]{{3}}年[{_HAN}]{{1,2}}月(?:[{_HAN}]{{1,3}}日)?"
_DAY = rf"[(（]?(?:{_IN_FIGURES}|{_IN_WORDS})[)）]?"
_ONLY_A_DAY = re.compile(_DAY)
_DAY_BEHIND = re.compile(_DAY + "$")
_IN_BRACKETS = re.compile(r"^\((.*)\)$")
_SEAL = re.compile(r"\((?:公章|盖章|印章|章)\)$")
_PUBLISHER = (
    "发布机构|发布机关|发布单位|发文机关|发文单位|发文机构|公开机构|公开单位|公开主体|责任部门|责任单位"
    "|信息提供单位|编制单位|编制机关|报告单位|填报单位"
)
_SOURCE = "信息来源|文章来源|稿件来源|来源"
_STATED = re.compile(
    rf"(?:(?P<publisher>{_PUBLISHER})|(?P<source>{_SOURCE}))[】\]]?\s*[:：]\s*"
    r"(?P<name>[^\s:：|【】]{2,45}?)(?=\s|$|[|【】]|(?:发布|公开|生成|成文|发文|更新|编辑|浏览|点击|访问|阅读|字体|字号|作者|日期|时间|索引|文号))"
)
_LABEL = re.compile(rf"(?:(?P<publisher>{_PUBLISHER})|(?P<source>{_SOURCE})):?")
_NOBODY = re.compile(
    r"(?:本[站网]|原创|县|市|区|旗|州|省|局|政府|人民政府|镇|乡|街道)?(?:办公室|办公厅|政府办|办|政务公开.*|信息.{0,6}|编辑部|综合.*)?"
)
_FIRST = ("signature", "publisher", "source")


class Imprint(NamedTuple):
    """A body and where it is named: `signature` (落款), `publisher` (发布机构) or `source` (来源), in which block of the document."""

    name: str
    place: str
    block: int | None


def imprints(document: Document) -> list[Imprint]:
    """The body that signs a document, the one named as publisher, and the one named as source, in this order, as far as they are named.

    Of several signatures the last counts. The site itself is no source: its name stands on every page.
    """
    sites = {compact(document.metadata.get("site_name", ""))}
    found: dict[str, Imprint] = {}
    for place, text, block in _named(document):
        name = whole_name(text)
        if name is None or (place == "source" and name in sites):
            continue
        if place == "signature":
            found[place] = Imprint(name, place, block)
        else:
            found.setdefault(place, Imprint(name, place, block))
    return [found[place] for place in _FIRST if place in found]


_Named = tuple[str, str, int | None]


def _named(document: Document) -> Iterator[_Named]:
    yield from _from_lines(document)
    for number, block in enumerate(document.blocks):
        if isinstance(block, Grid):
            yield from ((place, name, number) for place, name in _in_grid(block))
        else:
            yield from ((_place(match), match["name"], number) for match in _STATED.finditer(block.text))
    yield "source", document.metadata.get("source", ""), None


def _from_lines(document: Document) -> Iterator[_Named]:
    """A body on a line of its own below 发布机构 or above a day, or with the day behind it on the same line."""
    lines = [
        (compact(line), number)
        for number, block in enumerate(document.blocks)
        if not isinstance(block, Grid)
        for line in block.text.splitlines()
        if line.strip()
    ]
    for (line, number), (below, _) in zip_longest(lines, lines[1:], fillvalue=("", None)):
        if label := _LABEL.fullmatch(line):
            yield _place(label), below, number
        elif _ONLY_A_DAY.fullmatch(below):
            yield "signature", _SEAL.sub("", line), number
        elif (day := _DAY_BEHIND.search(line)) and day.start():
            yield "signature", _SEAL.sub("", line[: day.start()]), number


def _in_grid(grid: Grid) -> Iterator[tuple[str, str]]:
    """The cell behind one that says 发布机构, or a cell that says both."""
    for cell, behind in zip_longest(grid.cells, grid.cells[1:]):
        match = _LABEL.fullmatch(compact(cell.text))
        if match and behind is not None and behind.row == cell.row:
            yield _place(match), behind.text
        yield from ((_place(found), found["name"]) for found in _STATED.finditer(cell.text))


def _place(match: re.Match[str]) -> str:
    return "publisher" if match["publisher"] else "source"


def whole_name(text: str) -> str | None:
    """The name of a body that stands alone and says whose: neither 办公室 nor 县水务局; None for any other text."""
    name = body_name(_IN_BRACKETS.sub(r"\1", compact(text)))
    if name is None or not is_body(name) or _NOBODY.fullmatch(simplified(name)) or re.match(r"[县区旗州镇乡局](?!.*[县区市])", name):
        return None
    return name
