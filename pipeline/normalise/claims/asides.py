"""What stands inside a clause and is passed over: a bracket before the figure, examples named before 等."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.normalise.claims.model import Token

PUBLISHING = ("open", "disclose", "publish", "newly_disclose")


def without_aside(tokens: Sequence[Token], place: int) -> tuple[Sequence[Token], int]:
    """The tokens with a bracket in the clause of the figure as one (受理申请（含上年结转5件）共计66件; 微信（1个）发布12条)."""
    close = place - 1
    while close > 0 and tokens[close].kind not in ("mark", "figure", "split", "among"):
        close -= 1
    if close <= 0 or tokens[close].text != "）" or place - close < 2:
        return tokens, place
    opening = next((number for number in range(close - 1, -1, -1) if tokens[number].text in "（）"), 0)
    if tokens[opening].text != "（" or not opening or tokens[opening - 1].kind in ("figure", "mark"):
        return tokens, place
    aside = Token("filler", "", tokens[opening].start, tokens[close].end)
    return [*tokens[:opening], aside, *tokens[close + 1 :]], place - (close - opening)


def without_examples(tokens: Sequence[Token], place: int) -> tuple[Sequence[Token], int]:
    """The tokens with examples of what was published as one (通过网站发布工作动态、公告、规划等信息40条), so that the verb is near."""
    start = place - len(list(takewhile(lambda token: token.kind != "figure" and _goes_on(token), reversed(tokens[:place]))))
    etc = next((at for at in range(place - 1, start, -1) if tokens[at].kind == "filler" and tokens[at].text == "等"), None)
    commas = [at for at in range(start, etc or start) if tokens[at].text == "、"]
    if etc is None or not commas:
        return tokens, place
    verbs = [at for at in range(start, commas[0]) if _publishes(tokens[at])]
    if not verbs:
        return tokens, place
    verb = verbs[-1]
    examples = Token("filler", "", tokens[verb].end, tokens[etc].end)
    return [*tokens[: verb + 1], examples, *tokens[etc + 1 :]], place - (etc - verb) + 1


def _publishes(token: Token) -> bool:
    return token.word is not None and token.word.word in PUBLISHING


def _goes_on(token: Token) -> bool:
    return token.kind != "mark" or token.text == "、"
