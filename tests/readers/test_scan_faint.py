"""Ruling lines of scans that are pale, dashed or broken; sides that cells lack stay away, and print hides no line for good."""

from __future__ import annotations

from typing import Any

import pytest

COLUMNS, ROWS = range(100, 1101, 250), range(100, 801, 70)


def table(grey: int = 0, gaps: Any = None) -> Any:
    """A table of 4 columns and 10 rows with words in its first column, close to the lines; its second row has two cells.

    gaps: along a line, where it is broken.
    """
    import cv2
    import numpy as np

    drawn = np.full((900, 1200), 255, np.uint8)
    shown = np.ones(1200, bool) if gaps is None else ~gaps
    for number, down in enumerate(ROWS):
        part = np.roll(shown, 37 * number)[100:1102]
        drawn[down : down + 2, 100:1102][:, part] = grey
    for number, across in enumerate(COLUMNS):
        part = np.roll(shown, 53 * number)[100:802]
        drawn[100:802, across : across + 2][part] = grey
    drawn[172:240, 354:1096] = 255
    for number, down in enumerate(ROWS):
        cv2.putText(drawn, f"ABEKR{number}SG", (120, down + 52), cv2.FONT_HERSHEY_SIMPLEX, 1.4, 0, 4)
    return drawn


def found_in(page: Any) -> tuple[int, int]:
    """The number of rows and of cells of the only lattice of a page."""
    from pipeline.readers.pdf.lattice import lattices
    from pipeline.readers.scan.rulings import lines_of, with_faint_lines

    (lattice,) = lattices(with_faint_lines(page, lines_of(page)).boxes)
    return len(lattice.rows) - 1, len(lattice.regions)


def test_pale_lines_are_seen_in_the_grain_of_a_scanner(scans: object) -> None:
    import numpy as np

    grain = np.random.default_rng(7).normal(0, 5, (900, 1200))
    assert found_in(np.clip(table(grey=228) + grain, 0, 255).astype(np.uint8)) == (10, 38)


@pytest.mark.parametrize(("period", "gap"), [(22, 9), (97, 18)])
def test_dashed_and_broken_lines_are_seen(scans: object, period: int, gap: int) -> None:
    import numpy as np

    assert found_in(table(gaps=np.arange(1200) % period < gap)) == (10, 38)


def test_rows_of_letters_are_no_faint_lines(scans: object) -> None:
    import numpy as np

    from pipeline.readers.scan.rulings import lines_of, with_faint_lines

    page = np.full((900, 1200), 255, np.uint8)
    for down in ROWS:
        for left in range(100, 1100, 29):
            page[down : down + 24, left + 11 : left + 14] = page[down + 11 : down + 14, left : left + 23] = 0
    assert not with_faint_lines(page, lines_of(page)).boxes
