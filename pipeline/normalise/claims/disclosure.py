"""Reviews and lawsuits about disclosure among all that a body had: the former are what is counted, the latter nobody's table."""

from __future__ import annotations

from itertools import takewhile

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.phrases import Phrase
from pipeline.normalise.claims.state import State

_REMEDIES = {"review": "remedies.review.total", "litigation": "remedies.litigation.total"}
_ABOUT = "about"
_HEADS = ("thing", "way", "act")


def about_disclosure(state: State, place: int, phrase: Phrase) -> str:
    """The measure of the figure at `place` in 复议案件26件，涉及信息公开4件; the figure before it is renamed. "" where it is none."""
    about = any(token.word and token.word.word == _ABOUT for token in phrase.clause)
    topic = next((topic for topic in reversed(state.topics[:place]) if topic), None)
    measure = _REMEDIES.get(topic or "")
    if not about or measure is None or any(token.kind in _HEADS for token in phrase.clause) or not state.all_known(place, phrase):
        return ""
    whole = state.splits.whole
    if whole is None and state.of_sentence:
        whole = len(state.claims) - 1
    if whole is not None and state.claims[whole].measure == measure:
        state.rename(whole, OTHER)
    elif whole is not None and state.claims[whole].measure != OTHER:
        return ""
    return measure


def part_about_disclosure(state: State, measure: str, phrase: Phrase) -> None:
    """复议26件、诉讼3件，其中涉及信息公开的复议4件: the figures before are of all reviews and lawsuits, and are renamed."""
    about = any(token.word and token.word.word == _ABOUT for token in phrase.clause)
    if about and measure in _REMEDIES.values() and state.splits.whole is not None:
        of = next((at for at in range(len(state.claims) - 1, state.first - 1, -1) if state.claims[at].measure == measure), None)
        _rename_totals(state)
        if of is not None:
            state.splits.turn_to(of)


def _rename_totals(state: State) -> list[str]:
    """Give the totals of reviews and lawsuits in the sentence no name any more; returns their measures."""
    totals = [at for at in range(state.first, len(state.claims)) if state.claims[at].measure in _REMEDIES.values()]
    measures = [state.claims[at].measure for at in totals]
    for at in totals:
        state.rename(at, OTHER)
    return measures


def shared_about_disclosure(state: State, said: int, number: int, of: int) -> str:
    """The measure of a figure in 复议9件、诉讼4件，其中涉及信息公开的分别为2件、1件; those before are renamed at the first."""
    clause = takewhile(lambda token: token.kind != "mark", reversed(state.tokens[:said]))
    if not any(token.word and token.word.word == _ABOUT for token in clause):
        return OTHER
    if number == 0:
        state.shared_out = _rename_totals(state)
    return state.shared_out[number] if len(state.shared_out) == of else OTHER
