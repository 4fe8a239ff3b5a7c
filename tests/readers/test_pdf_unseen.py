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


def seen_and_whole(before: Callable[[Any], None], after: Callable[[Any], None]) -> dict[str, str | None]:
    """What is read of the two figures of a table, and with what nobody sees."""

    def draw(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, ""), (1, 1, 1, 1, "")], COLUMNS, 60)
        before(canvas)
        write(canvas, "23", 95, left=130, size=9)
        canvas.setFillGray(0)
        write(canvas, "4", 95, left=139, size=9)
        write(canvas, "本年度依法主动公开政府信息，未发生费用。", 140, left=60, size=9)
        after(canvas)

    return {cell.text: cell.whole for cell in only_grid(read(pdf_of(draw))).cells}


def in_a_transparent_form(canvas: Any) -> None:
    canvas.beginForm("hidden")
    write(canvas, "7", 95, left=126, size=9)
    canvas.endForm()
    canvas.saveState()
    canvas.setFillAlpha(0)
    canvas.doForm("hidden")
    canvas.restoreState()


def struck_through(canvas: Any) -> None:
    canvas.setLineWidth(0.6)
    canvas.line(130, HEIGHT - 95 + 2.6, 139, HEIGHT - 95 + 2.6)


def underlined(canvas: Any) -> None:
    canvas.line(130, HEIGHT - 95 - 1.2, 139, HEIGHT - 95 - 1.2)


def aslant(canvas: Any) -> None:
    canvas.saveState()
    canvas.translate(136, HEIGHT - 97)
    canvas.rotate(35)
    canvas.drawString(0, 0, "2023")
    canvas.restoreState()


def pale_over_it(canvas: Any) -> None:
    canvas.saveState()
    canvas.setFillAlpha(0.15)
    write(canvas, "internal 8806", 94, left=100, size=14)
    canvas.restoreState()


def nothing(canvas: Any) -> None:
    pass


def test_beside_a_figure_that_is_seen_white_ones_are_not_read() -> None:
    assert seen_and_whole(white, nothing)["4"] == "234"


def test_a_figure_in_a_transparent_form_is_not_read_with_others() -> None:
    assert seen_and_whole(nothing, in_a_transparent_form)["234"] == "7234"


def test_figures_that_are_struck_through_are_not_read_with_others() -> None:
    assert seen_and_whole(nothing, struck_through)["4"] == "234"


@pytest.mark.parametrize("mark", [underlined, aslant, pale_over_it])
def test_lines_below_and_watermarks_leave_a_figure_as_it_is(mark: Callable[[Any], None]) -> None:
    assert seen_and_whole(nothing, mark)["234"] is None


def test_pale_figures_in_cells_of_their_own_are_figures() -> None:
    def pale(canvas: Any) -> None:
        canvas.setFillGray(0.8)

    assert page(pale, nothing)["23"] is None


def over(canvas: Any, left: float, width: float, **shade: Any) -> None:
    """A filled box over a part of the figure, which editors draw to correct a page."""
    canvas.setFillGray(1)
    if shade.get("alpha"):
        canvas.setFillColorRGB(1, 1, 0, alpha=shade["alpha"])
    canvas.rect(left, HEIGHT - 105, width, 18, stroke=0, fill=1)
    canvas.setFillGray(0)


def corrected(canvas: Any) -> None:
    over(canvas, 124, 40)
    write(canvas, "45", 95, left=130, size=9)


def half_over(canvas: Any) -> None:
    over(canvas, 135, 30)


def barred(canvas: Any) -> None:
    canvas.rect(124, HEIGHT - 105, 40, 18, stroke=0, fill=1)


def highlighted(canvas: Any) -> None:
    over(canvas, 124, 40, alpha=0.4)


def framed(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(124, HEIGHT - 105)
    path.lineTo(164, HEIGHT - 87)
    path.lineTo(164, HEIGHT - 105)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def painted(after: Callable[[Any], None]) -> tuple[str, str | None, str | None]:
    """The cell with 23 in it, over which something was drawn: what is read, what is shown of it, and the whole."""

    def draw(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "件数"), (1, 1, 1, 1, "")], COLUMNS, 60)
        write(canvas, "23", 95, left=130, size=9)
        after(canvas)

    cell = only_grid(read(pdf_of(draw))).cells[3]
    return cell.text, cell.shown, cell.whole


def test_a_figure_written_over_a_box_is_read_alone() -> None:
    assert painted(corrected)[0] == "45"


@pytest.mark.parametrize("after", [half_over, barred])
def test_a_figure_that_is_painted_over_is_never_read_without_a_word(after: Callable[[Any], None]) -> None:
    text, shown, whole = painted(after)
    assert text in {"2", "23"}
    assert (shown, whole) != (None, None)


@pytest.mark.parametrize("after", [highlighted, framed, nothing])
def test_a_figure_under_what_hides_nothing_is_read(after: Callable[[Any], None]) -> None:
    assert painted(after) == ("23", None, None)
