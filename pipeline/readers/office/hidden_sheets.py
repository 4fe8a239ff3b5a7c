"""Hidden sheets of OpenDocument workbooks, which LibreOffice shows when it converts a file that was saved with one of them in front."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from lxml import etree

_BEGINNING = b"PK\x03\x04"
_BOOK = "xl/workbook.xml"


def kept_hidden(source: bytes, converted: bytes) -> bytes:
    """The converted workbook, its sheets hidden that are hidden in the source; as it is where that hides none, or all."""
    hidden = set(_hidden(source))
    if not hidden:
        return converted
    saved = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(converted)) as archive, zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as changed:
        for entry in archive.infolist():
            content = archive.read(entry)
            changed.writestr(entry, _hiding(content, hidden) if entry.filename == _BOOK else content)
    return saved.getvalue()


def _hiding(book: bytes, hidden: set[str]) -> bytes:
    root = etree.fromstring(book, etree.XMLParser(resolve_entities=False, no_network=True))
    sheets = root.findall(".//{*}sheets/{*}sheet")
    if all(sheet.get("name") in hidden for sheet in sheets):
        return book
    for sheet in sheets:
        if sheet.get("name") in hidden:
            sheet.set("state", "hidden")
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


def _hidden(source: bytes) -> Iterator[str]:
    """The names of the sheets whose style says that they are not shown."""
    if source.startswith(_BEGINNING):
        with zipfile.ZipFile(io.BytesIO(source)) as archive:
            source = archive.read("content.xml") if "content.xml" in archive.namelist() else b""
    if b'display="false"' not in source:
        return
    root = etree.fromstring(source, etree.XMLParser(resolve_entities=False, no_network=True, recover=True))
    styles = {_stated(style, "name") for style in root.iter("{*}style") if any(_stated(item, "display") == "false" for item in style)}
    yield from (_stated(table, "name") for table in root.iter("{*}table") if _stated(table, "style-name") in styles)


def _stated(element: etree._Element, name: str) -> str:
    """An attribute, whatever its namespace."""
    return next((str(value) for key, value in element.attrib.items() if str(key).rpartition("}")[2] == name), "")
