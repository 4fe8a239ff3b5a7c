"""Where the clause of a figure begins, and what in it nobody knows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.tokens import unknown

_HEADS = ("thing", "way", "act")
_HARD = frozenset("；;（(：:！？!?")
_COLONS = frozenset("：:")
_BY = ("通过", "依托", "利用", "以", "方面", "在")


def clause_start(sentence: str, tokens: Sequence[Token], place: int) -> int:
    """Where the clause before a figure begins; where it says nothing, the clauses before that up to the next figure."""
    says, crossed = False, 0
    for number in range(place - 1, -1, -1):
        token = tokens[number]
        if token.kind in ("figure", "split", "among", "none", "except"):
            return crossed or number + 1  # a clause with a figure of its own says nothing of this one
        if token.kind == "mark" and (
            (says and not _names_means(tokens, number) and not _listed_under_verb(tokens, number))
            or (token.text in _HARD and not _announces(tokens, number, place))
            or gaps(sentence, token.end, tokens[place].start, tokens[number:place])
        ):
            return number + 1
        crossed = number + 1 if token.kind == "mark" else crossed
        says = says or token.kind in _HEADS
    return 0


def _names_means(tokens: Sequence[Token], comma: int) -> bool:
    """Whether the clause before a comma says only by what means (通过门户网站，全年发布120条; 网站方面，)."""
    clause = list(takewhile(lambda token: token.kind != "mark", reversed(tokens[:comma])))
    said = [token for token in clause if token.kind in (*_HEADS, "figure", "none", "all", "split")]
    return tokens[comma].text in "，," and len(said) == 1 and said[0].kind == "way" and any(token.text in _BY for token in clause)


def _listed_under_verb(tokens: Sequence[Token], joint: int) -> bool:
    """Whether nothing that counts stands between the verb and 、 (推送各类报道、信息215条), so that the verb is of what follows too."""
    before = list(takewhile(lambda token: token.kind == "filler", reversed(tokens[:joint])))
    verb = tokens[joint - len(before) - 1] if len(before) < joint else None
    return tokens[joint].text == "、" and bool(before) and verb is not None and verb.kind == "act"


def _announces(tokens: Sequence[Token], colon: int, place: int) -> bool:
    """Whether a colon stands between a statement without figures and a list of times (申请量逐年增加：2021年118件)."""
    if tokens[colon].text not in _COLONS or not any(token.kind == "period" and token.value for token in tokens[colon:place]):
        return False
    return not any(token.kind == "figure" for token in tokens[:colon])


def gaps(sentence: str, start: int, end: int, tokens: Sequence[Token]) -> str:
    """The unknown characters between two places that no token covers."""
    left: list[str] = []
    for token in tokens:
        if token.start >= start and token.end <= end:
            left.append(sentence[start : token.start])
            start = token.end
    left.append(sentence[start:end])
    return unknown("".join(left))
