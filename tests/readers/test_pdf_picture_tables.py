"""Tables that are pictures on pages of a PDF with digital text."""

from __future__ import annotations

import io
from types import ModuleType
from typing import Any

import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader

from pipeline.catalog import Catalog
from pipeline.readers.model import Grid, Paragraph
from pipeline.readers.pdf import read
from tests.readers.pdf_samples import HEIGHT, pdf_of, write
from tests.reports import render_pdf
from tests.reports.layout import printed_tables


def page_with(picture: Image.Image, text_over_it: bool = False) -> bytes:
    """Words above and below a picture as wide as the text."""

    def page(canvas: Any) -> None:
        write(canvas, "四、政府信息公开行政复议、行政诉讼情况", 60)
        height = 475 * picture.height / picture.width
        canvas.drawImage(ImageReader(picture), 60, HEIGHT - 90 - height, 475, height)
        write(canvas, "五、存在的主要问题及改进情况", 130 + height)
        if text_over_it:
            write(canvas, "本页上的图片只是底纹", 120)

    return pdf_of(page)


@pytest.fixture
def table_and_picture(catalog: Catalog, scans: ModuleType) -> tuple[Any, Image.Image]:
    content = scans.made(catalog, 7)
    table = printed_tables(catalog, content)[2]
    (pixels, *_) = scans.render_scan.pages(render_pdf.render(content, (table,)), 200)
    picture = Image.open(io.BytesIO(scans.render_scan.wrapped([pixels], "png", 200))).convert("RGB")
    box = Image.eval(picture.convert("L"), lambda value: 255 - value).getbbox()
    assert box
    return table, picture.crop(box)


def test_a_table_that_is_a_picture_stands_between_the_words_around_it(table_and_picture: tuple[Any, Image.Image]) -> None:
    table, picture = table_and_picture
    document = read(page_with(picture))
    assert [type(block) for block in document.blocks] == [Paragraph, Grid, Paragraph]
    grid = next(document.grids())
    printed = {place: "".join(cell.text.split()) for place, cell in table.placed().items() if cell.text}
    found = {(cell.row, cell.column): "".join(cell.text.split()) for cell in grid.cells if cell.text}
    assert found == printed
    assert all(60 <= cell.bbox[0] <= cell.bbox[2] <= 536 and cell.bbox[1] >= 90 for cell in grid.cells if cell.bbox)
    assert document.pictures == 0


def test_a_picture_below_text_and_one_without_a_table_stay_pictures(table_and_picture: tuple[Any, Image.Image]) -> None:
    _, picture = table_and_picture
    for data in (page_with(picture, text_over_it=True), page_with(Image.new("RGB", (600, 300), "grey"))):
        document = read(data)
        assert (list(document.grids()), document.pictures) == ([], 1)
