"""What a number of pieces counts: by the words around it, or by the figures before it where it has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Any

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.model import ClaimKind, Figure, Token
from pipeline.normalise.claims.phrases import Phrase
from pipeline.normalise.claims.state import RECEIVED, State
from pipeline.normalise.claims.sums import CARRIED_IN, CASELOAD, sum_of

_NEW = "requests.new"
_REMEDIES = {"review": "remedies.review.total", "litigation": "remedies.litigation.total"}
_ABOUT_DISCLOSURE = "about"


def count(state: State, place: int, figure: Figure, phrase: Phrase) -> None:
    """Add the claim of the figure at `place`; none where it has no unit and nothing says that it is a figure."""
    measure, rule = _measure(state, place, figure, phrase)
    if measure == OTHER and (figure.unit is None or figure.chinese):
        return
    if figure.unit is None and not state.text[: state.tokens[place].start].endswith("为"):
        return
    kind: ClaimKind = "none" if figure.in_words else "figure"
    apart = measure == CARRIED_IN and _carried_in_apart(state, place)
    if measure == RECEIVED and state.received:
        measure, state.received = state.received, ""
    named = phrase.names("own", "area")
    state.append(place, kind, measure, figure, rule, named=named, whole=not apart, **_time(state, place, phrase))


def _measure(state: State, place: int, figure: Figure, phrase: Phrase) -> tuple[str, str]:
    """The measure, and the row of the grammar that gave it."""
    rule = state.rule(phrase, place, figure.unit)
    scoped = phrase.names("period", "own", "area")
    if rule and rule.measure == state.splits.whole_measure and not scoped:
        rule = None  # a part of what is split is less than the whole of it (其中电话答复2件)
    if rule is None and (of_disclosure := _of_disclosure(state, place, phrase)):
        return of_disclosure, ""
    last = state.last
    own = [each for each in phrase.left if each.kind == "act"]
    again = bool(own) and {each.text for each in own} <= {each.text for each in state.acts}
    state.acts = own or (state.acts if phrase.lists or state.splits.fresh else [])
    if rule is not None:
        return rule.measure, rule.rule
    if phrase.rest:
        return OTHER, ""
    wordless = not phrase.near_first or (again and len(phrase.near_first) == len(own))
    if wordless and last and last.unit == figure.unit and (scoped or phrase.names("to")):
        return last.measure, last.rule
    return (OTHER if phrase.near_first else sum_of(state.vocabulary, state.of_sentence, figure.value, figure.unit)), ""


def _of_disclosure(state: State, place: int, phrase: Phrase) -> str:
    """复议案件26件，其中涉及信息公开4件: the part is what is counted, and the whole is about all that a body does."""
    about = any(token.word and token.word.word == _ABOUT_DISCLOSURE for token in phrase.left)
    measure = _REMEDIES.get(state.topic_at(place) or "")
    if not about or measure is None or phrase.near_first or phrase.rest or state.splits.whole is None:
        return ""
    if state.splits.whole_measure not in (OTHER, measure):
        return ""
    state.rename(state.splits.whole, OTHER)
    return measure


def _carried_in_apart(state: State, place: int) -> bool:
    """Whether the clause of a figure carried in says that the requests received are told without it, or with it; notes which they are."""
    clause = _clause(state.tokens, place)
    if any(token.kind in ("without", "except") for token in clause):
        before = len(state.claims) - 1
        if before >= state.first and state.claims[before].measure == RECEIVED:
            state.rename(before, _NEW)
        else:
            state.received = _NEW
        return True
    if any(token.kind == "together" for token in clause) or (any(token.kind == "split" for token in clause) and not state.of_sentence):
        state.received = CASELOAD
    return False


def _clause(tokens: Sequence[Token], place: int) -> list[Token]:
    return list(takewhile(lambda token: token.kind not in ("mark", "figure"), reversed(tokens[:place])))


def _time(state: State, place: int, phrase: Phrase) -> dict[str, Any]:
    """The time of a figure, where it is not that of the sentence."""
    tokens = state.tokens
    compared = state.scope.compared or (place > 1 and tokens[place - 1].kind == "period" and tokens[place - 2].kind == "compare")
    if compared and phrase.names("period"):
        return {"period": "last"}
    if not compared and phrase.names("to") and not phrase.names("period"):
        return {"period": "this"}
    return {}
