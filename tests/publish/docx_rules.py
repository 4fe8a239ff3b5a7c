"""What Word is strict about in a DOCX file: parts that are named and there, elements in the order of the schema, cells that fit."""

from __future__ import annotations

import posixpath
from io import BytesIO
from zipfile import ZipFile

from docx.oxml.ns import qn
from lxml import etree

# Only what we write; Word repairs or refuses a file in which such elements come in another order.
_ORDERS = {
    "w:pPr": "pStyle keepNext keepLines pageBreakBefore tabs overflowPunct spacing ind jc",
    "w:rPr": "rFonts b sz lang",
    "w:tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "w:tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "w:tbl": "tblPr tblGrid tr",
    "w:tc": "tcPr p",
    "w:tr": "trPr tc",
    "w:sectPr": "headerReference footerReference pgSz pgMar cols docGrid",
}


def broken_rules(content: bytes) -> list[str]:
    """Each thing in a document that Word would stumble over."""
    with ZipFile(BytesIO(content)) as archive:
        names = archive.namelist()
        broken = [f"{name} twice" for name in set(names) if names.count(name) > 1]
        parts = {name: etree.fromstring(archive.read(name)) for name in names}
    if names[0] != "[Content_Types].xml":
        broken.append("content types not first")
    broken += _relations(parts)
    for name, root in parts.items():
        if name.startswith("word/") and not name.endswith((".rels", "theme1.xml", "settings.xml")):
            broken += [f"{name}: {found}" for found in _order(root)]
    main, styles = parts["word/document.xml"], parts["word/styles.xml"]
    known = {style.get(qn("w:styleId")) for style in styles.iter(qn("w:style"))}
    broken += [f"no style {used.get(qn('w:val'))}" for used in main.iter(qn("w:pStyle")) if used.get(qn("w:val")) not in known]
    broken += [found for table in main.iter(qn("w:tbl")) for found in _cells(table)]
    body = main.find(qn("w:body"))
    if body[-2].tag != qn("w:p"):
        broken.append("the last thing on the page is no paragraph")
    return broken


def _relations(parts: dict[str, etree._Element]) -> list[str]:
    broken = []
    for name, root in parts.items():
        if name.endswith(".rels"):
            home = posixpath.dirname(posixpath.dirname(name))
            for relation in root:
                target = posixpath.normpath(posixpath.join(home, relation.get("Target", "")))
                if target not in parts:
                    broken.append(f"{name} names {target}, which is not there")
    typed = {override.get("PartName") for override in parts["[Content_Types].xml"] if override.get("PartName")}
    return broken + [f"{part} has a type and is not there" for part in typed if part[1:] not in parts]


def _order(root: etree._Element) -> list[str]:
    broken = []
    for tag, order in _ORDERS.items():
        places = {qn(f"w:{name}"): number for number, name in enumerate(order.split())}
        for element in root.iter(qn(tag)):
            found = [places.get(child.tag, -1) for child in element]
            if -1 in found or found != sorted(found):
                broken.append(f"{tag}: {[etree.QName(child).localname for child in element]}")
    return broken


def _cells(table: etree._Element) -> list[str]:
    columns = len(table.find(qn("w:tblGrid")))
    broken = []
    for row in table.iter(qn("w:tr")):
        spans = [cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}") for cell in row.iter(qn("w:tc"))]
        if sum(1 if span is None else int(span.get(qn("w:val"))) for span in spans) != columns:
            broken.append("a row does not fill the columns of its table")
    return broken
