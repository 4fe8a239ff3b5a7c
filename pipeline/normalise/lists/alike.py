"""Damaged words of a list: letters lost, or one of many misread.

A list is where places add rows of their own, and those read like rows of the form: 政务头条公开政府信息数 beside 政务微信….
So likeness of letters is not enough. What is printed has to be the words of the form with some of them lost, or with one changed.
"""

from __future__ import annotations

from rapidfuzz import fuzz

_LEAST_KEPT = 0.6  # of the letters
_LEAST_LETTERS = 4
_LONG = 9  # letters, of which one may be another: a shorter wording is another one then (延期, 逾期)
_CHANGED = 0.75
_FULL = 0.9  # how well a wording fits that has lost none


def likeness_of_damaged(printed: str, known: str) -> float:
    """How well a printed label fits a known wording that it may be the remains of; 0 where it is something else."""
    if len(printed) < _LEAST_LETTERS:
        return 0.0
    if len(printed) == len(known):
        changed = sum(one != other for one, other in zip(printed, known, strict=True))
        return _CHANGED if changed == 1 and len(known) >= _LONG else 0.0
    shorter, longer = sorted((printed, known), key=len)
    if shorter is known or not _is_within(shorter, longer) or len(shorter) < _LEAST_KEPT * len(longer):
        return 0.0
    return _FULL * (2 * len(shorter) / (len(shorter) + len(longer)))


def resembles(printed: str, known: str) -> bool:
    """Whether two wordings have half of their letters in common: the one may be meant where the other is printed."""
    return fuzz.ratio(printed, known) >= 50


def _is_within(shorter: str, longer: str) -> bool:
    """Whether the letters of one stand in the other in their order."""
    letters = iter(longer)
    return all(letter in letters for letter in shorter)
