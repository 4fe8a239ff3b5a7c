"""The text of Word files as printed: revisions, fields, text boxes, automatic numbers, headings."""

from __future__ import annotations

import io
import zipfile

import pytest

from pipeline.readers.docx import read
from pipeline.readers.word.counting import chinese, written
from tests.readers.docx_samples import STRICT_MAIN, cell, docx_of, only_grid, paragraph, table, texts

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def text_of(runs: str) -> list[str]:
    return texts(read(docx_of(f"<w:p>{runs}</w:p>")))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


@pytest.mark.parametrize(
    ("runs", "printed"),
    [
        (run("收到") + f"<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>11</w:delText></w:r></w:del>" + run("件"), "收到12件"),
        (f"<w:moveFrom>{run('甲')}</w:moveFrom><w:moveTo>{run('乙')}</w:moveTo>", "乙"),
        (run("共") + run("99", "<w:vanish/>") + run("3", '<w:vanish w:val="0"/>') + run("件"), "共3件"),
        (
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE \\* 9</w:instrText></w:r>'
            '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("4") + '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
            "4",
        ),
        (run("9", "<w:strike/>") + run("8", "<w:dstrike/>") + run("3", '<w:strike w:val="0"/>'), "3"),
        (run("12") + run("1", '<w:vertAlign w:val="superscript"/>') + run("2", '<w:vertAlign w:val="subscript"/>'), "12¹₂"),
        (f"<w:fldSimple w:instr='SUM(LEFT)'>{run('7')}</w:fldSimple>", "7"),
        (f"<w:hyperlink>{run('链接')}</w:hyperlink><w:smartTag>{run('标记')}</w:smartTag>", "链接标记"),
        ("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t><w:noBreakHyphen/><w:t>丙</w:t></w:r>", "甲\t乙-丙"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FE"/><w:t>是</w:t></w:r>', "☑是"),
        ('<w:r><w:sym w:font="Symbol" w:char="F035"/></w:r>', "5"),
        ('<w:r><w:sym w:font="X" w:char="zz"/></w:r>', "\ufffd"),
        ("<w:r><w:ruby><w:rt><w:r><w:t>yin</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>鄞</w:t></w:r></w:rubyBase></w:ruby></w:r>", "鄞"),
        ("<m:oMath><m:r><m:t>1+2</m:t></m:r></m:oMath>", "1+2"),
    ],
)
def test_only_what_is_printed_is_read(runs: str, printed: str) -> None:
    assert text_of(runs) == [printed]


def test_a_manual_line_break_begins_a_new_paragraph() -> None:
    assert text_of("<w:r><w:t>某市</w:t><w:br/><w:t>年度报告</w:t><w:cr/></w:r>") == ["某市", "年度报告"]


def box(text: str) -> str:
    """A text box as Word writes it: a drawing, and the same again for old programs."""
    content = f"<w:txbxContent>{text}</w:txbxContent>"
    drawing = f"<w:drawing><wp:anchor><a:graphic><wps:wsp><wps:txbx>{content}</wps:txbx></wps:wsp></a:graphic></wp:anchor></w:drawing>"
    return (
        f'<w:p><w:r><mc:AlternateContent><mc:Choice Requires="wps">{drawing}</mc:Choice>'
        f"<mc:Fallback><w:pict><v:shape><v:textbox>{content}</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>锚点</w:t></w:r></w:p>"
    )


def test_text_boxes_are_read_once() -> None:
    assert texts(read(docx_of(box(paragraph("框内文字"))))) == ["锚点", "框内文字"]


def test_a_table_in_a_text_box_is_a_table() -> None:
    assert [part.text for part in only_grid(read(docx_of(box(table(cell("规章") + cell("1")))))).cells] == ["规章", "1"]


def numbering(*levels: tuple[str, str], start: str = "") -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for level, (form, text) in enumerate(levels)
    )
    return (
        f'<w:abstractNum w:abstractNumId="0">{inside}</w:abstractNum>'
        f'<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="0"/>{start}</w:num>'
    )


def listed(text: str, level: int = 0, number: int = 1) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_part_of_the_text() -> None:
    body = (
        listed("总体情况")
        + listed("主动公开", 1)
        + listed("依申请", 1)
        + listed("表")
        + listed("项", 1)
        + listed("细", 2)
        + paragraph("正文")
    )
    lists = numbering(("chineseCountingThousand", "%1、"), ("chineseCounting", "（%2）"), ("decimal", "%1.%3"))
    expected = ["一、总体情况", "（一）主动公开", "（二）依申请", "二、表", "（一）项", "二.1 细", "正文"]
    assert texts(read(docx_of(body, numbering=lists))) == expected


def test_a_list_begun_anew_and_numbering_switched_off() -> None:
    anew = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    body = listed("甲") + listed("乙") + listed("丙", number=2) + listed("丁", number=2) + listed("戊", number=0)
    lists = numbering(("decimal", "%1."), start=anew)
    assert texts(read(docx_of(body, numbering=lists))) == ["1.甲", "2.乙", "1.丙", "2.丁", "戊"]


def test_upper_levels_begun_anew_count_for_the_lower_ones() -> None:
    anew = "".join(
        f'<w:lvlOverride w:ilvl="{level}"><w:startOverride w:val="{start}"/></w:lvlOverride>' for level, start in ((0, 2), (1, 99))
    )
    lists = numbering(("decimal", "%1."), ("decimal", "%1.%2"), start=anew)
    body = listed("甲", 1, 2) + listed("乙", 1, 2) + listed("丙", 0, 2) + listed("丁", 1, 2)
    assert texts(read(docx_of(body, numbering=lists))) == ["2.99 甲", "2.100 乙", "3.丙", "3.99 丁"]


def test_bullets_and_empty_paragraphs_add_no_text() -> None:
    assert texts(read(docx_of(listed("甲") + listed(""), numbering=numbering(("bullet", "\uf06c"))))) == ["甲"]
    assert texts(read(docx_of(listed("") + listed("乙"), numbering=numbering(("decimal", "%1."))))) == ["2.乙"]


STYLES = (
    '<w:style w:type="paragraph" w:default="1" w:styleId="a"><w:name w:val="Normal"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="1"><w:name w:val="heading 1"/><w:basedOn w:val="a"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr><w:outlineLvl w:val="0"/></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="2"><w:name w:val="own"/><w:basedOn w:val="1"/></w:style>'
    '<w:style w:type="paragraph" w:styleId="3"><w:name w:val="标题 2"/><w:basedOn w:val="3"/></w:style>'
)


def test_headings_by_style_level_and_inheritance() -> None:
    body = (
        paragraph("甲", '<w:pStyle w:val="1"/>')
        + paragraph("乙", '<w:pStyle w:val="2"/>')
        + paragraph("丙", '<w:pStyle w:val="3"/>')
        + paragraph("丁", '<w:outlineLvl w:val="1"/>')
        + paragraph("戊", '<w:pStyle w:val="1"/><w:numPr><w:numId w:val="0"/></w:numPr><w:outlineLvl w:val="9"/>')
        + paragraph("己")
    )
    document = read(docx_of(body, styles=STYLES, numbering=numbering(("japaneseCounting", "%1、"))))
    found = [(part.text, part.heading) for part in document.paragraphs()]
    assert found == [("一、甲", True), ("二、乙", True), ("丙", True), ("丁", True), ("戊", False), ("己", False)]


@pytest.mark.parametrize(
    ("count", "form", "text"),
    [
        (1, "chineseCounting", "一"),
        (10, "chineseCounting", "十"),
        (12, "chineseCountingThousand", "十二"),
        (20, "japaneseCounting", "二十"),
        (105, "chineseCountingThousand", "一百零五"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (12, "ideographDigital", "一二"),
        (3, "chineseLegalSimplified", "叁"),
        (2, "ideographTraditional", "乙"),
        (3, "decimalEnclosedCircle", "③"),
        (28, "lowerLetter", "bb"),
        (14, "upperRoman", "XIV"),
        (7, "decimalZero", "07"),
        (7, "decimalFullWidth", "７"),
        (7, "unheardOf", "7"),
    ],
)
def test_number_formats(count: int, form: str, text: str) -> None:
    assert written(count, form) == text


def test_no_two_counts_are_written_alike() -> None:
    assert len({chinese(count) for count in range(10_000)}) == 10_000


def test_strict_files_are_read() -> None:
    assert texts(read(docx_of(paragraph("正文"), main=STRICT_MAIN))) == ["正文"]


def test_the_main_document_may_have_another_name() -> None:
    assert texts(read(docx_of(paragraph("正文"), main_part="word/document2.xml"))) == ["正文"]


def picture(width: int, height: int) -> str:
    blip = "<a:graphic><a:blip/></a:graphic>"
    return f'<w:r><w:drawing><wp:inline><wp:extent cx="{width * 12700}" cy="{height * 12700}"/>{blip}</wp:inline></w:drawing></w:r>'


def test_pictures_are_counted_by_size() -> None:
    old = '<w:r><w:pict><v:shape style="position:absolute;width:415pt;height:5in"><v:imagedata/></v:shape></w:pict></w:r>'
    embedded = '<w:r><w:object><v:shape style="width:300pt;height:200pt"><v:imagedata/></v:shape></w:object></w:r>'
    document = read(docx_of(f"<w:p>{picture(400, 200)}{picture(20, 20)}{old}{embedded}</w:p>"))
    assert document.pictures == 3
    assert document.blocks == ()


def test_a_page_put_whole_into_a_file_is_read() -> None:
    page = "<html><meta charset=utf-8><p>一、总体情况</p><table><tr><td>规章</td><td>12</td></tr></table></html>"
    stream = io.BytesIO(docx_of(paragraph("题目") + f'<w:altChunk xmlns:r="{RELATIONS}" r:id="c1"/>' + table(cell("甲") + cell("1"))))
    with zipfile.ZipFile(stream, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
            f'<Relationship Id="c1" Type="{RELATIONS}/aFChunk" Target="chunk.htm"/></Relationships>',
        )
        archive.writestr("word/chunk.htm", page)
    document = read(stream.getvalue())
    assert [block.text for block in document.paragraphs()] == ["题目", "一、总体情况"]
    assert [(grid.index, [item.text for item in grid.cells]) for grid in document.grids()] == [(0, ["规章", "12"]), (1, ["甲", "1"])]
