"""Of which time, and of whom, the figures of a sentence are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import cast

from pipeline.normalise.claims.model import Claim, ClaimScope, Period, Token

_STRONGER = {"cumulative": 3, "since": 2, "as_of": 1}
_GIVEN_TO = ("carry", "carry_out", "extended")  # 结转2024年 names the year that goes on, not the year of the figure
_JOINTS = ("及", "和", "与", "、")
_LONGEST_NAME = 4  # characters of a place before 人民政府
_NO_NAME = frozenset("报请经由向对与被受转送给依按据为及和")
_BEFORE_SUBJECT = ("mark", "period", "split", "among")
_BEHIND_SUBJECT = ("act", "figure", "period", "none", "all", "cumulative", "filler", "thing", "each", "without")


class Scope:
    """Goes through a sentence token by token; what was said last holds."""

    def __init__(self, sentence: str) -> None:
        self.sentence = sentence
        self.period: Period = "this"
        self.scope: ClaimScope = "unknown"
        self.said = False
        self.figures = self.in_all = False  # since the time was said: a figure has come; 累计 was said of that time
        self.compared = False  # the last year named is what this year is compared with
        self.beyond = False  # of more than the area: the whole country
        self._outside: list[tuple[Period, ClaimScope]] = []  # what holds again when the brackets close

    def see(self, tokens: Sequence[Token], place: int) -> None:
        """Take in the token at `place`."""
        token = tokens[place]
        if token.kind == "mark":
            self._bracket(token.text)
        elif token.kind in ("own", "area"):
            self._whose(tokens, place)
        elif token.kind == "cumulative":
            self._in_all(tokens, place)
        elif token.kind == "figure":
            self.figures = True
        elif token.kind == "period" and token.value:
            self._time(tokens, place, token.value)

    def back_to(self, whole: Claim, *, sentence_before: bool = False) -> None:
        """The parts of a figure are of its time, whatever was said since; those of one told before are of its body too."""
        self.period, self.said = whole.period, self.said or whole.period == "this"
        if sentence_before:
            self.scope = whole.scope

    def _bracket(self, mark: str) -> None:
        """收到16件（2022年为21件），办结15件: what is said in a bracket holds in it."""
        if mark in "（(":
            self._outside.append((self.period, self.scope))
        elif mark in "）)" and self._outside:
            self.period, self.scope = self._outside.pop()

    def _whose(self, tokens: Sequence[Token], place: int) -> None:
        token = tokens[place]
        assert token.word is not None
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if self.scope == "area" and after and after.word and after.word.word == "website" and after.start == token.end:
            return  # 我区利用本单位门户网站公开 says whose site it is
        joined = before is not None and before.text in _JOINTS and before.end == token.start
        if token.word.word == "nation":
            self.beyond = True
        elif joined:  # 市政府及市政府办文件 says whose documents, not whose figures; 我局及所属单位 are all
            if token.kind == "area" and place > 1 and tokens[place - 2].kind == "own" and self.scope == "own":
                self.scope = "area"
        elif token.word.word != "government" or _is_subject(self.sentence, tokens, place):
            self.scope, self.beyond = cast(ClaimScope, token.kind), False

    def _in_all(self, tokens: Sequence[Token], place: int) -> None:
        word = tokens[place].word
        if word and word.word == "all_years":
            self.period = "cumulative"
            return
        if word and word.word == "ever":  # 清理历年制发的文件，废止3件 is of this year
            clause = list(takewhile(lambda token: token.kind != "mark", tokens[place + 1 :]))
            follows = bool(clause) and clause[0].start == tokens[place].end
            if not follows or not any(token.kind == "figure" for token in clause):
                return
        if self.said and self.period == "this" and (self.in_all or not self.figures):
            self.in_all = True  # 全年累计收到 is of the year, unlike 今年收到8件，累计收到97件
        else:
            self.period = "cumulative"

    def _time(self, tokens: Sequence[Token], place: int, value: str) -> None:
        before = tokens[place - 1] if place else None
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        if (before and before.kind == "compare" and before.end == tokens[place].start) or (after and after.kind == "compared"):
            self.compared = value in ("last", "other")
            return
        if value == "last" and after and after.word and after.word.word == "carry" and after.start == tokens[place].end:
            return
        if before and before.word and before.word.word in _GIVEN_TO and tokens[place].start - before.end <= 1:
            return
        if before and before.kind == "filler" and place > 1:
            earlier = tokens[place - 2].word
            if earlier and earlier.word in _GIVEN_TO and before.start == tokens[place - 2].end:
                return
        if self.period == "next" and value == "this":  # 力争全年公开200条
            return
        if self.said and _STRONGER.get(value, 0) and _STRONGER.get(self.period, 0) > _STRONGER[value]:
            return
        self.period, self.said, self.figures, self.in_all = cast(Period, value), True, False, False


def _is_subject(sentence: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether 市政府 is who did it, and not a part of a name (市政府常务会议) or whom it went to (报市政府)."""
    token, before = tokens[place], tokens[place - 1] if place else None
    after = tokens[place + 1] if place + 1 < len(tokens) else None
    if after is None or after.kind not in _BEHIND_SUBJECT or after.start - token.end > 1 or after.text == "的":
        return False
    name = sentence[before.end if before else 0 : token.start]
    if before is not None and (before.kind not in _BEFORE_SUBJECT or (before.kind != "mark" and len(name) > 1)):
        return False
    return len(name) <= _LONGEST_NAME and not _NO_NAME & set(name)
