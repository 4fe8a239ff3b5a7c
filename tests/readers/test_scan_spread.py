"""Two pages side by side in one picture are two pages; a broad page is one."""

from __future__ import annotations

from types import ModuleType
from typing import Any

import pytest

from pipeline.catalog.model import Catalog
from pipeline.readers.pdf.assembly import PagePieces, blocks_of
from tests.readers.test_scan import document_of, printed, remedies_page, texts
from tests.readers.test_scan_joins import EDGES, table


def sheet_of(grey: Any) -> Any:
    import numpy as np

    from pipeline.readers.scan.rulings import Lines
    from pipeline.readers.scan.upright import Sheet

    return Sheet(grey, Lines(np.zeros_like(grey), np.zeros_like(grey), []), np.eye(3))


@pytest.mark.parametrize(
    ("across", "fold", "is_spread"),
    [((100, 750, 850, 1500), False, True), ((100, 750, 850, 1500), True, True), ((100, 1500), False, False), ((100, 700), False, False)],
)
def test_the_gutter_is_where_nothing_is_printed(scans: object, across: tuple[int, ...], fold: bool, is_spread: bool) -> None:
    import numpy as np

    from pipeline.readers.scan.spread import gutter_of

    page = np.full((1100, 1600), 255, np.uint8)
    for left, right in zip(across[::2], across[1::2], strict=True):
        page[100:1000:40, left:right] = 0
    if fold:
        page[:, 798:803] = 90
    found = gutter_of(sheet_of(page))
    assert found is not None and 750 < found < 850 if is_spread else found is None


def test_pages_side_by_side_are_read_in_order_and_places_are_those_of_the_picture(catalog: Catalog, scans: ModuleType) -> None:
    import numpy as np

    page, remedies = remedies_page(catalog, scans)
    document = document_of(scans.render_scan.wrapped([np.hstack([page, page])], "pdf", 200))
    first, second = document.grids()
    assert texts(first) == texts(second) == printed(remedies)
    (left, top, _, _), (beside, beside_top, _, _) = first.cells[-1].bbox or (), second.cells[-1].bbox or ()
    assert abs(beside - left - page.shape[1] * 72 / 200) < 2 and abs(top - beside_top) < 2


def test_a_table_goes_on_from_the_left_page_to_the_right_one() -> None:
    from msgspec.structs import replace

    upper, lower = table(EDGES, [["一", "1", "2", "3"]], 1), replace(table(EDGES, [["二", "4", "5", "6"]], 1), is_beside=True)
    pages = [PagePieces([upper], [], 800.0, PagePieces([lower], [], 800.0))]
    (grid,) = blocks_of(pages)
    assert [cell.text for cell in grid.cells] == ["一", "1", "2", "3", "二", "4", "5", "6"]
