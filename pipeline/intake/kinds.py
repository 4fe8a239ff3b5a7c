"""What a file is, told by its content alone: a `.doc` that is HTML is html, a `.pdf` that is text is text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import olefile

_SAMPLE = 65_536  # bytes looked at where the beginning is enough
_ZIP_ENTRIES = 2_000  # local headers followed in an archive that has lost its directory

# kind, offset, the bytes that stand there
_MAGIC: tuple[tuple[str, int, bytes], ...] = (
    ("pdf", 0, b"%PDF-"),
    ("rtf", 0, b"{\\rtf"),
    ("word2", 0, b"\xdb\xa5\x2d\0"),
    ("png", 0, b"\x89PNG\r\n\x1a\n"),
    ("jpeg", 0, b"\xff\xd8\xff"),
    ("tiff", 0, b"II*\0"),
    ("tiff", 0, b"MM\0*"),
    ("gif", 0, b"GIF87a"),
    ("gif", 0, b"GIF89a"),
    ("webp", 8, b"WEBPVP8"),
    ("rar", 0, b"Rar!\x1a\x07"),
    ("seven_zip", 0, b"7z\xbc\xaf\x27\x1c"),
    ("gzip", 0, b"\x1f\x8b\x08"),
    ("sylk", 0, b"ID;P"),
)
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_BITMAP_HEADERS = (12, 40, 52, 56, 64, 108, 124)  # sizes that the header after a BMP file header can have

# kind, name of the stream that only this kind has; the first that is found counts
_OLE2_STREAMS: tuple[tuple[str, str], ...] = (
    ("encrypted", "EncryptedPackage"),
    ("doc", "WordDocument"),
    ("xls", "Workbook"),
    ("xls", "Book"),
    ("ppt", "PowerPoint Document"),
    ("works", "MatOST"),
    ("mail", "__properties_version1.0"),
)


@dataclass(frozen=True)
class _Package:
    """A kind that is a ZIP: one of `names` is inside, or [Content_Types].xml together with a name that begins with `folder`."""

    kind: str
    names: frozenset[str]
    folder: str | None = None


_PACKAGES: tuple[_Package, ...] = (
    _Package("docx", frozenset({"word/document.xml"}), "word/"),
    _Package("xlsx", frozenset({"xl/workbook.xml"}), "xl/"),
    _Package("xlsb", frozenset({"xl/workbook.bin"})),
    _Package("pptx", frozenset({"ppt/presentation.xml"}), "ppt/"),
    _Package("ofd", frozenset({"OFD.xml"})),
    _Package("odf", frozenset({"META-INF/manifest.xml"})),
)

_TYPES = "[Content_Types].xml"
# what the list of contents of a package calls its main part
_MAIN_TYPES = (
    (b"wordprocessingml.document.main+xml", "docx"),
    (b"ms-word.document.macroEnabled.main+xml", "docx"),
    (b"spreadsheetml.sheet.main+xml", "xlsx"),
)

_HTML_TAG = re.compile(
    rb"<(?:!doctype\s+html|/?(?:html|head|body|title|meta|link|script|style|div|span|p|br|table|tbody|tr|td|h[1-6]|font|center|ul|li|a)[\s/>])",
    re.IGNORECASE,
)
# the head of a message: header lines, some of them continued, up to the first empty line
_MESSAGE_HEAD = re.compile(rb"(?:[!-9;-~]+:[^\n]*\n(?:[ \t][^\n]*\n)*)+")
_ARCHIVED_PAGE = re.compile(rb"^content-type:\s*(?:multipart/(?:related|alternative)|text/html)", re.IGNORECASE | re.MULTILINE)
_LETTER = re.compile(rb"^content-type:\s*multipart/mixed", re.IGNORECASE | re.MULTILINE)
_OFFICE_XML = (
    ("word_xml", (b"<w:wordDocument", b'progid="Word.Document"', b"<pkg:package")),
    ("uof", (b"schemas.uof.org/cn/",)),
    ("excel_xml", (b'progid="Excel.Sheet"', b'<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"')),
)
_FLAT_ODF = b"<office:document"
_UTF_16 = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
_HEAD_OF_TEXT = 4096
_ENOUGH_NOUGHTS = 0.05  # of all bytes; a page has hundreds of letters of its markup, a text its blanks and figures
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]")
_CONTROL_SHARE = 0.005  # of the characters; a text has hardly any


def kind_of(data: bytes) -> str:
    """The kind of a file by its content: html, mht, docx, xlsx, ofd, pdf, doc, xls, text, zip, png, jpeg … (see the tables above).

    `empty` is a file without a byte other than white space, `encrypted` an Office file under a password,
    `mail` a letter with attachments (eml, msg),
    `works` a document of Microsoft Works, `ole2` an OLE2 file of another program, `unknown` anything else. Never raises.
    """
    if not data.strip(b"\0 \t\r\n"):
        return "empty"
    for kind, offset, magic in _MAGIC:
        if data.startswith(magic, offset):
            return kind
    return next((kind for kind in (test(data) for test in _TESTS) if kind), "unknown")


def _bitmap(data: bytes) -> str | None:
    return "bmp" if data[:2] == b"BM" and int.from_bytes(data[14:18], "little") in _BITMAP_HEADERS else None


def _ole2(data: bytes) -> str | None:
    if not data.startswith(_OLE2):
        return None
    # the names stand in the directory as UTF-16, two zero bytes after them; this holds for a damaged file too
    found = [(kind, name) for kind, name in _OLE2_STREAMS if name.encode("utf-16-le") + b"\0\0" in data]
    if len(found) > 1:  # a document inside another one, as a table of Excel in a report
        outermost = _outermost_streams(data)
        found = [(kind, name) for kind, name in found if name in outermost] or found
    return found[0][0] if found else "ole2"


def _outermost_streams(data: bytes) -> frozenset[str]:
    """The streams of an OLE2 file that stand in no storage; none where its directory is damaged."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            return frozenset(path[0] for path in container.listdir() if len(path) == 1)
    except Exception:  # noqa: BLE001 - olefile fails in many ways on a damaged directory
        return frozenset()


def _package(data: bytes) -> str | None:
    if not data.startswith(_ZIP):
        return None
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return kind_of_archive(archive)
    except Exception:  # noqa: BLE001 - a directory that is lost or broken in any way: the local headers still tell
        return kind_of_package(_local_names(data))


def kind_of_archive(archive: zipfile.ZipFile) -> str:
    """The kind of a ZIP: a document, or `zip`. A package whose parts stand in unusual folders says itself what its main part is."""
    names = archive.namelist()
    kind = kind_of_package(names)
    if kind != "zip" or _TYPES not in names:
        return kind
    try:
        with archive.open(_TYPES) as stream:
            types = stream.read(_SAMPLE)
    except Exception:  # noqa: BLE001 - encrypted, damaged, packed in an unknown way
        return kind
    return next((kind for mark, kind in _MAIN_TYPES if mark in types), kind)


def kind_of_package(listed: Iterable[str]) -> str:
    """The kind of a ZIP with these names inside: a document, or `zip`."""
    names = {name.replace("\\", "/") for name in listed}
    typed = _TYPES in names
    for package in _PACKAGES:
        inside = package.folder is not None and typed and any(name.startswith(package.folder) for name in names)
        if inside or package.names & names:
            return package.kind
    return "zip"


def _local_names(data: bytes) -> list[str]:
    names: list[str] = []
    place = 0
    while len(names) < _ZIP_ENTRIES and (place := data.find(b"PK\x03\x04", place)) >= 0:
        length = int.from_bytes(data[place + 26 : place + 28], "little")
        names.append(data[place + 30 : place + 30 + length].decode("utf-8", "replace"))
        place += 30
    return names


def _pdf_after_junk(data: bytes) -> str | None:
    # readers of PDF accept the mark within the first 1024 bytes; a text that only speaks of it has no cross references
    return "pdf" if b"%PDF-" in data[:1024] and (b"startxref" in data or b" obj" in data) else None


def _markup(data: bytes) -> str | None:
    head = _as_single_bytes(data[:_SAMPLE]).lstrip(b"\xef\xbb\xbf \t\r\n")[:8192]
    message = _MESSAGE_HEAD.match(head)
    if message and b"mime-version:" in message[0].lower():
        if _ARCHIVED_PAGE.search(message[0]):
            return "mht"
        if _LETTER.search(message[0]):
            return "mail"
    if head.startswith(b"<"):
        for kind, marks in _OFFICE_XML:
            if any(mark in head for mark in marks):
                return kind
    if head.startswith(b"<") and _FLAT_ODF in head:
        return "odf"
    tags = len(_HTML_TAG.findall(head))
    return "html" if tags >= (1 if head.startswith(b"<") else 2) else None


def wide_encoding(data: bytes) -> str | None:
    """The UTF-16 that data without a byte order mark are in, as tells every other byte of their marks, blanks and line ends; else None."""
    sample = data[:_HEAD_OF_TEXT]
    for first, encoding in ((0, "utf-16-be"), (1, "utf-16-le")):
        noughts, others = sample[first::2].count(0), sample[1 - first :: 2].count(0)
        if noughts > _ENOUGH_NOUGHTS * len(sample) and others < noughts / 10:  # 一 is U+4E00
            return encoding
    return None


def _as_single_bytes(data: bytes) -> bytes:
    for mark, encoding in _UTF_16:
        if data.startswith(mark):
            return data[2:].decode(encoding, "replace").encode()
    wide = wide_encoding(data)
    return data.decode(wide, "replace").encode() if wide else data


def _text(data: bytes) -> str | None:
    wide = wide_encoding(data)
    encodings = [encoding for mark, encoding in _UTF_16 if data.startswith(mark)] or ([wide] if wide else ["utf-8", "gb18030"])
    for encoding in encodings:
        text = data[:_SAMPLE].decode(encoding, "replace")
        # one broken character may be the cut at the end of the sample
        if len(_CONTROL.findall(text)) <= 1 + _CONTROL_SHARE * len(text) and "\0" not in text:
            return "text"
    return None


_TESTS: tuple[Callable[[bytes], str | None], ...] = (_bitmap, _ole2, _package, _pdf_after_junk, _markup, _text)
