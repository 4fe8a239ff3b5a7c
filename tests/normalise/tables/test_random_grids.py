"""Grids of labels, numbers and nothing in any order: the normaliser ends, keeps its promises and never raises."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.catalog.load import load_catalog
from pipeline.common.settings import DEFAULT_CATALOG
from pipeline.normalise.report import normalise
from pipeline.readers.model import Document, Paragraph
from tests.normalise.grids import TITLE, grid

CATALOG = load_catalog(DEFAULT_CATALOG)
LABELS = sorted({text for label in CATALOG.labels for text in label.texts})
SPAN = st.sampled_from(["", "", "", "*2", "*5", "^2", "^7", "*3^3"])
TEXT = st.one_of(st.sampled_from(LABELS), st.sampled_from(["", "0", "12", "/", "3件", "约5", "- 4 -", "2021年", "O"]))
CELL = st.builds("".join, st.tuples(TEXT, SPAN))
GRID = st.tuples(st.lists(st.lists(CELL, min_size=1, max_size=9), min_size=1, max_size=12), st.sampled_from(["stated", "inferred"]))


@settings(max_examples=300, deadline=None)
@given(st.lists(GRID, min_size=1, max_size=3))
def test_any_grids(grids: list[tuple[list[list[str]], str]]) -> None:
    placed = [grid(rows, index, "stated" if spans == "stated" else "inferred") for index, (rows, spans) in enumerate(grids)]
    for report in normalise(CATALOG, Document((Paragraph(TITLE.format(year=2021)), *placed))):
        keys = [(cell.field, cell.applicant) for cell in report.cells]
        assert len(keys) == len(set(keys))
        for cell in report.cells:
            assert (cell.value is not None) == (cell.state == "number")
            assert cell.state in ("blank", "unreadable") or cell.locator is not None
        assert {item.code for item in report.problems} <= {row.code for row in CATALOG.problems}
