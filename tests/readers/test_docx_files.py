"""DOCX files that are damaged, locked or hostile."""

from __future__ import annotations

import io
import random
import zipfile

import docx
import pytest
from hypothesis import given, settings

from pipeline.common.errors import ReadError
from pipeline.readers.docx import package as docx_package
from pipeline.readers.docx import read
from pipeline.readers.model import Document
from tests.readers.damage import overwritten, reads_or_refuses
from tests.readers.docx_samples import cell, docx_of, paragraph, table, texts

SAMPLE = docx_of(paragraph("一、总体情况") + table(cell("规章") + cell("1")), styles="", numbering="")


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as error:
        read(data)
    assert error.value.message.endswith("。")
    return error.value.code


def package_of(**parts: str) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", content)
    return stream.getvalue()


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"no archive", package_of(), package_of(styles="<x/>"), package_of(document="<x/>")])
def test_what_is_no_whole_document_is_damaged(data: bytes) -> None:
    assert code_of(data) == "damaged"


def test_a_password_is_named() -> None:
    assert code_of(docx_package.OLE_MAGIC + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(64)) == "password"


def test_an_encrypted_entry_is_named() -> None:
    locked = bytearray(SAMPLE)
    at = locked.rfind(b"PK\x01\x02", 0, locked.find(b"word/document.xml", locked.find(b"PK\x01\x02")))
    locked[at + 8] |= 1
    assert code_of(bytes(locked)) == "password"


def test_every_truncation_is_refused() -> None:
    for end in random.Random(1).sample(range(len(SAMPLE)), 60):
        assert code_of(SAMPLE[:end]) == "damaged"


@settings(max_examples=150, deadline=None)
@given(overwritten(SAMPLE))
def test_damage_gives_a_document_or_a_read_error(damaged: bytes) -> None:
    reads_or_refuses(read, damaged)


def test_a_part_that_grows_beyond_bounds_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_package, "MOST_BYTES", 10_000)
    assert code_of(docx_of(paragraph("甲" * 20_000))) == "too_large"


def test_entities_are_not_expanded_and_outside_files_not_read() -> None:
    attack = (
        '<!DOCTYPE w:document [<!ENTITY file SYSTEM "file:///etc/hostname"><!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
        '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r>'
        "<w:t>甲&file;&b;</w:t></w:r></w:p></w:body></w:document>"
    )
    assert texts(read(package_of(document=attack))) == ["甲"]


def test_tables_nested_without_end_are_refused_or_read() -> None:
    body = paragraph("底")
    for _ in range(200):
        body = table(f"<w:tc>{body}</w:tc>")
    assert code_of(docx_of(body)) == "damaged"


def test_the_title_of_the_file_is_kept() -> None:
    file = docx.Document()
    file.core_properties.title = " 2024年年度报告 "
    stream = io.BytesIO()
    file.save(stream)
    assert read(stream.getvalue()) == Document((), {"title": "2024年年度报告"})
