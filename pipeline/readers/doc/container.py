"""The OLE2 container of a DOC file: its streams, and the header (FIB) that says where in them everything is."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass

import olefile

from pipeline.common.errors import ReadError
from pipeline.readers.doc.properties import title
from pipeline.readers.word.failures import DAMAGED, PASSWORD, TOO_LARGE

MOST_BYTES = 128 * 1024 * 1024  # of one stream; reports with photographs have under 50 MB
MAGIC, FIRST_WORD_97 = 0xA5EC, 0xC1
ENCRYPTED, SECOND_TABLE = 0x0100, 0x0200  # flags at offset 10
LENGTHS_AT = 0x4C  # of the main text, notes, headers, macros, comments, endnotes, text boxes
PLACES_AT = 0x9A  # offset and length of each structure in the table stream

# Numbers of the structures that are looked at, in the order of FibRgFcLcb97
STYLES, SECTIONS, CHARACTER_PAGES, PARAGRAPH_PAGES, FONTS, PIECES = 1, 6, 12, 13, 15, 33
SHAPE_ANCHORS, DRAWINGS, BOX_TEXTS, LISTS, LIST_OVERRIDES = 40, 50, 56, 73, 74


class UnusualError(Exception):
    """The file is whole but written in a way that only another program understands (Word 6 and 95)."""


@dataclass(frozen=True)
class Streams:
    """The three streams of a document and the title that its properties state."""

    main: bytes
    table: bytes
    data: bytes
    title: str

    @property
    def lengths(self) -> tuple[int, int, int, int]:
        """Characters of the main text, of notes, headers and comments behind it, of the text boxes behind those, of everything."""
        main, notes, headers, macros, comments, endnotes, boxes, header_boxes = struct.unpack_from("<8i", self.main, LENGTHS_AT)
        between = notes + headers + macros + comments + endnotes
        if min(main, notes, headers, macros, comments, endnotes, boxes, header_boxes) < 0:
            raise ReadError("damaged", DAMAGED)
        return main, between, boxes, main + between + boxes + header_boxes

    def structure(self, number: int) -> bytes:
        """The bytes of a structure in the table stream; empty where the file has none. Raises ReadError `damaged` where it is cut off."""
        at = PLACES_AT + 8 * number
        if at + 8 > len(self.main):
            raise ReadError("damaged", DAMAGED)
        start, length = struct.unpack_from("<II", self.main, at)
        if length and start + length > len(self.table):
            raise ReadError("damaged", DAMAGED)
        return self.table[start : start + length]

    def offset(self, number: int) -> int:
        """Where a structure begins in the table stream; some are followed by more than their length says."""
        return int(struct.unpack_from("<I", self.main, PLACES_AT + 8 * number)[0])


def open_streams(data: bytes) -> Streams:
    """The streams of a DOC file. Raises ReadError `damaged`, `password`, `too_large`; UnusualError for Word 6 and 95."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as container:
            main = _stream(container, "WordDocument")
            if len(main) < 12:
                raise ReadError("damaged", DAMAGED)
            magic, version, flags = struct.unpack_from("<HH6xH", main)
            if version < FIRST_WORD_97:
                raise UnusualError("Word 6/95")
            if flags & ENCRYPTED:
                raise ReadError("password", PASSWORD)
            if magic != MAGIC or len(main) < PLACES_AT + 8:
                raise ReadError("damaged", DAMAGED)
            table = _stream(container, "1Table" if flags & SECOND_TABLE else "0Table")
            return Streams(main, table, _stream(container, "Data"), title(_stream(container, "\x05SummaryInformation")))
    except (ReadError, UnusualError):
        raise
    except Exception as error:  # olefile fails in many ways on a damaged directory
        raise ReadError("damaged", DAMAGED) from error


def _stream(container: olefile.OleFileIO, name: str) -> bytes:
    if not container.exists(name):
        return b""
    size = container.get_size(name)
    if size > MOST_BYTES:
        raise ReadError("too_large", TOO_LARGE)
    content = bytes(container.openstream(name).read())
    if len(content) < size:
        raise ReadError("damaged", DAMAGED)
    return content
