"""Excel workbooks since 2007: what `workbook.py` makes of them, after a look at the XML of their sheets."""

from __future__ import annotations

import io
import re
import zipfile
import zlib

from lxml import etree

from pipeline.common.errors import ReadError
from pipeline.readers.model import Document
from pipeline.readers.workbook import damaged, document_of, password
from pipeline.readers.xlsx_looks import looks_of

_ENCRYPTED = 0x1
_MOST_PARTS = 20_000
_NEVER_READ = ("[content_types].xml", "_rels/", "docprops/", "xl/theme/")  # neither by the library nor here
_TAG_OF_LIST = re.compile(rb"<[^<>]*[cC]ount[^<>]*>")
_COUNTED = re.compile(rb"""\b(?:count|uniqueCount)\s*=\s*["']\s*(\d+)""")
_LISTS = ("xl/sharedstrings.xml", "xl/styles.xml")
_MOST_BYTES = 300_000_000  # of a workbook unpacked


def read(data: bytes) -> Document:
    """Read a workbook. Raises ReadError: `damaged`, `password`, or `too_large` for sheets of absurd extent."""
    parts = _parts(data)
    if any(_claims_too_many(parts.get(name, b"")) for name in _LISTS):
        raise damaged()
    try:
        looks = looks_of(parts)
    except (etree.LxmlError, ValueError) as error:
        raise damaged() from error
    return document_of(data, looks)


def _claims_too_many(part: bytes) -> bool:
    """Whether a list in a part claims more entries than the part has letters: the library makes room for all of them at once."""
    return any(int(match[1]) > len(part) for tag in _TAG_OF_LIST.finditer(part) for match in _COUNTED.finditer(tag[0]))


def _parts(data: bytes) -> dict[str, bytes]:
    """The XML in the file by name in lower case.

    The library unpacks by itself and without a bound, so every part that it reads is unpacked here before, where a part
    that is larger than it says is found out by its checksum.
    """
    parts: dict[str, bytes] = {}
    names: set[str] = set()
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > _MOST_PARTS or sum(entry.file_size for entry in entries) > _MOST_BYTES:
                raise ReadError("too_large", "工作簿解开后过大，未读取。请只保留报告内容后重新报送。")
            for entry in entries:
                if entry.flag_bits & _ENCRYPTED:
                    raise password()
                name = entry.filename.replace("\\", "/").lstrip("/").lower()  # the library does not mind capitals either
                if name in names:  # which of the two is read, nobody can tell
                    raise damaged()
                names.add(name)
                if name.endswith((".xml", ".rels")) and not name.startswith(_NEVER_READ):
                    parts[name] = archive.read(entry)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        raise damaged() from error
    return parts
