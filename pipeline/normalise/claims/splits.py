"""Which figures are parts of which: 其中, brackets, a colon after a figure."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.sums import RECEIVED
from pipeline.normalise.claims.vocabulary import Vocabulary


@dataclass
class _Split:
    """whole: the place of the claim that is split; bracket: it ends with its bracket; lasting: the parts are parted by semicolons.

    fresh: no part has come yet; crossed: a semicolon has come, passed: one that ends the list; aspect: by what the last part parts the
    whole; others: claims that may be the whole in place of the nearest, until a part has come; announced:
    by words alone (具体为：), so that only known parts are of it.
    """

    whole: int
    bracket: bool = False
    lasting: bool = False
    announced: bool = False
    others: tuple[int, ...] = ()
    fresh: bool = True
    passed: bool = False
    crossed: bool = False
    aspect: str = ""


class Splits:
    """The splits that are open at a place of a paragraph, the innermost last."""

    def __init__(self, vocabulary: Vocabulary, claims: list[Claim]) -> None:
        self._vocabulary, self._claims = vocabulary, claims
        self._open: list[_Split] = []
        self._brackets: list[bool] = []
        self._aside: set[int] = set()  # the claims of brackets that have closed, which 其中 does not go back to
        self.closed = -1, -1  # the claim before the bracket that closed last, and how many claims there were then

    def split(self, since: int) -> Claim | None:
        """其中: a figure since the claim number `since` is split: the one before a bracket, or the last, of this year before others."""
        figures = self._figures(since)
        if not figures:
            return None
        latest = self._claims[figures[0]]
        whole = figures[0]
        if latest.period in ("last", "other"):
            whole = next((place for place in figures if self._same(place, latest) and self._claims[place].period == "this"), whole)
        if self.before_bracket is not None:
            whole = self.closed[0]
        if self._open and self._open[-1].whole == whole:
            self._open[-1].fresh = True
        else:
            self._open.append(_Split(whole, others=tuple(place for place in figures if place != whole)))
        return self._claims[whole]

    def split_of(self, measures: set[str], since: int) -> bool:
        """Split the last figure of one of the measures since a claim; whether there is one."""
        place = next((place for place in self._figures(since) if self._claims[place].measure in measures), None)
        if place is not None:
            self._open.append(_Split(place))
        return place is not None

    def _figures(self, since: int) -> list[int]:
        """The figures since a claim, the last first."""
        places = range(len(self._claims) - 1, since - 1, -1)
        return [place for place in places if self._claims[place].kind == "figure" and place not in self._aside]

    def _same(self, place: int, claim: Claim) -> bool:
        return self._claims[place].measure == claim.measure

    def colon(self, after_figure: bool, since: int) -> None:
        """A colon behind 其中, behind a figure, which it splits, or behind words that announce its parts (收到40件，按方式分：)."""
        if self._brackets and not self._brackets[-1]:
            return  # 留言248条（注：数据来自热线） is a remark
        if after_figure and self._claims:
            self._open.append(_Split(len(self._claims) - 1, lasting=True))
        elif self._open and self._open[-1].fresh:
            self._open[-1].lasting = True
        else:
            self.announce(since)

    def announce(self, since: int) -> None:
        """Words that announce the parts of a figure since the claim number `since`: of a whole, not of what is itself a part."""
        if figures := [place for place in self._figures(since) if self._claims[place].whole is None]:
            self._open.append(_Split(figures[0], lasting=True, announced=True, others=tuple(figures[1:])))

    def turn_to(self, place: int) -> None:
        """It is the claim at `place` that the innermost split parts."""
        self._open[-1].whole = place

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
                    self._aside.update(range(split.whole + 1, len(self._claims)))
                    break

    @property
    def before_bracket(self) -> Claim | None:
        """The claim before a bracket that has closed since the last claim: 收到312件（自然人291件…），较上年下降4.6%."""
        whole, count = self.closed
        return self._claims[whole] if count == len(self._claims) else None

    def semicolon(self) -> None:
        """Behind a semicolon only parts of the same kind go on, but for lists that are parted by semicolons."""
        last = self._claims[-1] if self._claims else None
        for split in self._open:
            shared = last is not None and last.kind == "share" and last.whole == split.whole  # 动态60条，占48%；公告65条，占52%
            split.crossed, split.passed = True, split.passed or not (split.lasting or split.bracket or shared)

    def end(self) -> None:
        """The sentence ends."""
        self.closed = -1, -1
        self._open.clear()
        self._brackets.clear()

    @property
    def whole(self) -> int | None:
        """The place of the innermost whole; None where nothing is split, or the split may be over."""
        return self._open[-1].whole if self._open and not self._open[-1].passed else None

    @property
    def whole_measure(self) -> str:
        """The measure of the innermost whole, "" where there is none."""
        return self._claims[self.whole].measure if self.whole is not None else ""

    @property
    def named_measure(self) -> str:
        """The measure of what words name as split (上年结转9件申请中), so that it can be nothing else."""
        return self.whole_measure if self.whole is not None and not self._open[-1].others and not self._open[-1].bracket else ""

    @property
    def last_whole_measure(self) -> str:
        """The measure of the innermost whole, be it over or not: what short names of its parts are taken by."""
        return self._claims[self._open[-1].whole].measure if self._open else ""

    def whole_of(self, claim: Claim, *, of_named: bool = False, verbless: bool = False) -> int | None:
        """The place of the claim that a new claim is a part of; closes the splits that it shows to be over.

        of_named: the claim's clause names whose it is, so that it may count the same as its whole (其中县政府收到32件).
        verbless: the clause has no verb, so that it goes on with a list of parts of what nobody knows.
        """
        while self._open:
            split = self._open[-1]
            self._resolve(claim, split)
            if (inner := self._inner(claim, split)) is not None:
                return inner
            if self._belongs(claim, split, of_named, verbless):
                split.fresh, split.aspect = False, self._vocabulary.aspect(claim.measure)
                return split.whole
            if split.bracket:
                whole = self._claims[split.whole]  # 予以公开45件（占51.1%）: a share of what the 45 are a part of
                return whole.whole if claim.kind == "share" and claim.measure == whole.measure else None
            self._open.pop()
        return None

    def _resolve(self, claim: Claim, split: _Split) -> None:
        """收到45件，办结45件，其中网络申请40件: what may be split is what the first part can be a part of."""
        places = (split.whole, *split.others) if split.fresh and claim.kind in ("figure", "share") else ()
        able = (place for place in places if self._vocabulary.is_part_of(claim.measure, self._claims[place].measure))
        split.whole = next(able, split.whole)

    def _inner(self, claim: Claim, split: _Split) -> int | None:
        """行政争议11件，其中行政复议7件，维持6件: a part of the last part, where it can be none of the whole."""
        if claim.kind != "figure" or self._vocabulary.is_part_of(claim.measure, self._claims[split.whole].measure):
            return None
        place: int | None = len(self._claims) - 1
        while place is not None and place > split.whole:
            if self._vocabulary.is_part_of(claim.measure, self._claims[place].measure):
                return place
            place = self._claims[place].whole
        return None

    def _belongs(self, claim: Claim, split: _Split, of_named: bool, verbless: bool) -> bool:
        whole = self._claims[split.whole]
        if claim.kind in ("change", "growth", "none", "all") or claim.rule in self._vocabulary.rates:
            return False
        if whole.period == "this" and claim.period in ("last", "other", "cumulative", "since"):
            return False
        if split.passed and self._vocabulary.aspect(claim.measure) != split.aspect:
            return False
        if self._vocabulary.is_part_of(claim.measure, whole.measure):
            return True
        if split.announced:  # 具体为土地类7件、规划类4件
            in_a_row = split.fresh or self._claims[-1].whole == split.whole
            return claim.kind == "figure" and claim.measure == OTHER and claim.unit == whole.unit and in_a_row
        if claim.kind == "share":
            last = self._claims[-1]
            return claim.measure == OTHER or (claim.measure == last.measure and last.whole == split.whole)
        if claim.measure != OTHER and (claim.measure == whole.measure or {claim.measure, whole.measure} <= set(RECEIVED)):
            return of_named or (claim.period, claim.scope) != (whole.period, whole.scope)
        alike = claim.unit == whole.unit or (self._vocabulary.alike(claim.unit, whole.unit) and not split.crossed)
        less = claim.value is None or whole.value is None or claim.value <= whole.value  # 结转4件。其中，答复70件 is no part of the 4
        return alike and (claim.measure == OTHER or (split.fresh and (of_named or less)) or (verbless and whole.measure == OTHER))
