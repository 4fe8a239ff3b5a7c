"""Figures that several things share: 网络、信函申请分别为3件、4件; 复议、诉讼均为0件; 申请量和办结量各下降12%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import chain, pairwise, takewhile
from typing import NamedTuple

from pipeline.catalog.claims import DIRECTIONS
from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.tokens import period_of, unknown

_HEADS = ("thing", "way", "act")
_JOINTS = frozenset(("、", "和", "与", "及", "或", "以及"))
_CAME, _WENT = ("receive", "new"), "close"
_AND = ("并", "和", "与", "及", "、", "已", "均", "全部", "以及")
_ALIKE = frozenset(("均", "都", "皆", "各"))
_LISTED = re.compile(r"[、和与及]")
_MOST_YEARS = 20  # of a range whose years are told one by one


class Shared(NamedTuple):
    """What one of the things named says of a figure; unit: of the last figure where the others have none.

    said: the place of the word that shares them out; direction: the figures are rises or falls; base: what they are shares of;
    order: which of how many it is, where nothing is named; against: the time that it is compared with.
    """

    near_first: list[Token]
    said: int
    unit: str | None = None
    period: str | None = None
    direction: str | None = None
    base: Sequence[Token] = ()
    order: tuple[int, int] | None = None
    against: str | None = None


class _Figures(NamedTuple):
    """Figures behind a word that shares them out: their places, rise or fall of each, words before the first, what they are shares of."""

    places: list[int]
    directions: list[str | None]
    common: list[Token]
    base: list[Token]


def shared_figures(sentence: str, tokens: Sequence[Token], report_year: int | None) -> dict[int, list[Shared]]:
    """By the place of each figure that is shared, what it says of which thing."""
    found: dict[int, list[Shared]] = {}
    for place, token in enumerate(tokens):
        if token.kind == "each":
            found.update(_respectively(sentence, tokens, place, report_year))
        elif token.kind == "all" and token.text in _ALIKE:
            found.update(_alike(sentence, tokens, place))
        elif token.word and token.word.word in _CAME:
            found.update(_came_and_went(sentence, tokens, place))
        elif token.figure is not None and token.figure.value == 0 and place not in found:
            found.update(_none_of_either(sentence, tokens, place))
    return found


def _none_of_either(sentence: str, tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    """行政复议、行政诉讼0件: where there is none of several things together, there is none of each; a verb said once holds for all."""
    items = _items(tokens, place)
    things = [list(_heads(sentence, tokens, item) or []) for item in items]
    if len(items) < 2 or not all(any(token.kind == "thing" for token in each) for each in things):
        return {}
    if any(unknown(sentence[one.end : other.start]) for one, other in pairwise(tokens[tokens.index(items[0][0]) : place + 1])):
        return {}
    acts = [token for token in things[0] if token.kind == "act"]
    return {place: [Shared([*reversed(each), *(act for act in acts if act not in each)], place) for each in things]}


def _came_and_went(sentence: str, tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    """受理并办结申请19件, 申请受理和答复9件: one figure says how many came and how many were closed."""
    closing = place + 1
    while closing < len(tokens) and tokens[closing].text in _AND:
        closing += 1
    went = tokens[closing] if closing < len(tokens) else None
    if went is None or went.word is None or went.word.word != _WENT:
        return {}
    end = next((at for at in range(closing, len(tokens)) if tokens[at].kind in ("mark", "figure", "none", "all")), len(tokens))
    start = place - len(list(takewhile(lambda token: token.kind not in ("mark", "figure", "split", "none"), reversed(tokens[:place]))))
    if end == len(tokens) or tokens[end].kind != "figure":
        return {}
    if unknown(sentence[tokens[place].end : went.start]) or unknown(sentence[tokens[end - 1].end : tokens[end].start]):
        return {}
    heads = [token for token in tokens[start:end] if token.kind in _HEADS and token not in (tokens[place], went)]
    if [token.word.word for token in heads if token.word] != ["request"]:
        return {}
    heads.reverse()
    return {end: [Shared([*heads, went], place), Shared([*heads, tokens[place]], place)]}  # parts are of those that came


def _respectively(sentence: str, tokens: Sequence[Token], place: int, report_year: int | None) -> dict[int, list[Shared]]:
    """Figures one by one for the things named; where there are not as many, nobody can tell whose each of several is."""
    figures = _figures(tokens, place)
    count = len(figures.places)
    if count < 2:
        return {}
    items, periods = _named(tokens, place, count, report_year)
    ways = list(enumerate(zip(figures.places, figures.directions, strict=True)))
    if len(items) != count:
        return {at: [Shared([], place, direction=way, order=(number, count))] for number, (at, way) in ways}
    if all(periods) and any(token.kind == "compare" for token in items[0]):  # 申请量较2022年、2021年分别增长10%、25%
        of = [token for token in reversed(items[0]) if token.kind in _HEADS]
        return {at: [Shared(of, place, direction=way, against=periods[number])] for number, (at, way) in ways}
    last = tokens[figures.places[-1]].figure
    unit = last.unit if last else None
    shared: dict[int, list[Shared]] = {}
    for number, (at, way) in ways:
        heads = _heads(sentence, tokens, items[number])
        if heads is None:
            shared[at] = [Shared([], place, unit, None, way)]
            continue
        rest = [token for token in items[-1] if token.kind in _HEADS] if not heads else []
        near_first = [*reversed(heads), *reversed(figures.common), *reversed(rest)]
        shared[at] = [Shared(near_first, place, unit, periods[number], way, figures.base)]
    return shared


def _named(tokens: Sequence[Token], place: int, count: int, report_year: int | None) -> tuple[list[list[Token]], list[str | None]]:
    """The things named before the word at `place` for so many figures, and the times that they name."""
    items = _items(tokens, place)
    before = _items(tokens, _clause_before(tokens, place))
    if not _say(items) and not (len(items) == 1 and _years(items[0])):  # 申请量、复议量均有所下降，分别下降5%、10%
        items = before
    if len(items) == 1:
        named = [token for token in items[0] if token.kind in _HEADS]
        if len(named) == count and all(token.kind == "way" for token in named):  # “予以公开”“部分公开”分别为…
            return [[head] for head in named], [None] * count
        if years := _years(items[0]) or _years(list(chain(*before))):
            return items * len(years), [period_of("year", f"{year}", report_year) for year in years]
    return items, _periods(items)


def _periods(items: Sequence[Sequence[Token]]) -> list[str | None]:
    """The time that each item names."""
    return [next((token.value for token in item if token.kind == "period" and token.value), None) for item in items]


def _alike(sentence: str, tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    items = _items(tokens, place)
    figures = _figures(tokens, place)
    if place and unknown(sentence[tokens[place - 1].end : tokens[place].start]):
        return {}  # 占比最高的为成都591件
    if len(figures.places) != 1 or figures.common or not items or not all(_say([item]) for item in items):
        return {}
    heads = [_heads(sentence, tokens, item) for item in items]
    return {
        figures.places[0]: [Shared(list(reversed(each or [])), place, direction=figures.directions[0], base=figures.base) for each in heads]
    }


def _say(items: Sequence[Sequence[Token]]) -> bool:
    """Whether things or times are named."""
    return any(
        token.kind in _HEADS or (token.kind == "period" and token.value and item[number - 1].kind != "compare")
        for item in items
        for number, token in enumerate(item)
    )


def _heads(sentence: str, tokens: Sequence[Token], item: Sequence[Token]) -> list[Token] | None:
    """The words that say what an item is; None where the last of them goes on with characters that nobody knows (答复规范率)."""
    heads = [token for token in item if token.kind in _HEADS]
    if heads and unknown(sentence[heads[-1].end : next(token.start for token in tokens if token.start >= heads[-1].end)]):
        return None
    return heads


def _clause_before(tokens: Sequence[Token], place: int) -> int:
    """The place where the things of the clause before are all named: its word for all or each, or its end."""
    end = next((number for number in range(place - 1, -1, -1) if tokens[number].kind == "mark" and tokens[number].text != "、"), 0)
    for number in range(end - 1, -1, -1):
        if tokens[number].kind in ("mark", "figure") and tokens[number].text != "、":
            break
        if tokens[number].kind in ("all", "each"):
            return number
    return end


def _years(item: Sequence[Token]) -> list[int]:
    """The years of a range or list that is the only time named (2018年至2020年分别为…, 2019、2020年分别为…)."""
    times = [token for token in item if token.kind == "period"]
    named = [int(year) for year in re.findall(r"\d{4}", times[0].text)] if len(times) == 1 else []
    if times and named and _LISTED.search(times[0].text):
        return named
    return list(range(named[0], named[-1] + 1)) if len(named) == 2 and 0 < named[1] - named[0] < _MOST_YEARS else []


def _items(tokens: Sequence[Token], place: int) -> list[list[Token]]:
    """The things named before, parted by 、 and 和."""
    items: list[list[Token]] = [[]]
    for token in takewhile(lambda token: token.kind != "figure" and (token.kind != "mark" or token.text == "、"), reversed(tokens[:place])):
        if token.text in _JOINTS:
            items.append([])
        else:
            items[-1].append(token)
    return [list(reversed(item)) for item in reversed(items) if item]


def _figures(tokens: Sequence[Token], place: int) -> _Figures:
    """The figures after a place, with nothing but 、 and 和, and words of rise and fall, between them."""
    found = _Figures([], [], [], [])
    into, direction = found.common, None
    for number in range(place + 1, len(tokens)):
        token = tokens[number]
        if token.kind == "figure":
            found.places.append(number)
            found.directions.append(direction)
        elif token.kind in DIRECTIONS:
            direction = token.kind
        elif found.places and token.text not in _JOINTS and token.text not in ("，", ","):
            break
        elif not found.places and token.kind == "share":
            into = found.base
        elif not found.places and token.kind in _HEADS:
            into.append(token)
        elif not found.places and token.kind == "mark":
            break
    return found
