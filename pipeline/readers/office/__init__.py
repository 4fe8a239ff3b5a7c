"""Documents that only LibreOffice can open (Word 6 and 95, RTF, Word XML, OpenDocument, Works), converted to DOCX."""

from pipeline.readers.office.reading import read

__all__ = ["read"]
