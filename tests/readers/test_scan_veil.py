"""Watermarks and other pale layers are lifted, pale figures are not; paper in a shadow is not taken for the desk."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from pipeline.catalog.model import Catalog
from tests.readers.test_scan_colours import WHITE, boxes, last_row, recoloured
from tests.reports.layout import printed_tables

pytestmark = pytest.mark.usefixtures("scans")


@pytest.fixture(scope="module")
def table(catalog: Catalog, scans: ModuleType) -> Any:
    content = scans.made(catalog, 7)
    return scans.render_pictures.pictures_of(content, printed_tables(catalog, content)[2:])[0][0]


def watermarked(picture: Any, grey: int) -> Any:
    """Broad strokes across the whole picture, through which print is seen."""
    import cv2
    import numpy as np

    layer = np.full_like(picture, 255)
    height, width = picture.shape[:2]
    for start in range(-height, width, 190):
        cv2.line(layer, (start, height), (start + height, 0), (grey,) * 3, 21, cv2.LINE_AA)
        cv2.line(layer, (start, 0), (start + 170, height), (grey,) * 3, 13, cv2.LINE_AA)
    return np.asarray(cv2.multiply(picture, layer, scale=1 / 255), dtype=np.uint8)


def lifted_page(picture: Any) -> Any:
    """The page without its layer; None where none is seen."""
    import cv2

    from pipeline.readers.scan.rulings import lines_of
    from pipeline.readers.scan.veil import lifted, veil_on

    grey = cv2.cvtColor(picture, cv2.COLOR_BGR2GRAY)
    lines = lines_of(grey).mask
    veil = veil_on(grey, lines)
    return None if veil is None else lifted(grey, veil, lines)


@pytest.mark.parametrize("grey", [160, 190, 215])
def test_a_watermark_is_lifted_and_print_stays(table: Any, grey: int) -> None:
    import cv2
    import numpy as np

    before = cv2.cvtColor(table, cv2.COLOR_BGR2GRAY)
    after = lifted_page(watermarked(table, grey))
    assert after[before > 250].mean() > 253  # paper
    assert np.abs(after[before < 60].astype(int) - before[before < 60]).mean() < 25


def test_neither_print_nor_pale_lines_nor_pale_figures_are_a_layer(table: Any, scans: ModuleType) -> None:
    import numpy as np

    assert lifted_page(table) is None
    assert lifted_page((255 - (255 - table.astype(np.int16)) * 0.4).astype(np.uint8)) is None
    pale = table.copy()
    for box in boxes(scans, table)[::2]:
        recoloured(pale, box, (200, 200, 200), WHITE)
    assert lifted_page(pale) is None


@pytest.mark.parametrize("pale", [False, True])
def test_under_a_watermark_blank_cells_are_blank_and_figures_as_pale_as_it_never(table: Any, scans: ModuleType, pale: bool) -> None:
    places, due = boxes(scans, table), last_row(scans, table)
    picture = table.copy()
    for box in places[4:8]:
        recoloured(picture, box, (195, 195, 195) if pale else WHITE, WHITE)
    read = last_row(scans, watermarked(picture, 195))
    if pale:
        assert all(cell.text and (cell.text == printed.text or cell.confidence < 0.8) for cell, printed in zip(read, due, strict=True))
    else:
        assert sum((cell.text, cell.confidence) == ("", 1.0) for cell in read[4:8]) >= 3
        assert all(cell.text == printed.text or cell.confidence < 0.8 for cell, printed in zip(read[8:], due[8:], strict=True))
    assert sum(cell.confidence >= 0.8 for cell in read[8:]) >= 6


@pytest.mark.parametrize(
    "shadow", [((330, 480), (160, 150)), ((360, 480), (330, 120)), ((200, 300), (1, 1))], ids=["corner", "lower edge", "none"]
)
def test_paper_in_a_shadow_is_not_the_desk(shadow: tuple[tuple[int, int], tuple[int, int]]) -> None:
    import cv2
    import numpy as np

    from pipeline.readers.scan.desk import desk_in

    photo = np.full((500, 370), 70, np.uint8)
    cv2.fillConvexPoly(photo, np.array([(40, 40), (330, 30), (335, 470), (30, 475)], np.int32), 230)
    dark = np.zeros_like(photo)
    cv2.ellipse(dark, *shadow, 0, 0, 360, 255, -1)
    photo[dark > 0] = (photo[dark > 0] * 0.35).astype(np.uint8)
    desk = desk_in(photo)
    assert desk is not None
    assert (desk[60:440, 60:300] == 0).all()
    assert (desk[:20] > 0).all() and (desk[:300, :20] > 0).all()
