"""Files of every kind, and what they do to a report."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from pipeline.common.errors import ReadError
from pipeline.readers.registry import read
from tests.accuracy.compare import compare
from tests.accuracy.measure import parsed
from tests.intake.zips import packed
from tests.reports.content import PrintedSection
from tests.reports.made import AGENCY, drawn_report, make
from tests.traps.listed import cases, check, differing, reports_in


@pytest.mark.parametrize(("container", "form", "quirk"), cases("containers"))
def test_trap(container: str, form: str, quirk: str) -> None:
    check(container, form, quirk)


def test_navigation_around_the_text() -> None:
    """Menus, breadcrumbs, a share bar, a script, a footer and a QR code stand on every page that we print."""
    made = make(drawn_report("2021", 0), "html")
    page = made.data().decode()
    assert all(piece in page for piece in ("当前位置", "分享到", "<script>", "网站地图", "qr.png"))
    (report,) = reports_in(made.data())
    assert (report.agency, differing(made, report), report.problems) == (AGENCY, [], ())


@pytest.mark.parametrize(
    ("container", "suffix"), [("html", ".doc"), ("docx", ".doc"), ("text", ".pdf"), ("html", ".docx"), ("xlsx", ".et")]
)
def test_suffix_that_says_another_kind(tmp_path: Path, container: str, suffix: str) -> None:
    """A page that is called a Word file, a text that is called a PDF: the content tells."""
    made = make(drawn_report("2019", 0), container)
    path = tmp_path / f"年报{suffix}"
    path.write_bytes(made.data())
    score = compare(made.truth(path.name), parsed([path])[path])
    assert (score.right, score.missing, score.wrong, score.alarms, score.answers) == (score.cells, 0, 0, 0, 1)


@pytest.mark.parametrize("kind", ["doc", "wps", "ofd", "rtf", "xls", "mht", "odf", "png", "tiff", "unknown"])
def test_kinds_that_are_not_read_are_said(kind: str) -> None:
    """What cannot be read, or is damaged, is refused in words; it never becomes an empty report."""
    try:
        document = read(kind, b"\x00\x01\x02 nothing that anybody reads")
    except ReadError as error:
        assert error.code
        assert any("\u4e00" <= letter <= "\u9fff" for letter in error.message)
    else:
        assert list(document.grids()) == []


def test_archive_with_names_in_gbk(tmp_path: Path) -> None:
    """Two reports of a county in one archive, whose names an old packer wrote in GBK."""
    made = {"财政局年报.html": make(drawn_report("2021", 0), "html"), "年报\u3000定稿.txt": make(drawn_report("2019", 1), "text")}
    path = tmp_path / "全县.zip"
    path.write_bytes(packed({name: report.data() for name, report in made.items()}, names="gbk"))
    lines = _lines(path)
    assert [line["report_year"] for line in lines] == [2023, 2020]
    for (name, report), line in zip(made.items(), lines, strict=True):
        assert line["source"].endswith(name)
        score = compare(report.truth(name), [line])
        assert (score.right, score.alarms) == (score.cells, 0)


def _lines(path: Path) -> list[dict[str, Any]]:
    return [line for lines in parsed([path]).values() for line in lines]


def test_scan_gives_no_zeros() -> None:
    """Pictures of pages: read by OCR or not read at all, but no figure comes from nowhere."""
    content = drawn_report("2021", 0)
    made = make(content, "pdf")
    remedies = replace(made, tables=made.tables[2:], content=replace(content, sections=content.sections[3:4]))
    pages = [page.render(scale=1).to_pil() for page in pypdfium2.PdfDocument(remedies.data())]
    saved = io.BytesIO()
    canvas = Canvas(saved, pagesize=A4)
    for picture in pages:
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    canvas.save()
    reports = _read_or_refused(saved.getvalue())
    named = {item.table for report in reports for item in report.problems}
    for cell in (cell for report in reports for cell in report.cells if cell.state != "unreadable"):
        figure = remedies.printed.get((cell.field, cell.applicant))
        assert cell.table in named or (figure and (figure.state, figure.value) == (cell.state, cell.value))


def _read_or_refused(data: bytes) -> list[Any]:
    try:
        return reports_in(data)
    except ReadError as error:
        assert error.message
        return []


def test_text_layer_that_is_garbage() -> None:
    """The letters of the text layer are others than those that are drawn: the figures have no labels, and none is taken."""

    def other(text: str) -> str:
        return "".join(chr(ord(letter) + 7) if "\u4e00" <= letter <= "\u9f00" else letter for letter in text)

    made = make(drawn_report("2021", 0), "pdf")
    tables = tuple(
        replace(table, rows=tuple(tuple(replace(cell, text=other(cell.text)) for cell in row) for row in table.rows))
        for table in made.tables
    )
    sections = tuple(PrintedSection(section.section, other(section.heading), ()) for section in made.content.sections)
    (report,) = reports_in(replace(made, tables=tables, content=replace(made.content, sections=sections)).data())
    assert (report.status, report.cells) == ("refused", ())
    assert report.problems


def test_password() -> None:
    saved = io.BytesIO()
    canvas = Canvas(saved, encrypt=StandardEncryption("geheim", canPrint=1))
    canvas.drawString(100, 700, "2023")
    canvas.save()
    with pytest.raises(ReadError) as error:
        reports_in(saved.getvalue())
    assert error.value.code == "password"
