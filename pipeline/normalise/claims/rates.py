"""What a rate or a change is about: its own words, or the figure before it; a share also has a base."""

from __future__ import annotations

from itertools import takewhile
from typing import Any

from pipeline.catalog.claims import OTHER, ClaimRule
from pipeline.normalise.claims.disclosure import shared_about_disclosure
from pipeline.normalise.claims.enumeration import Shared
from pipeline.normalise.claims.model import Claim, Figure, Period, Token
from pipeline.normalise.claims.phrases import Phrase, may_stand, phrase_of
from pipeline.normalise.claims.state import State
from pipeline.normalise.claims.sums import CASELOAD, RECEIVED

_HEADS = ("thing", "way", "act")


def ratio(state: State, place: int, figure: Figure, phrase: Phrase) -> None:
    """Add a share, or a rise or fall in per cent, percentage points or times."""
    if phrase.direction is not None or figure.unit_kind != "share":
        growth(state, place, figure, phrase)
        return
    of: ClaimRule | None = None
    last, share, stated = state.last, next((number for number, each in enumerate(phrase.left) if each.kind == "share"), None), False
    if share is not None:
        of = state.meaning(list(reversed(phrase.left[share:])), place, None)
        stated = any(each.kind in _HEADS for each in phrase.left[share:])
        heads = [each for each in reversed(phrase.left[:share]) if each.kind in _HEADS]
        known = heads and not phrase.joined and may_stand(state.text, state.tokens, state.tokens.index(heads[0]))
        rule = state.meaning(heads, place, None) if known else None
    else:
        rule = state.rule(phrase, place, figure.unit)
    wordless = not phrase.near_first or share == 0
    measure, name = _named(rule, last if wordless and not phrase.rest else None)
    if stated:
        state.base = of.measure if of else ""
    state.append(place, "share", measure, figure, name, base=_base(state, measure, stated), **state.time(place, phrase))


def base_named(state: State, place: int) -> str:
    """What shares are of by the words before the mark at `place` (在收到的申请中，予以公开的占52%)."""
    if not any(token.kind == "act" for token in _clause(state, place)):
        return ""  # 依申请公开信息中 says nothing of how many there were
    return named_before(state, place)


def named_before(state: State, place: int) -> str:
    """The measure that the words of the clause before the mark at `place` mean, "" where they mean none."""
    heads = [token for token in _clause(state, place) if token.kind in _HEADS]
    if not heads:
        return ""
    rule = state.meaning(heads, place, None) if may_stand(state.text, state.tokens, state.tokens.index(heads[0])) else None
    return rule.measure if rule else ""


def _clause(state: State, place: int) -> list[Token]:
    return list(takewhile(lambda token: token.kind != "mark", reversed(state.tokens[:place])))


def _base(state: State, measure: str, stated: bool) -> str | None:
    """What a share is a share of: as stated for it or before it in the sentence, or what is split, or what is usual."""
    usual = state.base_of(measure)
    if stated:
        return state.base or None
    if state.base and usual and state.vocabulary.is_part_of(measure, state.base):
        return state.base
    last = state.last
    part = last if last is not None and last.measure == measure and last.whole is not None else None
    whole = state.claims[part.whole].measure if part and part.whole is not None else state.splits.whole_measure
    if usual is None or whole in (OTHER, "", usual) or not state.vocabulary.is_part_of(measure, whole):
        return usual
    return usual if {usual, whole} <= {*RECEIVED, CASELOAD} else whole


def growth(state: State, place: int, figure: Figure, phrase: Phrase) -> None:
    """Add a rise or fall in per cent, percentage points or times."""
    rule = state.rule(phrase, place, figure.unit)
    last = state.last if not phrase.near_first and not phrase.rest else None
    measure, name = _named(rule, last)
    state.append(place, "growth", measure, figure, name, direction=phrase.direction, period=_risen_in(state, phrase))


def change(state: State, place: int, figure: Figure, phrase: Phrase) -> None:
    """Add a rise or fall in pieces."""
    rule = state.rule(phrase, place, figure.unit)
    last = state.last
    alike = last is not None and (last.unit == figure.unit or state.vocabulary.counts_in(last.measure, figure.unit))
    inherits = alike and not phrase.near_first and not phrase.rest
    measure, name = _named(rule, last if inherits else None)
    if measure == OTHER and figure.chinese:
        return
    state.append(place, "change", measure, figure, name, direction=phrase.direction, period=_risen_in(state, phrase))


def shared(state: State, place: int, figure: Figure, each: Shared) -> None:
    """Add what a figure that several things share says of one of them."""
    unit, last = figure.unit or each.unit or "", state.last
    topic = next((token.word.topic for token in each.near_first if token.word and token.word.topic), None)
    rule = state.meaning(each.near_first, place, unit or None, topic=topic)
    measure, name = (rule.measure, rule.rule) if rule else (OTHER, "")
    if each.period and not each.near_first:  # 2022年、2021年分别为75件、64件
        measure, name = (last.measure, last.rule) if last and last.unit == unit else _earlier(state, each, unit)
    elif each.against and rule is None and last is not None and state.vocabulary.counts_in(last.measure, unit or None):
        measure, name = last.measure, last.rule
    elif each.order is not None and each.direction is not None:  # 受理86件，办结84件，分别增长13%、12%
        measure, name = _in_order(state, *each.order)
    elif each.order is not None:  # 复议9件、诉讼4件，其中涉及信息公开的分别为2件、1件
        measure = shared_about_disclosure(state, each.said, *each.order)
    since: dict[str, Any] = {"period": "other"} if each.against == "other" else {}
    if figure.unit_kind != "count":
        if each.direction is not None or figure.unit_kind != "share":
            state.append(place, "growth", measure, figure, name, direction=each.direction, **since)
            return
        of = state.meaning(list(reversed(each.base)), place, None) if each.base else None
        state.append(place, "share", measure, figure, name, base=of.measure if of else state.base_of(measure))
    elif each.direction is not None:
        state.append(place, "change", measure, figure, name, unit=unit, direction=each.direction, **since)
    else:
        more: dict[str, Any] = {"period": each.period} if each.period and measure != OTHER else {}
        more["whole"] = each.order is None or measure == OTHER
        state.append(place, "none" if figure.in_words and rule else "figure", measure, figure, name, unit=unit, **more)


def _in_order(state: State, number: int, of: int) -> tuple[str, str]:
    """The figure before that a rate or change is about, where as many were told."""
    figures = [claim for claim in state.of_sentence if claim.kind == "figure" and claim.whole is None]
    if len(figures) != of:
        return OTHER, ""
    return figures[number].measure, figures[number].rule


def _earlier(state: State, each: Shared, unit: str) -> tuple[str, str]:
    """What the clauses before the word that shares figures out are about (申请量逐年上升，2021年至2023年分别为…)."""
    phrase = phrase_of(state.text, state.tokens, each.said)
    rule = state.rule(phrase, each.said, unit or None)
    return (rule.measure, rule.rule) if rule else (OTHER, "")


def _named(rule: ClaimRule | None, last: Claim | None) -> tuple[str, str]:
    if rule is not None:
        return rule.measure, rule.rule
    return (last.measure, last.rule) if last is not None else (OTHER, "")


def _risen_in(state: State, phrase: Phrase) -> Period:
    """The time of a rise or fall: this year where it is from the year before, as most are; other where from an earlier one."""
    if any(each.kind == "period" and each.value == "other" for each in phrase.left):
        return "other"
    return "next" if state.scope.period == "next" else "this"
