"""The empty document from which all others are made: A4, the margins, typefaces and sizes of official papers, page numbers.

Typefaces that a machine lacks are replaced by those named beside them: 仿宋 for 仿宋_GB2312, 宋体 for 方正小标宋简体.
"""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from lxml import etree

from pipeline.publish.documents.body import STYLE_PREFIX
from pipeline.publish.documents.package import zip_bytes

BODY, TITLE, FIRST, SECOND = "仿宋_GB2312", "方正小标宋简体", "黑体", "楷体_GB2312"
_OTHERWISE = {BODY: "仿宋", TITLE: "宋体", SECOND: "楷体", FIRST: "SimHei"}
_LATIN = "Times New Roman"
_MOMENT = datetime(2020, 1, 1)  # a fixed one: the same content gives the same bytes
_KEPT_STYLES = ("Normal", "DefaultParagraphFont", "TableNormal", "NoList", "Footer")
_NOT_NEEDED = ("stylesWithEffects", "customXml", "numbering", "webSettings", "thumbnail")
_DOCUMENT = "word/document.xml"


@dataclass(frozen=True)
class _Style:
    """size and line in points (line 0: as the letters need), indent in characters; align as Word has it."""

    name: str
    font: str = BODY
    size: float = 16
    line: float = 28
    align: str = "both"
    indent: int = 0
    right: int = 0
    after: float = 0
    keep_next: bool = False


# Size 三号 is 16 points, 二号 22, 四号 14, 小四 12, 五号 10.5, 小五 9.
STYLES = (
    _Style("title", TITLE, 22, 32, "center", after=16, keep_next=True),
    _Style("address"),
    _Style("text", indent=2),
    _Style("first", FIRST, indent=2, keep_next=True),
    _Style("second", SECOND, indent=2, keep_next=True),
    _Style("signature", align="right", right=4),
    _Style("kept", indent=2, keep_next=True),
    _Style("kept_address", keep_next=True),
    _Style("kept_signature", align="right", right=4, keep_next=True),
    _Style("annex_mark", FIRST, align="left", keep_next=True),
    _Style("subtitle", FIRST, 14, 24, "center", keep_next=True),
    _Style("remark", size=12, line=20, indent=2),
    _Style("heading_cell", FIRST, 10.5, 0, "center"),
    _Style("label_cell", size=10.5, line=0, align="left"),
    _Style("figure_cell", size=10.5, line=0, align="center"),
    _Style("small_heading_cell", FIRST, 9, 0, "center"),
    _Style("small_label_cell", size=9, line=0, align="left"),
    _Style("small_figure_cell", size=9, line=0, align="center"),
)


@dataclass(frozen=True)
class Template:
    """An empty document: its parts, and its main part without content."""

    parts: dict[str, bytes]
    main: Any

    def document(self, blocks: Iterable[Any]) -> bytes:
        """The document with these paragraphs and tables, the same bytes for the same content."""
        main = deepcopy(self.main)
        section = main.find(f"{qn('w:body')}/{qn('w:sectPr')}")
        for block in blocks:
            section.addprevious(block)
        written = etree.tostring(main, xml_declaration=True, encoding="UTF-8", standalone=True)
        return zip_bytes((name, written if name == _DOCUMENT else content) for name, content in self.parts.items())


@cache
def make_template(title: str) -> Template:
    """The template, made once; title: of its properties."""
    document = docx.Document()
    properties = document.core_properties
    properties.title, properties.author, properties.last_modified_by, properties.comments = title, "gongkai", "gongkai", ""
    properties.created = properties.modified = _MOMENT
    properties.language = "zh-CN"
    _set_page(document.sections[0])
    _set_styles(document)
    _set_fonts(document)
    _drop_what_is_not_needed(document)
    held = BytesIO()
    document.save(held)
    with ZipFile(held) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return Template(parts, etree.fromstring(parts[_DOCUMENT]))


def _set_page(section: Any) -> None:
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
    section.footer_distance = Mm(25)
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)
    line = section.footer.paragraphs[0]
    line.alignment = 1
    for kind, text in (("", "— "), ("begin", ""), ("instrText", "PAGE"), ("separate", ""), ("", "1"), ("end", ""), ("", " —")):
        run = line.add_run(text)
        run.font.size = Pt(14)
        if kind == "instrText":
            element = OxmlElement("w:instrText")
            run._r.remove(run._r.findall(qn("w:t"))[0])
            element.text = text
            run._r.append(element)
        elif kind:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
            run._r.append(element)


def _set_styles(document: Any) -> None:
    styles = document.styles.element
    styles.remove(styles.find(qn("w:latentStyles")))
    for style in styles.findall(qn("w:style")):
        if style.get(qn("w:styleId")) not in _KEPT_STYLES:
            styles.remove(style)
    defaults = styles.find(qn("w:docDefaults"))
    for old in list(defaults.iter(qn("w:rFonts"), qn("w:lang"), qn("w:sz"), qn("w:szCs"))):
        old.getparent().remove(old)
    run = defaults.find(f"{qn('w:rPrDefault')}/{qn('w:rPr')}")
    run.append(_fonts(BODY))
    run.append(_element("w:sz", val="32"))
    run.append(_element("w:lang", val="en-US", eastAsia="zh-CN"))
    spacing = next(iter(defaults.iter(qn("w:spacing"))), None)
    if spacing is not None:
        spacing.getparent().remove(spacing)
    for declared in STYLES:
        style = document.styles.add_style(STYLE_PREFIX + declared.name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = document.styles["Normal"]
        style.font.size = Pt(declared.size)
        style.element.get_or_add_rPr().insert(0, _fonts(declared.font))
        paragraph = style.element.get_or_add_pPr()
        for element in _paragraph_properties(declared):
            paragraph.append(element)


def _paragraph_properties(style: _Style) -> Iterable[Any]:
    if style.keep_next:
        yield _element("w:keepNext")
    yield _element("w:overflowPunct", val="0")  # LibreOffice loses punctuation that hangs beyond the margin
    line = {"line": str(int(style.line * 20)), "lineRule": "exact"} if style.line else {"line": "240", "lineRule": "auto"}
    yield _element("w:spacing", before="0", after=str(int(style.after * 20)), **line)
    twips = int(style.size * 20)
    if style.indent:
        yield _element("w:ind", firstLineChars=str(style.indent * 100), firstLine=str(style.indent * twips))
    elif style.right:
        yield _element("w:ind", rightChars=str(style.right * 100), right=str(style.right * twips))
    yield _element("w:jc", val=style.align)


def _set_fonts(document: Any) -> None:
    """Name the typefaces that may stand in for those that a machine lacks."""
    part = next(rel.target_part for rel in document.part.rels.values() if rel.reltype.endswith("/fontTable"))
    root = etree.fromstring(part.blob)
    for child in list(root):
        root.remove(child)
    for font, otherwise in _OTHERWISE.items():
        entry = etree.SubElement(root, qn("w:font"), {qn("w:name"): font})
        etree.SubElement(entry, qn("w:altName"), {qn("w:val"): otherwise})
        etree.SubElement(entry, qn("w:charset"), {qn("w:val"): "86"})
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
    settings = document.settings.element
    for language in settings.iter(qn("w:themeFontLang")):
        language.set(qn("w:eastAsia"), "zh-CN")


def _drop_what_is_not_needed(document: Any) -> None:
    for relations in (document.part.rels, document.part.package.rels):
        for key in [key for key, rel in relations.items() if rel.reltype.rpartition("/")[2] in _NOT_NEEDED]:
            del relations[key]


def _fonts(east_asian: str) -> Any:
    return _element("w:rFonts", ascii=_LATIN, hAnsi=_LATIN, eastAsia=east_asian, cs=_LATIN)


def _element(name: str, **attributes: str) -> Any:
    element = OxmlElement(name)
    for attribute, value in attributes.items():
        element.set(qn(f"w:{attribute}"), value)
    return element
