"""DOC (Word 97-2003 and WPS Writer): the binary streams of [MS-DOC], without Word."""

from pipeline.readers.doc.document import read

__all__ = ["read"]
