"""Scans without upright lines: columns are read from where words and figures stand, or not at all; nothing is lost between them."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from pipeline.readers.model import Document
from tests.readers.test_scan import document_of

ACROSS = (520, 760, 1000)  # the middles of three columns, in pixels at 200 dpi
HEADINGS = ((190, "INFO"), *((across, "MADE") for across in ACROSS))


def page(scans: ModuleType, rows: list[tuple[str, ...]], *, sign_at: tuple[int, int] | None = None) -> Document:
    """The document of a page with a heading and rows of a label and figures, without any line."""
    import cv2
    import numpy as np

    drawn: Any = np.full((700, 1654, 3), 255, np.uint8)

    def write(middle: int, top: int, text: str, grey: int = 0) -> None:
        (wide, _), _ = cv2.getTextSize(text, cv2.FONT_HERSHEY_SIMPLEX, 0.9, 2)
        cv2.putText(drawn, text, (middle - wide // 2, top), cv2.FONT_HERSHEY_SIMPLEX, 0.9, (grey, grey, grey), 2, cv2.LINE_AA)

    for middle, text in HEADINGS:
        write(middle, 120, text)
    for number, (label, *figures) in enumerate(rows):
        write(190, 220 + 90 * number, label)
        for across, figure in zip(ACROSS, figures, strict=True):
            write(across, 220 + 90 * number, figure)
    if sign_at:
        row, column = sign_at
        write(ACROSS[column], 220 + 90 * row, "7", grey=215)
    return document_of(scans.render_scan.wrapped([drawn], "png", 200))


ROWS = [("RULES", "5", "61", "24"), ("PAPERS", "3", "8", "950"), ("PERMITS", "47", "0", "62")]


def test_figures_stand_under_their_headings(scans: ModuleType) -> None:
    (grid,) = page(scans, ROWS).grids()
    assert {(cell.row - 1, cell.column - 1): cell.text for cell in grid.cells if cell.row and cell.column} == {
        (row, column): figure for row, (_, *figures) in enumerate(ROWS) for column, figure in enumerate(figures)
    }
    assert all(cell.confidence >= 0.8 for cell in grid.cells)


@pytest.mark.parametrize("pale", [False, True])
def test_a_blank_is_blank_only_where_nothing_is_printed(scans: ModuleType, pale: bool) -> None:
    rows = [ROWS[0], ("PAPERS", "3", "", "950"), ROWS[2]]
    (grid,) = page(scans, rows, sign_at=(1, 1) if pale else None).grids()
    cell = next(cell for cell in grid.cells if (cell.row, cell.column) == (2, 2))
    assert cell.confidence < 0.8 if pale else cell.text == ""
