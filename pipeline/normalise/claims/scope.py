"""Of which time, and of whom, the figures of a sentence are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from pipeline.normalise.claims.model import ClaimScope, Period, Token

_STRONGER = {"cumulative": 3, "since": 2, "as_of": 1}
_GIVEN_TO = ("carry", "carry_out", "extended")  # 结转2024年 names the year that goes on, not the year of the figure


class Scope:
    """Goes through a sentence token by token; what was said last holds."""

    def __init__(self) -> None:
        self.period: Period = "this"
        self.scope: ClaimScope = "unknown"
        self.said = False
        self.figures = self.in_all = False  # since the time was said: a figure has come; 累计 was said of that time
        self.compared = False  # the last year named is what this year is compared with

    def see(self, tokens: Sequence[Token], place: int) -> None:
        """Take in the token at `place`."""
        token = tokens[place]
        if token.kind in ("own", "area"):
            joined = place > 0 and tokens[place - 1].text in ("及", "和", "与", "、") and tokens[place - 1].end == token.start
            if joined:  # 市政府及市政府办文件 says whose documents, not whose figures
                return
            self.scope = "own" if token.kind == "own" else "area"
        elif token.kind == "cumulative":
            if self.said and self.period == "this" and (self.in_all or not self.figures):
                self.in_all = True  # 全年累计收到 is of the year, unlike 今年收到8件，累计收到97件
            else:
                self.period = "cumulative"
        elif token.kind == "figure":
            self.figures = True
        elif token.kind == "period" and token.value:
            self._time(tokens, place, token.value)

    def back_to(self, period: Period) -> None:
        """The parts of a figure are of its time, whatever was said since."""
        self.period = period

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
