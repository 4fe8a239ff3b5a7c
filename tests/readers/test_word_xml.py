"""Word documents saved as one XML file."""

from __future__ import annotations

import io
import re
import zipfile

import pytest

from pipeline.common.errors import ReadError
from pipeline.intake.kinds import kind_of
from pipeline.readers import docx, registry
from tests.readers.golden_doc.sources import FOLDER

PACKAGE = "http://schemas.microsoft.com/office/2006/xmlPackage"


def flat(data: bytes) -> bytes:
    """A DOCX as Word saves it as XML."""
    parts = []
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")) and name != "[Content_Types].xml":
                text = re.sub(r"<\?xml[^>]*\?>\s*", "", archive.read(name).decode())
                parts.append(f'<pkg:part pkg:name="/{name}"><pkg:xmlData>{text}</pkg:xmlData></pkg:part>')
    opening = '<?xml version="1.0"?><?mso-application progid="Word.Document"?>'
    return f'{opening}<pkg:package xmlns:pkg="{PACKAGE}">{"".join(parts)}</pkg:package>'.encode()


@pytest.mark.parametrize("name", ["form_2021", "lists", "nested"])
def test_the_xml_of_word_is_read_as_its_docx(name: str) -> None:
    data = (FOLDER / f"{name}.docx").read_bytes()
    assert kind_of(flat(data)) == "word_xml"
    assert registry.read("word_xml", flat(data)) == docx.read(data)


def test_a_file_that_is_cut_off_is_damaged() -> None:
    whole = flat((FOLDER / "lists.docx").read_bytes())
    for end in range(len(whole) // 2, len(whole) - 1, len(whole) // 7):
        with pytest.raises(ReadError) as error:
            registry.read("word_xml", whole[:end])
        assert error.value.code == "damaged"
