"""What a number of pieces counts: by the words around it, or by the figures before it where it has none of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile

from pipeline.catalog.claims import OTHER
from pipeline.normalise.claims.disclosure import about_disclosure, part_about_disclosure
from pipeline.normalise.claims.means import PUBLISHED
from pipeline.normalise.claims.model import ClaimKind, Figure, Token
from pipeline.normalise.claims.phrases import Phrase
from pipeline.normalise.claims.state import RECEIVED, State
from pipeline.normalise.claims.sums import CARRIED_IN, CASELOAD, sum_of

_MANY = 100  # what is written out and less may be no figure at all (三支队伍)
_NEW, HANDLED = "requests.new", "requests.handled"
RECEIVED_AS = (RECEIVED, CASELOAD, _NEW)
TOTAL = "total"  # the aspect of what all others of its kind are parts of


def count(state: State, place: int, figure: Figure, phrase: Phrase) -> None:
    """Add the claim of the figure at `place`; none where it has no unit and nothing says that it is a figure."""
    measure, rule = _measure(state, place, figure, phrase)
    if measure == OTHER and (figure.unit is None or (figure.chinese and figure.value < _MANY)):
        return
    if figure.unit is None and not state.text[: state.tokens[place].start].endswith("为"):
        figure = _as_in_list(state, place, figure, measure)
        if figure.unit is None:
            state.passed_over = state.passed_over or bool(phrase.near_first)
            return
    kind: ClaimKind = "none" if figure.in_words else "figure"
    apart = _is_apart(state, place, measure) or _is_rest_of_more(state, place)
    if measure == RECEIVED:
        measure, state.received = _received(state, place, phrase), ""
    if measure == OTHER and _of_requests(state, place, phrase):
        told = next((claim for claim in state.claims[state.start :] if claim.measure in RECEIVED_AS and claim.value == figure.value), None)
        measure, rule = (told.measure, told.rule) if told else (measure, rule)
        if told is None:
            state.untold.append(len(state.claims))
    named, verbless = phrase.names("own", "area"), not any(token.kind == "act" for token in phrase.near_first)
    state.append(place, kind, measure, figure, rule, named=named, verbless=verbless, whole=not apart, **state.time(place, phrase))


def _measure(state: State, place: int, figure: Figure, phrase: Phrase) -> tuple[str, str]:
    """The measure, and the row of the grammar that gave it."""
    rule = state.rule(phrase, place, figure.unit)
    scoped = phrase.names("period", "own", "area", "cumulative")
    if rule and state.splits.named_measure == CARRIED_IN and state.vocabulary.aspect(rule.measure) == "outcome":
        return OTHER, ""  # 上年结转9件申请中，予以公开5件
    if rule and rule.measure == HANDLED:
        _tell_due_from_done(state, phrase)
    if rule and not phrase.names("period", "own", "area") and _is_no_part(state, rule.measure):
        rule = None
    if rule and rule.measure == PUBLISHED and _goes_on_by_verb(state, phrase):
        rule = None
    if rule is not None:
        part_about_disclosure(state, rule.measure, phrase)
    if rule is None and (of_disclosure := about_disclosure(state, place, phrase)):
        return of_disclosure, ""
    last = state.last
    own = [each for each in phrase.left if each.kind == "act"]
    again = bool(own) and {each.text for each in own} <= {each.text for each in state.acts}
    state.acts = own or (state.acts if phrase.lists else [])
    if rule is not None:
        return rule.measure, rule.rule
    if phrase.rest:
        return OTHER, ""
    if last and last.unit == figure.unit and state.beside_compared_time(place):
        return last.measure, last.rule
    wordless = not phrase.near_first or (again and len(phrase.near_first) == len(own))
    if wordless and last and last.unit == figure.unit and (scoped or phrase.names("to")):
        whole = state.splits.whole
        of = state.claims[whole] if whole is not None and phrase.names("own", "area") else last  # 其中门户网站9条、乡镇7条
        return of.measure, of.rule
    if (
        wordless
        and last
        and last.kind == "growth"
        and (scoped or phrase.names("to"))
        and state.vocabulary.counts_in(last.measure, figure.unit)
    ):
        return last.measure, last.rule
    return (OTHER if phrase.near_first else sum_of(state.vocabulary, state.of_sentence, figure.value, figure.unit)), ""


def _tell_due_from_done(state: State, phrase: Phrase) -> None:
    """共办理47件，其中办结45件: what is split by those closed is all that there was to do, and renamed."""
    whole = state.splits.whole
    closed = any(token.word and token.word.word == "close" for token in phrase.near_first)
    due = any(token.word and token.word.word == "handle" for token in state.whole_acts)
    if whole is not None and closed and due and state.claims[whole].measure == HANDLED:
        state.rename(whole, CASELOAD)


def _goes_on_by_verb(state: State, phrase: Phrase) -> bool:
    """微信自开通以来推送1906条，2022年推送702条: a verb alone says of what was told to have come by some channel how much it was."""
    last = state.last
    return (
        all(token.kind == "act" for token in phrase.near_first)
        and last is not None
        and state.vocabulary.is_part_of(last.measure, PUBLISHED)
    )


def _as_in_list(state: State, place: int, figure: Figure, measure: str) -> Figure:
    """部分公开67，占4.6%: a figure without a unit in a list of its kind has that of the one before."""
    last = next((claim for claim in reversed(state.of_sentence) if claim.kind == "figure"), None)
    after = state.tokens[place + 1] if place + 1 < len(state.tokens) else None
    if last is None or last.measure == OTHER or (after is not None and after.kind != "mark"):
        return figure
    alike = state.vocabulary.aspect(last.measure) == state.vocabulary.aspect(measure)
    return figure._replace(unit=last.unit) if alike else figure


def _is_no_part(state: State, measure: str) -> bool:
    """Whether a measure is that of the figure which is split, or the total of what it is a part of: a part is less (其中电话答复2件)."""
    whole, words = state.splits.whole_measure, state.vocabulary
    if measure == state.splits.last_whole_measure and words.aspect(measure) == TOTAL:
        return True  # 发布信息847条，其中动态栏目发布信息655条；公益栏目发布信息8条
    return bool(whole) and (measure == whole or (words.aspect(measure) == TOTAL and words.is_part_of(whole, measure)))


def _of_requests(state: State, place: int, phrase: Phrase) -> bool:
    """Whether a figure says of how many requests the outcomes or ways follow, and nothing about them (26件申请中，; 26件申请全部办结)."""
    tokens = state.tokens[place + 1 : place + 3]
    if len(tokens) < 2 or (tokens[1].text != "中" and tokens[1].kind != "all") or not tokens[0].word or tokens[0].word.word != "request":
        return False
    return not phrase.clause or (all(token.kind in ("filler", "all") for token in phrase.clause) and state.all_known(place, phrase))


def name_told_in_parts(state: State) -> None:
    """26件申请中，予以公开14件、…: requests whose parts add up to them are those received, where no other number of them is told."""
    for number in state.untold:
        whole = state.claims[number]
        parts = [claim for claim in state.of_sentence if claim.whole == number and claim.kind == "figure"]
        told = [claim.value for claim in state.claims[state.start :] if claim.measure.startswith("requests.") and claim.whole is None]
        known = bool(parts) and all(state.vocabulary.is_part_of(claim.measure, RECEIVED) for claim in parts)
        if known and sum(claim.value or 0 for claim in parts) == whole.value and (not told or whole.value in told):
            state.rename(number, RECEIVED)


def _received(state: State, place: int, phrase: Phrase) -> str:
    """What requests received are, where words say whether those carried in are among them."""
    said = {token.word.word for token in (*phrase.left, *state.tokens[place + 1 : place + 2]) if token.word}
    return CASELOAD if "including" in said else _NEW if "excluding" in said else state.received or RECEIVED


def _is_apart(state: State, place: int, measure: str) -> bool:
    """Whether the clause of a figure says that it is not a part of what it stands beside (不含2件); where those are carried in, notes
    whether the requests received are told with or without them.
    """
    clause = _clause(state.tokens, place)
    behind = takewhile(lambda token: token.kind not in ("mark", "figure"), state.tokens[place + 1 :])
    apart = any(token.kind in ("without", "except") for token in clause) or any(token.kind == "without" for token in behind)
    apart = apart or any(token.word and token.word.word == "besides" for token in clause)
    if measure != CARRIED_IN:
        return apart
    if apart:
        numbers = range(len(state.claims) - 1, state.first - 1, -1)
        received = next((number for number in numbers if state.claims[number].kind == "figure"), None)
        if received is not None and state.claims[received].measure == RECEIVED:
            state.rename(received, _NEW)
        else:
            state.received = _NEW
    elif any(token.kind == "together" for token in clause) or (any(token.kind == "split" for token in clause) and not state.of_sentence):
        state.received = CASELOAD
    return apart


def _is_rest_of_more(state: State, place: int) -> bool:
    """Whether 其余3件 are no part of what is split: its parts have made it (12件，审结9件，其中维持7件、纠正2件，其余3件待审)."""
    whole = state.splits.whole
    if whole is None or not any(token.word and token.word.word == "remainder" for token in _clause(state.tokens, place)):
        return False
    parts = [claim.value or 0 for claim in state.claims[whole:] if claim.whole == whole and claim.kind == "figure"]
    return bool(parts) and sum(parts) == state.claims[whole].value


def _clause(tokens: Sequence[Token], place: int) -> list[Token]:
    return list(takewhile(lambda token: token.kind not in ("mark", "figure"), reversed(tokens[:place])))
