"""What runs of DOCX files get from styles, fields within fields, and what stands in a cell that is no line of text."""

from __future__ import annotations

import io
import zipfile

import openpyxl
import pytest

from pipeline.intake.kinds import kind_of
from pipeline.readers.docx import read
from tests.readers.docx_samples import cell, docx_of, only_grid, paragraph, part, table, texts

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def style(kind: str, name: str, letters: str = "", parent: str = "", more: str = "") -> str:
    based = f'<w:basedOn w:val="{parent}"/>' if parent else ""
    return f'<w:style w:type="{kind}" w:styleId="{name}" {more}>{based}<w:rPr>{letters}</w:rPr></w:style>'


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def cell_of(inside: str, styles: str = "") -> tuple[str, str | None]:
    """The text of a cell with this inside, and all that it holds where some of it is not seen."""
    rows = [cell("规章") + f"<w:tc>{inside}</w:tc>", cell("行政规范性文件") + cell("7")]
    found = only_grid(read(docx_of(table(*rows), styles=styles))).cells[1]
    return found.text, found.whole


@pytest.mark.parametrize(
    ("letters", "own", "text"),
    [
        ("<w:vanish/>", '<w:rStyle w:val="C"/>', ("12", None)),
        ("<w:strike/>", '<w:rStyle w:val="C"/>', ("12", None)),
        ("<w:vanish/>", '<w:rStyle w:val="C"/><w:vanish w:val="0"/>', ("123", None)),
        ('<w:vertAlign w:val="superscript"/>', '<w:rStyle w:val="C"/>', ("12³", None)),
        ('<w:color w:val="FFFFFF"/>', '<w:rStyle w:val="C"/>', ("12", "123")),
        ('<w:color w:val="FFFFFF"/>', '<w:rStyle w:val="C"/><w:color w:val="000000"/>', ("123", None)),
        ('<w:sz w:val="2"/>', '<w:rStyle w:val="C"/>', ("12", "123")),
    ],
)
def test_what_the_style_of_a_run_says(letters: str, own: str, text: tuple[str, str | None]) -> None:
    styles = style("character", "B", letters) + style("character", "C", parent="B")
    assert cell_of(f"<w:p>{run('12')}{run('3', own)}</w:p>", styles) == text


def test_what_the_style_of_a_paragraph_says() -> None:
    hidden = "<w:p><w:pPr><w:pStyle w:val='P'/></w:pPr>{}</w:p>"
    styles = style("paragraph", "P", "<w:vanish/>") + style("character", "C", "<w:vanish/>")
    assert cell_of(hidden.format(run("45")) + paragraph("3"), styles) == ("3", None)
    assert cell_of(hidden.format(run("45", '<w:vanish w:val="0"/>')), styles) == ("45", None)
    assert cell_of(hidden.format(run("45", '<w:rStyle w:val="C"/>')), styles) == ("45", None)  # two switches cancel each other
    assert cell_of(paragraph("3"), style("paragraph", "N", "<w:vanish/>", more='w:default="1"')) == ("", None)


def field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


def test_the_result_of_a_field_in_the_instruction_of_another_is_not_printed() -> None:
    inner = field("begin") + instruction("REF a") + field("separate") + run("12") + field("end")
    outer = field("begin") + instruction("IF ") + inner + instruction(" = 12") + field("separate") + run("34") + field("end")
    assert texts(read(docx_of(f"<w:p>{outer}</w:p>"))) == ["34"]


def test_a_list_to_choose_from_shows_what_was_chosen() -> None:
    entries = "".join(f'<w:listEntry w:val="{number}"/>' for number in (5, 6, 7))
    choices = f'<w:ffData><w:ddList><w:result w:val="1"/>{entries}</w:ddList></w:ffData>'
    begin = f'<w:r><w:fldChar w:fldCharType="begin">{choices}</w:fldChar></w:r>'
    assert cell_of(f"<w:p>{begin}{instruction('FORMDROPDOWN')}{field('end')}</w:p>") == ("6", None)


def test_a_field_that_word_works_out_is_unread_without_a_result() -> None:
    assert cell_of(f"<w:p>{field('begin')}{instruction(' =SUM(ABOVE) ')}{field('end')}</w:p>") == ("\ufffd", None)
    assert cell_of(f"<w:p>{field('begin')}{instruction(' XE 12 ')}{field('end')}{run('3')}</w:p>") == ("3", None)
    assert cell_of(f"<w:p>{field('begin')}{instruction(' MACROBUTTON NoMacro 12 ')}{field('end')}</w:p>") == ("\ufffd", None)


def picture(points: float) -> str:
    size = int(points * 12_700)
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{size}" cy="{size}"/><a:graphic><a:blip/></a:graphic></wp:inline></w:drawing></w:r>'


def test_a_small_picture_alone_in_a_cell_is_no_blank() -> None:
    assert cell_of(f"<w:p>{picture(10)}</w:p>") == ("\ufffd", None)
    assert cell_of(f"<w:p>{picture(10)}{run('5')}</w:p>") == ("5", None)
    assert cell_of(f"<w:p>{picture(1)}</w:p>") == ("", None)
    assert texts(read(docx_of(f"<w:p>{picture(10)}</w:p>" + paragraph("正文")))) == ["正文"]


def test_a_short_text_in_a_table_of_one_cell_belongs_to_the_cell_around_it() -> None:
    assert cell_of(table(cell("12")) + paragraph("")) == ("12", None)


def test_deleted_cells_are_left_out() -> None:
    deleted = "<w:tc><w:tcPr><w:cellDel w:id='1'/></w:tcPr><w:p><w:del><w:r><w:delText>6</w:delText></w:r></w:del></w:p></w:tc>"
    grid = only_grid(read(docx_of(table(cell("规章") + deleted + cell("1"), cell("规范性文件") + cell("2")))))
    assert [(found.column, found.text) for found in grid.cells] == [(0, "规章"), (1, "1"), (0, "规范性文件"), (1, "2")]


def with_parts(body: str, **inside: bytes) -> bytes:
    """A DOCX with these parts, each of which the relationship of its name points to."""
    stream = io.BytesIO(docx_of(body))
    with zipfile.ZipFile(stream, "a") as archive:
        links = "".join(f'<Relationship Id="{name}" Type="x" Target="{name}.bin"/>' for name in inside)
        space = "http://schemas.openxmlformats.org/package/2006/relationships"
        archive.writestr("word/_rels/document.xml.rels", f'<Relationships xmlns="{space}">{links}</Relationships>')
        for name, data in inside.items():
            archive.writestr(f"word/{name}.bin", data)
    return stream.getvalue()


def test_a_word_file_inside_is_read_once() -> None:
    chunk = f'<w:altChunk xmlns:r="{RELATIONS}" r:id="inner"/>'
    inner = docx_of(table(cell("规章") + cell("3")))
    document = read(with_parts(chunk, inner=inner))
    assert [found.text for found in only_grid(document).cells] == ["规章", "3"]
    twice = read(with_parts(chunk, inner=with_parts(chunk, inner=inner)))
    assert (list(twice.grids()), twice.pictures) == ([], 1)


def workbook(*sheets: str) -> bytes:
    book = openpyxl.Workbook()
    for number, name in enumerate(sheets):
        sheet = book.create_sheet(name, number)
        sheet.append(["规章", 3])
        sheet.append(["行政规范性文件", 12])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def test_an_embedded_worksheet_is_read_where_there_is_one() -> None:
    shape = '<v:shape style="width:300pt;height:200pt"><v:imagedata r:id="picture"/></v:shape>'
    link = '<o:OLEObject xmlns:o="urn:schemas-microsoft-com:office:office" ProgID="Excel.Sheet.12" r:id="sheet"/>'
    shown = f'<w:p xmlns:r="{RELATIONS}"><w:r><w:object>{shape}{link}</w:object></w:r></w:p>'
    document = read(with_parts(shown, sheet=workbook("表二")))
    assert [found.text for found in only_grid(document).cells] == ["规章", "3", "行政规范性文件", "12"]
    assert document.pictures == 0
    several = read(with_parts(shown, sheet=workbook("表二", "表三")))
    assert (list(several.grids()), several.pictures) == ([], 1)


def test_figures_in_symbols_of_a_font_of_letters() -> None:
    assert texts(read(docx_of('<w:p><w:r><w:sym w:font="Times New Roman" w:char="F035"/></w:r></w:p>'))) == ["5"]
    assert texts(read(docx_of('<w:p><w:r><w:sym w:font="Wingdings" w:char="F035"/></w:r></w:p>'))) != ["5"]


def test_a_word_file_with_its_parts_in_other_folders_is_known_by_what_it_says() -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
        archive.writestr("[Content_Types].xml", f'<Types><Override PartName="/story/main.xml" ContentType="{main}"/></Types>')
        archive.writestr("story/main.xml", part("document", "<w:body/>"))
    assert kind_of(stream.getvalue()) == "docx"


def beside_12(run_properties: str, cell_properties: str = "") -> tuple[str, str | None]:
    """A cell with 12, then a 3 in a run with these properties."""
    return cell_of(f"<w:tcPr>{cell_properties}</w:tcPr><w:p>{run('12')}{run('3', run_properties)}</w:p>")


FILLING = '<w14:textFill xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml">{}</w14:textFill>'
GREY = '<w:shd w:val="clear" w:fill="808080"/>'


@pytest.mark.parametrize(
    "unseen",
    [
        '<w:color w:val="FEFEFE"/>',
        '<w:color w:themeColor="background1"/>',
        '<w:w w:val="1"/>',
        FILLING.format("<w14:noFill/>"),
        FILLING.format('<w14:solidFill><w14:srgbClr w14:val="000000"><w14:alpha w14:val="100000"/></w14:srgbClr></w14:solidFill>'),
        f'<w:color w:val="808080"/>{GREY}',
    ],
)
def test_figures_that_nobody_sees_are_not_taken(unseen: str) -> None:
    assert beside_12(unseen) == ("12", "123")


@pytest.mark.parametrize("seen", ['<w:color w:val="F0F0F0"/>', '<w:w w:val="80"/>', GREY, FILLING.format("<w14:solidFill/>")])
def test_figures_that_are_seen_are_taken(seen: str) -> None:
    assert beside_12(seen) == ("123", None)


def test_figures_of_the_colour_of_their_cell() -> None:
    assert beside_12('<w:color w:val="808080"/>', GREY) == ("12", "123")
    assert beside_12('<w:color w:val="FFFFFF"/>', GREY) == ("123", None)


def test_figures_raised_by_their_position_or_as_marks_of_notes() -> None:
    assert beside_12('<w:position w:val="12"/>') == ("12³", None)
    assert beside_12('<w:position w:val="-6"/>') == ("12₃", None)
    assert beside_12('<w:position w:val="1"/>') == ("123", None)
    note = '<w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/><w:t>3</w:t></w:r>'
    assert cell_of(f"<w:p>{run('12')}{note}</w:p>") == ("12³", None)


def test_the_first_branch_that_office_programs_understand_is_read() -> None:
    space = 'xmlns:zz="urn:nobody"'
    branches = f'<mc:Choice {space} Requires="zz">{run("3")}</mc:Choice><mc:Fallback>{run("12")}</mc:Fallback>'
    assert cell_of(f"<w:p><mc:AlternateContent>{branches}</mc:AlternateContent></w:p>") == ("12", None)
    assert cell_of(f"<w:p><mc:AlternateContent>{branches.replace('urn:nobody', 'http://www.wps.cn/x')}</mc:AlternateContent></w:p>") == (
        "3",
        None,
    )


@pytest.mark.parametrize(("stored", "text"), [("3", "3"), ("45", "\ufffd"), (None, "3")])
def test_a_bound_control_whose_data_says_something_else_is_unread(stored: str | None, text: str) -> None:
    binding = '<w:dataBinding w:prefixMappings="xmlns:d=\'urn:d\'" w:xpath="/d:a/d:b" w:storeItemID="{ab}"/>'
    control = f"<w:sdt><w:sdtPr>{binding}</w:sdtPr><w:sdtContent>{run('3')}</w:sdtContent></w:sdt>"
    stream = io.BytesIO(docx_of(table(cell("规章") + f"<w:tc><w:p>{control}</w:p></w:tc>")))
    if stored is not None:
        with zipfile.ZipFile(stream, "a") as archive:
            archive.writestr("customXml/item1.xml", f'<a xmlns="urn:d"><b>{stored}</b></a>')
            archive.writestr("customXml/itemProps1.xml", '<ds:datastoreItem xmlns:ds="urn:ds" ds:itemID="{AB}"/>')
    assert only_grid(read(stream.getvalue())).cells[1].text == text
