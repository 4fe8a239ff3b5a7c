"""Bytes to text. Pages declare a wrong charset or none, and gb2312 nearly always means gb18030."""

from __future__ import annotations

import codecs
import re
from itertools import islice

from charset_normalizer import from_bytes

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import wide_encoding

_CHINESE = re.compile("[\u3400-\u9fff]")
_TWICE = re.compile(
    "[\u0080-\u00ff\u0152\u0153\u0160\u0161\u0178\u017d\u017e\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]"
)  # what bytes read as Latin letters become
_PIECES = re.compile(rb"[^<\n]*[<\n]?")
# what a byte is in a Chinese letter in UTF-8: the first, one that follows, none; two letters in a row are rare in any other encoding
_PART_OF_LETTER = bytes(ord("1" if 0xE4 <= byte <= 0xE9 else "2" if 0x80 <= byte <= 0xBF else " ") for byte in range(256))
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_DECLARED = re.compile(rb"(?:charset|encoding)\s*=\s*[\"']?\s*([A-Za-z0-9_:.-]{2,30})", re.IGNORECASE)
_BY_ACCIDENT = re.compile("[\x00-\x7f]*[\u0100-\u07ff][\x00-\x7f\u0100-\u07ff]*")  # 一 in GBK is valid UTF-8, for a Cyrillic letter
_SAMPLE = 20_000  # characters by which it is told whether a text was encoded twice
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_MOSTLY = 0.8  # of the characters that are not ASCII
_HEAD = 4096  # bytes in which a charset is declared
# declared name -> what it means; any other declaration (iso-8859-1 over GBK is common) is not believed
_MEANT = {"gb2312": "gb18030", "gbk": "gb18030", "gb18030": "gb18030", "big5": "big5hkscs", "big5hkscs": "big5hkscs"}
_BROKEN_SHARE = 0.01  # of the characters that are not ASCII; more means that this is another encoding
_GUESSED = ("utf_8", "gb18030", "gbk", "gb2312", "big5", "big5hkscs", "cp950", "utf_16", "utf_16_le", "utf_16_be")


def decode(data: bytes, *, markup: bool = False, charset: str | None = None) -> str:
    """The text of `data`, without its byte order mark. markup: look for a charset declared in the first kilobytes.

    charset: what is said of the data elsewhere (in the head of a part of a web archive); it counts where the data do not declare one.

    Order: byte order mark; UTF-16 without one, and HZ; UTF-8 where that fits without an error (Chinese in GBK practically never
    does, so this also serves pages that declare gbk and are UTF-8); UTF-8 with pieces in GBK; the declared charset if it is a
    Chinese one; gb18030; either of them with a few broken characters (kept as U+FFFD, so that they are seen);
    charset-normalizer. What was encoded twice is decoded twice. Raises ReadError("encoding") where none fits.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _once(data[len(mark) :].decode(encoding, "replace"))
    if wide := wide_encoding(data):
        return data.decode(wide, "replace")
    if b"~{" in data and b"~}" in data and data.isascii():
        return data.decode("hz", "replace")
    return _once(_decoded(data, markup=markup, charset=charset))


def _decoded(data: bytes, *, markup: bool, charset: str | None) -> str:
    declared = (_declared(data) if markup else None) or _meant(charset or "")
    candidates = ["utf-8", *([declared] if declared else []), "gb18030"]
    for encoding in candidates:
        if encoding != "utf-8" and (mixed := _mixed(data)):
            return mixed
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8" or not _BY_ACCIDENT.fullmatch(text):
            return text
    mended = [data.decode(encoding, "replace") for encoding in candidates]
    best = min(mended, key=_broken)
    if _broken(best) <= _BROKEN_SHARE:
        return best
    guess = from_bytes(data, cp_isolation=list(_GUESSED)).best()
    if guess is None:
        raise ReadError("encoding", "文字编码无法识别。请用 UTF-8 或 GBK 编码另存后重新报送。")
    return str(guess)


def _mixed(data: bytes) -> str | None:
    """The text of a page in UTF-8 into which a server has put pieces in GBK (its foot, its menu); None for any other."""
    if b"122122" not in data.translate(_PART_OF_LETTER):
        return None
    pieces = _PIECES.findall(data)
    written = [piece for piece in pieces if not piece.isascii()]
    others = (piece for piece in written if _in_utf_8(piece) is None)
    if not written or next(islice(others, (len(written) - 1) // 2, None), None) is not None:  # half of them, so that it is no page in UTF-8
        return None
    try:
        return "".join(text if (text := _in_utf_8(piece)) is not None else piece.decode("gb18030") for piece in pieces)
    except UnicodeDecodeError:
        return None


def _in_utf_8(piece: bytes) -> str | None:
    try:
        text = piece.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return text if text.isascii() or not _BY_ACCIDENT.fullmatch(text) else None


def _once(text: str) -> str:
    """The text as it was before a program took its bytes for Latin letters and encoded these again: æ”¿åºœ for 政府."""
    sample = text[:_SAMPLE]
    if _CHINESE.search(sample) or len(_TWICE.findall(sample)) <= _MOSTLY * len(_NOT_ASCII.findall(sample)):
        return text
    data = b"".join(_byte(letter) for letter in text)
    for encoding in ("utf-8", "gb18030"):
        once = data.decode(encoding, "replace")
        if _CHINESE.search(once) and _broken(once) <= _BROKEN_SHARE:
            return once
    return text


def _byte(letter: str) -> bytes:
    """The byte that a letter was made of by Windows-1252, or by Latin-1 where that has none; others as they are."""
    for encoding in ("cp1252", "latin-1"):
        try:
            return letter.encode(encoding)
        except UnicodeEncodeError:
            continue
    return letter.encode("utf-8")


def _declared(data: bytes) -> str | None:
    match = _DECLARED.search(data[:_HEAD])
    return _meant(match[1].decode("ascii")) if match else None


def _meant(charset: str) -> str | None:
    try:
        return _MEANT.get(codecs.lookup(charset).name)
    except LookupError:
        return None


def _broken(text: str) -> float:
    return text.count("\ufffd") / max(1, sum(1 for character in text if character > "\x7f"))
