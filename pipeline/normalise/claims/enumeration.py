"""Figures that several things share: 网络、信函申请分别为3件、4件; 复议、诉讼均为0件."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from pipeline.normalise.claims.model import Token

_HEADS = ("thing", "way", "act")
_JOINTS = frozenset(("、", "和", "与", "及", "或", "以及"))


class Shared(NamedTuple):
    """What one of the things named says of a figure; unit: of the last figure where the others have none."""

    near_first: list[Token]
    unit: str | None
    period: str | None = None


def shared_figures(sentence: str, tokens: Sequence[Token]) -> dict[int, list[Shared]]:
    """By the place of each figure that is shared, what it says of which thing."""
    found: dict[int, list[Shared]] = {}
    for place, token in enumerate(tokens):
        if token.kind == "each":
            found.update(_respectively(tokens, place))
        elif token.kind == "all" and token.text in ("均", "都", "皆"):
            found.update(_alike(tokens, place))
    return found


def _respectively(tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    items = _items(tokens, place)
    figures, common = _figures(tokens, place)
    if len(items) < 2 or len(items) != len(figures):
        return {}
    figure = tokens[figures[-1]].figure
    unit = figure.unit if figure else None
    shared: dict[int, list[Shared]] = {}
    for item, number in zip(items, figures, strict=True):
        heads = [token for token in item if token.kind in _HEADS]
        period = next((token.value for token in item if token.kind == "period" and token.value), None)
        rest = [token for token in items[-1] if token.kind in _HEADS and token not in heads] if not heads else []
        shared[number] = [Shared([*reversed(heads), *reversed(common), *reversed(rest)], unit, period)]
    return shared


def _alike(tokens: Sequence[Token], place: int) -> dict[int, list[Shared]]:
    items = [[token for token in item if token.kind in _HEADS] for item in _items(tokens, place)]
    figures, common = _figures(tokens, place)
    if len(figures) != 1 or common or not all(items) or not items:
        return {}
    return {figures[0]: [Shared(list(reversed(item)), None) for item in items]}


def _items(tokens: Sequence[Token], place: int) -> list[list[Token]]:
    """The things named before, parted by 、 and 和."""
    items: list[list[Token]] = [[]]
    for token in reversed(tokens[:place]):
        if token.kind == "figure" or (token.kind == "mark" and token.text != "、"):
            break
        if token.text in _JOINTS:
            items.append([])
        else:
            items[-1].append(token)
    return [list(reversed(item)) for item in reversed(items) if item]


def _figures(tokens: Sequence[Token], place: int) -> tuple[list[int], list[Token]]:
    """The figures after a place, with nothing but 、 and 和 between them, and the words before the first."""
    figures: list[int] = []
    common: list[Token] = []
    for number in range(place + 1, len(tokens)):
        token = tokens[number]
        if token.kind == "figure":
            figures.append(number)
        elif figures and token.text not in _JOINTS and token.text not in ("，", ","):
            break
        elif not figures and token.kind in _HEADS:
            common.append(token)
        elif not figures and token.kind == "mark":
            break
    return figures, common
