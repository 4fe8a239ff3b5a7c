"""Which figure another one is a part of."""

from __future__ import annotations

import pytest

from pipeline.catalog.model import Catalog
from pipeline.normalise.claims.reading import read_paragraph


@pytest.mark.parametrize(
    ("sentence", "wholes"),
    [
        ("全年收到申请88件，其中予以公开45件（占51.1%）、部分公开3件。", [None, 0, 0, 0]),
        ("全年收到申请88件，其中予以公开45件（部分公开3件）。", [None, 0, 1]),
        ("予以公开45件（占51.1%）。", [None, None]),
    ],
    ids=[
        "a share in brackets is one of what its figure is a part of",
        "a figure in brackets is a part of that before them",
        "of nothing stated",
    ],
)
def test_brackets(catalog: Catalog, sentence: str, wholes: list[int | None]) -> None:
    assert [claim.whole for claim in read_paragraph(catalog, sentence, 2023)] == wholes
