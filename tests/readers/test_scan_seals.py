"""Cells under seals: blank ones stay blank where all ink in them is the seal's, figures lose no stroke with it; and signs of one stroke."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from pipeline.catalog.model import Catalog
from tests.readers.test_scan_colours import SEAL, WHITE, boxes, last_row, recoloured
from tests.reports.content import Figure
from tests.reports.layout import printed_tables

GREY = (150, 150, 150)


def pictured(catalog: Catalog, scans: ModuleType, signs: list[str] | None = None) -> Any:
    """表四 as a picture, its figures replaced by `signs`."""
    content = scans.made(catalog, 7)
    keys = [key for key in content.figures if key[0].startswith("remedies.")]
    if signs:
        content = content.with_figures({key: Figure(signs[place % len(signs)], None, "not_applicable") for place, key in enumerate(keys)})
    return scans.render_pictures.pictures_of(content, printed_tables(catalog, content)[2:])[0][0]


@pytest.fixture(scope="module")
def table(catalog: Catalog, scans: ModuleType) -> Any:
    return pictured(catalog, scans)


def stamped(picture: Any, middle: tuple[int, int], colour: tuple[int, ...]) -> Any:
    import cv2
    import numpy as np

    layer = np.full_like(picture, 255)
    cv2.circle(layer, middle, 130, colour, 8, cv2.LINE_AA)
    turns = [(k * np.pi / 5, 40 if k % 2 == 0 else 16) for k in range(10)]
    star = [(middle[0] + radius * np.sin(turn), middle[1] - radius * np.cos(turn)) for turn, radius in turns]
    cv2.fillPoly(layer, [np.array(star, dtype=np.int32)], colour, cv2.LINE_AA)
    return np.asarray(cv2.multiply(picture, layer, scale=1 / 255), dtype=np.uint8)


@pytest.mark.parametrize("colour", [SEAL, GREY], ids=["red", "grey"])
def test_a_blank_cell_under_a_seal_is_blank(table: Any, scans: ModuleType, colour: tuple[int, ...]) -> None:
    picture, places = table.copy(), boxes(scans, table)
    for box in places[4:8]:
        recoloured(picture, box, WHITE, WHITE)
    middle = (places[4][0] + places[7][2]) // 2, (places[4][1] + places[4][3]) // 2
    read, due = last_row(scans, stamped(picture, middle, colour)), last_row(scans, table)
    assert [(cell.text, cell.confidence) for cell in read[4:8]] == [("", 1.0)] * 4
    assert all(cell.text == other.text or cell.confidence < 0.8 for cell, other in zip(read[8:], due[8:], strict=True))


def test_a_thin_stroke_that_goes_with_a_seal_makes_a_figure_doubtful(table: Any, scans: ModuleType) -> None:
    import cv2

    picture, places = table.copy(), boxes(scans, table)
    left, top, right, bottom = places[5]
    recoloured(picture, places[5], WHITE, WHITE)
    across, down = (left + right) // 2, (top + bottom) // 2
    cv2.line(picture, (across + 5, down - 12), (across + 5, down + 12), (0, 0, 0), 2)
    cv2.line(picture, (across - 10, down + 5), (across + 10, down + 5), (0, 0, 0), 2)
    cv2.line(picture, (across - 10, down + 5), (across + 4, down - 12), (135, 135, 135), 1)  # a hair line, as pale as the seal
    (read,) = last_row(scans, stamped(picture, (across - 2, down + 30), GREY))[5:6]
    assert read.text == "4" or read.confidence < 0.8


def test_dashes_and_slashes_are_signs_and_no_figures(catalog: Catalog, scans: ModuleType) -> None:
    read = last_row(scans, pictured(catalog, scans, ["—", "/", "-"]))
    for cell, printed in zip(read, ["—", "/", "-"] * 5, strict=True):
        assert cell.text in {"—": "—-", "-": "—-", "/": "/"}[printed] or cell.confidence < 0.8
    assert sum(cell.confidence >= 0.8 for cell in read) >= 14
