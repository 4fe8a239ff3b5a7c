"""Scans with text behind them, so that they can be searched: that text may be wrong, and nothing is read from it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.readers.pdf import read
from tests.readers.pdf_samples import draw_table, pdf_of, write
from tests.readers.test_ofd import page, text, words
from tests.reports import render_ofd

Draw = Callable[[Any], None]
pytestmark = pytest.mark.usefixtures("without_recognition")


def scan(canvas: Any, kind: str = "RGB", colour: Any = (250, 250, 250), box: tuple[float, ...] = (0, 0, 595, 842)) -> None:
    canvas.drawImage(ImageReader(Image.new(kind, (9, 9), colour)), *box, mask="auto")


def layer(canvas: Any) -> None:
    write(canvas, "一、总体情况", 100)
    draw_table(canvas, [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "12"), (1, 0, 1, 1, "规范性文件"), (1, 1, 1, 1, "3")], (80, 80), 200)


def without_ink(canvas: Any) -> None:
    scan(canvas)
    canvas._code.append("3 Tr")
    layer(canvas)


def white(canvas: Any) -> None:
    scan(canvas)
    canvas.setFillColorRGB(1, 1, 1)
    layer(canvas)


def covered(canvas: Any) -> None:
    layer(canvas)
    scan(canvas)


def covered_by_strips(canvas: Any) -> None:
    layer(canvas)
    for strip in range(4):
        scan(canvas, box=(0, strip * 210.5, 595, 210.5))


def on_a_letterhead(canvas: Any) -> None:
    scan(canvas)
    layer(canvas)


def under_a_watermark(canvas: Any) -> None:
    layer(canvas)
    scan(canvas, "RGBA", (200, 0, 0, 40))


def under_a_seal(canvas: Any) -> None:
    layer(canvas)
    scan(canvas, "RGBA", (200, 0, 0, 0), (60, 580, 120, 120))


def under_a_mark_that_is_not_seen(canvas: Any) -> None:
    write(canvas, "12", 700)
    canvas._code.append("3 Tr")
    scan(canvas, box=(40, 100, 200, 100))
    write(canvas, "机关", 690)
    canvas._code.append("0 Tr")
    layer(canvas)


@pytest.mark.parametrize("draw", [without_ink, white, covered, covered_by_strips])
def test_the_text_behind_a_scan_is_not_read(draw: Draw) -> None:
    document = read(pdf_of(draw))
    assert (document.blocks, document.pictures) == ((), 1 if draw is not covered_by_strips else 4)


@pytest.mark.parametrize("draw", [on_a_letterhead, under_a_watermark, under_a_seal, under_a_mark_that_is_not_seen])
def test_text_that_is_seen_beside_a_picture_is_read(draw: Draw) -> None:
    document = read(pdf_of(draw))
    assert [paragraph.text for paragraph in document.paragraphs()] == ["一、总体情况"]
    assert [cell.text for grid in document.grids() for cell in grid.cells] == ["规章", "12", "规范性文件", "3"]


SCAN = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="50"/>'
BEHIND = text("一、总体情况"), text("规章12", y=40)


@pytest.mark.parametrize("hidden", ['Fill="false"', ""])
def test_the_text_behind_the_scan_of_an_ofd_file_is_not_read(hidden: str) -> None:
    data = page(SCAN, *(item.replace("<ofd:TextObject ", f"<ofd:TextObject {hidden} ") for item in BEHIND))
    assert words(data) == ([] if hidden else ["一、总体情况", "规章12"])


@pytest.mark.parametrize(("kind", "read_text"), [("RGB", False), ("RGBA", True)])
def test_the_text_below_an_opaque_picture_of_an_ofd_file_is_not_read(kind: str, read_text: bool) -> None:
    saved = io.BytesIO()
    Image.new(kind, (9, 9)).save(saved, "png")
    data = render_ofd.scanned([saved.getvalue()], "png", below="".join(BEHIND))
    assert words(data) == (["一、总体情况", "规章12"] if read_text else [])
