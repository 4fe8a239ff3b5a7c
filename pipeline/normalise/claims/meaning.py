"""Which measure the words around a figure mean."""

from __future__ import annotations

from collections.abc import Sequence

from pipeline.catalog.claims import WHOLE, ClaimRule
from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.vocabulary import Vocabulary

_HEADS = ("thing", "way", "act")


def meaning(
    vocabulary: Vocabulary,
    near_first: Sequence[Token],
    topic: str | None,
    *,
    unit: str | None = None,
    mode: str = "figure",
    whole: str = "",
    beside: Sequence[Token] = (),
    far: Sequence[Token] = (),
) -> ClaimRule | None:
    """The rule that fits the words, the nearest first; None where none does, or where the nearest thing has no rule.

    unit: the unit of the figure (None: none printed). mode: `figure`, or `none` and `all` for words in place of one.
    beside: words that stand further off, and times, which count beside a head, but head nothing; far: those that only help (the verb of
    the whole), and rule nothing out.
    whole: the measure of the figure that this one is a part of, which decides between readings that are otherwise equal.
    A measure that is a part of what the nearest word means is meant itself: 收到书面申请 are requests by letter.
    """
    heads = [token for token in near_first if token.kind in _HEADS and token.word]
    said = {token.word.word if token.word else f"@{token.value}" for token in (*heads, *beside)}
    helping = said | {token.word.word for token in far if token.word}
    best: ClaimRule | None = None
    for token in heads:
        assert token.word is not None
        rule = _rule(vocabulary, token.word.word, said, helping, topic, unit, mode, whole)
        if rule is None:
            if best is None and token.kind == "thing":
                return None
            continue
        if best is None or vocabulary.is_part_of(rule.measure, best.measure):
            best = rule
    return best


def _rule(
    vocabulary: Vocabulary, head: str, said: set[str], helping: set[str], topic: str | None, unit: str | None, mode: str, whole: str
) -> ClaimRule | None:
    able = (
        rule for rule in vocabulary.rules_of.get(head, ()) if not rule.unless & said and (not rule.with_words or rule.with_words & helping)
    )
    fitting = [rule for rule in able if _fits(vocabulary, rule, topic, unit, mode, whole)]
    if not fitting:
        return None
    if whole:
        parts = [rule for rule in fitting if vocabulary.is_part_of(rule.measure, whole)]
        fitting = parts or fitting
    return max(fitting, key=lambda rule: bool(rule.with_words) * 2 + bool(rule.topics))


def _fits(vocabulary: Vocabulary, rule: ClaimRule, topic: str | None, unit: str | None, mode: str, whole: str) -> bool:
    if WHOLE in rule.topics:
        if not whole or not vocabulary.is_part_of(rule.measure, whole):
            return False
    elif (rule.topics and topic not in rule.topics) or topic in rule.other_topics:
        return False
    if mode == "none":
        return rule.none
    if mode == "all":
        return rule.all
    return unit is None or unit in rule.units
