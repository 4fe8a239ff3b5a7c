"""Text of a PDF that is there and not seen: white on white, or drawn without ink."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from pipeline.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, draw_table, only_grid, pdf_of, write

COLUMNS = [60.0, 60.0]


def page(before: Callable[[Any], None], after: Callable[[Any], None]) -> dict[str, str | None]:
    """What is shown of each cell of a table whose second row is written between the two calls."""

    def draw(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "")], COLUMNS, 60)
        before(canvas)
        write(canvas, "23", 95, left=130, size=9)
        after(canvas)

    return {cell.text: cell.shown for cell in only_grid(read(pdf_of(draw))).cells}


def white(canvas: Any) -> None:
    canvas.setFillColorRGB(1, 1, 1)


def without_ink(canvas: Any) -> None:
    canvas._code.append("3 Tr")


def transparent(canvas: Any) -> None:
    canvas.setFillAlpha(0)


def white_on_blue(canvas: Any) -> None:
    canvas.setFillColorRGB(0, 0, 0.5)
    canvas.rect(120, HEIGHT - 108, 60, 24, stroke=0, fill=1)
    white(canvas)


def grey(canvas: Any) -> None:
    canvas.setFillGray(0.6)


@pytest.mark.parametrize("hide", [white, without_ink, transparent])
def test_a_figure_that_is_not_seen_says_so(hide: Callable[[Any], None]) -> None:
    assert page(hide, lambda canvas: None) == {"规章": None, "1": None, "": None, "23": ""}


@pytest.mark.parametrize("style", [white_on_blue, grey])
def test_a_figure_that_is_seen_does_not(style: Callable[[Any], None]) -> None:
    assert page(style, lambda canvas: None)["23"] is None


def test_of_a_figure_half_of_which_is_white_the_other_half_is_shown() -> None:
    def more(canvas: Any) -> None:
        canvas.setFillGray(0)
        write(canvas, "4", 95, left=139, size=9)

    assert page(white, more)["234"] == "4"
