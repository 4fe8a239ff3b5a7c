"""Pages that a program put whole into a Word file (w:altChunk), for Word to turn into text when it opens the file."""

from __future__ import annotations

from pipeline.intake.kinds import kind_of
from pipeline.readers import html, mht, text
from pipeline.readers.model import Document

_READERS = {"html": html.read, "mht": mht.read, "text": text.read}


def chunk_document(data: bytes) -> Document | None:
    """The document in a page; None where it is of another kind, which counts as something that was not looked into.

    Raises ReadError as the readers of pages do.
    """
    reader = _READERS.get(kind_of(data))
    return reader(data) if reader else None
