"""The parts of a DOCX package, read with bounds and without any outside reference."""

from __future__ import annotations

import io
import lzma
import posixpath
import zipfile
import zlib
from collections.abc import Iterable

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.word.failures import DAMAGED, PASSWORD, TOO_LARGE

MOST_BYTES = 64 * 1024 * 1024  # of one part, decompressed; a report of 100 pages has under 5 MB
OLE_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# Strict files name the same elements under another address.
STRICT = {
    b"http://purl.oclc.org/ooxml/wordprocessingml/main": b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    b"http://purl.oclc.org/ooxml/officeDocument/relationships": b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    b"http://purl.oclc.org/ooxml/drawingml/main": b"http://schemas.openxmlformats.org/drawingml/2006/main",
    b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": b"http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    b"http://purl.oclc.org/ooxml/officeDocument/math": b"http://schemas.openxmlformats.org/officeDocument/2006/math",
}
RELATIONSHIP = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
BROKEN = (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError, NotImplementedError, OverflowError, KeyError)


class Package:
    """An opened DOCX file: `root(name)` gives the root element of a part, None where the package has no such part."""

    def __init__(self, data: bytes) -> None:
        """Open the package. Raises ReadError: `password` for an encrypted file, `damaged` for one that is no whole archive."""
        if data.startswith(OLE_MAGIC) and "EncryptedPackage".encode("utf-16-le") in data:
            raise ReadError("password", PASSWORD)
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
            self._names = {name.lstrip("/"): name for name in self._archive.namelist()}
        except BROKEN as error:
            raise ReadError("damaged", DAMAGED) from error
        self.main = self._main_part()

    @property
    def names(self) -> Iterable[str]:
        """The names of the parts."""
        return self._names

    def _main_part(self) -> str:
        """The name of the main document; Office sometimes writes `document2.xml`."""
        relations = self.root("_rels/.rels")
        for relation in relations.iter(RELATIONSHIP) if relations is not None else ():
            if relation.get("Type", "").endswith("/officeDocument"):
                return posixpath.normpath(relation.get("Target", "").lstrip("/"))
        return "word/document.xml"

    def beside_main(self, name: str) -> etree._Element | None:
        """The root of a part in the folder of the main document."""
        return self.root(posixpath.join(posixpath.dirname(self.main), name))

    def target(self, relationship: str) -> bytes | None:
        """The part that the main document names by a relationship; None where there is none. Raises ReadError as `root` does."""
        folder, name = posixpath.split(self.main)
        relations = self.root(posixpath.join(folder, "_rels", f"{name}.rels"))
        for relation in relations.iter(RELATIONSHIP) if relations is not None else ():
            if relation.get("Id") == relationship and relation.get("TargetMode") != "External":
                target = relation.get("Target", "")
                return self._content(target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target)))
        return None

    def root(self, name: str) -> etree._Element | None:
        """The root of part `name`. Raises ReadError: `password`, `damaged`, or `too_large` where the part exceeds `MOST_BYTES`."""
        content = self._content(name)
        if content is None:
            return None
        if b"http://purl.oclc.org/ooxml/" in content[:8192]:
            for strict, transitional in STRICT.items():
                content = content.replace(strict, transitional)
        try:
            return etree.fromstring(content, _parser())
        except (etree.XMLSyntaxError, ValueError) as error:
            raise ReadError("damaged", DAMAGED) from error

    def _content(self, name: str) -> bytes | None:
        """The bytes of part `name`."""
        if name not in self._names:
            return None
        try:
            info = self._archive.getinfo(self._names[name])
            if info.flag_bits & 1:
                raise ReadError("password", PASSWORD)
            with self._archive.open(info) as stream:
                content = stream.read(MOST_BYTES + 1)
        except BROKEN as error:
            raise ReadError("damaged", DAMAGED) from error
        if len(content) > MOST_BYTES:
            raise ReadError("too_large", TOO_LARGE)
        return content


def _parser() -> etree.XMLParser:
    """A parser that reaches for nothing outside; comments are dropped, because they would cut the text of an element in two."""
    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
