"""PDF with text: ruling lines and characters, by way of pdfium."""

from pipeline.readers.pdf.document import read

__all__ = ["read"]
