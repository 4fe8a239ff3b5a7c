"""Write the golden DOC files anew, with the DOCX files that they were made from and the figures of the forms."""

import csv

from pipeline.readers.optional_parts import libreoffice
from tests.readers.golden_doc.sources import FOLDER, FORMS, SOURCES, content
from tests.readers.soffice import converted
from tests.reports.zips import rewritten

command = libreoffice()
if command is None:
    raise SystemExit("LibreOffice is not installed")
sources = [rewritten(source()) for source in SOURCES.values()]
for name, source, data in zip(SOURCES, sources, converted(command, sources, ".docx", "doc"), strict=True):
    (FOLDER / f"{name}.docx").write_bytes(source)
    (FOLDER / f"{name}.doc").write_bytes(data)
for form in FORMS:
    with (FOLDER / f"form_{form}.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows(
            (field, applicant or "", figure.value) for (field, applicant), figure in content(form).figures.items()
        )
