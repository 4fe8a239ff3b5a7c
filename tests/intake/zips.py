"""ZIP archives as people and programs make them, with names in any encoding."""

from __future__ import annotations

import io
import struct
import zipfile
from binascii import crc32
from collections.abc import Mapping
from typing import Literal

Names = Literal["utf-8", "utf-8 unflagged", "gbk", "unicode path"]
_UNICODE_PATH = 0x7075


def packed(files: Mapping[str, bytes], names: Names = "utf-8") -> bytes:
    """An archive. names: UTF-8 with or without its flag; GBK, as Chinese Windows writes them, with or without Info-ZIP's field."""
    saved = io.BytesIO()
    with zipfile.ZipFile(saved, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = _Member(name, names)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, data)
    return saved.getvalue()


class _Member(zipfile.ZipInfo):
    """A member whose name is written in bytes of our choice."""

    def __init__(self, name: str, names: Names) -> None:
        super().__init__(name, (2024, 1, 31, 9, 0, 0))
        self.names = names
        if names == "unicode path":
            content = struct.pack("<BI", 1, crc32(name.encode("gb18030"))) + name.encode()
            self.extra = struct.pack("<HH", _UNICODE_PATH, len(content)) + content

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:  # noqa: N802 - the name in zipfile
        if self.names == "utf-8":
            return self.filename.encode(), self.flag_bits | 0x800
        return self.filename.encode("utf-8" if self.names == "utf-8 unflagged" else "gb18030"), self.flag_bits
