"""HTML pages, by way of lxml."""

from pipeline.readers.html.page import read

__all__ = ["read"]
