"""Word documents saved as one XML file: since 2007 it holds the parts of a DOCX, before that it needs LibreOffice."""

from __future__ import annotations

import io
import zipfile

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers import docx, office
from pipeline.readers.model import Document
from pipeline.readers.word.failures import DAMAGED

_PACKAGE = "{http://schemas.microsoft.com/office/2006/xmlPackage}"


def read(data: bytes) -> Document:
    """The document in an XML file. Raises ReadError: `damaged`, and what the readers of DOCX and of LibreOffice raise."""
    if b"<pkg:package" not in data:
        return office.read(data)
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError("damaged", DAMAGED) from error
    return docx.read(_as_archive(root))


def _as_archive(root: etree._Element) -> bytes:
    """The XML parts as the archive that Word would have written; pictures are not needed."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_STORED) as archive:
        for part in root.iter(f"{_PACKAGE}part"):
            content = part.find(f"{_PACKAGE}xmlData")
            if content is not None and len(content):
                archive.writestr(part.get(f"{_PACKAGE}name", "").lstrip("/"), etree.tostring(content[0], encoding="UTF-8"))
    return saved.getvalue()
