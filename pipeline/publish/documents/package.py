"""ZIP files, which DOCX files are too, whose bytes depend on their content alone."""

from __future__ import annotations

import zipfile
from collections.abc import Iterable
from io import BytesIO

_MOMENT = (1980, 1, 1, 0, 0, 0)  # the earliest that a ZIP file can name
_ORDINARY_FILE = 0o100644 << 16
_UNIX = 3


def zip_bytes(files: Iterable[tuple[str, bytes]]) -> bytes:
    """The files under their names, in their order, without any date; the same files give the same bytes on every machine."""
    held = BytesIO()
    with zipfile.ZipFile(held, "w") as archive:
        for name, content in files:
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = _ORDINARY_FILE
            entry.create_system = _UNIX  # otherwise that of the machine
            archive.writestr(entry, content)
    return held.getvalue()
