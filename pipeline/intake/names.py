"""Names of files: those that no person put there, and those that an archive holds in another encoding."""

from __future__ import annotations

import struct
import zipfile
from binascii import crc32
from collections.abc import Sequence

_BEGINNINGS = (".", "~$")  # hidden; the lock that Office leaves beside an open file
_NAMES = frozenset({"__macosx", "thumbs.db", "desktop.ini"})
_UTF_8 = 0x800  # flag of a name
_UNICODE_PATH = 0x7075  # extra field in which Info-ZIP keeps the name in UTF-8
_FIRST_NOT_BY_ACCIDENT = "\u0800"  # 一 in GBK is valid UTF-8, for a Cyrillic letter


def is_left_out(path: str) -> bool:
    """Whether a part of the path is a name that no person gave: hidden files, locks of Office, what systems keep for themselves."""
    return any(part.startswith(_BEGINNINGS) or part.lower() in _NAMES for part in path.split("/") if part not in ("", ".", ".."))


def readable_names(infos: Sequence[zipfile.ZipInfo]) -> list[str]:
    """The names of files in an archive, with `/`, as those who made it saw them.

    Where no flag and no extra field says UTF-8, all names of the archive are in one encoding: UTF-8 if that fits, else GBK.
    """
    unknown = b"\n".join(_raw(info) for info in infos if not _said(info))
    encoding = _encoding(unknown)
    names = [_said(info) or _raw(info).decode(encoding) for info in infos]
    return [name.partition("\0")[0].replace("\\", "/") for name in names]


def _said(info: zipfile.ZipInfo) -> str | None:
    """The name where the archive says that it is in UTF-8."""
    return info.orig_filename if info.flag_bits & _UTF_8 else _unicode_path(info)


def _raw(info: zipfile.ZipInfo) -> bytes:
    """The bytes of a name that zipfile took for the encoding of DOS."""
    try:
        return info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename.encode()


def _unicode_path(info: zipfile.ZipInfo) -> str | None:
    extra = info.extra
    while len(extra) >= 4:
        field, length = struct.unpack_from("<HH", extra)
        content, extra = extra[4 : 4 + length], extra[4 + length :]
        if field == _UNICODE_PATH and len(content) > 5 and struct.unpack_from("<BI", content) == (1, crc32(_raw(info))):
            try:
                return content[5:].decode()
            except UnicodeDecodeError:
                return None
    return None


def _encoding(names: bytes) -> str:
    for encoding in ("utf-8", "gb18030"):
        try:
            text = names.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding != "utf-8" or text.isascii() or any(sign >= _FIRST_NOT_BY_ACCIDENT for sign in text):
            return encoding
    return "cp437"
