"""Figures of a PDF that are not what the text layer says: hidden by other means than white ink, drawn without letters, written over."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.colors import black, white
from reportlab.lib.utils import ImageReader

from pipeline.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, draw_table, only_grid, pdf_of, write

COLUMNS = [60.0, 60.0]
UNKNOWN = "\N{REPLACEMENT CHARACTER}"
BASE = 95  # of the figure in the last cell, from the top of the page


def latin(canvas: Any, text: str, left: float, rise: float = 0.0, size: float = 9) -> None:
    canvas.setFont("Helvetica", size)
    canvas.drawString(left, HEIGHT - BASE + rise, text)


def data_of(draw: Callable[[Any], None]) -> bytes:
    """A table of which the last cell is written by `draw`."""

    def page(canvas: Any) -> None:
        draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "1"), (1, 0, 1, 1, "文件"), (1, 1, 1, 1, "")], COLUMNS, 60)
        draw(canvas)
        write(canvas, "本年度依法主动公开政府信息，未发生费用。", 140, left=60, size=9)

    return pdf_of(page)


def last_cell(data: bytes) -> tuple[str, str | None]:
    cell = only_grid(read(data)).cells[-1]
    return cell.text, cell.whole


def cut(canvas: Any, left: float, width: float, draw: Callable[[], None]) -> None:
    """Draw within a clip path of the height of the letters."""
    canvas.saveState()
    path = canvas.beginPath()
    path.rect(left, HEIGHT - BASE - 2, width, 11)
    canvas.clipPath(path, stroke=0, fill=0)
    draw()
    canvas.restoreState()


def picture(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "white")), 128, HEIGHT - BASE - 2, 20, 11)


def shading(canvas: Any) -> None:
    cut(canvas, 128, 20, lambda: canvas.linearGradient(128, 0, 148, 0, (white, white)))


def whole_page_cut_to_the_figure(canvas: Any) -> None:
    def fill() -> None:
        canvas.setFillColor(white)
        canvas.rect(0, 0, 595, 842, stroke=0, fill=1)

    cut(canvas, 128, 20, fill)


def rounded(canvas: Any) -> None:
    canvas.setFillColor(white)
    canvas.roundRect(126, HEIGHT - BASE - 4, 24, 15, 3, stroke=0, fill=1)
    canvas.setFillColor(black)


@pytest.mark.parametrize("patch", [picture, shading, whole_page_cut_to_the_figure, rounded])
def test_a_figure_that_is_covered_by_any_means_is_not_read_with_the_one_above(patch: Callable[[Any], None]) -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "201", 130)
        patch(canvas)
        latin(canvas, "208", 130)

    assert last_cell(data_of(draw)) == ("208", "2081")


def test_a_patch_that_is_cut_away_hides_nothing() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        cut(canvas, 20, 5, lambda: canvas.rect(0, 0, 595, 842, stroke=0, fill=1))

    assert last_cell(data_of(draw)) == ("27", None)


def test_of_two_figures_over_each_other_none_is_read() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "45", 130)
        latin(canvas, "23", 131.5)

    assert UNKNOWN in last_cell(data_of(draw))[0]


def test_a_figure_written_letter_by_letter_from_its_end_is_one_figure() -> None:
    def draw(canvas: Any) -> None:
        for place, letter in reversed(list(enumerate("4607"))):
            latin(canvas, letter, 130 + 5 * place)

    assert last_cell(data_of(draw)) == ("4607", None)


def test_a_figure_outside_its_clip_path_is_not_seen() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        cut(canvas, 130, 10, lambda: latin(canvas, "4", 141))

    assert last_cell(data_of(draw)) == ("27", "274")


def test_a_figure_that_its_clip_path_cuts_is_unread() -> None:
    assert UNKNOWN in last_cell(data_of(lambda canvas: cut(canvas, 129, 12, lambda: latin(canvas, "274", 130))))[0]


def test_text_that_only_cuts_is_not_seen() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        canvas.saveState()
        canvas._code.append("7 Tr")
        latin(canvas, "4", 141)
        canvas.restoreState()

    assert last_cell(data_of(draw)) == ("27", "274")


def test_figures_outlined_in_white_are_not_seen() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        canvas._code.append("1 Tr 1 G")
        latin(canvas, "4", 141)
        canvas._code.append("0 Tr 0 G")

    assert last_cell(data_of(draw)) == ("27", "274")


def with_layer(data: bytes) -> bytes:
    """The file with a layer that is switched off, under the name that the page uses."""
    group = b"998 0 obj\n<< /Type /OCG /Name (draft) >>\nendobj\n"
    data = re.sub(rb"/Type /Catalog", b"/Type /Catalog /OCProperties << /OCGs [998 0 R] /D << /OFF [998 0 R] >> >>", data)
    data = re.sub(rb"/Resources <<", b"/Resources << /Properties << /Draft 998 0 R >>", data)
    start = data.rindex(b"xref\n", 0, data.rindex(b"startxref"))
    return data[:start] + group + re.sub(rb"startxref\s+\d+", b"startxref\n0", data[start:])


def test_a_figure_in_a_layer_that_is_off_is_not_seen() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        canvas._code.append("/OC /Draft BDC")
        latin(canvas, "4", 141)
        canvas._code.append("EMC")

    data = data_of(draw)
    assert last_cell(data) == ("274", None)
    assert last_cell(with_layer(data)) == ("27", "274")


def test_what_is_drawn_counts_and_not_the_text_that_stands_for_it() -> None:
    def draw(canvas: Any) -> None:
        canvas._code.append("/Span << /ActualText (93) >> BDC")
        latin(canvas, "27", 130)
        canvas._code.append("EMC")

    assert last_cell(data_of(draw)) == ("27", None)


def outlined_seven(canvas: Any, left: float = 141) -> None:
    path = canvas.beginPath()
    bottom = HEIGHT - BASE
    path.moveTo(left, bottom + 6.5)
    for x, y in ((4.5, 6.5), (4.5, 5.8), (1.8, 0), (1, 0), (3.7, 5.7), (0, 5.7)):
        path.lineTo(left + x, bottom + y)
    path.close()
    canvas.drawPath(path, stroke=0, fill=1)


def pictured(canvas: Any) -> None:
    canvas.drawImage(ImageReader(Image.new("RGB", (4, 4), "black")), 141, HEIGHT - BASE, 4, 7)


def minus(canvas: Any) -> None:
    canvas.line(125, HEIGHT - BASE + 3, 128.5, HEIGHT - BASE + 3)


@pytest.mark.parametrize("mark", [outlined_seven, pictured, minus])
def test_a_figure_of_which_a_part_is_drawn_is_unread(mark: Callable[[Any], None]) -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        mark(canvas)

    assert UNKNOWN in last_cell(data_of(draw))[0]


def test_a_cell_with_a_drawn_figure_is_not_blank() -> None:
    assert last_cell(data_of(outlined_seven))[0] == UNKNOWN


def red(canvas: Any) -> None:
    canvas.setFillColorRGB(0.9, 0.1, 0.1)
    outlined_seven(canvas)


def underlined(canvas: Any) -> None:
    canvas.line(131, HEIGHT - BASE - 1.5, 137, HEIGHT - BASE - 1.5)


def framed(canvas: Any) -> None:
    canvas.roundRect(126, HEIGHT - BASE - 2, 20, 9, 2)


@pytest.mark.parametrize("ornament", [red, underlined, framed])
def test_seals_lines_and_frames_are_no_figures(ornament: Callable[[Any], None]) -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        ornament(canvas)

    assert last_cell(data_of(draw)) == ("27", None)


@pytest.mark.parametrize(("rise", "size"), [(4.0, 7.5), (5.5, 5.0)])
def test_the_mark_of_a_note_is_no_digit_however_high_or_large_it_is(rise: float, size: float) -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "64", 130)
        latin(canvas, "1", 140.5, rise, size)

    assert last_cell(data_of(draw)) == ("64¹", None)


def pale(canvas: Any) -> None:
    canvas.setFillGray(0.85)
    latin(canvas, "4", 141)


def mirrored(canvas: Any) -> None:
    canvas.saveState()
    canvas.translate(150, HEIGHT - BASE)
    canvas.scale(-1, 1)
    canvas.setFont("Helvetica", 9)
    canvas.drawString(0, 0, "5")
    canvas.restoreState()


def below_the_line(canvas: Any) -> None:
    latin(canvas, "2", 140.5, rise=-2, size=5)


@pytest.mark.parametrize("beside", [pale, mirrored, below_the_line])
def test_what_a_strange_digit_beside_a_figure_means_is_not_told(beside: Callable[[Any], None]) -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        beside(canvas)

    assert UNKNOWN in last_cell(data_of(draw))[0]


def test_digits_too_small_to_be_seen_are_not_read() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 130)
        latin(canvas, "4", 140.5, size=0.5)

    assert last_cell(data_of(draw)) == ("27", None)


def test_a_figure_that_is_crossed_out_aslant_is_not_read() -> None:
    def draw(canvas: Any) -> None:
        latin(canvas, "27", 124)
        canvas.line(123, HEIGHT - BASE - 1, 135, HEIGHT - BASE + 8)
        latin(canvas, "28", 145)

    assert last_cell(data_of(draw)) == ("28", "27 28")
