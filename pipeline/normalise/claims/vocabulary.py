"""The grammar of the catalogue, compiled once: one pattern that cuts a sentence into tokens, and rules by their head."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property, lru_cache

from pipeline.catalog.claims import DIRECTIONS, ClaimGrammar, ClaimRule, ClaimUnit, ClaimWord
from pipeline.catalog.model import Catalog

CHINESE_DIGITS = "零〇一二三四五六七八九十百千万亿两廿壹贰叁肆伍陆柒捌玖拾佰仟"
_QUOTES = "[“”\"'‘’「」]"
_MARKS = "[，,。；;：:、（）()！!？?]"


class Vocabulary:
    """A `ClaimGrammar` made ready."""

    def __init__(self, grammar: ClaimGrammar) -> None:
        self.grammar = grammar
        self.words: dict[str, ClaimWord] = grammar.wordings
        self.units: dict[str, ClaimUnit] = {text: unit for unit in grammar.units for text in unit.wordings}
        self.rules_of: dict[str, list[ClaimRule]] = {}
        for rule in grammar.rules:
            for head in rule.heads:
                self.rules_of.setdefault(head, []).append(rule)
        self.periods = [pattern.value for pattern in grammar.patterns if pattern.kind == "period"]
        self.period_groups = {f"p{number}": number for number in range(len(self.periods))}

    def is_part_of(self, measure: str, whole: str) -> bool:
        """Whether `measure` counts some of what `whole` counts."""
        return whole in self.grammar.measures[measure].parents

    def alike(self, unit: str, whole: str) -> bool:
        """Whether what is counted in a unit can be a part of what is counted in another: 发布信息120条，其中图解5个."""
        return unit == whole or (self._publishes.get(whole) == "whole" and unit in self._publishes)

    @cached_property
    def _publishes(self) -> dict[str, str]:
        return {unit.unit: unit.publishes for unit in self.grammar.units if unit.publishes}

    def counts_in(self, measure: str, unit: str | None) -> bool:
        """Whether figures in a unit can be of a measure."""
        return unit is not None and unit in self._units_of.get(measure, frozenset())

    @cached_property
    def _units_of(self) -> dict[str, frozenset[str]]:
        units: dict[str, frozenset[str]] = {}
        for rule in self.grammar.rules:
            units[rule.measure] = units.get(rule.measure, frozenset()) | rule.units
        return units

    def rule_of(self, measure: str) -> ClaimRule | None:
        """The first rule that gives a measure."""
        return next((rule for rule in self.grammar.rules if rule.measure == measure), None)

    def aspect(self, measure: str) -> str:
        """By what a measure parts its whole."""
        return self.grammar.measures[measure].aspect

    @cached_property
    def sources(self) -> frozenset[str]:
        """The words that say from whom or by what way requests come, and so of which of them is spoken."""
        return frozenset(head for rule in self.grammar.rules if self.aspect(rule.measure) == "source" for head in rule.heads)

    @cached_property
    def rates(self) -> frozenset[str]:
        """The rules of what is only ever told in per cent (办结率), which is not a part of anything."""
        return frozenset(rule.rule for rule in self.grammar.rules if rule.units == {"%", "百分点"})

    @cached_property
    def tokens(self) -> re.Pattern[str]:
        """Tokens at one place, in this order: rise and fall, words, what is no figure, times, figures, punctuation."""
        skips = _either(pattern.pattern for pattern in self.grammar.patterns if pattern.kind == "skip")
        periods = "|".join(
            f"(?P<p{number}>{pattern.pattern})"
            for number, pattern in enumerate(pattern for pattern in self.grammar.patterns if pattern.kind == "period")
        )
        words = f"(?P<word>{trie_pattern(self.words)})"
        changes = "|".join(
            f"(?P<{way}>{_either(pattern.pattern for pattern in self.grammar.patterns if pattern.kind == way) or '(?!)'})"
            for way in DIRECTIONS
        )
        quoted = "".join(trie_pattern(text for text, word in self.words.items() if word.word_class == "way"))
        skip = f"(?!{_QUOTES}{quoted}{_QUOTES})(?:{skips})"  # “予以公开”答复3份 names an outcome
        return re.compile(f"{changes}|{words}|(?P<skip>{skip})|{periods}|{self._figures}|(?P<mark>{_MARKS})")

    @cached_property
    def attributes(self) -> tuple[re.Pattern[str], ...]:
        """Patterns of sentences that tell documents by whether they may be published."""
        return tuple(re.compile(row.pattern) for row in self.grammar.patterns if row.kind == "attributes")

    @cached_property
    def worth_reading(self) -> re.Pattern[str]:
        """Stands in every sentence that may state a figure; most sentences need no closer look."""
        negators = [text for text, word in self.words.items() if word.word_class in ("none", "all")]
        after = _either(row.pattern for row in self.grammar.patterns if (row.kind, row.value) == ("approximate", "after"))
        return re.compile(rf"[0-9]|[{CHINESE_DIGITS}](?:{after})?(?:{self._units})|为零|百分之|{trie_pattern(negators)}")

    @property
    def _units(self) -> str:
        return trie_pattern(self.units)

    @cached_property
    def _figures(self) -> str:
        before, after, behind = (
            _either(row.pattern for row in self.grammar.patterns if (row.kind, row.value) == ("approximate", place))
            for place in ("before", "after", "behind")
        )
        not_before = _either(row.pattern for row in self.grammar.patterns if row.kind == "not_before")
        arabic = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?"
        mixed = r"\d+万(?:\d{4}|\d千|\d千\d百|\d百)(?!\d)"
        number = f"{mixed}|(?:{arabic})[万亿千百]?|[{CHINESE_DIGITS}]+"
        again = rf"(?:[（(](?:\d+|[{CHINESE_DIGITS}]+)[）)])?"  # 十三（13）件
        percent = rf"百分之(?P<percent>[{CHINESE_DIGITS}]+(?:点[{CHINESE_DIGITS}]+)?|\d+(?:\.\d+)?)(?P<over>{behind})?"
        joined = rf"(?:[-—–~至到]{{1,2}}(?P<high>{number}))?"
        unit = f"(?P<unit>{self._units})(?!{not_before})"
        counted = rf"(?P<more>{after})?(?P<scale>[万亿])?(?P<more2>{after})?(?:个(?=[人次条]))?{unit}(?P<behind>{behind})?"
        bare = r"(?P<bare>(?<![\dA-Za-z.])\d{1,9}(?:\.\d+)?(?![\d.A-Za-z年月日号万亿余多])|(?<=为)零(?![\u4e00-\u9fff]))"
        begins = "".join(sorted(set(re.findall(r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]", before))))  # what may stand first, tested at once
        figure = rf"(?<![\dA-Za-z.])(?P<number>{number}){again}{joined}{counted}"
        return rf"(?=[\d{CHINESE_DIGITS}{begins}])(?:(?:(?P<before>{before}))?(?:{percent}|{figure})|{bare})"


def _either(patterns: Iterable[str]) -> str:
    return "|".join(f"(?:{pattern})" for pattern in patterns)


def trie_pattern(texts: Iterable[str]) -> str:
    """A pattern for any of the texts, the longest first, that never tries two of them from their beginnings."""
    tree: dict[str, object] = {}
    for text in texts:
        node = tree
        for letter in text:
            node = node.setdefault(letter, {})  # type: ignore[assignment]
        node[""] = {}
    return _branch(tree)


def _branch(node: dict[str, object]) -> str:
    options = [re.escape(letter) + _branch(rest) for letter, rest in node.items() if letter and isinstance(rest, dict)]
    if not options:
        return ""
    joined = f"(?:{'|'.join(options)})"
    return joined + "?" if "" in node else joined


@lru_cache(maxsize=4)
def vocabulary(catalog: Catalog) -> Vocabulary:
    """The vocabulary of a catalogue, made once."""
    return Vocabulary(catalog.claims)
