"""Figures in any colour on any ground are read or said to be unreadable; a cell with ink in it is never blank."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from pipeline.catalog.model import Catalog
from pipeline.orchestration.reading import read_bytes
from pipeline.readers.model import GridCell
from tests.reports.layout import printed_tables

WHITE, SEAL = (255, 255, 255), (60, 60, 225)  # blue, green, red
COLOURS = {  # of the figures and of the ground on which they stand
    "light grey": ((215, 215, 215), WHITE),
    "grey": ((180, 180, 180), WHITE),
    "yellow": ((0, 255, 255), WHITE),
    "pink": ((200, 200, 255), WHITE),
    "orange": ((0, 165, 255), WHITE),
    "light blue": ((255, 200, 150), WHITE),
    "red": ((0, 0, 255), WHITE),
    "white on black": (WHITE, (0, 0, 0)),
    "white on blue": (WHITE, (150, 80, 30)),
    "white on light blue": (WHITE, (230, 190, 150)),
    "red on black": ((0, 0, 255), (0, 0, 0)),
    "grey on grey": ((150, 150, 150), (190, 190, 190)),
}


@pytest.fixture(scope="module")
def table(catalog: Catalog, scans: ModuleType) -> Any:
    content = scans.made(catalog, 7)
    return scans.render_pictures.pictures_of(content, printed_tables(catalog, content)[2:])[0][0]


def last_row(scans: ModuleType, picture: Any, container: str = "png") -> list[GridCell]:
    document = read_bytes(scans.render_scan.wrapped([picture], container, 200)).document
    assert document is not None
    (grid,) = document.grids()
    return [cell for cell in grid.cells if cell.row == grid.rows - 1]


def boxes(scans: ModuleType, picture: Any) -> list[tuple[int, ...]]:
    dpi = picture.shape[1] / 8.27
    return [tuple(round(edge * dpi / 72) for edge in cell.bbox or ()) for cell in last_row(scans, picture)]


def recoloured(picture: Any, box: tuple[int, ...], figure: tuple[int, ...], ground: tuple[int, ...]) -> None:
    import numpy as np

    left, top, right, bottom = box
    part = picture[top + 3 : bottom - 3, left + 3 : right - 3]
    ink = 1 - part.min(axis=2, keepdims=True) / 255
    part[:] = (np.array(ground) * (1 - ink) + np.array(figure) * ink).round()


@pytest.mark.parametrize("container", ["png", "jpeg"])
def test_figures_in_any_colour_are_read(table: Any, scans: ModuleType, container: str) -> None:
    picture = table.copy()
    places = boxes(scans, table)
    for box, (figure, ground) in zip(places, COLOURS.values(), strict=False):
        recoloured(picture, box, figure, ground)
    expected = [cell.text for cell in last_row(scans, table)]
    read = last_row(scans, picture, container)
    assert len(read) == len(expected)
    for name, cell, text in zip(COLOURS, read, expected, strict=False):
        assert cell.text != "", name
        assert cell.text == text or cell.confidence < 0.8, name
    assert sum(cell.confidence >= 0.8 for cell in read) >= len(COLOURS) - 2


def test_red_figures_under_a_red_seal_are_not_blank_and_blank_cells_stay_blank(table: Any, scans: ModuleType) -> None:
    import cv2
    import numpy as np

    picture = table.copy()
    places = boxes(scans, table)
    for box in places[4:8]:
        recoloured(picture, box, SEAL, WHITE)
    recoloured(picture, places[0], WHITE, WHITE)
    layer = np.full_like(picture, 255)
    middle = (places[4][0] + places[7][2]) // 2, places[4][1]
    cv2.circle(layer, middle, 130, SEAL, 8, cv2.LINE_AA)
    read = last_row(scans, np.asarray(cv2.multiply(picture, layer, scale=1 / 255), dtype=np.uint8))
    assert all(cell.text and cell.confidence < 0.8 for cell in read[4:8])
    assert (read[0].text, read[0].confidence) == ("", 1.0)


def test_a_figure_of_which_a_part_is_pale_is_doubtful(table: Any, scans: ModuleType) -> None:
    picture = table.copy()
    left, top, right, bottom = boxes(scans, table)[3]
    middle = (left + right) // 2
    digits = picture[top + 6 : bottom - 6, middle - 16 : middle + 16].copy()
    picture[top + 6 : bottom - 6, left + 6 : left + 38] = 255 - (255 - digits) // 4  # a pale digit before the dark one
    assert last_row(scans, picture)[3].confidence < 0.8


def test_a_straight_stroke_of_a_grey_seal_parts_no_cell(table: Any, scans: ModuleType) -> None:
    import cv2
    import numpy as np

    def shape(picture: Any) -> list[tuple[int, ...]]:
        document = read_bytes(scans.render_scan.wrapped([picture], "png", 200)).document
        assert document is not None
        (grid,) = document.grids()
        return [(cell.row, cell.column, cell.row_span, cell.column_span) for cell in grid.cells]

    left, top, right, bottom = boxes(scans, table)[6]
    layer = np.full_like(table, 255)
    cv2.circle(layer, (right, top), 140, (150, 150, 150), 8, cv2.LINE_AA)
    cv2.line(layer, ((left + right) // 2 + 12, top), ((left + right) // 2 + 12, bottom), (150, 150, 150), 8)
    assert shape(np.asarray(cv2.multiply(table, layer, scale=1 / 255), dtype=np.uint8)) == shape(table)
