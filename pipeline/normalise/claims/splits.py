"""Which figures are parts of which: 其中, brackets, a colon after a figure."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.vocabulary import Vocabulary


@dataclass
class _Split:
    """whole: the place of the claim that is split; bracket: it ends with its bracket; lasting: the parts are parted by semicolons.

    fresh: no part has come yet; passed: a semicolon has; family: of the measure of the last part.
    """

    whole: int
    bracket: bool = False
    lasting: bool = False
    fresh: bool = True
    passed: bool = False
    family: str = ""


class Splits:
    """The splits that are open at a place of a paragraph, the innermost last."""

    def __init__(self, vocabulary: Vocabulary, claims: list[Claim]) -> None:
        self._vocabulary, self._claims = vocabulary, claims
        self._open: list[_Split] = []
        self._brackets: list[bool] = []
        self.closed = -1, -1  # the claim before the bracket that closed last, and how many claims there were then

    def split(self, since: int) -> Claim | None:
        """其中: the last figure since the claim number `since` is split, one of this year before others. Returns it."""
        figures = [place for place in range(len(self._claims) - 1, since - 1, -1) if self._claims[place].kind == "figure"]
        if not figures:
            return None
        latest = self._claims[figures[0]]
        whole = figures[0]
        if latest.period in ("last", "other"):
            whole = next((place for place in figures if self._same(place, latest) and self._claims[place].period == "this"), whole)
        if self._open and self._open[-1].whole == whole:
            self._open[-1].fresh = True
        else:
            self._open.append(_Split(whole))
        return self._claims[whole]

    def _same(self, place: int, claim: Claim) -> bool:
        return self._claims[place].measure == claim.measure

    def colon(self, after_figure: bool) -> None:
        """A colon behind 其中, or behind a figure, which it splits."""
        if after_figure and self._claims:
            self._open.append(_Split(len(self._claims) - 1, lasting=True))
        elif self._open and self._open[-1].fresh:
            self._open[-1].lasting = True

    def open_bracket(self, after_figure: bool) -> None:
        """A bracket; behind a figure it holds parts of it."""
        splits = after_figure and bool(self._claims)
        self._brackets.append(splits)
        if splits:
            self._open.append(_Split(len(self._claims) - 1, bracket=True))

    def close_bracket(self) -> None:
        """The splits inside the bracket end with it; what follows it speaks of the figure before it."""
        if self._brackets and self._brackets.pop():
            while self._open:
                split = self._open.pop()
                if split.bracket:
                    self.closed = split.whole, len(self._claims)
                    break

    @property
    def before_bracket(self) -> Claim | None:
        """The claim before a bracket that has closed since the last claim: 收到312件（自然人291件…），较上年下降4.6%."""
        whole, count = self.closed
        return self._claims[whole] if count == len(self._claims) else None

    def semicolon(self) -> None:
        """Behind a semicolon only parts of the same kind go on, but for lists that are parted by semicolons."""
        for split in self._open:
            split.passed = split.passed or not (split.lasting or split.bracket)

    def end(self) -> None:
        """The sentence ends."""
        self.closed = -1, -1
        self._open.clear()
        self._brackets.clear()

    @property
    def whole_measure(self) -> str:
        """The measure of the innermost whole, "" where nothing is split, or the split may be over."""
        return self._claims[self._open[-1].whole].measure if self._open and not self._open[-1].passed else ""

    def whole_of(self, claim: Claim) -> int | None:
        """The place of the claim that a new claim is a part of; closes the splits that it shows to be over."""
        while self._open:
            split = self._open[-1]
            if self._belongs(claim, split):
                split.fresh, split.family = False, _family(claim)
                return split.whole
            if split.bracket:
                return None
            self._open.pop()
        return None

    def _belongs(self, claim: Claim, split: _Split) -> bool:
        whole = self._claims[split.whole]
        if claim.kind in ("change", "growth", "none", "all"):
            return False
        if split.passed and _family(claim) != split.family:
            return False
        if self._vocabulary.is_part_of(claim.measure, whole.measure):
            return True
        if claim.kind == "share":
            return claim.measure == "other"
        if claim.measure == whole.measure and claim.measure != "other":
            return (claim.period, claim.scope) != (whole.period, whole.scope)
        return claim.unit == whole.unit and (claim.measure == "other" or split.fresh)


def _family(claim: Claim) -> str:
    return claim.measure.rpartition(".")[0]
