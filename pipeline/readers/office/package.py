"""OpenDocument files are ZIP packages: what is looked at before LibreOffice unpacks one, which it does without a bound."""

from __future__ import annotations

import io
import zipfile
import zlib

from pipeline.common.errors import ReadError

_BEGINNING = b"PK\x03\x04"
_MANIFEST = "META-INF/manifest.xml"
_ENCRYPTED = b"encryption-data"  # in the list of parts, beside each part that a password locks
_MOST_BYTES = 300_000_000  # of a package unpacked


def refuse_locked_and_swollen(data: bytes) -> None:
    """Raise ReadError: `password`, `damaged`, or `too_large` for a package of absurd size. Other damage is for LibreOffice to find."""
    if not data.startswith(_BEGINNING):
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if sum(part.file_size for part in package.infolist()) > _MOST_BYTES:
                raise ReadError("too_large", "OpenDocument 文件解开后过大，未读取。请只保留报告内容后重新报送。")
            locked = _MANIFEST in package.namelist() and _ENCRYPTED in package.read(_MANIFEST)
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError, ValueError) as error:
        raise ReadError("damaged", "OpenDocument 文件已损坏，无法打开。请向报送单位重新索取完整的文件。") from error
    if locked:
        raise ReadError("password", "OpenDocument 文件设有打开密码，无法读取。请取消密码后重新报送。")
