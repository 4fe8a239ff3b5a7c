"""HTML pages for tests, and what was read of them."""

from __future__ import annotations

from pipeline.readers.html import read
from pipeline.readers.model import Document, Grid


def body(markup: str) -> Document:
    """The document in the body of a page."""
    return read(f"<html><head><meta charset=utf-8></head><body>{markup}</body></html>".encode())


def grid(markup: str) -> Grid:
    """The one grid of a page."""
    (found,) = body(markup).grids()
    return found


def lines(markup: str) -> list[str]:
    """The texts of the paragraphs of a page."""
    return [block.text for block in body(markup).paragraphs()]
