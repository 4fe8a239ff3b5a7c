"""An OFD file with the letters and lines of the pages of `render_pdf`: texts for lines of letters, a path for each ruling."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Literal
from xml.sax.saxutils import escape

import pypdfium2

from pipeline.readers.pdf.glyphs import ABOVE, BELOW, Glyph
from pipeline.readers.pdf.page import PageContent, page_content
from pipeline.readers.pdf.paths import Ruling
from tests.reports import render_pdf
from tests.reports.content import ReportContent
from tests.reports.layout import PrintedTable

_MM = 25.4 / 72
_SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NO_TIME = (1980, 1, 1, 0, 0, 0)


@dataclass(frozen=True)
class Style:
    """How a writer puts things.

    texts: a text object for each line, each letter, or each line without distances. lines: stroked, or thin filled boxes.
    scale: of the matrix that every object has. template: the lines stand on a template page. group: everything in one group.
    """

    texts: Literal["line", "letter", "short form"] = "line"
    lines: Literal["stroked", "filled"] = "stroked"
    scale: float = 1.0
    template: bool = False
    group: bool = False
    documents: int = 1


def render(content: ReportContent, tables: Iterable[PrintedTable], style: Style | None = None) -> bytes:
    """The report as OFD."""
    document = pypdfium2.PdfDocument(render_pdf.render(content, tables))
    try:
        return written([page_content(page, number) for number, page in enumerate(document, start=1)], style or Style())
    finally:
        document.close()


def written(pages: Sequence[PageContent], style: Style) -> bytes:
    """Pages as OFD. With several documents the pages are dealt out among them in order."""
    parts: dict[str, str] = {}
    share = -(-len(pages) // style.documents)
    bodies = []
    for number in range(style.documents):
        folder = f"Doc_{number}"
        parts |= dict(_document(folder, pages[number * share : (number + 1) * share], style))
        bodies.append(f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>")
    return packed({"OFD.xml": f'<ofd:OFD {_SPACE} Version="1.0" DocType="OFD">{"".join(bodies)}</ofd:OFD>', **parts})


def scanned(pictures: Sequence[bytes], form: str, below: str = "") -> bytes:
    """Pages of A4 that are one picture each, in a format that the name of the file tells. below: objects that it covers."""
    folder, area = "Doc_0", "<ofd:PageArea><ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea>"
    parts: dict[str, str | bytes] = {}
    listed, media = [], []
    for number, picture in enumerate(pictures):
        parts[f"{folder}/Res/image_{number}.{form}"] = picture
        media.append(
            f'<ofd:MultiMedia ID="{50 + number}" Type="Image"><ofd:MediaFile>image_{number}.{form}</ofd:MediaFile></ofd:MultiMedia>'
        )
        listed.append(f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
        shown = f'<ofd:ImageObject ID="9" CTM="210 0 0 297 0 0" Boundary="0 0 210 297" ResourceID="{50 + number}"/>'
        parts[f"{folder}/Pages/Page_{number}/Content.xml"] = f"<ofd:Page {_SPACE}>{_layer(below + shown)}</ofd:Page>"
    parts[f"{folder}/DocumentRes.xml"] = f'<ofd:Res {_SPACE} BaseLoc="Res"><ofd:MultiMedias>{"".join(media)}</ofd:MultiMedias></ofd:Res>'
    common = f"<ofd:CommonData>{area}<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes></ofd:CommonData>"
    parts[f"{folder}/Document.xml"] = f"<ofd:Document {_SPACE}>{common}<ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>"
    body = f"<ofd:DocBody><ofd:DocInfo/><ofd:DocRoot>{folder}/Document.xml</ofd:DocRoot></ofd:DocBody>"
    return packed({"OFD.xml": f"<ofd:OFD {_SPACE}>{body}</ofd:OFD>", **parts})


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """Parts as a file, XML given as text; the same bytes each time."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(zipfile.ZipInfo(name, _NO_TIME), _HEAD + part if isinstance(part, str) else part, zipfile.ZIP_DEFLATED)
    return saved.getvalue()


def _document(folder: str, pages: Sequence[PageContent], style: Style) -> Iterator[tuple[str, str]]:
    width, height = pages[0].read.size()
    templates, listed, groups = [], [], []
    for number, page in enumerate(pages):
        lines = "".join(_path(ruling, style) for ruling in page.rulings)
        texts = "".join(_texts(page.glyphs, style))
        used = ""
        if style.template:
            templates.append(f'<ofd:TemplatePage ID="{900 + number}" BaseLoc="Tpls/Tpl_{number}/Content.xml"/>')
            used = f'<ofd:Template TemplateID="{900 + number}" ZOrder="Background"/>'
            yield f"{folder}/Tpls/Tpl_{number}/Content.xml", f"<ofd:Page {_SPACE}>{_layer(lines)}</ofd:Page>"
            lines = ""
        body = lines + texts
        if style.group:
            groups.append(f'<ofd:CompositeGraphicUnit ID="{500 + number}"><ofd:Content>{body}</ofd:Content></ofd:CompositeGraphicUnit>')
            body = f'<ofd:CompositeObject ID="1" ResourceID="{500 + number}" Boundary="0 0 210 297"/>'
        listed.append(f'<ofd:Page ID="{number + 1}" BaseLoc="Pages/Page_{number}/Content.xml"/>')
        yield f"{folder}/Pages/Page_{number}/Content.xml", f"<ofd:Page {_SPACE}>{used}{_layer(body)}</ofd:Page>"
    if groups:
        units = f"<ofd:CompositeGraphicUnits>{''.join(groups)}</ofd:CompositeGraphicUnits>"
        yield f"{folder}/DocumentRes.xml", f'<ofd:Res {_SPACE} BaseLoc="Res">{units}</ofd:Res>'
    box = f"<ofd:PageArea><ofd:PhysicalBox>0 0 {width * _MM:.4f} {height * _MM:.4f}</ofd:PhysicalBox></ofd:PageArea>"
    resources = "<ofd:DocumentRes>DocumentRes.xml</ofd:DocumentRes>" if groups else ""
    common = f"<ofd:CommonData>{box}{resources}{''.join(templates)}</ofd:CommonData>"
    yield f"{folder}/Document.xml", f"<ofd:Document {_SPACE}>{common}<ofd:Pages>{''.join(listed)}</ofd:Pages></ofd:Document>"


def _layer(objects: str) -> str:
    return f'<ofd:Content><ofd:Layer ID="2" Type="Body"><ofd:PageBlock ID="3">{objects}</ofd:PageBlock></ofd:Layer></ofd:Content>'


def _texts(glyphs: Sequence[Glyph], style: Style) -> Iterator[str]:
    """The letters of a line in the order in which they were printed, as long as they go on to the right."""
    runs: list[list[Glyph]] = []
    for _, group in groupby(glyphs, key=lambda glyph: (glyph.top, glyph.bottom)):
        for glyph in group:
            before = runs[-1][-1] if runs else None
            close = before and before.top == glyph.top and -1 < glyph.left - before.right < 3 and style.texts != "letter"
            if close:
                runs[-1].append(glyph)
            else:
                runs.append([glyph])
    yield from (_text(run, style) for run in runs)


def _text(run: Sequence[Glyph], style: Style) -> str:
    first, scale = run[0], _MM / style.scale
    size = (first.bottom - first.top) / (ABOVE + BELOW)
    steps = [(after.left - glyph.left) * scale for glyph, after in pairwise(run)]
    distances = " ".join(f"{step:.5f}" for step in steps)
    if style.texts == "short form":
        distances = " ".join(f"g {len(list(same))} {step}" for step, same in groupby(f"{step:.5f}" for step in steps))
    delta = f' DeltaX="{distances}"' if steps else ""
    code = f'<ofd:TextCode X="0" Y="{ABOVE * size * scale:.5f}"{delta}>{escape("".join(glyph.character for glyph in run))}</ofd:TextCode>'
    return f'<ofd:TextObject ID="9" Font="1" Size="{size * scale:.5f}" {_place(first, style)}>{code}</ofd:TextObject>'


def _path(ruling: Ruling, style: Style) -> str:
    width, height = (ruling.right - ruling.left) * _MM / style.scale, (ruling.bottom - ruling.top) * _MM / style.scale
    if style.lines == "filled":
        width, height = max(width, 0.2), max(height, 0.2)
        data, how = f"M 0 0 L {width:.5f} 0 L {width:.5f} {height:.5f} L 0 {height:.5f} C", 'Stroke="false" Fill="true"'
    else:
        level = width >= height
        data = f"M 0 0 L {width:.5f} 0" if level else f"M 0 0 L 0 {height:.5f}"
        how = 'LineWidth="0.2"'
    place = _place(ruling, style)
    return f'<ofd:PathObject ID="8" {how} {place}><ofd:AbbreviatedData>{data}</ofd:AbbreviatedData></ofd:PathObject>'


def _place(box: Glyph | Ruling, style: Style) -> str:
    width, height = (box.right - box.left) * _MM, (box.bottom - box.top) * _MM
    matrix = f' CTM="{style.scale} 0 0 {style.scale} 0 0"' if style.scale != 1 else ""
    return f'Boundary="{box.left * _MM:.5f} {box.top * _MM:.5f} {width:.5f} {height:.5f}"{matrix}'
