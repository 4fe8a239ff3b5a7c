"""Reports whose prose is nearly that of another one: candidates by MinHash, how much they share exactly.

Compared are the letters alone: figures, punctuation and the name of the body are no prose of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import numpy.typing as npt
from datasketch import MinHash, MinHashLSH

from pipeline.checks.between_years import Standing
from pipeline.checks.model import Alike, Beside, ReportFacts, Unlike

Shingles = npt.NDArray[np.uint32]
_LETTERS = 5  # of one shingle
_LEAST = 200  # letters, below which bodies with nothing to say write the same by chance
_NEARLY = 0.9
_SUSPECTED = 0.85  # MinHash only estimates
_PERMUTATIONS = 64
_ONE_OF = 4  # so many shingles is looked at for a candidate
_MOST_CANDIDATES = 10
_MOST_ESTIMATED = 100  # where a whole county copies one text, these are enough to find one that is nearly the same
_FACTOR = np.uint64(0x9E3779B97F4A7C15)
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
    text = _NO_LETTERS.sub("", "".join(section.text for section in facts.sections).replace(facts.agency_name, ""))
    if len(text) < _LEAST:
        return np.empty(0, np.uint32)
    codes = np.frombuffer(text.encode("utf-32-le"), np.uint32).astype(np.uint64)
    runs = len(codes) - _LETTERS + 1
    numbers = np.zeros(runs, np.uint64)
    for place in range(_LETTERS):
        numbers = (numbers + codes[place : place + runs]) * _FACTOR
    ordered = np.sort((numbers >> np.uint64(32)).astype(np.uint32))  # five times as fast as numpy.unique
    once: Shingles = ordered[np.append(True, ordered[1:] != ordered[:-1])]
    return once


def _candidates(texts: Sequence[Shingles]) -> list[list[int]]:
    """For each text the places of those that may be nearly the same."""
    index = MinHashLSH(threshold=_SUSPECTED, num_perm=_PERMUTATIONS)
    samples = (text[text % _ONE_OF == 0].tolist() for text in texts)
    hashes = list(MinHash.generator(samples, num_perm=_PERMUTATIONS, hashfunc=int))
    written = [place for place, text in enumerate(texts) if len(text)]
    with index.insertion_session() as session:
        for place in written:
            session.insert(place, hashes[place], check_duplication=False)
    found: list[list[int]] = [[] for _ in texts]
    for place in written:
        others = sorted(other for other in index.query(hashes[place]) if other != place)[:_MOST_ESTIMATED]
        found[place] = sorted(others, key=lambda other, own=hashes[place]: -own.jaccard(hashes[other]))[:_MOST_CANDIDATES]  # type: ignore[misc]
    return found


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
