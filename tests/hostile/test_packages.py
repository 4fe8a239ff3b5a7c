"""Archives that lie about themselves, and files that only open with a password."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest

from pipeline.common.errors import ReadError
from pipeline.common.settings import Settings
from pipeline.intake.kinds import kind_of
from pipeline.orchestration.parse_all import parse_all
from pipeline.readers.registry import read
from tests.fuzz.samples import samples
from tests.hostile.parsing import codes, parse


def code_of(data: bytes) -> str:
    with pytest.raises(ReadError) as raised:
        read(kind_of(data), data)
    assert raised.value.message.endswith("。")
    return raised.value.code


def packed(members: dict[str, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def members_of(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def lying(data: bytes, name: str, size: int) -> bytes:
    """The archive with another size stated for a member, in its own header and in the list of contents."""
    damaged = bytearray(data)
    for mark, field, name_at, length_at in ((b"PK\x03\x04", 22, 30, 26), (b"PK\x01\x02", 24, 46, 28)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            (length,) = struct.unpack_from("<H", data, place + length_at)
            if data[place + name_at : place + name_at + length] == name.encode():
                struct.pack_into("<I", damaged, place + field, size)
    return bytes(damaged)


def encrypted(data: bytes) -> bytes:
    """The archive with every member marked as encrypted."""
    damaged = bytearray(data)
    for mark, field in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = -1
        while (place := data.find(mark, place + 1)) >= 0:
            damaged[place + field] |= 1
    return bytes(damaged)


@pytest.mark.parametrize(
    ("container", "part", "size"),
    [
        ("xlsx", "xl/sharedStrings.xml", 10),
        ("xlsx", "xl/worksheets/sheet1.xml", 10),
        ("xlsx", "xl/worksheets/sheet1.xml", 4_000_000_000),
        ("docx", "word/document.xml", 10),
    ],
)
def test_a_part_that_lies_about_its_size_is_found_out(container: str, part: str, size: int) -> None:
    data = samples(container)[0]
    assert part in members_of(data)
    assert code_of(lying(data, part, size)) in ("damaged", "too_large")


def test_a_part_that_swells_is_refused_before_it_takes_the_memory(tmp_path: Path) -> None:
    swelling = members_of(samples("xlsx")[0]) | {"xl/worksheets/sheet1.xml": b"<worksheet>" + b" " * 350_000_000}
    document = members_of(samples("docx")[0]) | {"word/document.xml": b"<w:document>" + b" " * 100_000_000}
    found = parse(tmp_path, [("xlsx", packed(swelling)), ("docx", packed(document))])
    assert {name: codes(lines) for name, lines in found.items()} == {"xlsx": {"too_large"}, "docx": {"too_large"}}


def test_too_many_parts_are_refused() -> None:
    many = members_of(samples("xlsx")[0]) | {f"xl/media/{number}": b"" for number in range(20_001)}
    assert code_of(packed(many)) == "too_large"


@pytest.mark.parametrize("container", ["docx", "xlsx", "ofd"])
def test_an_encrypted_part_means_a_password(container: str) -> None:
    assert code_of(encrypted(samples(container)[0])) == "password"


def test_an_encrypted_archive_names_each_file_inside(tmp_path: Path) -> None:
    place = tmp_path / "archive.zip"
    place.write_bytes(encrypted(samples("zip")[0]))
    found = [json.loads(line) for lines in parse_all(Settings(tmp_path, tmp_path, tmp_path), [str(place)]) for line, _ in lines]
    assert [(line["status"], codes([line])) for line in found] == [("refused", {"password"})] * 3


def test_an_office_file_under_a_password_says_so() -> None:
    ole2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    assert code_of(ole2) == "password"


@pytest.mark.parametrize(("user", "code"), [("geheim", "password"), ("", None)])
def test_a_pdf_asks_for_a_password_only_where_one_is_needed_to_open_it(user: str, code: str | None) -> None:
    """With an owner's password alone everybody may read."""
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    stream = io.BytesIO()
    canvas = Canvas(stream, encrypt=StandardEncryption(user, "owner", canPrint=0, strength=128))
    canvas.drawString(100, 700, "report 2021")
    canvas.save()
    if code:
        assert code_of(stream.getvalue()) == code
    else:
        assert [block.text for block in read("pdf", stream.getvalue()).paragraphs()] == ["report 2021"]


def test_a_workbook_before_2007_under_a_password_says_so() -> None:
    data = bytearray(samples("xls")[0])
    beginning = data.find(b"\x09\x08\x10\x00")
    data[beginning + 20 : beginning + 26] = struct.pack("<HHH", 0x2F, 2, 0)  # the record of a password, right after the beginning
    assert code_of(bytes(data)) == "password"


def open_document(manifest: bytes, content: bytes) -> bytes:
    return packed({"mimetype": b"application/vnd.oasis.opendocument.text", "META-INF/manifest.xml": manifest, "content.xml": content})


@pytest.mark.parametrize(
    ("manifest", "content", "code"),
    [
        (b"<m:manifest><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>", b"\x8f" * 900, "password"),
        (b"<m:manifest/>", bytes(300_000_001), "too_large"),
    ],
    ids=("password", "bomb"),
)
def test_an_open_document_is_looked_at_before_another_program_unpacks_it(manifest: bytes, content: bytes, code: str) -> None:
    """Also where that program is not installed."""
    assert code_of(open_document(manifest, content)) == code
