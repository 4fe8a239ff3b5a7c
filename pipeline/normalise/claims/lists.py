"""Figures that are told one after another and together make the figure before them: 收到申请40件，网络25件、信函15件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from msgspec.structs import replace

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.model import Claim
from pipeline.normalise.claims.state import State
from pipeline.normalise.claims.sums import CARRIED_IN, CASELOAD, RECEIVED
from pipeline.normalise.claims.vocabulary import Vocabulary

_LEAST = 2
_REST = "rest"  # the last part of the measure that is given to parts of a kind under a name that nobody knows


def tie_complete_lists(state: State) -> None:
    """Make parts of the figure before them of those that no word says are parts, where they add up to it exactly.

    Parts are of one aspect, and stand behind their whole in its paragraph, with only shares, changes and its other parts between.
    """
    claims = state.claims
    for whole, run in list(_lists(state)):
        for place in range(run[0], len(claims)):
            claim = claims[place]
            if place in run or (claim.kind == "share" and claim.whole is None and _is_of(claims, claim, run) and claim.base is not None):
                claims[place] = replace(claim, whole=whole)
        if claims[whole].measure == RECEIVED[0] and any(claims[place].measure == CARRIED_IN for place in run):
            state.rename(whole, CASELOAD)


def name_the_rest(state: State) -> None:
    """复议4件，维持2件，纠正1件，撤回1件: a part that nobody knows, in a list that makes its whole, is one of the list under another name.

    So is a figure between the two that the parts make (复议6件，结案4件，其中维持3件，撤回1件).
    """
    claims = state.claims
    for whole in sorted({claim.whole for claim in state.of_sentence if claim.whole is not None}):
        parts = [place for place in range(state.first, len(claims)) if claims[place].whole == whole and claims[place].kind == "figure"]
        families = {claims[place].measure.rpartition(".")[0] for place in parts if claims[place].measure != OTHER}
        rest = f"{families.pop()}.{_REST}" if len(families) == 1 else ""
        if rest not in state.vocabulary.grammar.measures or any(claims[place].unit != claims[whole].unit for place in parts):
            continue
        made = sum(claims[place].value or 0 for place in parts)
        between = parts[0] - 1
        if made == claims[whole].value:
            _name(claims, [place for place in parts if claims[place].measure == OTHER], rest, whole)
        elif between > whole and _is_made(claims[between], made, claims[whole]):
            _name(claims, [between, *(place for place in parts if claims[place].measure == OTHER)], rest, whole)
            for place in parts:
                claims[place] = replace(claims[place], whole=between)


def _is_made(claim: Claim, made: Decimal | int, whole: Claim) -> bool:
    return claim.kind == "figure" and claim.measure == OTHER and claim.whole is None and (claim.value, claim.unit) == (made, whole.unit)


def _name(claims: list[Claim], places: Sequence[int], measure: str, whole: int) -> None:
    for place in places:
        claims[place] = replace(claims[place], measure=measure, scope=claims[whole].scope, whole=whole)


def _lists(state: State) -> Iterator[tuple[int, list[int]]]:
    """Each whole with the places of parts that make it: 收到44件，网上30件、信函14件；自然人40件、法人4件 are two lists of one whole."""
    claims = state.claims
    for run in _runs(state.vocabulary, claims, state.first):
        whole = _before(claims, run[0], state.start)
        if whole is None:
            continue
        parts: list[int] = []
        for place in run:
            parts.append(place)
            if _make(state.vocabulary, claims, parts, whole):
                yield whole, parts
                parts = []


def _runs(vocabulary: Vocabulary, claims: list[Claim], since: int) -> Iterator[list[int]]:
    """The places of figures of one aspect that follow each other, each of another measure, and are parts of nothing yet."""
    run: list[int] = []
    for place in range(since, len(claims)):
        claim = claims[place]
        if claim.kind in ("share", "growth", "change"):
            continue
        goes_on = bool(run) and (claim.measure == OTHER or vocabulary.aspect(claim.measure) == vocabulary.aspect(claims[run[0]].measure))
        able = claim.kind == "figure" and claim.whole is None and claim.period == "this" and not claim.approximate
        if run and not (able and goes_on):
            yield run
            run = []
        if able:
            run.append(place)
    if run:
        yield run


def _before(claims: list[Claim], place: int, since: int) -> int | None:
    """The figure before a place, without those that are parts themselves."""
    figures = (number for number in range(place - 1, since - 1, -1) if claims[number].kind in ("figure", "none"))
    return next((number for number in figures if claims[number].whole is None), None)


def _make(vocabulary: Vocabulary, claims: list[Claim], run: list[int], whole: int) -> bool:
    """Whether the figures of a run are all parts of what stands before them, and make it."""
    parts, of = [claims[place] for place in run], claims[whole]
    known = [part for part in parts if part.measure != OTHER]  # 复议4件，维持2件，纠正1件，撤回1件
    if (
        len(parts) < _LEAST
        or len({part.measure for part in known}) < max(len(known), 1)
        or of.period != "this"
        or of.scope != parts[0].scope
    ):
        return False
    able = all(part.measure == OTHER or vocabulary.is_part_of(part.measure, of.measure) for part in parts)
    return able and all(part.unit == of.unit for part in parts) and sum(part.value or 0 for part in parts) == of.value


def _is_of(claims: list[Claim], share: Claim, run: list[int]) -> bool:
    return any(claims[place].measure == share.measure for place in run)
