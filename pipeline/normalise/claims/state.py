"""What is known at a place of a paragraph while its sentences are gone through, and how a claim is added to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from msgspec.structs import replace

from pipeline.catalog.claims import OTHER, ClaimRule
from pipeline.normalise.claims.asides import PUBLISHING
from pipeline.normalise.claims.clauses import gaps
from pipeline.normalise.claims.meaning import meaning
from pipeline.normalise.claims.means import NEW_MEDIA, PUBLISHED, by_social_media_alone, channel_before
from pipeline.normalise.claims.model import Claim, ClaimKind, Figure, Token
from pipeline.normalise.claims.phrases import Phrase, for_unknown_reason, may_stand
from pipeline.normalise.claims.scope import Scope
from pipeline.normalise.claims.sentences import Sentence
from pipeline.normalise.claims.splits import Splits
from pipeline.normalise.claims.sums import CARRIED_IN, CASELOAD
from pipeline.normalise.claims.tokens import tokens_of
from pipeline.normalise.claims.vocabulary import Vocabulary

_FROM = ("由", "从")
_NOT_AHEAD = ("gazette_issue",)  # 公开文件61件、政府公报12期: what comes later says nothing of the figures before it
RECEIVED, CARRIED_OUT = "requests.new_or_caseload", "requests.carried_out"


class State:
    """One paragraph: the topic goes from sentence to sentence, time and scope do not.

    topics, ahead: by token, the topic that it names, and the next that is named; guess: what outcomes let one guess.
    start, before, first: the number of the first claim of the paragraph, of the sentence before, of this sentence.
    acts: the verbs of the last figure; whole_acts: those of the figure that is split; received: what the next figure of requests
    received is of, where a word has said so; passed_over: a figure was, since the last claim; untold: the numbers of claims about
    requests of which nothing is said but their parts;
    base: what shares are said to be shares of; shared_out: the measures whose parts about disclosure are told one by one.
    """

    sentence: Sentence
    text: str
    tokens: list[Token]
    topics: list[str | None]
    ahead: list[str | None]
    scope: Scope

    def __init__(self, words: Vocabulary, claims: list[Claim], report_year: int | None, topic: str | None) -> None:
        self.vocabulary, self.claims, self.report_year, self.topic = words, claims, report_year, topic
        self.splits = Splits(words, claims)
        self.start = self.first = len(claims)

    def begin(self, sentence: Sentence) -> None:
        """Go on to the next sentence."""
        self.sentence, self.text = sentence, sentence.text
        self.tokens = tokens_of(self.vocabulary, self.text, self.report_year)
        self.topics = [
            token.word.topic if token.word and token.word.topic and may_stand(self.text, self.tokens, place) else None
            for place, token in enumerate(self.tokens)
        ]
        self.ahead = _ahead(self.topics)
        self.guess = next((token.word.hint for token in self.tokens if token.word and token.word.hint), None)
        self.before, self.first = self.first, len(self.claims)
        self.scope = Scope(self.text)
        self.acts: list[Token] = []
        self.whole_acts: list[Token] = []
        self.received = self.base = ""
        self.passed_over = False
        self.untold: list[int] = []
        self.shared_out: list[str] = []

    def topic_at(self, place: int, *, guess: bool = False) -> str | None:
        """The topic at a place: the one named last, or else the one that the sentence names further on, or that it lets one guess."""
        return self.topic or self.ahead[place] or (self.guess if guess else None)

    @property
    def of_sentence(self) -> Sequence[Claim]:
        """The claims of this sentence so far."""
        return self.claims[self.first :]

    @property
    def last(self) -> Claim | None:
        """The claim before, in this sentence, about a measure: what a rate or a change without words of its own is about."""
        if self.passed_over:
            return None
        if before := self.splits.before_bracket:
            return before
        return next((claim for claim in reversed(self.of_sentence) if claim.measure != OTHER or claim is self.claims[-1]), None)

    def rule(self, phrase: Phrase, place: int, unit: str | None) -> ClaimRule | None:
        """What the words around the figure at `place` mean; None where nobody can tell."""
        if phrase.rest or phrase.joined or self._told_twice(place):
            return None
        times = [token for token in (*phrase.left, *phrase.times) if token.kind == "period" and token.value]
        far = self.whole_acts if self.splits.whole is not None else []
        rule = self.meaning(phrase.near_first, place, unit, [*(self.acts if self._goes_on(phrase, place) else []), *times], far)
        if rule and rule.measure == RECEIVED and not (phrase.received(self.tokens[place]) and phrase.by_known_means(self.text)):
            return None  # 对5件申请进行补正 does not say how many there were
        if rule and self._of_attributes(rule, phrase):
            return None
        if rule and self.vocabulary.aspect(rule.measure) == "outcome" and for_unknown_reason(self.text, phrase.clause):
            return None  # 因涉及征地不予公开5件 does not say how many were refused in all
        if rule and rule.measure == PUBLISHED:
            if not phrase.by_known_means(self.text):
                return None
            if by_social_media_alone(self.text, self.tokens, place):
                return self.vocabulary.rule_of(NEW_MEDIA)
            if channel := channel_before(self.tokens, place):
                return self.vocabulary.rule_of(channel)
        return rule

    def _told_twice(self, place: int) -> bool:
        """Whether another figure follows at once (申请信息1人2次, 推文294期1014条), so that nobody can tell which of them counts."""
        pair = self.tokens[place : place + 2]
        return [token.kind for token in pair] == ["figure", "figure"] and pair[0].end == pair[1].start

    def _of_attributes(self, rule: ClaimRule, phrase: Phrase) -> bool:
        """Whether a figure is of documents that may be published on request, or not at all: 发文60件，依申请公开6件，不予公开5件."""
        if rule.measure != RECEIVED and self.vocabulary.aspect(rule.measure) != "outcome":
            return False
        told = any(token.kind == "act" and token.word and token.word.word not in PUBLISHING for token in phrase.near_first)
        return not told and "依申请公开" in self.text and any(row.search(self.text) for row in self.vocabulary.attributes)

    def _goes_on(self, phrase: Phrase, place: int) -> bool:
        """Whether the verb of the figure before is this one's too: 规章1件、文件11件; behind a comma only of what is published."""
        if phrase.lists:
            return True
        before = self.tokens[place - len(phrase.clause) - 2 : place - len(phrase.clause)]
        follows = len(before) == 2 and before[0].kind == "figure" and before[1].text in "，,"
        bare = all(token.kind in ("filler", "thing") for token in phrase.clause) and bool(phrase.clause)
        return follows and bare and all(act.word is not None and act.word.word in PUBLISHING for act in self.acts)

    def meaning(
        self,
        near_first: Sequence[Token],
        place: int,
        unit: str | None,
        beside: Sequence[Token] = (),
        far: Sequence[Token] = (),
        topic: str | None = None,
    ) -> ClaimRule | None:
        """What words mean at a place; topic: what they are about, where that is not what the place is about."""
        topic, whole = topic or self.topic_at(place, guess=True), self.splits.last_whole_measure
        return meaning(self.vocabulary, near_first, topic, unit=unit, whole=whole, beside=beside, far=far)

    def time(self, place: int, phrase: Phrase) -> dict[str, Any]:
        """The time of a figure, where it is not that of the sentence."""
        tokens = self.tokens
        timed = any(token.kind == "period" for token in phrase.clause)
        if self.beside_compared_time(place):
            return {"period": tokens[place - 2].value}
        compared = self.scope.compared or (place > 1 and tokens[place - 1].kind == "period" and tokens[place - 2].kind == "compare")
        if compared and timed:
            return {"period": "last"}
        if not compared and phrase.names("to") and not phrase.names("period"):
            return {"period": "this"}
        if not timed and phrase.near_first and phrase.clause and phrase.clause[-1].text in _FROM:
            return {"period": "last"}  # 由31件增至45件
        return {}

    def beside_compared_time(self, place: int) -> bool:
        """Whether a figure stands alone in a bracket behind the time that this year is compared with (比2022年（36件）下降25%)."""
        around = self.tokens[max(place - 2, 0) : place + 2]
        return self.scope.compared and [token.text for token in around[1::2]] == ["（", "）"] and around[0].kind == "period"

    def all_known(self, place: int, phrase: Phrase) -> bool:
        """Whether the grammar knows all that stands in the clause before the figure at `place`."""
        return not phrase.clause or not gaps(self.text, phrase.clause[0].start, self.tokens[place].start, phrase.clause)

    def base_of(self, measure: str) -> str | None:
        """What a share of a measure is usually a share of."""
        return self.vocabulary.grammar.measures[measure].base

    def append(
        self,
        place: int,
        kind: ClaimKind,
        measure: str,
        figure: Figure,
        rule: str,
        unit: str | None = None,
        *,
        named: bool = False,
        verbless: bool = False,
        whole: bool = True,
        **more: Any,
    ) -> None:
        """Add the claim that the figure at `place` states; whole: it may be a part of another; named, verbless: see `Splits.whole_of`."""
        token = self.tokens[place]
        measure, rule = (OTHER, "") if self.scope.beyond else (measure, rule)
        claim = Claim(
            kind=kind,
            measure=measure,
            value=figure.value,
            unit=(figure.unit or "") if unit is None else unit,
            raw=token.text,
            sentence=self.sentence.printed,
            block=0,
            start=self.sentence.places[token.start],
            end=self.sentence.places[token.end - 1] + 1,
            value_to=figure.value_to,
            approximate=figure.approximate,
            scope="unknown" if measure == OTHER else self.scope.scope,
            rule=rule,
            **{"period": self.scope.period, **more},
        )
        if measure == CARRIED_OUT and claim.period in ("as_of", "next"):  # counted as of the end of the year: 2024年继续办理3件
            claim = replace(claim, period="this")
        if whole:
            claim = replace(claim, whole=self.splits.whole_of(claim, of_named=named, verbless=verbless))
        self.claims.append(claim)
        self.passed_over = False
        if claim.whole is not None and measure == CARRIED_IN and self.claims[claim.whole].measure == RECEIVED:
            self.rename(claim.whole, CASELOAD)

    def rename(self, number: int, measure: str) -> None:
        """Give a claim another measure, since what came after it says what it counts."""
        claim = self.claims[number]
        self.claims[number] = replace(claim, measure=measure, scope="unknown" if measure == OTHER else claim.scope)


def _ahead(topics: Sequence[str | None]) -> list[str | None]:
    """By place, the topic that is named there or next."""
    ahead: list[str | None] = []
    for topic in reversed(topics):
        ahead.append((topic if topic not in _NOT_AHEAD else None) or (ahead[-1] if ahead else None))
    return ahead[::-1]
