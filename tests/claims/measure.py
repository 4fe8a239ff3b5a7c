"""How many claims of the labelled set are found, and how many of those found are there."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from pipeline.catalog.claims import OTHER
from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.reading import read_paragraph
from tests.claims.labelled_set import Labelled, Stated, stated

PRECISION, RECALL = 0.98, 0.90  # what has to be reached
UNSEEN = ("fourth_hand_unseen", "eighth_hand_unseen")  # the files of the sentences whose misses nobody looks at


@dataclass(frozen=True)
class Outcome:
    """A sentence with the claims found that are right, those that are not there, and those that were missed."""

    sentence: Labelled
    right: list[Stated]
    wrong: list[Stated]
    missed: list[Stated]


@dataclass(frozen=True)
class Score:
    """Counts over some sentences."""

    sentences: int
    stated: int
    found: int
    right: int
    misnamed: int = 0

    @property
    def precision(self) -> float:
        """The share of the claims found that are right in every respect."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the claims stated that were found."""
        return self.right / self.stated if self.stated else 1.0


def outcome_of(catalog: Catalog, sentence: Labelled) -> Outcome:
    """Read one sentence and compare."""
    found = Counter(stated(read_paragraph(catalog, sentence.text, sentence.report_year)))
    expected = Counter(sentence.claims)
    right = found & expected
    return Outcome(sentence, list(right.elements()), list((found - right).elements()), list((expected - right).elements()))


def score(outcomes: Iterable[Outcome]) -> Score:
    """The counts over outcomes."""
    listed = list(outcomes)
    right = sum(len(each.right) for each in listed)
    missed, wrong = (sum(len(getattr(each, part)) for each in listed) for part in ("missed", "wrong"))
    misnamed = sum(claim.measure != OTHER for each in listed for claim in each.wrong)
    return Score(len(listed), right + missed, right + wrong, right, misnamed)
