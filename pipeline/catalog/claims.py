"""The grammar of figures stated in prose: `claims/*.csv`, read into one `ClaimGrammar`.

words.csv lists what a sentence may be made of, rules.csv which words around a figure make it which measure of measures.csv,
units.csv what figures are counted in, patterns.csv what is no figure (dates, document numbers) and how time and doubt are said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from pipeline.catalog.csv_rows import Row, read_rows
from pipeline.common.errors import CatalogError

OTHER = "other"
WORD_CLASSES = (
    *("thing", "way", "act", "filler", "own", "area", "none", "all", "except", "split", "among"),
    *("each", "compare", "compared", "up", "down", "to", "share", "cumulative", "without", "together", "announce"),
)
DIRECTIONS = ("up", "down")
PATTERN_KINDS = ("skip", "period", "approximate", "topic", "not_before", "attributes", *DIRECTIONS)
WHOLE = "whole"  # in the column `topic` of a rule: only as a part of a figure that the measure belongs to
_HINT = "~"
_NOT = "-"
_OPTIONS = re.compile(r"\(([^()]*)\)(\?)?")


@dataclass(frozen=True)
class Measure:
    """What a figure counts. parents: the measures that it may be a part of; base: what a share of it is a share of.

    aspect: by what it parts its whole (who asked and how, the outcome); parts of another aspect make another split.
    fields: the cells that state the same, by field id (`a.*` all of a group, `a+b` a sum, `a[natural_person]` one column).
    """

    measure: str
    label_zh: str
    parents: tuple[str, ...]
    aspect: str
    base: str | None
    fields: tuple[str, ...]


@dataclass(frozen=True)
class ClaimWord:
    """A word of the grammar. topic: what the figures after it are about, where it says so; bare: nothing unknown may stand before it.

    hint: what its sentence is about where no word says so (`~request` in the column `topic`).
    """

    word: str
    word_class: str
    topic: str | None
    bare: bool
    hint: str | None = None


@dataclass(frozen=True)
class ClaimRule:
    """A figure in one of `units` whose nearest word is a head, with one of `with_words` beside it, under `topics`, is `measure`.

    other_topics (`-review` in the column `topic`): those under which it is something else.
    `@last` among with_words: a time named beside it. none, all: the rule holds for words in place of figures too (未收到; 全部办结).
    """

    rule: str
    measure: str
    heads: tuple[str, ...]
    with_words: frozenset[str]
    topics: frozenset[str]
    other_topics: frozenset[str]
    unless: frozenset[str]
    units: frozenset[str]
    none: bool
    all: bool


@dataclass(frozen=True)
class ClaimUnit:
    """A printed unit: the one it is stored in, its kind (count, money, share, points, times) and the factor between them.

    publishes: things published are counted in it, as a `whole` (条) or as a `part` (个) whose whole may have another unit.
    """

    unit: str
    kind: str
    factor: Decimal
    wordings: tuple[str, ...]
    publishes: str


@dataclass(frozen=True)
class ClaimPattern:
    """A regular expression of the grammar: `skip` is no figure, `period` says which time, `approximate` that a figure is not exact.

    `up`, `down`: words of change that are such only in some places (较上年多3件).

    `not_before`: what may not follow a unit (20个工作日). `topic`: what the section named in place of a pattern is about.
    `attributes`: stands in a sentence that tells documents by whether they may be published, so that 依申请公开6件 are no requests.
    """

    kind: str
    value: str
    pattern: str


@dataclass(frozen=True)
class ClaimGrammar:
    """All of it; wordings: each printed wording with its word."""

    measures: dict[str, Measure]
    wordings: dict[str, ClaimWord]
    rules: tuple[ClaimRule, ...]
    units: tuple[ClaimUnit, ...]
    patterns: tuple[ClaimPattern, ...]


def read_claim_grammar(folder: Path) -> ClaimGrammar:
    """The grammar in `folder`. Raises CatalogError at the first row that does not fit."""
    measures = {row.required("measure"): _measure(row) for row in read_rows(folder / "measures.csv")}
    for measure in measures.values():
        for name in filter(None, (*measure.parents, measure.base)):
            if name not in measures:
                raise CatalogError(f"claims/measures.csv 的 {measure.measure}：没有度量 {name}。")
    if OTHER not in measures:
        raise CatalogError(f"claims/measures.csv：缺少 {OTHER}。")
    wordings: dict[str, ClaimWord] = {}
    for row in read_rows(folder / "words.csv"):
        topic, hint = row.text("topic"), row.text("topic").removeprefix(_HINT)
        topic, hint = ("", hint) if topic.startswith(_HINT) else (topic, "")
        word = ClaimWord(row.required("word"), row.one_of("class", WORD_CLASSES), topic or None, row.yes("bare"), hint or None)
        for text in (each for wording in row.words("wordings") for each in expanded(wording)):
            if wordings.setdefault(text, word).word != word.word:
                raise row.error("wordings", f"“{text}”已是 {wordings[text].word} 的说法。")
    units = tuple(_unit(row) for row in read_rows(folder / "units.csv"))
    known_words, known_units = {word.word for word in wordings.values()}, {unit.unit for unit in units}
    rules = tuple(_rule(row, measures, known_words, known_units) for row in read_rows(folder / "rules.csv"))
    patterns = tuple(_pattern(row) for row in read_rows(folder / "patterns.csv"))
    return ClaimGrammar(measures, wordings, rules, units, patterns)


def expanded(wording: str) -> list[str]:
    """The texts that a wording stands for: `(a|b)` is one of them, `(a)?` may be left out."""
    match = _OPTIONS.search(wording)
    if match is None:
        return [wording]
    options = [*match[1].split("|"), *([""] if match[2] else [])]
    return [text for option in options for text in expanded(wording[: match.start()] + option + wording[match.end() :])]


def _measure(row: Row) -> Measure:
    measure = row.required("measure")
    aspect = row.text("aspect") or measure.rpartition(".")[0]
    return Measure(measure, row.required("label_zh"), row.words("parents"), aspect, row.optional("base"), row.words("fields"))


def _unit(row: Row) -> ClaimUnit:
    kind = row.one_of("kind", ("count", "money", "share", "points", "times"))
    wordings = tuple(sorted(row.words("wordings"), key=len, reverse=True))
    return ClaimUnit(row.required("unit"), kind, row.decimal("factor"), wordings, row.text("publishes"))


def _rule(row: Row, measures: dict[str, Measure], words: set[str], units: set[str]) -> ClaimRule:
    rule = ClaimRule(
        rule=row.required("claim_rule"),
        measure=row.one_of("measure", tuple(measures)),
        heads=row.words("head"),
        with_words=frozenset(row.words("with")),
        topics=frozenset(word for word in row.words("topic") if not word.startswith(_NOT)),
        other_topics=frozenset(word.removeprefix(_NOT) for word in row.words("topic") if word.startswith(_NOT)),
        unless=frozenset(row.words("unless")),
        units=frozenset(row.words("units")),
        none=row.yes("none"),
        all=row.yes("all"),
    )
    for column, named in (
        ("head", set(rule.heads)),
        ("with", {word for word in rule.with_words if not word.startswith("@")}),
        ("topic", (rule.topics | rule.other_topics) - {WHOLE}),
        ("unless", rule.unless),
    ):
        if unknown := named - words:
            raise row.error(column, f"words.csv 没有 {min(unknown)}。")
    if unknown := rule.units - units:
        raise row.error("units", f"units.csv 没有“{min(unknown)}”。")
    return rule


def _pattern(row: Row) -> ClaimPattern:
    try:
        re.compile(row.required("pattern"))
    except re.error as error:
        raise row.error("pattern", f"不是正确的正则表达式：{error}。") from None
    return ClaimPattern(row.one_of("kind", PATTERN_KINDS), row.text("value"), row.required("pattern"))
