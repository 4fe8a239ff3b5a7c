"""What is inside a file, without what another version of zlib would change: for comparing two files of the same content."""

from __future__ import annotations

import io
import zipfile
from typing import Any

import pypdfium2


def unpacked(data: bytes) -> Any:
    """The members of an archive, text and number of drawn objects of each page of a PDF, otherwise the bytes."""
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    if data.startswith(b"%PDF"):
        return [(page.get_textpage().get_text_range(), sum(1 for _ in page.get_objects())) for page in pypdfium2.PdfDocument(data)]
    return data
