"""White letters on white: kept as stored, and said to be shown as nothing."""

from __future__ import annotations

import pytest

from pipeline.readers.docx import read as read_docx
from pipeline.readers.html import read as read_html
from pipeline.readers.model import Document
from tests.readers.docx_samples import docx_of

SHADED = '<w:tcPr><w:shd w:val="clear" w:fill="1F4E79"/></w:tcPr>'


def html(cell: str, of_table: str = "") -> dict[str, str | None]:
    page = f"<html><meta charset=utf-8><table {of_table}><tr><td>规章</td>{cell}</tr></table><p style='color:#fff'>2023</p></html>"
    return shown(read_html(page.encode()))


def docx(run: str, cell: str = "") -> dict[str, str | None]:
    row = f"<w:tc><w:p><w:r><w:t>规章</w:t></w:r></w:p></w:tc><w:tc>{cell}<w:p><w:r><w:t>1</w:t></w:r>{run}</w:p></w:tc>"
    return shown(read_docx(docx_of(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")))


def shown(document: Document) -> dict[str, str | None]:
    return {cell.whole or cell.text: cell.text if cell.whole else cell.shown for grid in document.grids() for cell in grid.cells}


@pytest.mark.parametrize(
    "cell",
    [
        "<td style='color:#FFFFFF'>12</td>",
        "<td><span style='font-size:9pt; color: white'>12</span></td>",
        "<td><font color='#fff'>1<b>2</b></font></td>",
        "<td style='background:#fff;color:rgb(255, 255, 255)'>12</td>",
    ],
)
def test_white_figures_of_a_page(cell: str) -> None:
    assert html(cell) == {"规章": None, "12": ""}


@pytest.mark.parametrize(
    ("cell", "of_table"),
    [
        ("<td style='background-color:#36c;color:#fff'>12</td>", ""),
        ("<td style='color:#fff'>12</td>", "bgcolor=navy"),
        ("<td style='background-color:white'>12</td>", ""),
        ("<td style='color:#ffe'>12</td>", ""),
    ],
)
def test_figures_of_a_page_that_are_seen(cell: str, of_table: str) -> None:
    assert html(cell, of_table)["12"] is None


def test_a_figure_of_a_page_half_of_which_is_white() -> None:
    assert html("<td>1<font color=white>2</font></td>")["12"] == "1"


def test_white_runs_of_a_word_file() -> None:
    white = '<w:r><w:rPr><w:color w:val="FFFFFF"/></w:rPr><w:t>2</w:t></w:r>'
    assert docx(white)["12"] == "1"
    assert docx(white, SHADED)["12"] is None
    assert docx('<w:r><w:rPr><w:color w:val="FF0000"/></w:rPr><w:t>2</w:t></w:r>')["12"] is None
