"""PDF pages drawn for tests: tables with their borders drawn in the ways that Word, WPS and printers draw them."""

from __future__ import annotations

import io
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from reportlab.lib.pagesizes import A4
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.pdfgen.canvas import Canvas

from pipeline.readers.model import Document, Grid

FONT = "STSong-Light"
pdfmetrics.registerFont(UnicodeCIDFont(FONT))
WIDTH, HEIGHT = A4
Cell = tuple[int, int, int, int, str]  # row, column, row span, column span, text
Border = Callable[[Any, float, float, float, float], None]


def lines(canvas: Any, left: float, bottom: float, right: float, top: float) -> None:
    """Four strokes; neighbours draw the same border again."""
    for x, y, x_end, y_end in (
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ):
        canvas.line(x, y, x_end, y_end)


def boxes(canvas: Any, left: float, bottom: float, right: float, top: float) -> None:
    """One stroked rectangle, half a point smaller than the cell, so that neighbours do not coincide."""
    canvas.rect(left + 0.5, bottom + 0.5, right - left - 1, top - bottom - 1)


def bars(canvas: Any, left: float, bottom: float, right: float, top: float) -> None:
    """Thin filled rectangles over a shaded cell, as Word writes them."""
    canvas.setFillGray(0.9)
    canvas.rect(left, bottom, right - left, top - bottom, stroke=0, fill=1)
    canvas.setFillGray(0)
    for x, y, width, height in (
        (left, bottom, right - left, 0.5),
        (left, top, right - left, 0.5),
        (left, bottom, 0.5, top - bottom),
        (right, bottom, 0.5, top - bottom),
    ):
        canvas.rect(x, y, width, height, stroke=0, fill=1)


def pieces(canvas: Any, left: float, bottom: float, right: float, top: float) -> None:
    """Borders in pieces of four points, as some printer drivers write them, all in one path."""
    path = canvas.beginPath()
    for x, y, x_end, y_end in (
        (left, bottom, right, bottom),
        (left, top, right, top),
        (left, bottom, left, top),
        (right, bottom, right, top),
    ):
        length = max(x_end - x, y_end - y)
        for start in range(0, int(length), 4):
            end = min(start + 4, length)
            path.moveTo(x + (x_end - x) * start / length, y + (y_end - y) * start / length)
            path.lineTo(x + (x_end - x) * end / length, y + (y_end - y) * end / length)
    canvas.drawPath(path, stroke=1, fill=0)


def draw_table(
    canvas: Any,
    cells: Sequence[Cell],
    columns: Sequence[float],
    top: float,
    row_height: float = 24,
    border: Border = lines,
    left: float = 60,
    size: float = 9,
) -> None:
    """Draw cells of the given column widths with `top` measured from the head of the page; line feeds part the lines of a text."""
    edges = [left]
    for width in columns:
        edges.append(edges[-1] + width)
    for row, column, row_span, column_span, text in cells:
        x, x_end = edges[column], edges[column + column_span]
        y_end, y = HEIGHT - top - row * row_height, HEIGHT - top - (row + row_span) * row_height
        border(canvas, x, y, x_end, y_end)
        canvas.setFont(FONT, size)
        for number, line in enumerate(text.split("\n")):
            canvas.drawString(x + 3, y_end - 11 - number * 11, line)


def write(canvas: Any, text: str, top: float, left: float = 60, size: float = 12) -> None:
    """Write one line, `top` from the head of the page."""
    canvas.setFont(FONT, size)
    canvas.drawString(left, HEIGHT - top, text)


def pdf_of(*pages: Callable[[Any], None], **options: Any) -> bytes:
    """A PDF whose pages are drawn by the functions given."""
    stream = io.BytesIO()
    canvas = Canvas(stream, pagesize=A4, **options)
    for page in pages:
        page(canvas)
        canvas.showPage()
    canvas.save()
    return stream.getvalue()


def pdf_whose_letters_mean(meanings: Mapping[str, str], text: str) -> bytes:
    """A PDF of one line, whose font states for each letter in UTF-16 (hexadecimal) what it means."""
    pairs = "\n".join(f"<{ord(letter):02x}> <{code}>" for letter, code in meanings.items())
    codes = f"begincmap 1 begincodespacerange <00> <ff> endcodespacerange {len(meanings)} beginbfchar\n{pairs}\nendbfchar endcmap"
    line = f"BT /F 12 Tf 60 700 Td ({text}) Tj ET"
    bodies = (
        "<</Type /Catalog /Pages 2 0 R>>",
        "<</Type /Pages /Kids [3 0 R] /Count 1>>",
        "<</Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>",
        f"<</Length {len(line)}>> stream\n{line}\nendstream",
        "<</Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R>>",
        f"<</Length {len(codes)}>> stream\n{codes}\nendstream",
    )
    objects = "".join(f"{number} 0 obj\n{body}\nendobj\n" for number, body in enumerate(bodies, start=1))
    return f"%PDF-1.4\n{objects}trailer <</Root 1 0 R>>\n%%EOF\n".encode()


def table_page(cells: Sequence[Cell], columns: Sequence[float], **options: Any) -> Callable[[Any], None]:
    """A page that holds nothing but one table."""
    return lambda canvas: draw_table(canvas, cells, columns, **{"top": 60, **options})


def only_grid(document: Document) -> Grid:
    """The one grid of a document."""
    (grid,) = document.grids()
    return grid


def shape(grid: Grid) -> set[Cell]:
    """Cells as drawn."""
    return {(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells}


def rows_of(grid: Grid) -> list[list[str]]:
    """The texts of the cells that begin in each row."""
    return [[cell.text for cell in grid.cells if cell.row == row] for row in range(grid.rows)]
