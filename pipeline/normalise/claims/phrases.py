"""The words around a figure: those of its clause before it, those right behind it, and what is left that nobody knows."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from itertools import takewhile
from typing import Literal, NamedTuple, cast

from pipeline.catalog.claims import DIRECTIONS
from pipeline.normalise.claims.asides import without_aside, without_examples
from pipeline.normalise.claims.clauses import clause_start, gaps
from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.tokens import unknown

_HEADS = ("thing", "way", "act")
_JOINTS = frozenset(("、", "和", "与", "及", "或", "以及"))
_NEGATIONS = frozenset("不未非")
_MORE = ("多", "少")
_MEDIUM, _CLOSING = "medium", "”’」\"'"
_QUOTES_BETWEEN = 2
_BECAUSE = ("因", "由于")
_QUALIFIERS = ("filler", "own", "area", "period", "cumulative", "compare", "compared", "all", "skip", "each")


class Phrase(NamedTuple):
    """near_first: the words that say what the figure is; left: tokens of the clause before it, and of those before that while
    these say nothing; clause: those since the last mark; rest: unknown characters between.

    lists: it goes on with a list, so that the verb before the list is its verb too (公开规章1件、规范性文件11件).
    times: those named among the words behind the figure, where these say what it is (2件延期至下年答复).
    joined: another thing is named beside the nearest (予以公开和部分公开共19件), so that the figure is of neither.
    """

    near_first: list[Token]
    left: list[Token]
    clause: list[Token]
    rest: str
    lists: bool = False
    joined: bool = False
    times: Sequence[Token] = ()

    @property
    def direction(self) -> Literal["up", "down"] | None:
        """Whether the clause of the figure speaks of a rise or a fall."""
        return next((cast(Literal["up", "down"], each.kind) for each in reversed(self.clause) if each.kind in DIRECTIONS), None)

    @property
    def rises(self) -> bool:
        """Whether a number of pieces is that of a rise or fall (增加3件, 多收到申请3件) and not of what has risen."""
        return any(each.kind in DIRECTIONS and (each in self.left[-2:] or each.text in _MORE) for each in self.clause)

    def names(self, *kinds: str) -> bool:
        """Whether a token of one of the kinds stands before the figure."""
        return any(each.kind in kinds for each in self.left)

    def by_known_means(self, sentence: str) -> bool:
        """Whether the grammar knows through what the figure came (通过政务大厅收到申请5件 are some only); 等 names any means."""
        for token, after in itertools.pairwise(self.clause):
            if token.text == "通过" and unknown(sentence[token.end : after.start]):
                return "等" in sentence[token.end : self.clause[-1].end]
        return True

    def received(self, figure: Token) -> bool:
        """Whether requests named behind a figure are said to have come, and only that; named before it, they need no verb."""
        if not self.near_first or self.near_first[0].start < figure.start:
            return True
        words = {token.word.word for token in self.near_first if token.word}
        return "receive" in words and not words & {"review", "litigation"}


def phrase_of(sentence: str, tokens: Sequence[Token], place: int) -> Phrase:
    """The phrase of the figure at `place`."""
    tokens, place = without_aside(tokens, place)
    if "等" in sentence:
        tokens, place = without_examples(tokens, place)
    first = clause_start(sentence, tokens, place)
    left = [token for token in tokens[first:place] if token.kind != "mark"]
    clause = list(reversed([*takewhile(lambda token: token.kind not in ("mark", "figure"), reversed(tokens[:place]))]))
    lists = first > 1 and tokens[first - 1].text == "、" and tokens[first - 2].kind == "figure"
    together = [number for number in range(first, place) if tokens[number].kind == "way" and _is_one_of(tokens, number)]
    by_all = bool(together) and _are_means(sentence, tokens, together[0], together[-1])
    heads = [token for token in left if token.kind in _HEADS and not (token.kind == "way" and (by_all or _is_example(sentence, token)))]
    behind = [] if heads and _is_told(sentence, heads[-1], tokens[place]) else _behind(sentence, tokens, place)
    while heads and not may_stand(sentence, tokens, tokens.index(heads[-1])):
        if not behind:
            return Phrase([], left, clause, "申请" if heads[-1].word else "", lists)
        heads.pop()
    between = tokens[first:place] if _is_time_alone(clause) else left
    rest = _after(sentence, tokens, behind) if behind else _between(sentence, heads[-1] if heads else None, between, tokens, place)
    negated = first > 0 and tokens[first - 1].kind == "none" and not behind  # 未按期答复3件 is not 按期答复3件
    if negated or _NEGATIONS & set(_unknown_in_clause(sentence, tokens, place, clause)):
        rest = f"不{rest}"
    near_first = [*behind, *reversed(heads)]
    times = [token for token in tokens[place:] if token.kind == "period" and token.start < behind[-1].start] if behind else []
    return Phrase(near_first, left, clause, rest, lists, bool(together and not by_all) or _joined(sentence, tokens, heads), times)


def _is_example(sentence: str, way: Token) -> bool:
    """Whether a way is named before 等, or only says behind it what kind the others are (网站、报纸等媒体)."""
    kind = way.word is not None and way.word.word == _MEDIUM and sentence.startswith("等", way.start - 1)
    return kind or sentence[way.end : way.end + 2].lstrip(_CLOSING).startswith("等")


def _unknown_in_clause(sentence: str, tokens: Sequence[Token], place: int, clause: Sequence[Token]) -> str:
    before = tokens[place - len(clause) - 1].end if place > len(clause) else 0
    return gaps(sentence, before, tokens[place].start, clause)


def _is_time_alone(clause: Sequence[Token]) -> bool:
    """Whether a clause says only of which time its figure is, or that it is reached, so that the clause before says what it counts.

    收到的申请，2023年12件; 申请量比上年翻一番，达到64件.
    """
    said = [token for token in clause if (token.kind == "period" and token.value) or (token.word and token.word.word == "reach")]
    return bool(said) and all(token.kind in ("period", "filler", "cumulative") for token in clause)


def _behind(sentence: str, tokens: Sequence[Token], place: int) -> list[Token]:
    """The words right behind a figure (14件政府信息公开申请), unless another figure follows to which they belong."""
    found: list[Token] = []
    end = tokens[place].end
    for number, token in enumerate(tokens[place + 1 :], start=place + 1):
        if token.kind == "figure" or (token.kind in ("split", "among", "share", "up", "down", "all", "none") and not found):
            return found if found and tokens[number - 1].text in _JOINTS else []  # 11件建议和16件提案
        if token.kind not in (*_HEADS, *_QUALIFIERS) or (token.kind == "all" and found):
            break  # 收到的23件申请均为网上申请 are those received
        if unknown(sentence[end : token.start]):
            break
        end = token.end
        if token.kind in _HEADS:
            found.append(token)
    return found


def _after(sentence: str, tokens: Sequence[Token], behind: Sequence[Token]) -> str:
    """What nobody knows between requests named behind a figure and the next mark: these are some only (2件申请主动撤回, 30件申请答复书)."""
    last = behind[-1]
    if not any(token.word and token.word.word == "request" for token in behind):
        return ""
    known = [token for token in tokens if token.start >= last.end]
    end = next((token.start for token in known if token.kind in ("mark", "figure")), len(sentence))
    return gaps(sentence, last.end, end, known)


def may_stand(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the word at `place`, if it is a bare one (申请, 信息), is not the end of a longer name (低保申请, 招聘信息, 行政许可申请)."""
    word, start = tokens[place].word, tokens[place].start
    if word and start and sentence[start - 1] in _NEGATIONS and (not place or tokens[place - 1].end < start):
        return False
    if word is None or not word.bare:
        return True
    before, start = tokens[place - 1] if place else None, tokens[place].start
    if before and before.text == "的" and before.end == start:  # 涉及征地拆迁的申请 are some of them
        start, before = before.start, (tokens[place - 2] if place > 1 else None)
    if unknown(sentence[before.end if before else 0 : start]):
        return False
    return before is None or before.kind != "thing" or (before.word and before.word.word == word.word) or word.word_class == "act"


def for_unknown_reason(sentence: str, clause: Sequence[Token]) -> bool:
    """Whether the clause of a figure says 因 or 由于 and something that nobody knows before an outcome (因涉及征地不予公开)."""
    outcome = next((token for token in clause if token.word and token.word.hint), None)
    if outcome is None:
        return False
    before = [token for token in clause if token.end <= outcome.start]
    start = before[0].start if before else outcome.start
    while start and "\u4e00" <= sentence[start - 1] <= "\u9fff":
        start -= 1
    if "等" in sentence[start : outcome.start]:
        return False  # 因属于国家秘密等原因不予公开 are all that were refused
    said = gaps(sentence, start, outcome.start, before)
    return any(word in sentence[start : outcome.start] for word in _BECAUSE) and bool(unknown(said.replace("因", "").replace("由于", "")))


def _is_told(sentence: str, head: Token, figure: Token) -> bool:
    """Whether the word before a figure says all of it (申请14件, 不予公开的6件申请)."""
    between = sentence[head.end : figure.start]
    if between in _JOINTS:
        return False  # 建议11件和16件提案 are told behind their figures
    return (head.kind == "thing" and not unknown(between)) or (head.kind == "way" and (between == "的" or head.text.endswith("的")))


def _between(sentence: str, head: Token | None, left: Sequence[Token], tokens: Sequence[Token], place: int) -> str:
    """What nobody knows between the nearest word, or the beginning of the clause, and the figure."""
    if head is not None:
        start = head.end
    else:
        start = next((token.end for token in reversed(tokens[:place]) if token.kind in ("mark", "figure", "split", "among")), 0)
    return gaps(sentence, start, tokens[place].start, left)


def _is_one_of(tokens: Sequence[Token], place: int) -> bool:
    """Whether a way is named together with others (网站、公示栏)."""
    for step in (-1, 1):
        joint, other = place + step, place + 2 * step
        if 0 <= joint < len(tokens) and tokens[joint].kind == "way" and tokens[joint].word != tokens[place].word:
            first, second = sorted((tokens[place], tokens[joint]), key=lambda token: token.start)
            if second.start - first.end == _QUOTES_BETWEEN and first.word and first.word.hint:
                return True  # “予以公开”“不予公开”答复3份、2份
        if 0 <= other < len(tokens) and tokens[joint].text in _JOINTS and tokens[other].kind == "way":
            return tokens[other].word != tokens[place].word
    return False


def _are_means(sentence: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    """Whether ways are named as means (通过网站、公示栏发布; 网络、信函等方式), so that the figure is of all of them."""
    while first > 1 and tokens[first - 1].text in _JOINTS and tokens[first - 2].kind == "way":
        first -= 2
    by = any(token.text in ("通过", "以") for token in tokens[max(first - 2, 0) : first])
    return by or sentence[tokens[last].end :].startswith("等")


def _joined(sentence: str, tokens: Sequence[Token], heads: Sequence[Token]) -> bool:
    """Whether the nearest word is the second of two that share a figure, or follows 和 with a name that nobody knows."""
    if not heads or heads[-1].kind == "act":
        return False
    nearest = heads[-1]
    before = [token for token in tokens if token.end <= nearest.start]
    if not before:
        return False
    joint = before[-1]
    if joint.text not in _JOINTS or joint.end != nearest.start:
        return False
    if len(before) < 2:
        return bool(unknown(sentence[: joint.start]))
    other = before[-2]
    if unknown(sentence[other.end : joint.start]):
        return True
    return other.kind in ("thing", "way") and other.word != nearest.word
