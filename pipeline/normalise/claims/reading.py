"""Sentences to claims: goes through the tokens once and says of each figure what it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import cast

from pipeline.catalog.claims import ClaimRule
from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.counts import count, name_told_in_parts
from pipeline.normalise.claims.enumeration import shared_figures
from pipeline.normalise.claims.lists import name_the_rest, tie_complete_lists
from pipeline.normalise.claims.model import Claim, ClaimKind, ClaimScope, Token
from pipeline.normalise.claims.phrases import phrase_of
from pipeline.normalise.claims.rates import base_named, change, named_before, ratio, shared
from pipeline.normalise.claims.sentences import Sentence, sentences
from pipeline.normalise.claims.state import State
from pipeline.normalise.claims.sums import RECEIVED
from pipeline.normalise.claims.vocabulary import vocabulary
from pipeline.normalise.claims.wordless import all_of, none_of

MOST_CLAIMS = 2000  # of one report, ten times what the longest of them state: a file that has more is no report
_AMONG = ("中", "当中", "之中")


def read_paragraph(
    catalog: Catalog, paragraph: str, report_year: int | None, topic: str | None = None, claims: list[Claim] | None = None
) -> list[Claim]:
    """The claims of a paragraph, appended to `claims`. topic: what the paragraph is about, by the heading over it."""
    claims = [] if claims is None else claims
    state = State(vocabulary(catalog), claims, report_year, topic)
    for sentence in sentences(paragraph):
        if state.vocabulary.worth_reading.search(sentence.text):
            _read(state, sentence)
        if len(claims) > MOST_CLAIMS:
            break
    return claims


def _read(state: State, sentence: Sentence) -> None:
    """Append the claims of one sentence."""
    state.begin(sentence)
    tokens = state.tokens
    shares = shared_figures(state.text, tokens, state.report_year)
    for place, token in enumerate(tokens):
        state.scope.see(tokens, place)
        state.topic = state.topics[place] or state.topic
        if token.kind == "figure":
            assert token.figure is not None
            if place in shares:
                for each in shares[place]:
                    shared(state, place, token.figure, each)
            else:
                _figure(state, place)
            state.scope.compared = False
        elif token.kind == "mark":
            _mark(state, place)
        elif token.kind == "none":
            _words(state, place, none_of(state.vocabulary, state.text, tokens, place, state.topic_at(place)), "none")
        elif token.kind == "all":
            topic, aside = state.topic_at(place), state.splits.before_bracket
            said = all_of(state.vocabulary, state.text, tokens, place, topic, state.claims, state.start, aside)
            _words(state, place, said, "all")
        else:
            _split(state, place)
    name_told_in_parts(state)
    tie_complete_lists(state)
    name_the_rest(state)
    state.splits.end()


def _figure(state: State, place: int) -> None:
    figure = state.tokens[place].figure
    assert figure is not None
    phrase = phrase_of(state.text, state.tokens, place)
    if figure.unit_kind in ("share", "points", "times"):
        ratio(state, place, figure, phrase)
    elif phrase.rises:
        change(state, place, figure, phrase)
    else:
        count(state, place, figure, phrase)


def _split(state: State, place: int) -> None:
    """Words that split the figure before them, or that of the sentence before where they begin one."""
    token, tokens = state.tokens[place], state.tokens
    behind_figure = place > 0 and tokens[place - 1].kind == "figure"
    if token.kind == "split" or (token.kind == "among" and behind_figure):
        opens = token.text.startswith("其中") and not state.of_sentence and all(each.kind == "filler" for each in tokens[:place])
        whole = state.splits.split(state.before if opens else state.first)
        if whole:
            state.whole_acts = state.acts
            state.scope.back_to(whole, sentence_before=opens)
    elif token.text == "中" and state.of_sentence and _counted(state, place):
        state.splits.split(state.first)  # 62件申请中予以公开30件
    elif token.text == "中" and _begins_with_in(state, place) and tokens[place + 1 : place + 2] and tokens[place + 1].kind != "mark":
        state.splits.split_of({named_before(state, place)}, state.start)  # 在网站上公开的信息中服务类5条
    elif token.kind == "announce":
        state.splits.announce(state.before)
    elif token.kind == "each" and place > 1 and tokens[place - 2].kind == "figure" and tokens[place - 1].kind == "mark":
        state.splits.split(state.first)  # 不予处理3件，分别为重复申请1件、…


def _begins_with_in(state: State, place: int) -> bool:
    """Whether the clause of the token at `place` begins with 在."""
    mark = next((token for token in reversed(state.tokens[:place]) if token.kind == "mark"), None)
    return state.text.startswith("在", mark.end if mark else 0)


def _counted(state: State, place: int) -> bool:
    """Whether a figure, or what it counts, stands right before a place."""
    before = state.tokens[max(place - 2, 0) : place]
    return bool(before) and (before[-1].kind == "figure" or (before[-1].kind == "thing" and before[0].kind == "figure"))


def _mark(state: State, place: int) -> None:
    tokens, splits = state.tokens, state.splits
    mark, before = tokens[place].text, tokens[place - 1] if place else None
    after_figure = before is not None and before.kind == "figure" and len(state.claims) > state.first
    if mark in "（(":
        splits.open_bracket(after_figure)
    elif mark in "）)":
        splits.close_bracket()
    elif mark in "；;":
        splits.semicolon()
    elif mark in "：:":
        splits.colon(after_figure, state.first)
    elif mark in "，," and place > 1 and tokens[place - 1].text in _AMONG:
        state.base = base_named(state, place) or state.base
        _split_named(state, place)


def _split_named(state: State, place: int) -> None:
    """公开的信息中，…: the figure of what is named is split, be it in a sentence before; the last where none is of that."""
    if _counted(state, place - 1):
        return
    measure = named_before(state, place)
    if state.splits.split_of({measure, *RECEIVED} if measure in RECEIVED else {measure}, state.start):
        return
    if state.tokens[place - 2].kind == "thing":
        state.splits.split(state.first if state.of_sentence else state.start)


def _words(state: State, place: int, found: list[tuple[ClaimRule, Token, Token]], kind: ClaimKind) -> None:
    for rule, first, last in found:
        named = next((each.kind for each in state.tokens[place : state.tokens.index(last)] if each.kind in ("own", "area")), None)
        start, end = state.sentence.places[first.start], state.sentence.places[last.end - 1] + 1
        value = Decimal(0) if kind == "none" else None
        claim = Claim(
            kind, rule.measure, value, "", state.text[first.start : last.end], state.sentence.printed, 0, start, end,
            period=state.scope.period, scope=cast(ClaimScope, named or state.scope.scope), rule=rule.rule,
        )  # fmt: skip
        state.claims.append(claim)
