"""Through what things were published, where that is said in a list or in a clause before: 依托微信、抖音等新媒体，全年发布120条."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.asides import PUBLISHING
from pipeline.normalise.claims.model import Token

PUBLISHED, NEW_MEDIA = "disclosed_items.total", "disclosed_items.new_media"
_SOCIAL = frozenset(("wechat", "weibo", "new_media"))
_ANY = ("渠道", "途径", "方式", "形式", "载体", "手段")
_OF_ALL = ("own", "area", "cumulative")


def by_social_media_alone(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether what the figure at `place` counts was published through social media only, so that it is not all that was published.

    等多种渠道 behind the names leaves open what else there was.
    """
    for start, end in _clauses(tokens, place):
        ways = [number for number in range(start, end) if tokens[number].kind == "way"]
        if not ways:
            continue
        named = {word.word for word in (tokens[number].word for number in ways) if word}
        return named <= _SOCIAL and not _any_other(sentence, tokens, ways[-1], end)
    return False


def channel_before(tokens: Sequence[Token], place: int) -> str:
    """What a figure counts whose clause says no more than 公开信息33条, behind one of some channel (在网站发布动态19条，公开信息33条).

    Other where that may be the channel's or all that was published; "" where no channel was named before.
    """
    clause = next(_clauses(tokens, place))
    before = clause[0] - 2
    if before < 0 or tokens[before].kind != "figure" or tokens[before + 1].text not in "，,":
        return ""
    if any(token.kind in (*_OF_ALL, "period", "way") or token.text in ("共", "共计") for token in tokens[slice(*clause)]):
        return ""
    named = {
        token.word.word for earlier in _clauses(tokens, before) for token in tokens[slice(*earlier)] if token.kind == "way" and token.word
    }
    return "" if not named else NEW_MEDIA if named <= _SOCIAL else OTHER


def _clauses(tokens: Sequence[Token], place: int) -> Iterator[tuple[int, int]]:
    """The clause of a figure up to it, and those before that have neither figure nor verb of their own: first token, end."""
    end = place
    while end > 0:
        start = end
        while start > 0 and (tokens[start - 1].kind not in ("mark", "figure", "split", "among") or tokens[start - 1].text == "、"):
            start -= 1
        if end < place and any(token.word and token.word.word in PUBLISHING for token in tokens[start:end]):
            return
        yield start, end
        if not start or tokens[start - 1].text not in "，,":
            return
        end = start - 1


def _any_other(sentence: str, tokens: Sequence[Token], last: int, end: int) -> bool:
    """Whether 等 behind the last of several names, and a word for channels at large, follow (微信、抖音等多种渠道)."""
    behind = sentence[tokens[last].end : tokens[end].start if end < len(tokens) else len(sentence)]
    return behind.startswith("等") and any(word in behind for word in _ANY)
