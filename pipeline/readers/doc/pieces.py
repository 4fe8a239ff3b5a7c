"""The text of a DOC file, put together from its pieces. Positions count 16-bit units, as the format does."""

from __future__ import annotations

import re
import struct
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from pipeline.common.errors import ReadError
from pipeline.readers.doc.container import Streams
from pipeline.readers.word.failures import DAMAGED, TOO_LARGE

MOST_CHARACTERS = 16_000_000
COMPRESSED, OFFSET = 0x40000000, 0x3FFFFFFF
MODIFIERS, TABLE = 1, 2  # what the parts of the piece structure (CLX) begin with
SURROGATE = re.compile("[\ud800-\udfff]")
HIGH = re.compile("[\x80-\xff]+")
WINDOWS_1252 = {code: bytes([code]).decode("cp1252", "ignore") or chr(code) for code in range(0x80, 0xA0)}
CHINESE_LANGUAGES = (0x0804, 0x1004)


@dataclass(frozen=True)
class Piece:
    """A run of text: positions [start, end), where it lies in the main stream, bytes for each character, modifiers of all of it."""

    start: int
    end: int
    offset: int
    width: int
    modifiers: bytes

    def byte(self, position: int) -> int:
        """Where the character at a position lies in the main stream."""
        return self.offset + (position - self.start) * self.width


@dataclass(frozen=True)
class PieceText:
    """All text of the file and the pieces that it is made of."""

    text: str
    pieces: tuple[Piece, ...]
    starts: tuple[int, ...]

    def piece(self, position: int) -> Piece:
        """The piece that a position lies in."""
        return self.pieces[bisect_right(self.starts, position) - 1]


def piece_text(streams: Streams, structure: bytes, length: int) -> PieceText:
    """The text of a file that is `length` characters long. Raises ReadError `damaged`, `too_large`."""
    if length > MOST_CHARACTERS:
        raise ReadError("too_large", TOO_LARGE)
    shared, table = _parts(structure)
    count = (len(table) - 4) // 12
    if count < 1:
        raise ReadError("damaged", DAMAGED)
    positions = struct.unpack_from(f"<{count + 1}I", table)
    if positions[0] != 0 or positions[-1] < length or any(a > b for a, b in pairwise(positions)):
        raise ReadError("damaged", DAMAGED)
    language = int.from_bytes(streams.main[6:8], "little")
    pieces, texts = [], []
    for index in range(count):
        start, end = positions[index], min(positions[index + 1], length + 1)
        if start >= end:
            continue
        place, modifier = struct.unpack_from("<2xIH", table, 4 * (count + 1) + 8 * index)
        width = 1 if place & COMPRESSED else 2
        offset = (place & OFFSET) // (2 if width == 1 else 1)
        content = streams.main[offset : offset + (end - start) * width]
        if len(content) < (end - start) * width:
            raise ReadError("damaged", DAMAGED)
        pieces.append(Piece(start, end, offset, width, _modifiers(modifier, shared)))
        texts.append(_narrow(content, language) if width == 1 else _wide(content))
    return PieceText("".join(texts), tuple(pieces), tuple(piece.start for piece in pieces))


def _parts(structure: bytes) -> tuple[list[bytes], bytes]:
    """The lists of modifiers that pieces share, and the table of the pieces."""
    shared, at = list[bytes](), 0
    while at + 3 <= len(structure) and structure[at] == MODIFIERS:
        length = int.from_bytes(structure[at + 1 : at + 3], "little")
        shared.append(structure[at + 3 : at + 3 + length])
        at += 3 + length
    if at + 5 > len(structure) or structure[at] != TABLE:
        raise ReadError("damaged", DAMAGED)
    length = int.from_bytes(structure[at + 1 : at + 5], "little")
    if at + 5 + length > len(structure):
        raise ReadError("damaged", DAMAGED)
    return shared, structure[at + 5 : at + 5 + length]


# The modifiers of one byte that a piece may state by a short number; only those that the reader asks for.
SHORT = {0x18: 0x2416, 0x19: 0x2417, 0x41: 0x0800, 0x42: 0x0801, 0x5C: 0x083C}


def _modifiers(reference: int, shared: list[bytes]) -> bytes:
    if reference & 1:
        index = reference >> 1
        return shared[index] if index < len(shared) else b""
    code = SHORT.get(reference >> 1 & 0x7F)
    return b"" if code is None else struct.pack("<HB", code, reference >> 8)


def _wide(content: bytes) -> str:
    text = content.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(content):
        return text
    return "".join(map(chr, struct.unpack(f"<{len(content) // 2}H", content)))  # pairs stay apart, so that positions hold


def whole(text: str) -> str:
    """A text with its surrogate pairs put together."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace") if SURROGATE.search(text) else text


def _narrow(content: bytes, language: int) -> str:
    """Text of one byte a character: Windows-1252, but programs of old Chinese systems put GB 2312 there.

    A Chinese character of two bytes takes two positions; the second holds a zero, which is not printed.
    """
    text = content.decode("latin-1")
    if language in CHINESE_LANGUAGES and (high := HIGH.findall(text)):
        chinese = [_gb2312(run) for run in high]
        if all(chinese):
            found = iter(chinese)
            return HIGH.sub(lambda _: "".join(f"{character}\0" for character in next(found)), text)
    return text.translate(WINDOWS_1252)


def _gb2312(run: str) -> str:
    """A run of high bytes as GB 2312; "" where it is none, or holds signs only, which are more likely Windows-1252."""
    try:
        text = run.encode("latin-1").decode("gb2312")
    except UnicodeDecodeError:
        return ""
    return text if any("\u4e00" <= character <= "\u9fff" for character in text) else ""
