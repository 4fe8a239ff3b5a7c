"""Claims on the labelled set, and what the grammar may not take for a claim."""

from __future__ import annotations

from collections import Counter

import pytest

from pipeline.catalog.model import Catalog
from pipeline.checks.rulebook import rule_book
from pipeline.normalise.claims.reading import read_paragraph
from tests.claims.__main__ import PAGE
from tests.claims.false_findings import judged
from tests.claims.labelled_set import Labelled, labelled_sentences
from tests.claims.measure import PRECISION, RECALL, UNSEEN, outcome_of, score
from tests.claims.page import page

MOST_FALSE_UNSEEN = 1
SENTENCES = labelled_sentences()
_EVERY_KIND = {f"N{number}" for number in range(1, 10)} | {"approx", "year", "scope", "numerals", "prose", "hard", "no_claim"}


def test_precision_and_recall_reach_their_targets(catalog: Catalog) -> None:
    outcomes = [outcome_of(catalog, sentence) for sentence in SENTENCES]
    found = score(outcome for outcome in outcomes if outcome.sentence.file not in UNSEEN)
    assert found.precision >= PRECISION
    assert found.recall >= RECALL
    findings = [judged(rule_book(catalog), sentence) for sentence in SENTENCES]
    assert PAGE.read_text(encoding="utf-8") == page(outcomes, findings), "python -m tests.claims"
    assert not [each for each in findings if each.sentence.file not in UNSEEN and (each.false or each.missed)]
    assert sum(len(each.false) for each in findings if each.sentence.file in UNSEEN) <= MOST_FALSE_UNSEEN


def test_the_set_is_large_and_has_every_form_and_kind() -> None:
    assert len(SENTENCES) >= 150
    assert len({sentence.text for sentence in SENTENCES}) == len(SENTENCES)
    assert {sentence.form for sentence in SENTENCES} == {"2008", "2014", "2019", "2021"}
    assert {sentence.kind for sentence in SENTENCES} >= _EVERY_KIND
    files = Counter(sentence.file for sentence in SENTENCES)
    assert all(files[name] >= 60 for name in UNSEEN)


@pytest.mark.parametrize("sentence", [item for item in SENTENCES if item.file == "work"], ids=lambda item: f"{item.file}:{item.line}")
def test_a_sentence_is_read_as_labelled(catalog: Catalog, sentence: Labelled) -> None:
    outcome = outcome_of(catalog, sentence)
    assert (outcome.wrong, outcome.missed) == ([], [])


@pytest.mark.parametrize("sentence", SENTENCES, ids=lambda item: f"{item.file}:{item.line}")
def test_a_claim_stands_where_it_says(catalog: Catalog, sentence: Labelled) -> None:
    for claim in read_paragraph(catalog, sentence.text, sentence.report_year):
        printed = "".join(sentence.text[claim.start : claim.end].split())
        assert printed.translate(_HALF_WIDTH) == claim.raw.translate(_HALF_WIDTH)
        assert claim.sentence in sentence.text


_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
