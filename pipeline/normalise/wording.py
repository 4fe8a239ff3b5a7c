"""Printed text brought to a form in which the same label always looks the same."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from opencc import OpenCC

_INVISIBLE = re.compile(r"[\s\u00ad\u200b-\u200f\u2028-\u202f\u2060\ufeff]+")
_NOTES = re.compile(r"[\[(（［]?[\u2070-\u209f¹²³]+[\])）］]?")  # raised or lowered figures, which mark notes
_NUMBERING = re.compile(r"^(?:[一二三四五六七八九十]{1,3}[、.,:]|\([一二三四五六七八九十]{1,3}\)[、.]?|\d{1,2}[、.](?!\d)|[①-⑳])")
_LEVELS = re.compile(r"([一二三四五六七八九十]{1,3}[、.,:])|(\([一二三四五六七八九十]{1,3}\))|(\d{1,2}[、.](?!\d))")
_EXPLANATION = re.compile(r"\((?:[^()]{3,}|万?元|人次|[件条个次人项篇份])\)")  # a remark, or the unit
_IN_ANOTHER_SCRIPT = re.compile(r"[^\W\d_\u3007\u3400-\u9fff]+")  # beside Chinese words: their translation
_IN_CHINESE = re.compile(r"[\u3400-\u9fff]{2}")
_PUNCTUATION = re.compile(r"[^\w]|_")

_IN_BOTH = frozenset("乾著藉覆瞭徵")
_to_simplified = OpenCC("t2s")
_to_simplified_with_words = OpenCC("tw2sp")


@lru_cache(maxsize=65536)
def compact(text: str) -> str:
    """The text in compatibility form (full width to half) without spaces, invisible characters and marks of notes."""
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", without_notes(text)))


def without_notes(text: str) -> str:
    """The text without the raised or lowered figures that mark notes."""
    return text if text.isascii() else _NOTES.sub("", text)


@lru_cache(maxsize=65536)
def simplified(text: str) -> str:
    """Traditional characters and the words that go with them (檔案 for 文件) as simplified ones; other text unchanged.

    Characters that are at home in both, such as 乾 in 乾安县, stay.
    """
    if all(before == after or before in _IN_BOTH for before, after in zip(text, _to_simplified.convert(text), strict=False)):
        return text
    converted = str(_to_simplified_with_words.convert(text))
    if len(converted) != len(text):
        return converted
    return "".join(before if before in _IN_BOTH else after for before, after in zip(text, converted, strict=True))


@lru_cache(maxsize=65536)
def without_numbering(text: str) -> str:
    """The compact text without a number in front of it (一、 （一） 1. ①)."""
    bare = compact(text)
    return _NUMBERING.sub("", bare, count=1) or bare


def level(text: str) -> int:
    """The level of the number in front of a text: 1 for 一、 2 for （一） 3 for 1. and 0 where there is none."""
    match = _LEVELS.match(compact(text))
    return match.lastindex or 0 if match else 0


@lru_cache(maxsize=65536)
def label_key(text: str) -> str:
    """What is compared of a label: compact, simplified, without numbering, explanations in brackets, translations and punctuation.

    A text that is nothing but an explanation in brackets keeps its words.
    """
    bare = without_numbering(simplified(text))
    if _IN_CHINESE.search(bare):
        bare = _IN_ANOTHER_SCRIPT.sub("", bare)
    shorter = _EXPLANATION.sub("", bare)
    while shorter != bare:
        bare, shorter = shorter or bare.strip("()"), _EXPLANATION.sub("", shorter or bare.strip("()"))
    return _PUNCTUATION.sub("", bare)
