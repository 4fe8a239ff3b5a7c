"""Tables over several pages of a scan: pages photographed from different places, rows of headings cut by the end of the page, low rows."""

from __future__ import annotations

import pytest

from pipeline.readers.pdf.join import belongs_below, joined
from pipeline.readers.pdf.tables import PageCell, PageTable

EDGES = (50.0, 150.0, 200.0, 250.0, 300.0)


def table(columns: tuple[float, ...], rows: list[list[str]], page: int, *, is_picture: bool = True) -> PageTable:
    cells = tuple(
        PageCell(row, column, 1, 1, text, page, (0, 0, 0, 0)) for row, texts in enumerate(rows) for column, text in enumerate(texts)
    )
    return PageTable(columns, len(rows), cells, page, 0.0, is_picture=is_picture)


def moved(factor: float, shift: float) -> tuple[float, ...]:
    return tuple(edge * factor + shift for edge in EDGES)


@pytest.mark.parametrize(("factor", "shift"), [(1.0, 20.0), (0.9, 3.0), (1.08, -30.0)])
def test_a_table_goes_on_in_a_photo_from_another_place(factor: float, shift: float) -> None:
    above, below = table(EDGES, [["1.甲", "1", "2", "3"]], 1), table(moved(factor, shift), [["2.乙", "4", "", "6"]], 2)
    assert belongs_below(above, below)
    both = joined(above, below)
    assert [(cell.row, cell.column, cell.text) for cell in both.cells if cell.row == 1] == [
        (1, 0, "2.乙"),
        (1, 1, "4"),
        (1, 2, ""),
        (1, 3, "6"),
    ]
    assert not belongs_below(table(EDGES, [["1.甲", "1", "2", "3"]], 1, is_picture=False), below)


def test_another_table_in_the_next_photo_does_not_go_on() -> None:
    above = table(EDGES, [["1.甲", "1", "2", "3"]], 1)
    assert not belongs_below(above, table((70.0, 120.0, 225.0, 290.0, 320.0), [["2.乙", "4", "", "6"]], 2))
    assert not belongs_below(above, table(moved(1.5, 0), [["2.乙", "4", "", "6"]], 2))


def heading_cut(below: list[str]) -> PageTable:
    """Two rows of headings beside a label that goes on, and what the next page begins with."""
    cells = [PageCell(0, 0, 2, 1, "（本列数据的勾稽关系为：第一项加", 1, (0, 0, 0, 0)), PageCell(0, 1, 1, 3, "申请人情况", 1, (0, 0, 0, 0))]
    cells += [PageCell(1, column, 1, 1, text, 1, (0, 0, 0, 0)) for column, text in enumerate(["自然人", "其他", "总计"], start=1)]
    return joined(PageTable(EDGES, 2, tuple(cells), 1, 0.0), table(EDGES, [below, ["一、新收", "1", "2", "3"]], 2, is_picture=False))


def test_a_row_of_headings_may_be_cut_by_the_end_of_the_page() -> None:
    assert heading_cut(["第二项之和）", "", "", ""]).rows == 3
    assert heading_cut(["一、新收", "", "", ""]).rows == 4  # a row whose figures are blank


def test_upright_lines_of_a_low_row_are_seen_and_a_digit_is_none(scans: object) -> None:
    import cv2
    import numpy as np

    from pipeline.readers.scan.rulings import lines_of

    page = np.full((300, 500), 255, np.uint8)
    cv2.rectangle(page, (50, 50), (450, 200), 0, 2)
    cv2.line(page, (50, 170), (450, 170), 0, 2)  # the last row is 30 pixels high
    cv2.line(page, (200, 170), (200, 200), 0, 2)
    cv2.line(page, (300, 175), (300, 195), 0, 2)  # a 1
    uprights = {round(box.left / 50) * 50 for box in lines_of(page).boxes if box.bottom - box.top > box.right - box.left}
    assert uprights == {50, 200, 450}


def test_sides_of_merged_cells_that_a_page_break_cuts_are_lines(scans: object) -> None:
    import numpy as np

    from pipeline.readers.scan.rulings import lines_of

    page = np.full((600, 800), 255, dtype=np.uint8)
    for top, left in ((100, 300), (200, 300), (300, 100)):  # the two cells on the left go on from the page before
        page[top : top + 3, left:700] = 0
    for left in (100, 300, 500, 700):
        page[100:303, left : left + 3] = 0
    uprights = {round(box.left, -1) for box in lines_of(page).boxes if box.bottom - box.top > box.right - box.left}
    assert uprights == {100, 300, 500, 700}


@pytest.mark.parametrize("period", [6, 8])
def test_dotted_lines_are_lines_and_rows_of_letters_are_none(scans: object, period: int) -> None:
    import numpy as np

    from pipeline.readers.scan.rulings import lines_of

    dots, letters = np.full((900, 1200), 255, np.uint8), np.full((900, 1200), 255, np.uint8)
    for across in range(100, 1101, 250):
        dots[100:801:period, across : across + 2] = dots[101:802:period, across : across + 2] = 0
    for down in range(100, 801, 70):
        dots[down : down + 2, 100:1101:period] = dots[down : down + 2, 101:1102:period] = 0
        for left in range(100, 1100, 29):
            letters[down : down + 24, left + 11 : left + 14] = letters[down + 11 : down + 14, left : left + 23] = 0
    length = 5 * 700 + 11 * 1000
    assert 0.95 * length < lines_of(dots).length < 1.05 * length
    assert not lines_of(letters).boxes
