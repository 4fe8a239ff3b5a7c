"""DOCX: the XML parts of the package, without Word."""

from pipeline.readers.docx.document import read

__all__ = ["read"]
