"""Several documents that are one: the frames of a web archive, the texts and tables of a file by turns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

from msgspec.structs import replace

from pipeline.readers.model import Document, Grid


def joined(documents: Sequence[Document]) -> Document:
    """The documents one after the other, their grids counted through; what the first says of itself counts."""
    numbers = count()
    blocks = [
        replace(block, index=next(numbers)) if isinstance(block, Grid) else block for document in documents for block in document.blocks
    ]
    return replace(documents[0], blocks=tuple(blocks), pictures=sum(document.pictures for document in documents))
