"""Write the golden DOC files anew."""

from pipeline.readers.optional_parts import libreoffice
from tests.readers.golden_doc.sources import FOLDER, SOURCES
from tests.readers.soffice import converted

command = libreoffice()
if command is None:
    raise SystemExit("LibreOffice is not installed")
for name, data in zip(SOURCES, converted(command, [source() for source in SOURCES.values()], ".docx", "doc"), strict=True):
    (FOLDER / f"{name}.doc").write_bytes(data)
