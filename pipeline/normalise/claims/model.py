"""What is found in prose: claims, and the tokens that they are made from."""

from __future__ import annotations

from decimal import Decimal
from typing import Literal, NamedTuple

from msgspec import Struct

from pipeline.catalog.claims import ClaimWord

ClaimKind = Literal["figure", "none", "all", "share", "growth", "change"]
Period = Literal["this", "last", "next", "other", "part", "since", "cumulative", "as_of"]
ClaimScope = Literal["own", "area", "unknown"]


class Claim(Struct, frozen=True):
    """One figure stated in prose, or a word that stands for one.

    kind: `figure`; `none` (未收到: value 0); `all` (全部办结: no value); `share` (per cent of `base`); `growth` (per cent, percentage
    points or times against the year before) and `change` (pieces against the year before) with a direction.
    value: decimal, money in yuan; value_to: the upper end of a range. whole: the place, among the claims of the report, of the claim
    that this one is a part of. block, start, end: the paragraph among the blocks of the document, and the characters in it.
    rule: the row of the grammar that gave the measure, "" where none did (`other`).
    """

    kind: ClaimKind
    measure: str
    value: Decimal | None
    unit: str
    raw: str
    sentence: str
    block: int
    start: int
    end: int
    section: str | None = None
    page: int | None = None
    value_to: Decimal | None = None
    approximate: bool = False
    period: Period = "this"
    scope: ClaimScope = "unknown"
    base: str | None = None
    direction: Literal["up", "down"] | None = None
    whole: int | None = None
    rule: str = ""


class Figure(NamedTuple):
    """A number as written: unit None where none is printed; in_words: 零, which says that there are none."""

    value: Decimal
    value_to: Decimal | None
    unit: str | None
    unit_kind: str
    approximate: bool
    chinese: bool
    in_words: bool = False


class Token(NamedTuple):
    """A piece of a sentence: kind `figure`, `mark` (punctuation), `skip`, `period`, or the class of its word."""

    kind: str
    text: str
    start: int
    end: int
    word: ClaimWord | None = None
    figure: Figure | None = None
    value: str = ""
