"""Characters that no one sees are in no text that readers hand on."""

from __future__ import annotations

import pytest

from pipeline.readers.invisible import without_invisible
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from pipeline.readers.registry import read


@pytest.mark.parametrize("letter", ["\u200b", "\u200e", "\ufeff", "\u2060", "\u00ad"])
def test_cells_that_look_blank_are_blank(letter: str) -> None:
    table = f"<table><tr><td>{letter}</td><td>尚未{letter}审结</td></tr><tr><td>1</td><td>\u30002</td></tr></table>"
    document = read("html", f"{table}<p>{letter}</p><p>一{letter}、</p>".encode())
    assert [cell.text for grid in document.grids() for cell in grid.cells] == ["", "尚未审结", "1", "\u30002"]
    assert [block.text for block in document.paragraphs()] == ["一、"]


def test_what_is_seen_stays_as_it_is() -> None:
    grid = Grid(0, 1, 2, (GridCell(0, 0, "\N{NO-BREAK SPACE}3\n4"), GridCell(0, 1, "\N{THIN SPACE}\u3000")))
    document = Document((Paragraph("\u3000一、总体情况"), grid))
    assert without_invisible(document) is document
