"""Letters as white as the paper: kept in the text between marks until its cells are known, which then say what is shown of them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec.structs import replace

from pipeline.readers.model import Document, Grid, Paragraph

MARK = "\ue0f7"  # for private use, on both sides of a text that is not seen
_UNSEEN = re.compile(f"{MARK}[^{MARK}]*{MARK}")


def marked(text: str) -> str:
    """A text as one that is not seen."""
    return f"{MARK}{text.replace(MARK, '')}{MARK}"


def seen(block: Paragraph | Grid) -> Paragraph | Grid:
    """A block without marks: what stands in it is seen after all."""
    return replace(block, text=block.text.replace(MARK, "")) if isinstance(block, Paragraph) and MARK in block.text else block


def seen_of(whole: str, seen: str) -> dict[str, str]:
    """The fields of a cell of which only `seen` is seen: beside figures that are seen nobody reads others; alone they may be meant."""
    return {"text": seen, "whole": whole} if seen else {"text": whole, "shown": ""}


def with_shown(document: Document) -> Document:
    """The document without marks; cells that held any say what is shown of them."""
    return replace(document, blocks=tuple(_blocks(document)))


def _blocks(document: Document) -> Iterator[Paragraph | Grid]:
    for block in document.blocks:
        if isinstance(block, Grid):
            cells = (
                replace(cell, **seen_of(cell.text.replace(MARK, ""), _UNSEEN.sub("", cell.text).strip())) if MARK in cell.text else cell
                for cell in block.cells
            )
            yield replace(block, cells=tuple(cells))
        elif MARK not in block.text:
            yield block
        elif text := block.text.replace(MARK, "").strip():
            yield replace(block, text=text)
