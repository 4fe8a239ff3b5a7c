"""The measure of false findings itself: a sentence that says something else than its labels is found fault with."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.checks.rulebook import rule_book
from tests.claims.false_findings import judged
from tests.claims.labelled_set import Labelled, stated_in


@pytest.mark.parametrize(
    ("claims", "text", "finds"),
    [
        ("requests.new_or_caseload 7 件", "全年收到申请8件。", ("N1 正文“收到（受理）申请”8 件",)),
        ("requests.handled 5 件", "申请办结6件。", ("N2 正文“办结（答复）申请”6 件",)),
        ("remedies.review.total 2 件; remedies.litigation.total 1 件", "行政复议2件、行政诉讼3件。", ("N6 正文“行政诉讼”3 件",)),
    ],
)
def test_a_sentence_that_says_something_else_is_found_fault_with(catalog: Catalog, claims: str, text: str, finds: tuple[str, ...]) -> None:
    sentence = Labelled("made", 1, "2021", "N1", text, stated_in(claims), 2023)
    assert judged(rule_book(catalog), sentence).false == finds
