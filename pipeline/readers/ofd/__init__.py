"""OFD (GB/T 33190), the fixed layout format of Chinese offices: read like a PDF, by its letters and lines."""

from pipeline.readers.ofd.document import read

__all__ = ["read"]
