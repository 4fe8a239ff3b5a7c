"""markitdown (Microsoft): any file to Markdown, its tables as rows between bars.

Markdown knows no merged cells. Our reader of text files takes such rows and works the widths out, as it does for text that
was copied from a table; it gets the Markdown without escapes and emphasis.
"""

from __future__ import annotations

import io
import re
from functools import cache
from typing import Any

from pipeline.readers.model import Document
from pipeline.readers.text import read as read_text

CONTAINERS = {
    "docx": ("markitdown", "mammoth"),
    "html": ("markitdown",),
    "xlsx": ("markitdown", "openpyxl"),
    "pdf": ("markitdown", "pdfplumber"),
}
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+\-.!<>~])")


def read(container: str, data: bytes) -> str:
    """The file as Markdown."""
    from markitdown import StreamInfo

    markdown: str = _converter().convert_stream(io.BytesIO(data), stream_info=StreamInfo(extension=f".{container}")).markdown
    return markdown


@cache
def _converter() -> Any:
    from markitdown import MarkItDown

    return MarkItDown(enable_plugins=False)


def document(returned: str) -> Document:
    """The Markdown as our reader of text files reads it."""
    return read_text(_ESCAPED.sub(r"\1", returned.replace("**", "")).encode())
