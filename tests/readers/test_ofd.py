"""OFD files are read by their letters and lines, whatever the writer's ways."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.catalog import Catalog
from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.normalise.report import normalise
from pipeline.readers import ofd, pdf
from pipeline.readers.model import Document
from pipeline.readers.ofd.objects import Place, glyphs_of, rulings_of
from tests.reports import render_ofd, render_pdf
from tests.reports.layout import printed_tables
from tests.reports.render_ofd import Style, packed
from tests.test_renderers import made

FOREIGN = Path(__file__).parent / "golden_ofd" / "easyofd.ofd"
STYLES = [
    Style(),
    Style(texts="letter", lines="filled"),
    Style(texts="short form", template=True),
    Style(scale=0.3527, lines="filled", template=True),
    Style(scale=10, group=True),
    Style(documents=2),
]


def texts(document: Document) -> list[list[tuple[int, int, int, int, str]]]:
    return [[(cell.row, cell.column, cell.row_span, cell.column_span, cell.text) for cell in grid.cells] for grid in document.grids()]


@pytest.mark.parametrize("style", STYLES, ids=str)
@pytest.mark.parametrize("form", ["2019", "2021"])
def test_the_same_pages_as_pdf_and_as_ofd_give_the_same_tables(catalog: Catalog, form: str, style: Style) -> None:
    content = made(form)
    tables = printed_tables(catalog, content)
    data = render_ofd.render(content, tables, style)
    assert kind_of(data) == "ofd"
    document = ofd.read(data)
    assert texts(document) == texts(pdf.read(render_pdf.render(content, tables)))
    assert all(cell.page and cell.bbox for grid in document.grids() for cell in grid.cells)
    (report,) = normalise(catalog, document)
    assert (report.status, report.agency, report.report_year) == ("parsed", content.agency, content.report_year)
    found = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells if not cell.extra}
    assert found == {key: (figure.state, figure.value) for key, figure in content.figures.items()}


def test_of_a_foreign_file_without_lines_only_tables_beyond_doubt_are_read(catalog: Catalog) -> None:
    """Made by easyofd, which writes no lines and moves letters into each other; see golden_ofd/README.md."""
    document = ofd.read(FOREIGN.read_bytes())
    (report,) = normalise(catalog, document)
    assert (report.agency, report.report_year, report.status) == ("瀚川市沐云区财政局", 2021, "partial")
    assert {table.table: table.state for table in report.tables}["requests"] == "unreadable"
    printed = {key: (figure.state, figure.value) for key, figure in made("2021").figures.items()}
    read = {(cell.field, cell.applicant): (cell.state, cell.value) for cell in report.cells}
    assert read
    assert read.items() <= printed.items()
    assert [section.number for section in report.sections] == [1, 2, 3, 4, 5, 6]


def test_a_page_that_is_a_picture_is_read_like_a_scan(catalog: Catalog, scans: ModuleType) -> None:
    content = scans.made(catalog, 7)
    table = printed_tables(catalog, content)[2]
    pictures = scans.render_scan.pages(render_pdf.render(content, (table,)), 150)
    data = render_ofd.scanned([scans.render_scan.wrapped([picture], "png", 150) for picture in pictures], "png")
    document = ofd.read(data)
    (grid,) = document.grids()
    printed = {place: "".join(cell.text.split()) for place, cell in table.placed().items() if cell.text}
    assert {(cell.row, cell.column): "".join(cell.text.split()) for cell in grid.cells if cell.text} == printed
    assert document.pictures == 0


@pytest.mark.usefixtures("without_recognition")
def test_without_recognition_the_tables_on_a_picture_are_unreadable(catalog: Catalog) -> None:
    (report,) = normalise(catalog, ofd.read(render_ofd.scanned([b"anything"], "jpg")))
    assert {table.state for table in report.tables} == {"unreadable"}


def test_a_picture_in_a_format_of_its_own_stays_a_picture() -> None:
    assert ofd.read(render_ofd.scanned([b"JBIG2"], "gbig2")).pictures == 1


def page(*objects: str, box: str = "0 0 210 297", other: str = "") -> bytes:
    """A file of one page."""
    space = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    title = "<ofd:DocInfo><ofd:Title>题名</ofd:Title></ofd:DocInfo>"
    root = "<ofd:DocRoot>/Doc_0/Document.xml</ofd:DocRoot>"
    area = f"<ofd:PageArea><ofd:PhysicalBox>{box}</ofd:PhysicalBox></ofd:PageArea>"
    listed = '<ofd:Pages><ofd:Page ID="1" BaseLoc="pages\\Page_0\\content.xml"/></ofd:Pages>'
    layer = f"<ofd:Content><ofd:Layer>{''.join(objects)}</ofd:Layer></ofd:Content>"
    return packed(
        {
            "OFD.xml": f"<ofd:OFD {space}><ofd:DocBody>{title}{root}</ofd:DocBody></ofd:OFD>",
            "Doc_0/Document.xml": f"<ofd:Document {space}><ofd:CommonData>{area}{other}</ofd:CommonData>{listed}</ofd:Document>",
            "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {space}>{layer}</ofd:Page>",
        }
    )


def text(words: str, x: float = 20, y: float = 20, more: str = "", code: str = "") -> str:
    return (
        f'<ofd:TextObject Boundary="{x} {y} 100 5" Size="4" {more}><ofd:TextCode X="0" Y="4" {code}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def words(data: bytes) -> list[str]:
    return [paragraph.text for paragraph in ofd.read(data).paragraphs()]


def test_text_title_and_what_is_not_shown() -> None:
    objects = [text("一、总体情况"), text("隐藏", y=40, more='Visible="false"'), text("透明", y=50, more='Alpha="0"')]
    assert words(page(*objects)) == ["一、总体情况"]
    assert ofd.read(page(*objects)).metadata == {"title": "题名"}


def test_letters_without_distances_stand_close_together() -> None:
    assert words(page(text("2021年"), text("度报告", x=20 + 4 * 2 + 4))) == ["2021年度报告"]


def test_the_letters_of_a_column_go_down() -> None:
    assert words(page(text("三本年", code='DeltaX="0 0" DeltaY="g 2 6"'))) == ["三", "本", "年"]


def test_a_text_that_means_nothing_is_a_picture() -> None:
    document = ofd.read(page(text("\ue001\ue002\ue003\ue004")))
    assert (document.blocks, document.pictures) == ((), 1)


def test_a_page_of_a_picture_counts_it() -> None:
    scan = '<ofd:ImageObject Boundary="0 0 210 297" ResourceID="3"/>'
    emblem = '<ofd:ImageObject Boundary="0 0 9 9" ResourceID="3"/>'
    assert ofd.read(page(scan)).pictures == 1
    assert ofd.read(page(text("一、总体情况"), emblem)).pictures == 0
    assert ofd.read(page(text("一、总体情况"), scan)).pictures == 1


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"PK\x03\x04 cut off", "damaged"),
        (packed({"Doc_0/Document.xml": "<a/>"}), "damaged"),
        (packed({"OFD.xml": "<a/>"}), "damaged"),
        (packed({"OFD.xml": "<OFD><DocBody><DocRoot>none.xml</DocRoot></DocBody></OFD>"}), "damaged"),
        (packed({"OFD.xml": "<OFD><DocBody>"}), "damaged"),
        (page(other='<ofd:TemplatePage ID="1" BaseLoc="x"/>').replace(b"Page_0/Content", b"Page_1/Content"), "damaged"),
        (packed({"OFD.xml": "<OFD/>", "x": " " * 310_000_000}), "too_large"),
    ],
    ids=["zip", "no entry", "no body", "no document", "bad xml", "no page", "bomb"],
)
def test_what_cannot_be_read_is_said(data: bytes, code: str) -> None:
    with pytest.raises(ReadError) as raised:
        ofd.read(data)
    assert raised.value.code == code


def test_entities_are_not_expanded() -> None:
    entry = '<!DOCTYPE a [<!ENTITY x "Doc_0/Document.xml">]><OFD><DocBody><DocRoot>&x;</DocRoot></DocBody></OFD>'
    with zipfile.ZipFile(io.BytesIO(page(text("一、总体情况")))) as source:
        parts = {name: source.read(name).decode().partition("\n")[2] for name in source.namelist()}
    with pytest.raises(ReadError):
        ofd.read(packed({**parts, "OFD.xml": entry}))


XML = st.text(st.sampled_from("MLCQBASgG 0123456789.-e,x"), max_size=60)


@given(XML, XML, XML, XML)
def test_any_attribute_is_read_or_left_out(path: str, delta: str, matrix: str, box: str) -> None:
    from lxml import etree

    item = etree.Element("PathObject", Boundary=box, CTM=matrix)
    etree.SubElement(item, "AbbreviatedData").text = path
    assert all(ruling.left <= ruling.right for ruling in rulings_of(item, Place()))
    item = etree.Element("TextObject", Boundary=box, CTM=matrix, Size=delta[:9])
    etree.SubElement(item, "TextCode", X=box, DeltaX=delta, DeltaY=path).text = "年报2021"
    assert len(list(glyphs_of(item, Place()))) == 6


@given(st.floats(0, 1), st.binary(max_size=30))
def test_a_broken_file_is_read_or_refused(share: float, rest: bytes) -> None:
    whole = page(text("一、总体情况"))
    place = int(share * len(whole))
    for data in (whole[:place] + rest + whole[place + len(rest) :], whole[:place]):
        try:
            ofd.read(data)
        except ReadError as error:
            assert error.code in {"damaged", "password", "too_large"}


def test_one_part_broken() -> None:
    with zipfile.ZipFile(io.BytesIO(page(text("一、总体情况")))) as source:
        parts = {name: source.read(name).decode() for name in source.namelist()}
    for name in parts:
        broken = {other: xml.partition("\n")[2][: 40 if other == name else None] for other, xml in parts.items()}
        with pytest.raises(ReadError):
            ofd.read(packed(broken))
