"""The parts of an OFD file: a ZIP of XML. Names of elements count without their namespace, since writers state wrong ones."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator

from lxml import etree

from pipeline.common.errors import ReadError

_MOST_PARTS = 20_000
_MOST_BYTES = 300_000_000  # of all parts unpacked
_ENCRYPTED = 0x1
NUMBER = re.compile(r"[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?")


class Package:
    """An OFD file opened. Raises ReadError: `damaged`, `password`, or `too_large`."""

    def __init__(self, data: bytes) -> None:
        try:
            self._archive = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, NotImplementedError, ValueError, OSError) as error:
            raise damaged() from error
        infos = self._archive.infolist()
        if len(infos) > _MOST_PARTS or sum(info.file_size for info in infos) > _MOST_BYTES:
            raise ReadError("too_large", "OFD 文件解开后过大，未读取。请只保留报告内容后重新报送。")
        if any(info.flag_bits & _ENCRYPTED for info in infos):
            raise ReadError("password", "OFD 文件设有密码，无法读取。请取消密码后重新报送。")
        self._parts = {_name(info.filename): info for info in infos}

    def find(self, location: str, beside: str = "") -> str | None:
        """The name of a part, given its location as written in the part `beside`: relative to that, or from the root."""
        candidates = (posixpath.join(posixpath.dirname(beside), location), location)
        return next((name for name in map(_name, candidates) if name in self._parts), None)

    def read(self, part: str) -> bytes:
        """The content of a part. Raises ReadError: `damaged`."""
        try:
            return self._archive.read(self._parts[part])
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, ValueError) as error:
            raise damaged() from error

    def xml(self, part: str) -> etree._Element:
        """The root element of a part. Raises ReadError: `damaged`."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        try:
            return etree.fromstring(self.read(part), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise damaged() from error


def damaged() -> ReadError:
    """What is said of a file that cannot be made out."""
    return ReadError("damaged", "OFD 文件损坏或不完整，无法读取。请向报送单位重新索取完整的文件。")


def local_name(element: etree._Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def children(element: etree._Element | None, *path: str) -> Iterator[etree._Element]:
    """The elements at the end of a path of names below an element."""
    if element is None:
        return
    for child in element:
        if local_name(child) == path[0]:
            if len(path) == 1:
                yield child
            else:
                yield from children(child, *path[1:])


def text_at(element: etree._Element | None, *path: str) -> str:
    """The text of the first element at the end of a path; "" where there is none."""
    return next((child.text or "" for child in children(element, *path)), "").strip()


def attribute(item: etree._Element, name: str) -> str:
    """An attribute, also where a writer spells it in small letters; "" where it is missing."""
    return str(item.get(name) or item.get(name.lower()) or "")


def numbers(text: str) -> list[float]:
    """The numbers in a list of them."""
    return [float(number) for number in NUMBER.findall(text)]


def _name(location: str) -> str:
    """A location as parts are looked up: from the root, in one spelling, whatever the case."""
    return posixpath.normpath(location.replace("\\", "/").lstrip("/")).lower()
