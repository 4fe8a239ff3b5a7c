"""Files that are small to write and large to read, by name; `size` says how large, with what a real attack would use as default."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from functools import cache

from tests.readers import docx_samples as docx
from tests.reports import render_html, render_text
from tests.reports.layout import printed_tables
from tests.sample.files import catalog, report_files

Flood = Callable[[int], bytes]

# runs of signs that a careless regular expression or loop takes quadratic time over
RUNS = {
    "spaces": " ",
    "wide spaces": "　",
    "digits": "1",
    "signs": "、",
    "brackets": "（",
    "pairs": "（1）",
    "stops": "．",
    "numbered": "一、",
    "years": "2021年",
    "wide digits": "１",
    "commas": "1,",
    "dashes": "—",
    "zero width": "\u200b",
    "letters": "政府信息公开",
    "labels": "三、本年度办理结果",
    "titles": "某某市某某局2021年政府信息公开工作年度报告",
    "bodies": "人民政府",
    "dots": "…",
    "slashes": "/",
    "units": "万元",
    "mixed": "1 ",
    "minus": "-",
    "plus": "+(0) ",
    "numerals": "一",
    "thousands": "万",
    "points": "1.",
    "units one": "个",
    "wavy": "~",
}


@cache
def report_parts() -> tuple[str, str]:
    """A whole report as a page and as a text."""
    content = next(file.content for file in report_files() if file.content.form == "2021")
    tables = printed_tables(catalog(), content)
    return render_html.render(content, tables).decode(), render_text.render(content, tables).decode()


def page(inside: str) -> bytes:
    return f"<html><head><meta charset='utf-8'><title>年报</title></head><body>{inside}</body></html>".encode()


def in_page(inside: str) -> bytes:
    """A whole report with something in front of its end."""
    return report_parts()[0].replace("</body>", inside + "</body>").encode()


def in_cell(text: str) -> bytes:
    """A whole report with a figure replaced."""
    return re.sub(r"<td>[0-9]+</td>", lambda _: f"<td>{text}</td>", report_parts()[0], count=1).encode()


def in_title(text: str) -> bytes:
    return page(f"<h1>{text}2021年政府信息公开工作年度报告{text}</h1>") + report_parts()[0].encode()


def png(width: int, height: int) -> bytes:
    """A picture of zeros that claims any size, its rows missing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress(bytes(min(100_000_000, (width + 1) * height)), 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def xlsx(sheet: str, shared: str = "") -> bytes:
    """A workbook of one sheet, straight from its XML."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{relations}">'
            f'<Relationship Id="r" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets><sheet name="表" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>'
            f'<Relationship Id="r2" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>',
        )
        archive.writestr("xl/sharedStrings.xml", shared or f'<sst xmlns="{main}"><si><t>x</t></si></sst>')
        archive.writestr("xl/worksheets/sheet1.xml", f'<worksheet xmlns="{main}">{sheet}</worksheet>')
    return stream.getvalue()


def text_cell(place: str, text: str = "x") -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def pdf(content: bytes, pages: int = 1, font: str = "Helvetica") -> bytes:
    """A PDF whose pages all show the same content stream."""
    kids = " ".join(f"{number + 5} 0 R" for number in range(pages))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        f"<</Type/Pages/Kids[{kids}]/Count {pages}>>".encode(),
        f"<</Type/Font/Subtype/Type1/BaseFont/{font}>>".encode(),
        b"<</Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (len(zlib.compress(content)), zlib.compress(content)),
        *[b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 3 0 R>>>>>>"] * pages,
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, inside in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj" % number + inside + b"endobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1) + b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(out + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start))


def _cells(count: int, start: str = "<td>", end: str = "</td>", row: int = 20) -> str:
    rows = f"<tr>{(start + '1' + end) * row}</tr>"
    return f"<table>{rows * (count // row)}</table>"


def _docx_table(rows: int, columns: int = 10, properties: str = "") -> str:
    return docx.table(*[docx.cell("1", properties) * columns] * rows)


FLOODS: dict[str, tuple[int, Flood]] = {
    "html: one huge table": (1_000_000, lambda size: page(_cells(size))),
    "html: a report after a huge table": (200_000, lambda size: in_page(_cells(size))),
    "html: a row of a million cells": (1_000_000, lambda size: page(_cells(size, row=size))),
    "html: one huge table, nothing closed": (1_000_000, lambda size: page(_cells(size, end=""))),
    "html: empty paragraphs": (1_000_000, lambda size: page("<p></p>" * size)),
    "html: unclosed paragraphs": (1_000_000, lambda size: page("<p>1" * size)),
    "html: empty spans": (1_000_000, lambda size: page("<span></span>" * size)),
    "html: spans with text": (1_000_000, lambda size: page("<span>1</span>" * size)),
    "html: spans with text in a cell": (500_000, lambda size: in_cell("<span>1</span>" * size)),
    "html: breaks": (1_000_000, lambda size: page("<br>1" * size)),
    "html: breaks in a cell": (300_000, lambda size: in_cell("<br>1" * size)),
    "html: deep divs": (100_000, lambda size: page("<div>" * size + "1" + "</div>" * size)),
    "html: deep fonts": (100_000, lambda size: page("<font>" * size + "1")),
    "html: deep tables": (10_000, lambda size: page("<table><tr><td>" * size + "1" + "</td></tr></table>" * size)),
    "html: tables in a row": (100_000, lambda size: page("<table><tr><td>1</td><td>2</td></tr></table>" * size)),
    "html: headings": (300_000, lambda size: page("<h1>一、总体情况</h1>" * size)),
    "html: colspan of a million": (20_000, lambda size: page(_cells(size, "<td colspan=1000000>"))),
    "html: colspan of 200": (200_000, lambda size: page(_cells(size, "<td colspan=200>", row=200))),
    "html: rowspan of 65534": (200_000, lambda size: page(_cells(size, "<td rowspan=65534>", row=2))),
    "html: both": (100_000, lambda size: page(_cells(size, "<td rowspan=65534 colspan=200>", row=5))),
    "html: a report with wide spans": (1_000_000, lambda size: in_page(f"<table><tr><td colspan={size} rowspan=65534>1</td></tr></table>")),
    "html: hidden": (300_000, lambda size: page("<p hidden>1</p>" * size)),
    "html: style": (200_000, lambda size: in_page(f"<style>{'a' * size}</style><p style='{'font-size:' * (size // 10)}'>display</p>")),
    "html: styles": (20_000, lambda size: in_page("<style>.a{display:none}</style><p class=a>1</p>" * size)),
    "html: scripts": (300_000, lambda size: page("<script>1</script>" * size)),
    "html: inputs": (300_000, lambda size: page("<input value=1>" * size)),
    "html: comments": (500_000, lambda size: page("<!-- -->1" * size)),
    "html: attributes": (200_000, lambda size: page("<p " + " ".join(f"a{n}=1" for n in range(size)) + ">1</p>")),
    "html: pictures": (300_000, lambda size: page("<img src=a.png>" * size)),
    "html: links": (300_000, lambda size: page("<a href=a.doc>附件</a>" * size)),
    "html: links to reports": (50_000, lambda size: page("<a href=a.html>某局2021年年报</a>" * size)),
    "html: pictures in a cell": (
        50_000,
        lambda size: page("<table><tr><td>1<td><p>" + "<img src=a.png>" * size + "</p></table>"),
    ),
    "html: heads of tables": (50_000, lambda size: page("<table>" + "<tr><td>1<td>2<thead><tr><td>3<td>4" * size)),
    "html: raised figures": (50_000, lambda size: page("<table><tr><td>1<td>" + "2<sup>1</sup>" * size + "</table>")),
    "html: raised figures in one another": (50_000, lambda size: page("<table><tr><td>1<td>" + "2<sup>1" * size + "</table>")),
    "html: metas": (200_000, lambda size: page("<meta name=a content=2021>" * size)),
    "html: titles": (200_000, lambda size: page("<title>某局2021年年报</title>" * size)),
    "html: pre": (1_000_000, lambda size: page("<pre>" + "1\n" * size + "</pre>")),
    "html: entities": (1_000_000, lambda size: page("&nbsp;&#49;" * size)),
    "html: many copies of a report": (200, lambda size: page("".join(report_parts()[0] for _ in range(size)))),
    "text: lines": (2_000_000, lambda size: b"1\n" * size),
    "text: empty lines": (5_000_000, lambda size: b"x" + b"\n" * size),
    "text: one line of tabs": (2_000_000, lambda size: b"1\t" * size),
    "text: one line of bars": (2_000_000, lambda size: b"1|" * size),
    "text: a cell a line": (500_000, lambda size: b"\t1\n" * size),
    "text: rows of a dump": (200_000, lambda size: b"\t1\n\t\n\t1\n\n" * size),
    "text: rows of a sheet": (100_000, lambda size: b"1\t\t2\t3\t\t\n" * size),
    "text: a staircase": (3_000, lambda size: b"".join(b"1\t" * n + b"\n" for n in range(size))),
    "text: lines of one cell": (1_000_000, lambda size: b"\t1\n" + b"1\n" * size),
    "text: many copies of a report": (200, lambda size: report_parts()[1].encode() * size),
    "docx: one huge table": (20_000, lambda size: docx.docx_of(_docx_table(size))),
    "docx: paragraphs": (200_000, lambda size: docx.docx_of(docx.paragraph("1") * size)),
    "docx: runs": (500_000, lambda size: docx.docx_of("<w:p>" + "<w:r><w:t>1</w:t></w:r>" * size + "</w:p>")),
    "docx: deep tables": (
        10_000,
        lambda size: docx.docx_of("<w:tbl><w:tr><w:tc>" * size + docx.paragraph("1") + "</w:tc></w:tr></w:tbl>" * size),
    ),
    "docx: deep controls": (100_000, lambda size: docx.docx_of("<w:sdt><w:sdtContent>" * size + "</w:sdtContent></w:sdt>" * size)),
    "docx: wide spans": (10_000, lambda size: docx.docx_of(_docx_table(size // 10, 10, '<w:gridSpan w:val="1000000"/>'))),
    "docx: merged down": (10_000, lambda size: docx.docx_of(_docx_table(size, 10, "<w:vMerge/>"))),
    "docx: grid columns": (500_000, lambda size: docx.docx_of(docx.table(docx.cell("1") * 3, widths=(100,) * size))),
    "docx: gridBefore": (
        1_000_000_000,
        lambda size: docx.docx_of(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{size}"/></w:trPr>{docx.cell("1")}</w:tr></w:tbl>'),
    ),
    "docx: numbered paragraphs": (
        50_000,
        lambda size: docx.docx_of(
            docx.paragraph("1", '<w:numPr><w:ilvl w:val="8"/><w:numId w:val="1"/></w:numPr>') * size,
            numbering='<w:abstractNum w:abstractNumId="1">'
            + "".join(f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1%9"/></w:lvl>' for n in range(9))
            + '</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        ),
    ),
    "docx: a number of great size": (
        2_000_000_000,
        lambda size: docx.docx_of(
            docx.paragraph("1", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'),
            numbering=f'<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:start w:val="{size}"/><w:numFmt w:val="upperRoman"/>'
            '<w:lvlText w:val="%1"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>',
        ),
    ),
    "docx: styles in a chain": (
        20_000,
        lambda size: docx.docx_of(
            docx.paragraph("1", f'<w:pStyle w:val="s{size - 1}"/>') * 1000,
            styles="".join(
                f'<w:style w:type="paragraph" w:styleId="s{n}"><w:basedOn w:val="s{(n - 1) % size}"/></w:style>' for n in range(size)
            ),
        ),
    ),
    "docx: text boxes in one another": (
        3_000,
        lambda size: docx.docx_of(
            "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" * size
            + docx.paragraph("1")
            + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>" * size
        ),
    ),
    "docx: bomb": (60_000_000, lambda size: docx.docx_of(docx.paragraph(" " * size))),
    "docx: too large": (80_000_000, lambda size: docx.docx_of(docx.paragraph(" " * size))),
    "xlsx: opposite corners": (
        1_048_576,
        lambda size: xlsx(
            f'<dimension ref="A1:XFD{size}"/><sheetData>'
            f'<row r="1">{text_cell("A1")}</row><row r="{size}">{text_cell(f"XFD{size}")}</row></sheetData>'
        ),
    ),
    "xlsx: dimension only": (
        1_048_576,
        lambda size: xlsx(f'<dimension ref="A1:XFD{size}"/><sheetData><row r="1">{text_cell("A1")}</row></sheetData>'),
    ),
    "xlsx: cells": (
        300_000,
        lambda size: xlsx(
            "<sheetData>"
            + "".join(f'<row r="{r + 1}">' + "".join(text_cell(f"{c}{r + 1}") for c in "ABCDEFGHIJ") + "</row>" for r in range(size // 10))
            + "</sheetData>"
        ),
    ),
    "xlsx: merged ranges": (
        100_000,
        lambda size: xlsx(
            f'<sheetData><row r="1">{text_cell("A1")}</row></sheetData><mergeCells>'
            + "".join(f'<mergeCell ref="A{n + 1}:J{n + 1}"/>' for n in range(size))
            + "</mergeCells>"
        ),
    ),
    "xlsx: merged all over": (
        1_048_576,
        lambda size: xlsx(
            f'<sheetData><row r="1">{text_cell("A1")}</row></sheetData><mergeCells><mergeCell ref="A1:XFD{size}"/></mergeCells>'
        ),
    ),
    "xlsx: unclosed cells": (2_000_000, lambda size: xlsx("<sheetData>" + '<c r="A1" ' * size)),
    "xlsx: a long string": (20_000_000, lambda size: xlsx(f'<sheetData><row r="1">{text_cell("A1", "1" * size)}</row></sheetData>')),
    "pdf: pages": (500, lambda size: pdf(b"BT /F 12 Tf 50 700 Td (1 2 3) Tj ET " * 50, size)),
    "pdf: pages with tables": (
        500,
        lambda size: pdf(
            b"".join(b"50 %d m 500 %d l S " % (y, y) for y in range(100, 800, 20))
            + b"".join(b"%d 100 m %d 780 l S " % (x, x) for x in range(50, 510, 50))
            + b"".join(b"BT /F 8 Tf %d %d Td (%d) Tj ET " % (x + 5, y + 5, x + y) for y in range(100, 780, 20) for x in range(50, 500, 50)),
            size,
        ),
    ),
    "pdf: characters on a page": (
        300_000,
        lambda size: pdf(b"BT /F 1 Tf 50 700 Td " + (b"(" + b"1" * 100 + b") Tj ") * (size // 100) + b"ET"),
    ),
    "pdf: lines of text": (
        50_000,
        lambda size: pdf(b"".join(b"BT /F 1 Tf %d %d Td (1) Tj ET " % (n % 500, n // 500 * 3) for n in range(size))),
    ),
    "pdf: parallel rulings": (
        50_000,
        lambda size: pdf(b"".join(b"50 %.3f m 500 %.3f l S " % ((n * 800 / size,) * 2) for n in range(size))),
    ),
    "pdf: crossing rulings": (
        2_000,
        lambda size: pdf(
            b"".join(
                b"0 %.3f m 590 %.3f l S " % ((n * 800 / size,) * 2) + b"%.3f 0 m %.3f 800 l S " % ((n * 590 / size,) * 2)
                for n in range(size)
            )
        ),
    ),
    "pdf: a lattice": (
        400,
        lambda size: pdf(
            b"".join(
                b"0 %.3f m 590 %.3f l S " % ((n * 800 / size,) * 2) + b"%.3f 0 m %.3f 800 l S " % ((n * 590 / size,) * 2)
                for n in range(size)
            )
            + b"".join(b"BT /F 1 Tf %d %d Td (1) Tj ET " % (n * 7 % 590, n * 3 % 800) for n in range(size * 10))
        ),
    ),
    "pdf: boxes": (50_000, lambda size: pdf(b"".join(b"%d %d 3 3 re S " % (n % 190 * 3, n // 190 % 270 * 3) for n in range(size)))),
    "pdf: one long path": (300_000, lambda size: pdf(b"0 0 m " + b"".join(b"%d %d l " % (n % 590, n % 840) for n in range(size)) + b"S")),
    "pdf: curves": (100_000, lambda size: pdf(b"0 0 m " + b"1 2 300 400 500 600 c " * size + b"S")),
    "pdf: bomb": (300_000_000, lambda size: pdf(b" " * size)),
    "picture: great size": (60_000, lambda size: png(size, size)),
    **{f"text: line of {name}": (5_000_000, lambda size, run=run: (run * (size // len(run))).encode()) for name, run in RUNS.items()},
    **{f"cell: {name}": (1_000_000, lambda size, run=run: in_cell(run * (size // len(run)))) for name, run in RUNS.items()},
    **{
        f"paragraph: {name}": (1_000_000, lambda size, run=run: in_page(f"<p>{run * (size // len(run))}</p>")) for name, run in RUNS.items()
    },
    **{f"title: {name}": (200_000, lambda size, run=run: in_title(run * (size // len(run)))) for name, run in RUNS.items()},
    **{
        f"paragraphs: {name}": (200_000, lambda size, run=run: page(f"<p>{run}</p>" * (size // len(run))) + report_parts()[0].encode())
        for name, run in RUNS.items()
    },
}


def flood(name: str, share: float = 1.0) -> bytes:
    """The file of that name, at a share of its size."""
    size, make = FLOODS[name]
    return make(max(1, int(size * share)))
