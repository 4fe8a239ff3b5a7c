"""Sentences to claims: goes through the tokens once and says of each figure what it counts."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

from msgspec.structs import replace

from pipeline.catalog.claims import OTHER, ClaimRule
from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.enumeration import Shared, shared_figures
from pipeline.normalise.claims.meaning import meaning
from pipeline.normalise.claims.model import Claim, ClaimKind, ClaimScope, Figure, Token
from pipeline.normalise.claims.phrases import Phrase, may_stand, phrase_of
from pipeline.normalise.claims.scope import Scope
from pipeline.normalise.claims.sentences import Sentence, sentences
from pipeline.normalise.claims.splits import Splits
from pipeline.normalise.claims.sums import caseload
from pipeline.normalise.claims.tokens import tokens_of
from pipeline.normalise.claims.vocabulary import Vocabulary, vocabulary
from pipeline.normalise.claims.wordless import all_of, none_of

MOST_CLAIMS = 2000  # of one report, ten times what the longest of them state: a file that has more is no report
_DIRECTIONS = {"up": "up", "down": "down"}
_CASELOAD, _RECEIVED = "requests.caseload", "requests.new_or_caseload"
_CARRIED_IN, _CARRIED_OUT = "requests.carried_in", "requests.carried_out"


def read_paragraph(
    catalog: Catalog, paragraph: str, report_year: int | None, topic: str | None = None, claims: list[Claim] | None = None
) -> list[Claim]:
    """The claims of a paragraph, appended to `claims`. topic: what the paragraph is about, by the heading over it."""
    claims = [] if claims is None else claims
    reader = _Reader(vocabulary(catalog), claims, report_year, topic)
    for sentence in sentences(paragraph):
        if reader.vocabulary.worth_reading.search(sentence.text):
            reader.read(sentence)
        if len(claims) > MOST_CLAIMS:
            break
    return claims


class _Reader:
    """One paragraph: the topic goes from sentence to sentence, time and scope do not."""

    def __init__(self, words: Vocabulary, claims: list[Claim], report_year: int | None, topic: str | None) -> None:
        self.vocabulary, self.claims, self.report_year, self.topic = words, claims, report_year, topic
        self.splits = Splits(words, claims)
        self.acts: list[Token] = []
        self.start = len(claims)

    def read(self, sentence: Sentence) -> None:
        """Append the claims of one sentence."""
        self.sentence, self.text = sentence, sentence.text
        self.tokens = tokens = tokens_of(self.vocabulary, self.text, self.report_year)
        self.topics = [
            token.word.topic if token.word and may_stand(self.text, tokens, place) else None for place, token in enumerate(tokens)
        ]
        self.first = len(self.claims)
        self.scope = Scope()
        shared = shared_figures(self.text, tokens)
        for place, token in enumerate(tokens):
            self.scope.see(tokens, place)
            self.topic = self.topics[place] or self.topic
            if token.kind == "figure":
                self._figure(place, shared.get(place))
                self.scope.compared = False
            elif token.kind == "split" or (token.kind == "among" and place and tokens[place - 1].kind == "figure"):
                if whole := self.splits.split(self.first):
                    self.scope.back_to(whole.period)
            elif token.kind == "each" and place > 1 and tokens[place - 2].kind == "figure" and tokens[place - 1].kind == "mark":
                self.splits.split(self.first)  # 不予处理3件，分别为重复申请1件、…
            elif token.kind == "mark":
                self._mark(place)
                if token.text in "，," and place > 1 and tokens[place - 1].text == "中" and tokens[place - 2].kind == "thing":
                    self.splits.split(self.start)  # 公开的信息中，… goes back to a sentence before
            elif token.kind == "none":
                self._words(place, none_of(self.vocabulary, self.text, tokens, place, self._topic(place)), "none")
            elif token.kind == "all":
                said = all_of(self.vocabulary, self.text, tokens, place, self._topic(place), self.claims, self.start)
                self._words(place, said, "all")
        self.splits.end()

    def _topic(self, place: int) -> str | None:
        """The topic at a place: the one named last, or else the one that the sentence names further on."""
        if self.topic is not None:
            return self.topic
        return next((topic for topic in self.topics[place:] if topic), None)

    def _mark(self, place: int) -> None:
        mark, before = self.tokens[place].text, self.tokens[place - 1] if place else None
        after_figure = before is not None and before.kind == "figure" and len(self.claims) > self.first
        if mark in "（(":
            self.splits.open_bracket(after_figure)
        elif mark in "）)":
            self.splits.close_bracket()
        elif mark in "；;":
            self.splits.semicolon()
        elif mark in "：:":
            self.splits.colon(after_figure)

    def _figure(self, place: int, shared: list[Shared] | None) -> None:
        token = self.tokens[place]
        figure = token.figure
        assert figure is not None
        if shared:
            for each in shared:
                self._shared(place, figure, each)
            return
        phrase = phrase_of(self.text, self.tokens, place)
        if figure.unit_kind in ("share", "points", "times"):
            self._ratio(place, figure, phrase)
        elif any(each.kind in _DIRECTIONS for each in phrase.left[-2:]):
            self._change(place, figure, phrase)
        else:
            self._count(place, figure, phrase)

    def _shared(self, place: int, figure: Figure, each: Shared) -> None:
        unit, last = each.unit or figure.unit or "", self._last()
        rule = meaning(self.vocabulary, each.near_first, self._topic(place), unit=unit or None)
        measure, name = (rule.measure, rule.rule) if rule else (OTHER, "")
        if each.period and not each.near_first and last and last.unit == unit:  # 2022年、2021年分别为75件、64件
            measure, name = last.measure, last.rule
        more: dict[str, Any] = {"period": each.period} if each.period and measure != OTHER else {}
        if figure.unit_kind == "share":
            self._append(place, "share", measure, figure, name, base=self.vocabulary.grammar.measures[measure].base)
        else:
            self._append(place, "none" if figure.in_words and rule else "figure", measure, figure, name, unit=unit, **more)

    def _count(self, place: int, figure: Figure, phrase: Phrase) -> None:
        rule = self._rule(phrase, place, figure.unit)
        if rule and rule.measure == self.splits.whole_measure and not self._names_time(phrase) and not self._names_scope(phrase):
            rule = None  # a part of what is split is less than the whole of it (其中电话答复2件)
        measure = rule.measure if rule else OTHER
        last = self._last()
        own = [each for each in phrase.left if each.kind == "act"]
        again = bool(own) and {each.text for each in own} <= {each.text for each in self.acts}
        self.acts = own or (self.acts if phrase.lists else [])
        if (
            rule is None
            and (not phrase.near_first or (again and len(phrase.near_first) == len(own)))
            and not phrase.rest
            and last
            and last.unit == figure.unit
            and (self._names_time(phrase) or self._names_scope(phrase) or any(each.kind == "to" for each in phrase.left))
        ):
            measure, name = last.measure, last.rule
        else:
            name = rule.rule if rule else ""
        if rule is None and not phrase.near_first and not phrase.rest and caseload(self.claims[self.first :], figure.value, figure.unit):
            measure = _CASELOAD
        if measure == OTHER and (figure.unit is None or figure.chinese):
            return
        if figure.unit is None and not self.text[: self.tokens[place].start].endswith("为"):
            return
        compared = self.scope.compared or (
            place > 1 and self.tokens[place - 1].kind == "period" and self.tokens[place - 2].kind == "compare"
        )
        more: dict[str, Any] = {"period": "last"} if compared and self._names_time(phrase) else {}
        if not compared and any(each.kind == "to" for each in phrase.left) and not self._names_time(phrase):
            more["period"] = "this"
        if figure.in_words:
            self._append(place, "none", measure, figure, name, **more)
        else:
            self._append(place, "figure", measure, figure, name, **more)

    def _names_time(self, phrase: Phrase) -> bool:
        return any(each.kind == "period" for each in phrase.left)

    def _names_scope(self, phrase: Phrase) -> bool:
        return any(each.kind in ("own", "area") for each in phrase.left)

    def _ratio(self, place: int, figure: Figure, phrase: Phrase) -> None:
        last = self._last()
        direction = next((each.kind for each in reversed(phrase.left) if each.kind in _DIRECTIONS), None)
        rise = direction is not None or figure.unit_kind != "share"
        share = next((number for number, each in enumerate(phrase.left) if each.kind == "share"), None)
        base = None
        if share is not None:
            of = self._meaning(list(reversed(phrase.left[share:])), place, None)
            base = of.measure if of else None
            heads = [each for each in reversed(phrase.left[:share]) if each.kind in ("thing", "way", "act")]
            rule = self._meaning(heads, place, None) if heads and not phrase.joined else None
        else:
            rule = self._rule(phrase, place, figure.unit)
        inherits = rule is None and last is not None and (not phrase.near_first or (share is not None and share == 0)) and not phrase.rest
        measure = rule.measure if rule else last.measure if inherits and last else OTHER
        name = rule.rule if rule else last.rule if inherits and last else ""
        if rise:
            self._append(place, "growth", measure, figure, name, direction=direction, period=phrase.risen_in)
            return
        base = base or self.vocabulary.grammar.measures[measure].base
        self._append(place, "share", measure, figure, name, base=base)

    def _change(self, place: int, figure: Figure, phrase: Phrase) -> None:
        last = self._last()
        rule = self._rule(phrase, place, figure.unit)
        direction = next(each.kind for each in reversed(phrase.left) if each.kind in _DIRECTIONS)
        inherits = rule is None and last is not None and not phrase.near_first and last.unit == figure.unit and not phrase.rest
        measure = rule.measure if rule else last.measure if inherits and last else OTHER
        name = rule.rule if rule else last.rule if inherits and last else ""
        if measure == OTHER and figure.chinese:
            return
        self._append(place, "change", measure, figure, name, direction=direction, period=phrase.risen_in)

    def _rule(self, phrase: Phrase, place: int, unit: str | None) -> ClaimRule | None:
        if phrase.rest or phrase.joined:
            return None
        times = [token for token in (*phrase.left, *phrase.times) if token.kind == "period" and token.value]
        beside = [*(self.acts if phrase.lists else []), *times]
        rule = self._meaning(phrase.near_first, place, unit, beside)
        if rule and rule.measure == _RECEIVED and not phrase.received(self.tokens[place]):
            return None  # 对5件申请进行补正 does not say how many there were
        return rule

    def _meaning(self, near_first: Sequence[Token], place: int, unit: str | None, beside: Sequence[Token] = ()) -> ClaimRule | None:
        whole = self.splits.whole_measure
        return meaning(self.vocabulary, near_first, self._topic(place), unit=unit, whole=whole, beside=beside)

    def _last(self) -> Claim | None:
        """The claim before, in this sentence, about a measure: what a rate or a change without words of its own is about."""
        if before := self.splits.before_bracket:
            return before
        return next((claim for claim in reversed(self.claims[self.first :]) if claim.measure != OTHER or claim is self.claims[-1]), None)

    def _words(self, place: int, found: list[tuple[ClaimRule, Token, Token]], kind: ClaimKind) -> None:
        for rule, first, last in found:
            named = next((each.kind for each in self.tokens[place : self.tokens.index(last)] if each.kind in ("own", "area")), None)
            start, end = self.sentence.places[first.start], self.sentence.places[last.end - 1] + 1
            value = Decimal(0) if kind == "none" else None
            claim = Claim(
                kind, rule.measure, value, "", self.text[first.start : last.end], self.sentence.printed, 0, start, end,
                period=self.scope.period, scope=cast(ClaimScope, named or self.scope.scope), rule=rule.rule,
            )  # fmt: skip
            self.claims.append(claim)

    def _append(self, place: int, kind: ClaimKind, measure: str, figure: Figure, rule: str, unit: str | None = None, **more: Any) -> None:
        token = self.tokens[place]
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
        if measure == _CARRIED_OUT and claim.period == "as_of":  # what goes on is counted as of the end of the year in any case
            claim = replace(claim, period="this")
        claim = replace(claim, whole=self.splits.whole_of(claim))
        self.claims.append(claim)
        if claim.whole is not None and measure == _CARRIED_IN and self.claims[claim.whole].measure == _RECEIVED:
            self.claims[claim.whole] = replace(self.claims[claim.whole], measure=_CASELOAD)
