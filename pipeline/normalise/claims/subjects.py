"""What words for all (全部办结, 均维持) are said of: all requests, or only those of the figure before them."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.normalise.claims.model import Claim, Token
from pipeline.normalise.claims.vocabulary import Vocabulary

_REQUESTS = ("requests.new_or_caseload", "requests.new", "requests.caseload")
_HANDLED = "requests.handled"


def of_all_there_are(
    vocabulary: Vocabulary,
    measure: str,
    tokens: Sequence[Token],
    place: int,
    claims: Sequence[Claim],
    since: int,
    before_bracket: Claim | None = None,
) -> bool:
    """Whether `measure`, said of all by the word at `place`, is said of all there are.

    claims: those so far, of the paragraph from number `since` on; before_bracket: the one before a bracket that has just closed.
    Where a figure stands in the clause, or the clause names nothing, the
    figure before is what is spoken of: not all there are in 上年结转2件已全部办结, 其中网络申请4件，均按时答复, 接听咨询20次，均已答复.
    Parts that add up to their whole speak for it (网络10件、信函4件，均已办结). Ways narrow a clause without a figure
    (通过网络提交的申请均已办结).
    """
    clause = list(takewhile(lambda token: token.kind != "mark" or token.text == "、", reversed(tokens[:place])))
    words = {token.word.word for token in clause if token.word}
    if any(token.kind == "figure" for token in clause):
        return _covers(vocabulary, measure, _latest(claims[since:]))
    if words & {"carry", "carry_in", "carry_out"} or any(token.kind == "way" for token in clause):
        return False
    if any(token.kind == "thing" for token in clause):
        return True
    return _covers(vocabulary, measure, before_bracket or _whole(claims, since))


def _latest(claims: Sequence[Claim]) -> Claim | None:
    """The last figure of this year; rates and changes are said of it, not instead of it."""
    return next((claim for claim in reversed(claims) if claim.kind == "figure" and claim.period == "this"), None)


def _whole(claims: Sequence[Claim], since: int) -> Claim | None:
    """The last figure, or what it is the last part of where the parts add up to it."""
    latest = _latest(claims[since:])
    while latest is not None and latest.whole is not None:
        parts = [claim for claim in claims if claim.whole == latest.whole and claim.kind == "figure"]
        whole = claims[latest.whole]
        if sum(claim.value or 0 for claim in parts) != whole.value:
            return latest
        latest = whole
    return latest


def _covers(vocabulary: Vocabulary, measure: str, subject: Claim | None) -> bool:
    """Whether what is true of all of `subject` is true of all there are."""
    if subject is None:
        return True
    if subject.measure == measure or vocabulary.is_part_of(measure, subject.measure):
        return True
    return subject.measure in _REQUESTS and (measure == _HANDLED or vocabulary.is_part_of(measure, _HANDLED))
