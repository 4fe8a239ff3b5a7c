"""Reviews and lawsuits of all kinds beside those about disclosure: only the latter are what a report counts."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.reading import read_paragraph


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "全年行政复议9件、行政诉讼4件，涉及信息公开的分别为2件、1件。",
            ["other", "other", "remedies.review.total", "remedies.litigation.total"],
        ),
        ("全年行政复议案件9件，涉及信息公开2件。", ["other", "remedies.review.total"]),
        ("全年行政复议9件、行政诉讼4件。", ["remedies.review.total", "remedies.litigation.total"]),
    ],
)
def test_figures_of_all_kinds_have_no_name_beside_those_about_disclosure(catalog: Catalog, sentence: str, expected: list[str]) -> None:
    assert [claim.measure for claim in read_paragraph(catalog, sentence, 2023)] == expected
