"""All letters of a year: one document a body, and one ZIP file of all."""

from __future__ import annotations

from collections.abc import Iterable

from pipeline.catalog import Catalog
from pipeline.catalog.office import Office
from pipeline.publish.documents.package import zip_bytes
from pipeline.publish.documents.template import make_template
from pipeline.publish.file_names import file_names
from pipeline.publish.letters.contents import Letter
from pipeline.publish.letters.write import letter_blocks


def letter_files(letters: Iterable[Letter], office: Office, catalog: Catalog) -> list[tuple[str, bytes]]:
    """The letters as Word documents under the names of their bodies, in the order given."""
    listed = list(letters)
    template = make_template(catalog.wordings("document.title"))
    names = file_names(letter.agency_name for letter in listed)
    return [
        (f"{name}.docx", template.document(letter_blocks(letter, office, catalog.wordings)))
        for name, letter in zip(names, listed, strict=True)
    ]


def letters_zip(files: Iterable[tuple[str, bytes]]) -> bytes:
    """One ZIP file of all letters."""
    return zip_bytes(files)
