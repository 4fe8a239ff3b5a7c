"""Reports whose prose is nearly that of another one: candidates by MinHash, how much they share exactly.

Compared are the letters alone: figures, punctuation and the name of the body are no prose of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from pipeline.checks.between_years import Standing
from pipeline.checks.model import Alike, Beside, ReportFacts, Unlike

Shingles = npt.NDArray[np.uint32]
_LETTERS = 5  # of one shingle
_LEAST = 200  # letters, below which bodies with nothing to say write the same by chance
_NEARLY = 0.9
_BANDS, _ROWS = 14, 9  # of MinHash: misses one in 1000 of those that share nine tenths, suspects 3 in 100 of those that share half
_PARTS = _BANDS * _ROWS  # of the numbers that a shingle can have; the smallest shingle in each is what MinHash compares
_MOST_CANDIDATES = 10
_MOST_ESTIMATED = 100  # where a whole county copies one text, these are enough to find one that is nearly the same
_FACTOR = np.uint32(0x9E3779B1)  # odd, so that no number is lost by it; sums and products are modulo 2**32
_STARTS = ((np.arange(_PARTS, dtype=np.uint64) << np.uint64(32)) // np.uint64(_PARTS)).astype(np.uint32)
_NO_LETTERS = re.compile(r"[\W\d_]+")


def likenesses(listed: Sequence[Standing]) -> Iterator[Mapping[Beside, Alike | Unlike]]:
    """For each report of a year what its prose repeats: the body's own report of the year before, another body's on the same year."""
    reports = [standing.facts for standing in listed]
    texts = [shingles(facts) for facts in reports]
    candidates = _candidates(texts)
    for place, standing in enumerate(listed):
        before = standing.previous if standing.together is None else None
        others = [(reports[other], texts[other]) for other in candidates[place] if reports[other].agency_id != standing.facts.agency_id]
        yield {
            "previous": _nearest(texts[place], [(before, shingles(before))] if before else [], alone=before is None or not before.sections),
            "sibling": _nearest(texts[place], others, alone=len(reports) < 2),
        }


def shingles(facts: ReportFacts) -> Shingles:
    """The runs of letters of a report's prose as numbers, each once; nothing where there is too little prose."""
    codes = _letters("".join([section.text for section in facts.sections]).replace(facts.agency_name, ""))
    if len(codes) < _LEAST:
        return np.empty(0, np.uint32)
    runs = len(codes) - _LETTERS + 1
    numbers = codes[:runs] * _FACTOR
    for place in range(1, _LETTERS):
        numbers += codes[place : place + runs]
        numbers *= _FACTOR
    ordered = np.sort(numbers)  # five times as fast as numpy.unique
    is_first = np.empty(runs, np.bool_)
    is_first[0] = True
    np.not_equal(ordered[1:], ordered[:-1], out=is_first[1:])
    return ordered[is_first]


def _letters(text: str) -> Shingles:
    """The code points of the letters of a text: by a table, seven times as fast as the pattern that it is made of."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    is_letter = _is_letter()
    if len(codes) and codes.max() >= len(is_letter):  # beyond the plane in which nearly all writing is
        return np.frombuffer(_NO_LETTERS.sub("", text).encode("utf-32-le"), np.uint32)
    letters: Shingles = codes[is_letter[codes]]
    return letters


@lru_cache(maxsize=1)
def _is_letter() -> npt.NDArray[np.bool_]:
    table = np.ones(0x10000, np.bool_)
    for match in _NO_LETTERS.finditer("".join(map(chr, range(len(table))))):
        table[match.start() : match.end()] = False
    return table


def _candidates(texts: Sequence[Shingles]) -> list[list[int]]:
    """For each text the places of those that may be nearly the same."""
    from datasketch import LeanMinHash, MinHashLSH  # takes a quarter of a second to load, which a build that checks nothing does without

    index = MinHashLSH(num_perm=_PARTS, params=(_BANDS, _ROWS))
    written = [place for place, text in enumerate(texts) if len(text)]
    hashes = {place: LeanMinHash(seed=1, hashvalues=_smallest(texts[place]), scheme="affine32") for place in written}
    with index.insertion_session() as session:
        for place in written:
            session.insert(place, hashes[place], check_duplication=False)
    found: list[list[int]] = [[] for _ in texts]
    for place in written:
        others = sorted(other for other in index.query(hashes[place]) if other != place)[:_MOST_ESTIMATED]
        found[place] = sorted(others, key=lambda other, own=hashes[place]: -own.jaccard(hashes[other]))[:_MOST_CANDIDATES]  # type: ignore[misc]
    return found


def _smallest(text: Shingles) -> Shingles:
    """The smallest shingle in each part of what numbers there are; the next one that there is where a part has none.

    In two texts as many are equal as they have shingles in common: MinHash by one hash instead of a permutation for each part.
    """
    smallest: Shingles = text[np.searchsorted(text, _STARTS) % len(text)]
    return smallest


def _nearest(own: Shingles, others: Sequence[tuple[ReportFacts, Shingles]], *, alone: bool) -> Alike | Unlike:
    if not len(own):
        return "short"
    if alone:
        return "alone"
    shares = [(_share(own, text), facts) for facts, text in others]
    share, facts = max(shares, key=lambda pair: pair[0], default=(0.0, None))
    return Alike(facts.agency_name, facts.report_year, int(share * 100)) if facts and share > _NEARLY else "unlike"


def _share(one: Shingles, other: Shingles) -> float:
    """How much of what stands in either stands in both."""
    if min(len(one), len(other)) < _NEARLY * max(len(one), len(other)):
        return 0.0
    both = len(np.intersect1d(one, other, assume_unique=True))
    return both / (len(one) + len(other) - both)
