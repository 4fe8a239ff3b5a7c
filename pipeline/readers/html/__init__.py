"""HTML pages, by way of lxml."""

from pipeline.readers.html.page import read, read_page

__all__ = ["read", "read_page"]
