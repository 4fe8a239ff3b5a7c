"""Words that stand for figures: 未收到申请, 无行政复议、诉讼案件; 全部办结."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.catalog.claims import ClaimRule
from pipeline.normalise.claims.clauses import gaps
from pipeline.normalise.claims.meaning import meaning
from pipeline.normalise.claims.model import Claim, Token
from pipeline.normalise.claims.phrases import may_stand
from pipeline.normalise.claims.subjects import of_all_there_are
from pipeline.normalise.claims.vocabulary import Vocabulary

_HEADS = ("thing", "way", "act")
_WHAT_ABOUT = ("request", "info")  # 因政府信息公开申请引起的行政复议 are all of them
_ANY_OTHER = "other_way"
_JOINTS = frozenset(("、", "和", "与", "及", "或", "以及"))
_Found = list[tuple[ClaimRule, Token, Token]]


def none_of(vocabulary: Vocabulary, sentence: str, tokens: Sequence[Token], place: int, topic: str | None) -> _Found:
    """What a sentence says there is none of, from the word at `place` to the end of the clause: rule, first and last token of each.

    A verb said once holds for all the things named after it. A thing with words beside it that the grammar does not know is left out,
    and so is all of a list that ends with such words, since they may be said of each of its things (行政复议、行政诉讼败诉).
    """
    found: _Found = []
    acts: list[Token] = []
    items = _items(tokens, place)
    if items and any(token.kind in _HEADS for token in items[-1]) and _unknown_beside(sentence, tokens, place, items[-1]):
        return []
    for item in items:
        heads = [token for token in item if token.kind in _HEADS and not (token.kind == "way" and sentence.startswith("等", token.end))]
        acts = acts or [token for token in heads if token.kind == "act"]
        if not heads or item[-1].kind == "figure":
            continue
        own = next((token.word.topic for token in reversed(heads) if token.word and token.word.topic), topic)
        rule = meaning(vocabulary, [*reversed(heads), *(act for act in acts if act not in heads)], own, mode="none")
        if (
            rule is not None
            and _stands(sentence, tokens, heads)
            and not _narrowed(vocabulary, rule, tokens, place, heads)
            and not _unknown_beside(sentence, tokens, place, item)
        ):
            found.append((rule, tokens[place] if not found else heads[0], item[-1]))
    return found


def all_of(
    vocabulary: Vocabulary,
    sentence: str,
    tokens: Sequence[Token],
    place: int,
    topic: str | None,
    claims: Sequence[Claim],
    since: int,
    before_bracket: Claim | None = None,
) -> _Found:
    """What a sentence says of all there are (全部办结); nothing where it names an exception or a figure, or speaks of some of them.

    claims: those before, of the paragraph from number `since` on; before_bracket: the one before a bracket that has just closed.
    """
    if any(token.kind == "except" for token in tokens[:place]):
        return []
    items = _items(tokens, place)
    item = [token for part in items for token in part]
    heads = [token for token in item if token.kind in _HEADS]
    if not heads or any(token.kind in ("figure", "none") for token in item):
        return []
    rule = meaning(vocabulary, list(reversed(heads)), topic, mode="all")
    if rule is None or not _stands(sentence, tokens, heads) or _unknown_beside(sentence, tokens, place, item):
        return []
    if not of_all_there_are(vocabulary, rule.measure, tokens, place, claims, since, before_bracket):
        return []
    return [(rule, tokens[place], heads[-1])]


def _stands(sentence: str, tokens: Sequence[Token], heads: Sequence[Token]) -> bool:
    """Whether none of the words is the end of a longer name (未收到行政许可申请 says nothing of requests for information)."""
    return all(may_stand(sentence, tokens, tokens.index(head)) for head in heads if head.kind == "thing")


def _narrowed(vocabulary: Vocabulary, rule: ClaimRule, tokens: Sequence[Token], place: int, heads: Sequence[Token]) -> bool:
    """Whether only some are said to be none: 未收到法人提出的申请, 除网络申请外未收到其他申请, 未发生复议被纠正的情况."""
    before = list(takewhile(lambda token: token.kind not in ("figure", "none") and token.text not in "；;", reversed(tokens[:place])))
    clause = takewhile(lambda token: token.kind != "mark" or token.text == "、", before)
    if any(token.kind == "except" for token in before) or any(token.word and token.word.word in vocabulary.sources for token in clause):
        return True
    named = {head.word.word for head in heads if head.kind in ("thing", "way") and head.word}
    if heads[0].start > tokens[place + 1].start and any(token.text in _JOINTS for token in tokens[place : tokens.index(heads[0])]):
        named -= {_ANY_OTHER}  # 书面或其他形式的申请 are all of them
    return bool(named - {*rule.heads, *rule.with_words, *_WHAT_ABOUT})


def _items(tokens: Sequence[Token], place: int) -> list[list[Token]]:
    items: list[list[Token]] = [[]]
    for token in tokens[place + 1 :]:
        if (token.kind == "mark" and token.text != "、") or token.kind in ("none", "all", "except", "split"):
            break
        if token.text in _JOINTS:
            items.append([])
        else:
            items[-1].append(token)
            if token.kind == "figure":
                return []
    return [item for item in items if item]


def _unknown_beside(sentence: str, tokens: Sequence[Token], place: int, item: Sequence[Token]) -> str:
    """What the grammar does not know in an item, between the word for none and it, or behind it up to the next mark."""
    after = next((token for token in tokens if token.start >= item[-1].end and (token.kind == "mark" or token.text in _JOINTS)), None)
    end = after.start if after else len(sentence)
    first = tokens[place + 1] is item[0]
    start = tokens[place].end if first else item[0].start
    return gaps(sentence, start, end, item)
