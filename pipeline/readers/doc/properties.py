"""The title among the properties of an OLE2 document; read here, because olefile follows damaged properties without bounds."""

from __future__ import annotations

import struct

SECTION_AT = 44  # where the offset of the first section stands
CODE_PAGE, TITLE = 1, 2
NARROW, WIDE = 0x1E, 0x1F  # strings of bytes and of 16-bit units
MOST_PROPERTIES = 200
UTF_8, DEFAULT = 65001, 936


def title(stream: bytes) -> str:
    """The title in a SummaryInformation stream; "" where there is none or it cannot be told."""
    try:
        return _title(stream).strip("\0 \t\r\n")
    except (struct.error, UnicodeDecodeError, LookupError):
        return ""


def _title(stream: bytes) -> str:
    (section,) = struct.unpack_from("<I", stream, SECTION_AT)
    (count,) = struct.unpack_from("<I", stream, section + 4)
    places = dict(struct.unpack_from("<II", stream, section + 8 + 8 * index) for index in range(min(count, MOST_PROPERTIES)))
    if TITLE not in places:
        return ""
    page = struct.unpack_from("<H", stream, section + places[CODE_PAGE] + 4)[0] if CODE_PAGE in places else DEFAULT
    at = section + places[TITLE]
    kind, length = struct.unpack_from("<II", stream, at)
    if kind == WIDE:
        return stream[at + 8 : at + 8 + 2 * length].decode("utf-16-le")
    return stream[at + 8 : at + 8 + length].decode("utf-8" if page == UTF_8 else f"cp{page}") if kind == NARROW else ""
