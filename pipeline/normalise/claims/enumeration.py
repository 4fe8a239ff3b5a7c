"""Figures that several things share: 网络、信函申请分别为3件、4件; 复议、诉讼均为0件; 申请量和办结量各下降12%."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile
from typing import NamedTuple

from pipeline.catalog.claims import DIRECTIONS
from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.tokens import period_of

_HEADS = ("thing", "way", "act")
_JOINTS = frozenset(("、", "和", "与", "及", "或", "以及"))
_ALIKE = frozenset(("均", "都", "皆", "各"))
_MOST_YEARS = 20  # of a range whose years are told one by one


class Shared(NamedTuple):
    """What one of the things named says of a figure; unit: of the last figure where the others have none.

    said: the place of the word that shares them out; direction: the figures are rises or falls; base: what they are shares of.
    """

    near_first: list[Token]
    said: int
    unit: str | None = None
    period: str | None = None
    direction: str | None = None
    base: Sequence[Token] = ()


class _Figures(NamedTuple):
    """Figures behind a word that shares them out: their places, the words before the first, what they are shares of, rise or fall."""

    places: list[int]
    common: list[Token]
    base: list[Token]
    direction: str | None


def shared_figures(sentence: str, tokens: Sequence[Token], report_year: int | None) -> dict[int, list[Shared]]:
    """By the place of each figure that is shared, what it says of which thing."""
    found: dict[int, list[Shared]] = {}
    for place, token in enumerate(tokens):
        if token.kind == "each":
            found.update(_respectively(tokens, place, report_year))
        elif token.kind == "all" and token.text in _ALIKE:
            found.update(_alike(tokens, place))
    return found


def _respectively(tokens: Sequence[Token], place: int, report_year: int | None) -> dict[int, list[Shared]]:
    items = _items(tokens, place)
    figures = _figures(tokens, place)
    periods = [next((token.value for token in item if token.kind == "period" and token.value), None) for item in items]
    if len(items) == 1 and (years := _years(items[0])):
        items, periods = items * len(years), [period_of("year", f"{year}", report_year) for year in years]
    if len(items) < 2 or len(items) != len(figures.places):
        return {}
    figure = tokens[figures.places[-1]].figure
    unit = figure.unit if figure else None
    shared: dict[int, list[Shared]] = {}
    for item, period, number in zip(items, periods, figures.places, strict=True):
        heads = [token for token in item if token.kind in _HEADS]
        rest = [token for token in items[-1] if token.kind in _HEADS and token not in heads] if not heads else []
        near_first = [*reversed(heads), *reversed(figures.common), *reversed(rest)]
        shared[number] = [Shared(near_first, place, unit, period, figures.direction, figures.base)]
    return shared


def _years(item: Sequence[Token]) -> list[int]:
    """The years of a range that is the only time named (2018年至2020年分别为…)."""
    times = [token for token in item if token.kind == "period"]
    named = [int(year) for year in re.findall(r"\d{4}", times[0].text)] if len(times) == 1 else []
    return list(range(named[0], named[-1] + 1)) if len(named) == 2 and 0 < named[1] - named[0] < _MOST_YEARS else []


def _alike(tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    items = [[token for token in item if token.kind in _HEADS] for item in _items(tokens, place)]
    figures = _figures(tokens, place)
    if len(figures.places) != 1 or figures.common or not all(items) or not items:
        return {}
    each = [Shared(list(reversed(item)), place, direction=figures.direction, base=figures.base) for item in items]
    return {figures.places[0]: each}


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
    """The figures after a place, with nothing but 、 and 和 between them."""
    found = _Figures([], [], [], next((token.kind for token in tokens[place + 1 : place + 3] if token.kind in DIRECTIONS), None))
    into = found.common
    for number in range(place + 1, len(tokens)):
        token = tokens[number]
        if token.kind == "figure":
            found.places.append(number)
        elif found.places and token.text not in _JOINTS and token.text not in ("，", ","):
            break
        elif not found.places and token.kind == "share":
            into = found.base
        elif not found.places and token.kind in _HEADS:
            into.append(token)
        elif not found.places and token.kind == "mark":
            break
    return found
