"""Made reports, scanned and damaged, are read cell by cell; what cannot be told is said to be unreadable."""

from __future__ import annotations

import base64
import io
from types import ModuleType
from typing import Any

import docx
import pypdfium2 as pdfium
import pytest
from docx.shared import Inches

from pipeline.catalog.model import Catalog
from pipeline.normalise.report import normalise
from pipeline.orchestration.reading import read_bytes
from pipeline.readers.model import Document, Grid, GridCell, Paragraph
from tests.reports import render_pdf
from tests.reports.layout import PrintedTable, printed_tables

Texts = dict[tuple[int, int], str]


def document_of(data: bytes) -> Document:
    reading = read_bytes(data)
    assert reading.document is not None, reading.error_message
    return reading.document


def remedies_page(catalog: Catalog, scans: ModuleType) -> tuple[Any, PrintedTable]:
    """A picture of a page that ends with 表四, and that table."""
    content = scans.made(catalog, 7)
    table = printed_tables(catalog, content)[2]
    return scans.render_scan.pages(render_pdf.render(content, (table,)), 200)[-1], table


def texts(grid: Grid) -> Texts:
    return {(cell.row, cell.column): "".join(cell.text.split()) for cell in grid.cells if cell.text}


def printed(table: PrintedTable) -> Texts:
    return {place: "".join(cell.text.split()) for place, cell in table.placed().items() if cell.text}


def cell_at(grid: Grid, row: int, column: int) -> GridCell:
    return next(cell for cell in grid.cells if (cell.row, cell.column) == (row, column))


@pytest.mark.parametrize(("damage", "container"), [("skewed", "pdf"), ("red_seal", "tiff")])
def test_a_scanned_report_is_read_whole(catalog: Catalog, scans: ModuleType, damage: str, container: str) -> None:
    content = scans.made(catalog, 7)
    scan = scans.render_scan.render(content, printed_tables(catalog, content), damage=damage, container=container)
    counts = scans.outcome(catalog, content, scan, damage)
    assert (counts["wrong"], counts["named"]) == (0, 1)
    assert counts["missing"] <= 1


def test_a_page_may_lie_on_its_side_and_places_are_those_of_the_picture(catalog: Catalog, scans: ModuleType) -> None:
    import numpy as np

    page, table = remedies_page(catalog, scans)
    lying = np.ascontiguousarray(np.rot90(page))
    (grid,) = document_of(scans.render_scan.wrapped([lying], "png", 200)).grids()
    assert texts(grid) == printed(table)
    left, top, right, bottom = grid.cells[0].bbox or (0, 0, 0, 0)
    assert bottom - top > right - left  # the first cell is wide, and the picture shows it upright


def test_a_cell_that_cannot_be_told_is_neither_blank_nor_a_figure(catalog: Catalog, scans: ModuleType) -> None:
    import cv2

    page, _ = remedies_page(catalog, scans)
    (grid,) = document_of(scans.render_scan.wrapped([page], "png", 200)).grids()
    for place, colour in (((3, 4), (60, 60, 60)), ((3, 9), (255, 255, 255))):  # one figure is blotted, one is painted over
        left, top, right, bottom = (round(edge * 200 / 72) for edge in cell_at(grid, *place).bbox or (0, 0, 0, 0))
        size = (right - left) // 3, (bottom - top) // 3
        cv2.ellipse(page, ((left + right) // 2, (top + bottom) // 2), size, 0, 0, 360, colour, -1)
    (grid,) = document_of(scans.render_scan.wrapped([page], "png", 200)).grids()
    blotted, emptied = cell_at(grid, 3, 4), cell_at(grid, 3, 9)
    assert blotted.text and blotted.confidence < 0.8
    assert (emptied.text, emptied.confidence) == ("", 1.0)
    report = normalise(catalog, Document((grid,)))[0]
    states = [cell.state for cell in report.cells if cell.table == "remedies" and cell.locator]
    assert (states.count("unreadable"), states.count("blank")) == (1, 1)
    assert [problem.table for problem in report.problems if problem.code == "cell_doubtful"] == ["remedies"]


def test_pages_with_text_and_scanned_pages_make_one_document(catalog: Catalog, scans: ModuleType) -> None:
    content = scans.made(catalog, 7)
    with_text = render_pdf.render(content, printed_tables(catalog, content))
    scan = scans.render_scan.wrapped(scans.render_scan.pages(with_text, 200)[-1:], "pdf", 200)
    mixed, original, last = pdfium.PdfDocument.new(), pdfium.PdfDocument(with_text), pdfium.PdfDocument(scan)
    mixed.import_pages(original, list(range(len(original) - 1)))
    mixed.import_pages(last)
    saved = io.BytesIO()
    mixed.save(saved)
    counts = scans.outcome(catalog, content, saved.getvalue(), "mixed")
    assert (counts["wrong"], counts["missing"]) == (0, 0)


def test_pictures_of_tables_inside_other_documents_are_read_in_their_place(catalog: Catalog, scans: ModuleType) -> None:
    page, table = remedies_page(catalog, scans)
    picture = scans.render_scan.wrapped([page], "png", 200)
    word = docx.Document()
    word.add_paragraph("四、行政复议、行政诉讼情况")
    word.add_picture(io.BytesIO(picture), width=Inches(6))
    word.add_paragraph("五、存在的主要问题")
    saved = io.BytesIO()
    word.save(saved)
    address = "data:image/png;base64," + base64.b64encode(picture).decode()
    web = f'<html><body><h2>四、行政复议、行政诉讼情况</h2><p><img src="{address}"></p><p>五、存在的主要问题</p></body></html>'
    for data in (saved.getvalue(), web.encode()):
        document = document_of(data)
        (grid,) = document.grids()
        assert texts(grid) == printed(table)
        assert document.pictures == 0
        kinds = [type(block) for block in document.blocks]
        assert kinds[0] is Paragraph and kinds[-1] is Paragraph


@pytest.mark.parametrize("left", ["none", "level", "level and sides", "upright"])
def test_a_scanned_table_without_all_its_lines_is_right_or_unreadable_never_wrong(catalog: Catalog, scans: ModuleType, left: str) -> None:
    import cv2
    import numpy as np

    from pipeline.readers.scan.rulings import lines_of

    page, _ = remedies_page(catalog, scans)
    lines = lines_of(cv2.cvtColor(page, cv2.COLOR_BGR2GRAY))
    kept = {"none": np.zeros_like(lines.level), "upright": lines.upright}.get(left, lines.level).copy()
    if left == "level and sides":
        across = np.nonzero(lines.upright)[1]
        for side in (across.min(), across.max()):
            kept[:, side - 3 : side + 4] |= lines.upright[:, side - 3 : side + 4]
    page[(cv2.dilate(lines.mask, np.ones((3, 3), np.uint8)) > 0) & (kept == 0)] = 255
    reports = normalise(catalog, document_of(scans.render_scan.wrapped([page], "png", 200)))
    figures = scans.made(catalog, 7).figures
    numbers = [cell for report in reports for cell in report.cells if cell.state in ("number", "not_applicable")]
    assert all(cell.value == figures[cell.field, cell.applicant].value for cell in numbers)
    states = {table.table: table.state for report in reports for table in report.tables}
    assert states["remedies"] in ("found", "unreadable")


@pytest.mark.usefixtures("without_recognition")
def test_without_the_optional_part_a_picture_is_not_read_and_the_reason_says_what_to_install() -> None:
    reading = read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    assert reading.error_code == "unsupported_kind"
    assert "make extras" in (reading.error_message or "")


def test_a_broken_picture_is_damaged(scans: ModuleType) -> None:
    assert read_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100)).error_code == "damaged"
