"""What stands around the words of a label in a list: its number and level, 其中, and a unit in brackets."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

from pipeline.catalog.model import Catalog
from pipeline.normalise.wording import compact, simplified

_NUMERAL = "一二三四五六七八九十"
_LEVELS = (
    re.compile(rf"([{_NUMERAL}]{{1,3}})[、.,:]"),
    re.compile(rf"\(([{_NUMERAL}]{{1,3}})\)[、.,]?"),
    re.compile(r"(\d{1,2})(?:[、.,](?!\d)|(?=[一-鿿]))"),
    re.compile(r"\((\d{1,2})\)[、.,]?"),
)
_CIRCLED = re.compile(r"\s*[①-⑳]")
_INNERMOST = len(_LEVELS) + 1
_INNER = re.compile(r"其中[::,、]?")


class Marked(NamedTuple):
    """A label taken apart. level: 1 for 一、 to 5 for ①, 0 without a number; inner: 其中 stands before it."""

    text: str
    level: int
    number: int | None
    inner: bool
    unit: str


@lru_cache(maxsize=16384)
def marked(catalog: Catalog, text: str) -> Marked:
    """The label with its marks; `text` is compact, simplified and bare of all of them."""
    bare = compact(simplified(text))
    level, number, inner = 0, None, False
    circled = bool(_CIRCLED.match(text))
    while True:
        if match := _INNER.match(bare):
            inner = True
        elif found := next(((at, match) for at, one in enumerate(_LEVELS, start=1) if (match := one.match(bare))), None):
            at, match = found
            if not level:
                level, number = (_INNERMOST if circled and at == 3 else at), _value(match[1])
        else:
            break
        bare = bare[match.end() :]
    unit = _unit(catalog).search(bare)
    return Marked(bare[: unit.start()] if unit else bare, level, number, inner, unit["inside"] or unit["behind"] if unit else "")


def _value(numeral: str) -> int:
    if numeral.isdigit():
        return int(numeral)
    import cn2an  # slow to load

    return int(cn2an.cn2an(numeral, "smart"))


@lru_cache(maxsize=8)
def _unit(catalog: Catalog) -> re.Pattern[str]:
    units = "|".join(sorted((re.escape(unit.unit) for unit in catalog.units), key=len, reverse=True))
    return re.compile(rf"[(\[](?:单位:?)?(?P<inside>{units})[)\]]$|,?单位:?(?P<behind>{units})$")
