"""A sentence as tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.catalog.claims import DIRECTIONS
from pipeline.normalise.claims.model import Token
from pipeline.normalise.claims.numbers import figure_of
from pipeline.normalise.claims.vocabulary import Vocabulary

_PLAIN = frozenset(("mark", "skip", *DIRECTIONS))
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.]|\d{1,2}[、.．](?!\d)|\d{1,2}[)）])")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SAYS_NOTHING = frozenset(("thing", "way", "act", "filler", "own", "area", "mark", "skip", "split", "among"))
_STOP = frozenset("“”‘’「」\"'》本的了已共约为是计达有在至到由从向以及和与或并各个等其于则被已均仍尚另对将因所且")


def tokens_of(vocabulary: Vocabulary, sentence: str, report_year: int | None) -> list[Token]:
    """The tokens of a sentence, in order; characters that no token covers are unknown to the grammar."""
    found: list[Token] = []
    numbering = _NUMBERING.match(sentence)
    for match in vocabulary.tokens.finditer(sentence, numbering.end() if numbering else 0):
        token = _token(vocabulary, match, report_year)
        if token is not None:
            found.extend(_cut(vocabulary, token))
    return _without_remarks(sentence, found) if "（" in sentence or "(" in sentence else found


def _without_remarks(sentence: str, tokens: list[Token]) -> list[Token]:
    """The tokens with each bracket that states nothing as one that is passed over: 网站（含转发）发布319条."""
    found: list[Token] = []
    opening: int | None = None
    for token in tokens:
        found.append(token)
        if token.kind == "mark" and token.text in "（(":
            opening = len(found) - 1
        elif token.kind == "mark" and token.text in "）)" and opening is not None:
            if _is_remark(sentence, found[opening:]):
                found[opening:] = [Token("skip", "", found[opening].start, token.end)]
            opening = None
    return found


def _is_remark(sentence: str, bracket: Sequence[Token]) -> bool:
    """Whether a bracket states nothing: no figure, no time, no word for none or all, and nothing that nobody knows."""
    if any(token.kind not in _SAYS_NOTHING for token in bracket):
        return False
    ends, starts = bracket[:-1], bracket[1:]
    return not any(_HAN.search(unknown(sentence[one.end : other.start])) for one, other in zip(ends, starts, strict=True))


def _token(vocabulary: Vocabulary, match: re.Match[str], report_year: int | None) -> Token | None:
    group, text, (start, end) = match.lastgroup or "", match[0], match.span()
    if group == "word":
        word = vocabulary.words[text]
        return Token(word.word_class, text, start, end, word)
    if group in _PLAIN:
        return Token(group, text, start, end)
    if (number := vocabulary.period_groups.get(group)) is not None:
        return Token("period", text, start, end, value=period_of(vocabulary.periods[number], text, report_year))
    figure = figure_of(vocabulary, match)
    return Token("figure", text, start, end, None, figure) if figure else None


def _cut(vocabulary: Vocabulary, token: Token) -> list[Token]:
    """多收到 and 少公开 as two words, the direction and what there is more or less of; 各下降 as two, of each, and the direction."""
    second = vocabulary.words.get(token.text[1:]) if token.kind in DIRECTIONS and token.text[0] in "多少各" else None
    if second is None:
        return [token]
    middle = token.start + 1
    first = "all" if token.text[0] == "各" else token.kind
    return [
        Token(first, token.text[0], token.start, middle, token.word),
        Token(second.word_class, token.text[1:], middle, token.end, second),
    ]


def period_of(value: str, text: str, report_year: int | None) -> str:
    """The time that a wording means in a report on `report_year`; "" for one that says nothing of the figures after it."""
    if value == "date":
        return ""
    years = [int(year) for year in re.findall(r"\d{4}", text)]
    if value == "since" and years == [report_year]:
        return "this"
    if value == "part" and report_year is not None and years == [report_year + 1]:
        return "next"
    if value != "year":
        return value
    if len(years) > 1 or report_year is None:
        return "other"
    return {0: "this", -1: "last", 1: "next"}.get(years[0] - report_year, "other")


def unknown(text: str) -> str:
    """What of a text between tokens says something that the grammar does not know."""
    return "".join(letter for letter in text if letter not in _STOP)
